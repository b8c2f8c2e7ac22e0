import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Files by their path from the root of the repository. */
export type Files = ReadonlyMap<string, string>;

const skipped = new Set(['node_modules', '.git', '.ligand', 'coverage', 'dist']);

/** Reads every file below some folders whose name ends so. */
export function readTree(folders: string[], endings: string[]): Files {
  const files = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) walk(path);
      } else if (endings.some((ending) => entry.name.endsWith(ending))) {
        files.set(relative(root, path), readFileSync(path, 'utf8'));
      }
    }
  };
  for (const folder of folders) walk(join(root, folder));
  return files;
}

export interface Import {
  from: string;
  /** As written. */
  specifier: string;
  /** Path from the root, for a relative import; else the specifier. */
  target: string;
}

const statements =
  /^\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|^declare module\s*['"]([^'"]+)['"]/gm;

/** Every import, re-export and dynamic import of some files. */
export function importsOf(files: Files): Import[] {
  return [...files].flatMap(([from, text]) =>
    [...withoutComments(text).matchAll(statements)].map((match) => {
      const specifier = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
      const target = specifier.startsWith('.') ? posix.join(dirname(from), specifier) : specifier;
      return { from, specifier, target };
    }),
  );
}

/** Strings are matched too, and kept: a `/*` in one opens no comment. */
const stringsAndComments = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

export function withoutComments(text: string): string {
  return text.replace(stringsAndComments, (match) => (/^['"]/.test(match) ? match : ''));
}

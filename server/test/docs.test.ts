import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settings } from '../src/config.ts';
import { readTree, root } from './support/source-tree.ts';
import type { Files } from './support/source-tree.ts';

// Documents are for people, but what they point to must be there. Each rule is tried on a violation too.

const documents = readTree(['.'], ['.md']);
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
    .scripts,
);
/** Settings of the tests, which the server does not know. */
const testSettings = ['LIGAND_TEST_DATABASE_URL'];
/** What the command line reads, as its own help says. */
const commandLine =
  `${readFileSync(join(root, 'cli/src/usage.ts'), 'utf8')}${readFileSync(join(root, 'cli/src/program.ts'), 'utf8')}`.match(
    /\bLIGAND_[A-Z_]+/g,
  ) ?? [];
const known = new Set([
  ...Object.values(settings).map(({ env }) => env as string),
  ...testSettings,
  ...commandLine,
]);

function deadLinks(files: Files): string[] {
  return [...files].flatMap(([file, text]) =>
    [...withoutCode(text).matchAll(/\]\(([^()\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !leadsSomewhere(file, target, files))
      .map((target) => `${file}: ${target}`),
  );
}

function leadsSomewhere(file: string, target: string, files: Files): boolean {
  const [path = '', anchor] = decodeURI(target).split('#');
  const place = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(root, place)) && !files.has(place)) return false;
  return anchor === undefined || anchorsOf(files.get(place) ?? '').has(anchor);
}

/** As GitHub and others make them of headings. */
function anchorsOf(text: string): Set<string> {
  const headings = withoutFences(text).matchAll(/^#+ +(.*)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

const withoutFences = (text: string) => text.replace(/^( *)(```+)[\s\S]*?^\1\2/gm, '');
const withoutCode = (text: string) => withoutFences(text).replace(/`[^`\n]*`/g, '');

/** `npm start`, `npm test`, `npm run x`. */
function unknownScripts(files: Files): string[] {
  return [...files].flatMap(([file, text]) =>
    [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)]
      .map(([, run, short]) => run ?? short ?? '')
      .filter((name) => !scripts.includes(name))
      .map((name) => `${file}: npm run ${name}`),
  );
}

function unknownSettings(files: Files): string[] {
  return [...files].flatMap(([file, text]) =>
    [...text.matchAll(/\bLIGAND_[A-Z_]+/g)]
      .filter(([name]) => !known.has(name))
      .map(([name]) => `${file}: ${name}`),
  );
}

/** Files named in code spans by their path from the root. */
function deadPaths(files: Files): string[] {
  return [...files].flatMap(([file, text]) =>
    [...withoutFences(text).matchAll(/`((?:server|demo|docs|\.ci)\/[\w./-]*)`/g)]
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${file}: ${path}`),
  );
}

describe.each([
  ['every relative link leads somewhere', deadLinks, 'See [there](docs/nowhere.md).'],
  ['every anchor is a heading', deadLinks, '# One\n\nSee [below](#two).'],
  ['every npm script exists', unknownScripts, 'Run `npm run nothing`.'],
  ['every setting exists', unknownSettings, 'Set LIGAND_NOTHING.'],
  ['every path in code exists', deadPaths, 'See `server/src/nothing.ts`.'],
] as const)('%s', (_rule, find, violation) => {
  it('holds', () => expect(find(documents)).toEqual([]));

  it('bites', () => expect(find(new Map([['planted.md', violation]]))).toHaveLength(1));
});

it('decisions are numbered without gaps', () => {
  const numbers = [...documents.keys()]
    .map((path) => /^docs\/decisions\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1])
    .filter((number) => number !== undefined)
    .sort();
  expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(4, '0')));
});

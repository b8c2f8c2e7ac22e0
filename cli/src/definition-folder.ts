import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Row = Record<string, unknown>;

/** Whether a folder holds one element in parts: `element.json`, `resources/*.json`, hook files. */
export function isDefinitionFolder(folder: string): boolean {
  return existsSync(join(folder, 'element.json')) && existsSync(join(folder, 'resources'));
}

/**
 * The element of such a folder as one document, its hook files in place.
 *
 * @throws Error that names the file that is missing or cannot be read.
 */
export async function readDefinitionFolder(folder: string): Promise<string> {
  const file = join(folder, 'element.json');
  const element = (await readJson(file)) as Row;
  const resources = [...rowsOf(element['resources'])];
  await inlineHooks(element, file);
  for (const row of resources) await inlineHooks(row, file);
  const names = (await readdir(join(folder, 'resources'))).filter((name) => name.endsWith('.json')).sort();
  for (const name of names) {
    const part = join(folder, 'resources', name);
    const rows = rowsOf(await readJson(part));
    for (const row of rows) await inlineHooks(row, part);
    resources.push(...rows);
  }
  return JSON.stringify({ ...element, resources });
}

async function inlineHooks(owner: Row, file: string): Promise<void> {
  if (!Array.isArray(owner['hooks'])) return;
  owner['hooks'] = await Promise.all(
    rowsOf(owner['hooks']).map(async ({ bodyFile, ...hook }) => {
      const files = [bodyFile].flat().filter((name) => typeof name === 'string');
      if (files.length === 0) return hook;
      const texts = await Promise.all(files.map((name) => readFile(join(dirname(file), name), 'utf8')));
      return { ...hook, body: texts.join('\n') };
    }),
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? (value as Row[]) : [];
}

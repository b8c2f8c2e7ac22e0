import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseJson } from '#kernel/json';

type Row = Record<string, unknown>;

/** A file that holds an element, as text: nothing of it may get lost before it is sent. */
export interface FoundDefinition {
  file: string;
  text: string;
  definition: Row;
}

/** The element definitions in a folder and its folders, or in one file; whatever else lies there is left alone. */
export async function findDefinitions(place: string): Promise<FoundDefinition[]> {
  const files = (await stat(place)).isDirectory() ? await jsonFiles(place) : [place];
  const found: FoundDefinition[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    const definition = toElement(text);
    if (definition) found.push({ file: relative(place, file) || file, text, definition });
  }
  return found;
}

async function jsonFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.json') && !/node_modules/.test(entry.parentPath),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function toElement(text: string): Row | undefined {
  try {
    const value = parseJson(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const row = value as Row;
    const isElement = typeof row['name'] === 'string' && ('resources' in row || 'configuration' in row);
    const isOther = 'steps' in row || 'swagger' in row || 'openapi' in row;
    return isElement && !isOther && ('key' in row || 'authentication' in row) ? row : undefined;
  } catch {
    return undefined;
  }
}

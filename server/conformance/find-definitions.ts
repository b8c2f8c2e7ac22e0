import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseJson, stringifyJson } from '#kernel/json';
import { isDefinitionFolder, readDefinitionFolder } from '../../cli/src/definition-folder.ts';
import { isRow } from './sample-values.ts';

type Row = Record<string, unknown>;

/** A file that holds an element, as text: nothing of it may get lost before it is sent. */
export interface FoundDefinition {
  file: string;
  text: string;
  definition: Row;
}

/**
 * The element definitions in a folder and its folders, or in one file. A file may hold a list of them, and a folder one in
 * parts. Whatever else lies there is left alone.
 *
 * @param onUnreadable is told of what is no JSON.
 */
export async function findDefinitions(
  place: string,
  onUnreadable: (file: string, reason: string) => void = () => {},
): Promise<FoundDefinition[]> {
  const found: FoundDefinition[] = [];
  for (const path of await listPlaces(place)) {
    const file = relative(place, path) || path;
    try {
      const text = await read(path);
      const value = parseJson(text);
      const elements = toElements(value);
      for (const definition of elements)
        found.push({ file, definition, text: definition === value ? text : stringifyJson(definition) });
    } catch (error) {
      onUnreadable(file, (error as Error).message);
    }
  }
  return found;
}

/** Files, and folders that are one element. */
async function listPlaces(place: string): Promise<string[]> {
  if (!(await stat(place)).isDirectory() || isDefinitionFolder(place)) return [place];
  const entries = await readdir(place, { withFileTypes: true, recursive: true });
  const pathOf = (entry: { parentPath: string; name: string }) => join(entry.parentPath, entry.name);
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map(pathOf)
    .filter(isDefinitionFolder);
  const files = entries
    .filter((entry) => entry.isFile() && /\.json$/i.test(entry.name))
    .map(pathOf)
    .filter((file) => !/node_modules/.test(file) && !folders.some((one) => file.startsWith(`${one}/`)));
  return [...files, ...folders].sort();
}

async function read(path: string): Promise<string> {
  if (isDefinitionFolder(path)) return readDefinitionFolder(path);
  const bytes = await readFile(path);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8');
}

/** One, a list, or an object whose `elements` are a list. */
function toElements(value: unknown): Row[] {
  const list = Array.isArray(value)
    ? value
    : isRow(value) && Array.isArray(value['elements'])
      ? value['elements']
      : [value];
  return list.filter(isElement);
}

function isElement(value: unknown): value is Row {
  if (!isRow(value) || 'steps' in value || 'swagger' in value || 'openapi' in value) return false;
  return ('resources' in value || 'configuration' in value) && ('key' in value || 'authentication' in value);
}

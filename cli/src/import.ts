import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { LigandError } from '@ligand/sdk';
import type { Client, ImportProblem, SavedElement } from '@ligand/sdk';
import { isDefinitionFolder, readDefinitionFolder } from './definition-folder.ts';
import { openClient } from './settings.ts';
import { toTable } from './table.ts';
import { type Flags, UsageError } from './usage.ts';

interface ImportFlags extends Flags {
  update?: boolean;
  dryRun?: boolean;
}

/** What became of one file. */
interface Imported {
  file: string;
  key: string;
  outcome: 'imported' | 'updated' | 'would be imported' | 'skipped' | 'failed';
  /** Why it failed or was skipped. */
  reason?: string;
  /** What of it cannot work. */
  problems: ImportProblem[];
  /** What was guessed. */
  notes: string[];
}

/** @returns exit status 1 when a file failed. */
export async function importElements(places: string[], flags: ImportFlags): Promise<number> {
  if (places.length === 0) throw new UsageError('Name a file, a folder, or - for standard input.');
  const client = await openClient(flags.url);
  const files = (await Promise.all(places.map(findFiles))).flat();
  if (files.length === 0)
    throw new UsageError(`There is no .json, .yaml or .yml file in ${places.join(', ')}.`);
  const all: Imported[] = [];
  for (const file of files) {
    all.push(...(await importFile(client, file, flags, places.includes(file))));
    if (process.stderr.isTTY) process.stderr.write(`\r${all.length} of ${files.length} `);
  }
  if (process.stderr.isTTY) process.stderr.write('\r');
  process.stdout.write(flags.json ? `${JSON.stringify(all, undefined, 2)}\n` : `${describe(all)}\n`);
  return all.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

async function findFiles(place: string): Promise<string[]> {
  if (place === '-') return [place];
  const found = await stat(place).catch(() => undefined);
  if (!found) throw new UsageError(`There is no file or folder '${place}'.`);
  if (!found.isDirectory()) return [place];
  if (isDefinitionFolder(place)) return [place];
  const entries = await readdir(place, { withFileTypes: true, recursive: true });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(isDefinitionFolder);
  const isInside = (file: string) => folders.some((folder) => file.startsWith(`${folder}/`));
  const files = entries
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.(json|ya?ml|wsdl|edmx|xml)$/i.test(entry.name) &&
        !/node_modules/.test(entry.parentPath),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !isInside(file));
  return [...files, ...folders].sort();
}

/** @param isNamed whether somebody named this very file; of a folder, what is no element is passed over. */
async function importFile(
  client: Client,
  file: string,
  flags: ImportFlags,
  isNamed: boolean,
): Promise<Imported[]> {
  const all: Imported[] = [];
  try {
    for (const text of toDefinitions(await read(file)))
      all.push(await importOne(client, { file, text, isNamed }, flags).catch((error) => failed(file, error)));
    return all;
  } catch (error) {
    return [...all, failed(file, error)];
  }
}

/** @throws what ends the whole run: a server that is away, or that does not know the caller. */
function failed(file: string, error: unknown): Imported {
  if (error instanceof LigandError && (error.status === 0 || error.status === 401)) throw error;
  return { file, key: '', problems: [], notes: [], outcome: 'failed', reason: (error as Error).message };
}

async function importOne(
  client: Client,
  { file, text, isNamed }: { file: string; text: string; isNamed: boolean },
  flags: ImportFlags,
): Promise<Imported> {
  const base = { file, key: '', problems: [], notes: [] };
  const kind = kindOf(text, file);
  if (kind === 'other') {
    const reason = 'it is no element, and no OpenAPI, WSDL or OData document';
    return { ...base, outcome: isNamed ? 'failed' : 'skipped', reason };
  }
  const draft = kind === 'document' ? await client.elements.convert(text) : undefined;
  const definition = draft ? JSON.stringify(draft) : text;
  const key = String((JSON.parse(definition) as { key?: unknown }).key ?? '');
  const notes = draft?.importNotes ?? [];
  if (flags.dryRun) return { ...base, key, notes, outcome: 'would be imported' };
  const { element, outcome } = await save(client, definition, key, flags.update === true);
  return { ...base, key: element.key, outcome, problems: element.importReport ?? [], notes };
}

async function read(file: string): Promise<string> {
  if (file === '-') return readAll(process.stdin);
  return isDefinitionFolder(file) ? readDefinitionFolder(file) : readFile(file, 'utf8');
}

/** A file may hold a list of elements, by itself or as `elements`; no digit of a number gets lost. */
function toDefinitions(marked: string): string[] {
  const text = marked.replace(/^\uFEFF/, '');
  if (!/^\s*(\[|\{\s*"elements"\s*:\s*\[)/.test(text)) return [text];
  const value = JSON.parse(text, (_key, item: unknown, { source }: { source?: string } = {}) =>
    typeof item === 'number' && source !== undefined && String(item) !== source ? rawJson(source) : item,
  ) as unknown[] | { elements: unknown[] };
  return (Array.isArray(value) ? value : value.elements).map((item) => JSON.stringify(item));
}

// The standard library's types do not have it yet.
const rawJson = (JSON as typeof JSON & { rawJSON(text: string): unknown }).rawJSON;

async function save(
  client: Client,
  definition: string,
  key: string,
  update: boolean,
): Promise<{ element: SavedElement; outcome: 'imported' | 'updated' }> {
  try {
    return { element: await client.elements.create(definition), outcome: 'imported' };
  } catch (error) {
    if (!update || !(error instanceof LigandError) || error.status !== 409) throw error;
    const where = `key = '${key.replaceAll("'", "''")}' and private = true`;
    const [mine] = await client.elements.list({ where, abridged: true });
    if (!mine) throw error;
    return { element: await client.elements.update(mine.id, definition), outcome: 'updated' };
  }
}

/** An element, a document that the server makes one of, or something else. */
function kindOf(text: string, file: string): 'element' | 'document' | 'other' {
  const start = text.trimStart();
  if (start.startsWith('<')) return /<([\w.-]+:)?(definitions|Edmx)[\s>]/.test(start) ? 'document' : 'other';
  if (!start.startsWith('{')) {
    return /^(openapi|swagger)\s*:/m.test(text) || (/\.ya?ml$/i.test(file) && /^paths\s*:/m.test(text))
      ? 'document'
      : 'other';
  }
  const value = JSON.parse(start) as Record<string, unknown>;
  if ('openapi' in value || 'swagger' in value) return 'document';
  const isElement = typeof value['name'] === 'string' && ('resources' in value || 'configuration' in value);
  return isElement && !('steps' in value) ? 'element' : 'other';
}

function describe(all: readonly Imported[]): string {
  const rows = all
    .filter(({ outcome }) => outcome !== 'skipped')
    .map(({ file, key, outcome, problems }) => [
      key || '-',
      outcome,
      problems.length === 0 ? '' : `${problems.length}`,
      file,
    ]);
  const details = all.flatMap(({ file, key, outcome, reason, problems, notes }) => [
    ...(reason && outcome === 'failed' ? [`${file}: ${reason}`] : []),
    ...problems.map(({ method = '', path = '', reason: why }) =>
      `${key}: ${`${method} ${path}`.trim()} ${why}`.replace(':  ', ': '),
    ),
    ...notes.map((note) => `${key}: ${note}`),
  ]);
  const skipped = all.filter(({ outcome }) => outcome === 'skipped').length;
  const table = toTable(['key', 'outcome', 'cannot work', 'file'], rows);
  const rest = skipped > 0 ? [`${skipped} other ${skipped === 1 ? 'file' : 'files'} passed over.`] : [];
  return [
    table,
    ...(details.length > 0 ? ['', ...details] : []),
    ...(rest.length > 0 ? ['', ...rest] : []),
  ].join('\n');
}

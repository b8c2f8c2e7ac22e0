import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import type { ElementDefinition } from './element.ts';
import { catalogUnreadable } from './errors.ts';
import type { DefinitionFault } from './errors.ts';
import { isRow } from './row-ids.ts';

export interface LoadedCatalog {
  definitions: { file: string; definition: ElementDefinition }[];
  /** Why a definition was left out; each stops only its own element. */
  faults: DefinitionFault[];
  /** Checks a definition against the schema of the folder. */
  validate: ValidateFunction;
  /** The check of one row. */
  validateRow(kind: RowKind): ValidateFunction;
}

/** Rows that the schema describes by themselves. */
export type RowKind = 'configuration' | 'resource' | 'parameter' | 'hook';

type Row = Record<string, unknown>;

class BrokenDefinition extends Error {
  readonly fault: DefinitionFault;
  constructor(fault: DefinitionFault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/**
 * Reads every `<folder>/<key>/element.json` with its `resources/*.json` and hook files, and checks each
 * against `<folder>/element.schema.json`.
 */
export async function loadCatalog(folder: string): Promise<LoadedCatalog> {
  const catalog: LoadedCatalog = { definitions: [], faults: [], ...(await loadSchema(folder)) };
  const { validate } = catalog;
  const entries = await readdir(folder, { withFileTypes: true });
  const keys = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const key of keys.sort()) {
    if (!existsSync(join(folder, key, 'element.json'))) continue;
    try {
      const definition = await loadElement(folder, key, validate, catalog.faults);
      if (definition) catalog.definitions.push({ file: `${key}/element.json`, definition });
    } catch (error) {
      if (!(error instanceof BrokenDefinition)) throw error;
      catalog.faults.push(error.fault);
    }
  }
  return withoutTwins(catalog);
}

/** The checks that `<folder>/element.schema.json` asks for. */
export async function loadSchema(folder: string): Promise<Pick<LoadedCatalog, 'validate' | 'validateRow'>> {
  const schema = await readJson(join(folder, 'element.schema.json'), folder).catch((error: Error) => {
    throw catalogUnreadable(folder, error.message);
  });
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    // The schema is ours, and a test checks it: a start does not.
    validateSchema: false,
    code: { optimize: false },
  });
  const validate = ajv.compile(schema);
  // Compiled with the first edit: a start does not wait for what most servers never do.
  const checks = new Map<RowKind, ValidateFunction>();
  const validateRow = (kind: RowKind) => {
    const check = checks.get(kind) ?? ajv.compile({ $ref: `${String(schema['$id'])}#/$defs/${kind}` });
    checks.set(kind, check);
    return check;
  };
  return { validate, validateRow };
}

async function loadElement(
  folder: string,
  key: string,
  validate: ValidateFunction,
  faults: DefinitionFault[],
): Promise<ElementDefinition | undefined> {
  const file = join(folder, key, 'element.json');
  const definition = await readJson(file, folder);
  if (!isRow(definition)) throw broken(folder, file, '', 'must be an object');
  const stated = definition['resources'] ?? [];
  if (!Array.isArray(stated)) throw broken(folder, file, '/resources', 'must be an array of resource rows');
  const sources = new Map<Row, { file: string; index: number }>();
  const rows = [...(stated as Row[])];
  rows.forEach((row, index) => sources.set(row, { file, index }));
  for (const part of await partsOf(join(folder, key, 'resources'))) {
    const more = await readJson(part, folder);
    if (!Array.isArray(more)) throw broken(folder, part, '', 'must be an array of resource rows');
    more.forEach((row: Row, index) => sources.set(row, { file: part, index }));
    rows.push(...(more as Row[]));
  }
  for (const row of [definition, ...rows]) {
    await inlineHooks(row, sources.get(row)?.file ?? file, folder);
  }
  const whole = { ...definition, ...(rows.length > 0 ? { resources: rows } : {}) };
  if (validate(whole)) return whole as unknown as ElementDefinition;
  for (const error of validate.errors ?? []) {
    const inRow = /^\/resources\/(\d+)(.*)$/.exec(error.instancePath);
    const source = inRow ? sources.get(rows[Number(inRow[1])] as Row) : undefined;
    const path = source && source.file !== file ? `/${source.index}${inRow?.[2]}` : error.instancePath;
    const allowed = error.params['allowedValues'] as string[] | undefined;
    const reason = `${error.message ?? 'is not valid'}${allowed ? `: ${allowed.join(', ')}` : ''}`;
    faults.push({ file: relative(folder, source?.file ?? file), path, reason });
  }
  return undefined;
}

async function partsOf(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => join(folder, name));
}

/** Puts the text of each hook's `bodyFile` into its row: the script, and behind it those that it shares with others. */
async function inlineHooks(owner: Row, file: string, folder: string): Promise<void> {
  const hooks = isRow(owner) ? owner['hooks'] : undefined;
  if (!Array.isArray(hooks)) return;
  owner['hooks'] = await Promise.all(
    (hooks as Row[]).map(async (hook) => {
      if (!isRow(hook)) return hook;
      const { bodyFile, ...rest } = hook;
      const names = [bodyFile].flat().filter((name) => typeof name === 'string');
      const [own] = names;
      if (own === undefined) return hook;
      const texts = await Promise.all(names.map((name) => readHookFile(folder, file, name)));
      return { name: relative(folder, join(dirname(file), own)), ...rest, body: texts.join('\n') };
    }),
  );
}

async function readHookFile(folder: string, file: string, name: string): Promise<string> {
  const path = join(dirname(file), name);
  if (relative(folder, path).startsWith('..')) {
    throw broken(folder, file, '/hooks', `the hook file ${name} lies outside the catalog`);
  }
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) throw broken(folder, file, '/hooks', `the hook file ${name} does not exist`);
  return text;
}

async function readJson(file: string, folder: string): Promise<Row> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Row;
  } catch (error) {
    throw broken(folder, file, '', (error as Error).message);
  }
}

function broken(folder: string, file: string, path: string, reason: string): BrokenDefinition {
  return new BrokenDefinition({ file: relative(folder, file), path, reason });
}

/** Of two definitions with one key or one id, the first is kept. */
function withoutTwins(catalog: LoadedCatalog): LoadedCatalog {
  const seen = new Set<string>();
  const definitions = catalog.definitions.filter(({ file, definition }) => {
    for (const mark of [`key ${definition.key}`, ...(definition.id ? [`id ${definition.id}`] : [])]) {
      if (seen.has(mark)) {
        catalog.faults.push({
          file,
          path: '',
          reason: `another element has the ${mark} already`,
        });
        return false;
      }
    }
    seen.add(`key ${definition.key}`);
    if (definition.id) seen.add(`id ${definition.id}`);
    return true;
  });
  return { ...catalog, definitions };
}

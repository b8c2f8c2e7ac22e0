import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import type { ElementDefinition } from './element.ts';
import { catalogUnreadable } from './errors.ts';
import type { DefinitionFault } from './errors.ts';
import { isRow } from './row-ids.ts';

/** The checks that the schema of a catalog's folder asks for. Each is compiled when it is first needed. */
export interface Checks {
  /** That of a definition. */
  ofDefinition(): ValidateFunction;
  /** That of one row. */
  ofRow(kind: RowKind): ValidateFunction;
  /** Of the schema. */
  hash: string;
}

export interface LoadedCatalog {
  definitions: { file: string; definition: ElementDefinition }[];
  /** Why a definition was left out; each stops only its own element. */
  faults: DefinitionFault[];
  checks: Checks;
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
 *
 * @param cacheFolder keeps which definitions were found good, which later starts do not check again: to compile the check takes
 * longer than to read them all.
 */
export function loadCatalog(folder: string, cacheFolder?: string): LoadedCatalog {
  const checks = loadChecks(folder);
  const catalog: LoadedCatalog = { definitions: [], faults: [], checks };
  const entries = readdirSync(folder, { withFileTypes: true });
  const keys = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const key of keys.sort()) {
    if (!existsSync(join(folder, key, 'element.json'))) continue;
    try {
      const definition = loadElement(folder, key, cacheFolder, catalog);
      if (definition) catalog.definitions.push({ file: `${key}/element.json`, definition });
    } catch (error) {
      if (!(error instanceof BrokenDefinition)) throw error;
      catalog.faults.push(error.fault);
    }
  }
  return withoutTwins(catalog);
}

/** The checks that `<folder>/element.schema.json` asks for. */
export function loadChecks(folder: string): Checks {
  let schema: Row;
  try {
    schema = readJson(join(folder, 'element.schema.json'), folder);
  } catch (error) {
    throw catalogUnreadable(folder, (error as Error).message);
  }
  let compiler: Ajv2020 | undefined;
  const compiled = new Map<string, ValidateFunction>();
  const compile = (part: string) => {
    compiler ??= new Ajv2020({
      allErrors: true,
      strict: false,
      // The schema is ours, and a test checks it: a start does not.
      validateSchema: false,
      code: { optimize: false },
      schemas: [schema],
    });
    return compiler.compile(part === 'all' ? schema : { $ref: `${String(schema['$id'])}#/$defs/${part}` });
  };
  const checkOf = (part: RowKind | 'all') => {
    const check = compiled.get(part) ?? compile(part);
    compiled.set(part, check);
    return check;
  };
  return { ofDefinition: () => checkOf('all'), ofRow: checkOf, hash: hashOf(schema) };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function loadElement(
  folder: string,
  key: string,
  cacheFolder: string | undefined,
  { checks, faults }: LoadedCatalog,
): ElementDefinition | undefined {
  const file = join(folder, key, 'element.json');
  const definition = readJson(file, folder);
  if (!isRow(definition)) throw broken(folder, file, '', 'must be an object');
  const stated = definition['resources'] ?? [];
  if (!Array.isArray(stated)) throw broken(folder, file, '/resources', 'must be an array of resource rows');
  const sources = new Map<Row, { file: string; index: number }>();
  const rows = [...(stated as Row[])];
  rows.forEach((row, index) => sources.set(row, { file, index }));
  for (const part of partsOf(join(folder, key, 'resources'))) {
    const more = readJson(part, folder);
    if (!Array.isArray(more)) throw broken(folder, part, '', 'must be an array of resource rows');
    more.forEach((row: Row, index) => sources.set(row, { file: part, index }));
    rows.push(...(more as Row[]));
  }
  for (const row of [definition, ...rows]) {
    inlineHooks(row, sources.get(row)?.file ?? file, folder);
  }
  const whole = { ...definition, ...(rows.length > 0 ? { resources: rows } : {}) };
  // An empty file for each that was found good, by that schema.
  const mark = cacheFolder && join(cacheFolder, `element-${hashOf([checks.hash, whole])}`);
  if (mark && existsSync(mark)) return whole as unknown as ElementDefinition;
  const validate = checks.ofDefinition();
  if (validate(whole)) {
    if (mark) remember(mark);
    return whole as unknown as ElementDefinition;
  }
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

/** A folder that cannot be written, as in an image that somebody else has made, costs the check at each start. */
function remember(mark: string): void {
  try {
    writeFileSync(mark, '');
  } catch {
    // It is checked again.
  }
}

function partsOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => join(folder, name));
}

/** Puts the text of each hook's `bodyFile` into its row: the script, and behind it those that it shares with others. */
function inlineHooks(owner: Row, file: string, folder: string): void {
  const hooks = isRow(owner) ? owner['hooks'] : undefined;
  if (!Array.isArray(hooks)) return;
  owner['hooks'] = (hooks as Row[]).map((hook) => {
    if (!isRow(hook)) return hook;
    const { bodyFile, ...rest } = hook;
    const names = [bodyFile].flat().filter((name) => typeof name === 'string');
    const [own] = names;
    if (own === undefined) return hook;
    const texts = names.map((name) => readHookFile(folder, file, name));
    return { name: relative(folder, join(dirname(file), own)), ...rest, body: texts.join('\n') };
  });
}

function readHookFile(folder: string, file: string, name: string): string {
  const path = join(dirname(file), name);
  if (relative(folder, path).startsWith('..')) {
    throw broken(folder, file, '/hooks', `the hook file ${name} lies outside the catalog`);
  }
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw broken(folder, file, '/hooks', `the hook file ${name} does not exist`);
  }
}

function readJson(file: string, folder: string): Row {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Row;
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

import type { ElementDefinition } from '../element.ts';
import { isRow, rowsOf } from '../row-ids.ts';

type Row = Record<string, unknown>;

/** Words that say a type; any other is the name of a model, as old exports refer to theirs. */
const typeWords = new Set([
  'string',
  'number',
  'integer',
  'boolean',
  'array',
  'object',
  'null',
  'file',
  'date',
  'datetime',
  'date-time',
  'int',
  'long',
  'float',
  'double',
  'any',
]);

/**
 * The model that a schema refers to: by `$ref` (with a path, or the bare name), or by its name as `type`. Undefined
 * where it refers to nothing; the name of a model that is not there where a `$ref` leads nowhere.
 */
export function referenceOf(schema: unknown, known: { has(name: string): boolean }): string | undefined {
  if (!isRow(schema)) return undefined;
  const { $ref: reference, type } = schema;
  if (typeof reference === 'string') return nameIn(reference, known);
  if (typeof type !== 'string' || typeWords.has(type) || isRow(schema['properties'])) return undefined;
  return known.has(type) ? type : undefined;
}

/** The models that a schema refers to anywhere inside, in the order in which they occur. */
export function referencesIn(schema: unknown, known: { has(name: string): boolean }): string[] {
  const found = new Set<string>();
  const open: unknown[] = [schema];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const reference = referenceOf(value, known);
    if (reference !== undefined && known.has(reference)) found.add(reference);
    for (const part of Object.values(value).toReversed()) if (typeof part === 'object') open.push(part);
  }
  return [...found];
}

/** `#/definitions/a~1b` is the model `a/b`, if there is one of that name. */
function nameIn(reference: string, known: { has(name: string): boolean }): string {
  const path = reference.replace(/^#\/(definitions|components\/schemas)\//, '');
  const plain = path.replaceAll('~1', '/').replaceAll('~0', '~');
  if (known.has(plain)) return plain;
  return path.split('/').at(-1) ?? '';
}

/** Models of a resource: by name, in old exports also as the text of that. */
export function readModels(models: unknown): Row | undefined {
  if (isRow(models)) return models;
  if (typeof models !== 'string' || !/^\s*\{/.test(models)) return undefined;
  try {
    const value = JSON.parse(models) as unknown;
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One of the models that a resource speaks of, with those that it refers to. */
export interface ModelUse {
  /** Key in `models`. */
  name: string;
  models: Row;
  /** The definition gives the record where the reply is a list of them. */
  isItem: boolean;
}

/** What a resource takes and gives, as far as its definition says so. */
export interface ResourceModels {
  request: ModelUse | undefined;
  reply: ModelUse | undefined;
}

/**
 * Finds the models of a resource: one that the element links to it, its own (`model`), the element's of the name that it
 * gives, or the fields of its `object`.
 */
export function modelsOf(row: Row, { models: elementModels, objects }: ElementDefinition): ResourceModels {
  const method = String(row['method'] ?? 'GET').toUpperCase();
  const linked = rowsOf(elementModels).find((model) => isLinked(model, row));
  if (linked) return fromRow(linked, rowsOf(elementModels), method);
  const { model } = row;
  if (!isRow(model)) return fromObject(objectWithFields(row, objects), method);
  const shared = isRow(elementModels) ? elementModels : sharedRows(rowsOf(elementModels));
  const replies = readModels(model['swagger']) ?? shared;
  const requests = readModels(model['requestSwagger']);
  const reply = use(model['name'], replies);
  const asks = model['requestName'];
  return {
    reply,
    request:
      asks === undefined && !requests
        ? reply
        : (use(asks ?? model['name'], requests) ?? use(asks, replies) ?? reply),
  };
}

function use(name: unknown, models: Row | undefined): ModelUse | undefined {
  if (!models) return undefined;
  if (typeof name === 'string') {
    if (Object.hasOwn(models, name) && isRow(models[name])) return { name, models, isItem: false };
    // `accounts` stands for a list of `accountsObject`, which alone is written down.
    const item = `${name}Object`;
    if (Object.hasOwn(models, item) && isRow(models[item])) return { name: item, models, isItem: true };
  }
  const [only, ...others] = Object.keys(models).filter((key) => isRow(models[key]));
  return only !== undefined && others.length === 0 ? { name: only, models, isItem: false } : undefined;
}

function isLinked(model: Row, row: Row): boolean {
  if (typeof model['name'] !== 'string' || model['name'] === '') return false;
  if (row['modelId'] !== undefined && row['modelId'] === model['id']) return true;
  if (row['id'] !== undefined && rowsOf(model['resources']).some(({ id }) => id === row['id'])) return true;
  return row['objectName'] === model['name'] && !schemaOf(model);
}

const rowsOfMaps = new WeakMap<Row, Row[]>();

/** Models of an element as rows. Older exports have a map of schemas: each becomes a row that keeps its own. */
export function toModelRows(models: unknown): Row[] {
  if (!isRow(models)) return rowsOf(models);
  const known = rowsOfMaps.get(models);
  if (known) return known;
  const rows = Object.entries(models).map(([name, schema], index) => ({
    id: index + 1,
    name,
    swagger: { [name]: schema },
  }));
  rowsOfMaps.set(models, rows);
  return rows;
}

/** The schema of a row that was in a map. */
function schemaOf({ name, swagger }: Row): Row | undefined {
  if (typeof name !== 'string' || !isRow(swagger) || !Object.hasOwn(swagger, name)) return undefined;
  return isRow(swagger[name]) ? swagger[name] : undefined;
}

/** Models that resources may name, as they do those of a map. */
function sharedRows(all: Row[]): Row | undefined {
  return all.some(schemaOf) ? toModelMap(all) : undefined;
}

/** Fields of a newer model; both names of the list occur. */
export function fieldsOf(model: Row | undefined): Row[] {
  return rowsOf(model?.['modelFields'] ?? model?.['fields']).filter(
    ({ name, ignore }) => typeof name === 'string' && name !== '' && ignore !== true,
  );
}

/** Where a field of a newer model is used: `POST` and so on. */
export function usesOf(field: Row, direction: 'REQUEST' | 'RESPONSE'): string[] {
  return rowsOf(field['fieldMethods'])
    .filter((one) => one['direction'] === direction && one['populated'] !== 'NEVER')
    .map(({ method }) => String(method));
}

function fromRow(model: Row, all: Row[], method: string): ResourceModels {
  const name = String(model['name']);
  const asked = fieldsOf(model).filter((field) => usesOf(field, 'REQUEST').includes(method));
  const models = toModelMap(all);
  const requestName = `${name}${method.charAt(0)}${method.slice(1).toLowerCase()}`;
  const reply = { name, models, isItem: true };
  if (asked.length === 0 || Object.hasOwn(models, requestName)) return { reply, request: reply };
  const request = { name: requestName, models: { ...models, [requestName]: toModel(model, asked, all) } };
  return { reply, request: { ...request, isItem: false } };
}

/** What a resource says of its object, else what the element does. */
function objectWithFields(row: Row, objects: unknown): Row | undefined {
  const own = isRow(row['object']) ? row['object'] : {};
  const name = row['objectName'] ?? own['name'];
  return [own, ...rowsOf(objects)].find((one) => one['name'] === name && rowsOf(one['fields']).length > 0);
}

const madeOfObjects = new WeakMap<Row, ResourceModels>();

/** The fields of an object, for methods that a record goes with. Made once for all resources. */
function fromObject(object: Row | undefined, method: string): ResourceModels {
  const name = object?.['name'];
  if (!object || typeof name !== 'string' || method === 'DELETE')
    return { request: undefined, reply: undefined };
  const known = madeOfObjects.get(object);
  if (known) return known;
  const fields = withInnerFields(rowsOf(object['fields']));
  const requestName = `${name}Request`;
  const models = {
    [name]: toModel(
      object,
      fields.filter(({ response }) => response !== false),
      [],
    ),
    [requestName]: toModel(
      object,
      fields.filter(({ request, readOnly }) => request !== false && readOnly !== true),
      [],
    ),
  };
  const made = {
    reply: { name, models, isItem: true },
    request: { name: requestName, models, isItem: false },
  };
  madeOfObjects.set(object, made);
  return made;
}

/** Fields of an object as those of a newer model, with those of what they refer to behind a dot. */
function withInnerFields(fields: Row[], prefix = '', depth = 0): Row[] {
  return fields.flatMap((field) => {
    const name = field['name'] ?? field['path'] ?? field['vendorPath'];
    if (typeof name !== 'string' || name === '' || depth > deepest) return [];
    const inner = isRow(field['reference']) ? rowsOf(field['reference']['fields']) : [];
    const jsonType = field['type'] ?? (inner.length > 0 ? 'object' : 'string');
    const own = { ...field, name: prefix + name, dataType: { jsonType, format: field['format'] } };
    const before = `${prefix}${name}${jsonType === 'array' ? '[*]' : ''}.`;
    return [own, ...withInnerFields(inner, before, depth + 1)];
  });
}

const maps = new WeakMap<Row, Row>();

/** Newer models as a map of schemas, made once for all resources. */
export function toModelMap(all: Row[]): Row {
  const [first] = all;
  if (!first) return {};
  const known = maps.get(first);
  if (known) return known;
  const entries = all
    .filter(({ name }) => typeof name === 'string' && name !== '' && name !== '__proto__')
    .map((model) => [String(model['name']), toModel(model, fieldsOf(model), all)] as const);
  const map = Object.fromEntries(entries);
  maps.set(first, map);
  return map;
}

const deepest = 20;

function toModel(model: Row, fields: Row[], all: Row[]): Row {
  const schema = schemaOf(model);
  if (schema && fields.length === 0) return schema;
  const root: Row = { type: 'object', properties: {}, ...structuredClone(schema) };
  if (!isRow(root['properties'])) root['properties'] = {};
  if (typeof model['description'] === 'string') root['description'] = model['description'];
  if (typeof model['vendorName'] === 'string') root['x-vendor-objectname'] = model['vendorName'];
  if (typeof model['customFields'] === 'boolean') root['x-has-customfields'] = model['customFields'];
  const keys = fields.filter((field) => field['primaryKey'] === true).map(({ name }) => String(name));
  if (keys.length > 0) root['x-primary-key'] = keys;
  for (const field of fields)
    place(root, String(field['name']).split('.', deepest), toFieldSchema(field, all));
  return root;
}

/** `address.city` is a field of the object `address`, `lines[*].sku` one of each of the `lines`. */
function place(owner: Row, [step = '', ...rest]: string[], schema: Row): void {
  const name = step.replace(/\[\*?\]$/, '');
  if (name === '' || name === '__proto__') return;
  const properties = owner['properties'] as Row;
  const before = isRow(properties[name]) ? properties[name] : undefined;
  if (rest.length === 0) {
    properties[name] = { ...schema, ...(before && pick(before, ['properties', 'items'])) };
    return;
  }
  const isArray = name !== step || before?.['type'] === 'array';
  const next: Row = before ?? {};
  properties[name] = next;
  next['type'] = isArray ? 'array' : 'object';
  if (isArray && !isRow(next['items'])) next['items'] = { type: 'object' };
  const inside = isArray ? (next['items'] as Row) : next;
  if (!isRow(inside['properties'])) inside['properties'] = {};
  place(inside, rest, schema);
}

function pick(row: Row, names: string[]): Row {
  return Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]));
}

function toFieldSchema(field: Row, all: Row[]): Row {
  const data = isRow(field['dataType']) ? field['dataType'] : {};
  const format = String(data['format'] ?? '');
  const target = relatedTo(field, all);
  const type = String(data['jsonType'] ?? 'string');
  const schema: Row = {
    type,
    ...(typeWords.has(format) && !format.startsWith('date') ? {} : { format }),
    ...texts(field),
  };
  if (type === 'array') schema['items'] = target ?? { type: format === 'object' ? 'object' : 'string' };
  else if (target) return target;
  return schema;
}

function texts(field: Row): Row {
  const choices = Array.isArray(field['enumValues']) ? { enum: field['enumValues'] } : {};
  const named: [string, string][] = [
    ['description', 'description'],
    ['displayName', 'x-displayName'],
    ['sampleValue', 'x-samplevalue'],
    ['mask', 'x-mask'],
    ['searchOperators', 'x-searchable-operators'],
    ['searchNames', 'x-searchable-names'],
    ['subFormat', 'x-sub-format'],
    ['subformat', 'x-sub-format'],
    ['conditionallyRequiredDescription', 'x-conditional-required'],
  ];
  const kept = named.filter(([from]) => isGiven(field[from]));
  return {
    ...Object.fromEntries(kept.map(([from, to]) => [to, field[from]])),
    ...choices,
    ...lengths(field),
    ...(isGiven(field['searchOperators']) && { 'x-searchable': true }),
    ...(field['required'] === true && { 'x-required': true }),
    ...(field['readOnly'] === true && { readOnly: true, 'x-readOnly': true }),
    ...(field['primaryKey'] === true && { 'x-primary-key': true }),
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== null;
}

/** Exports have lengths as texts. */
function lengths(field: Row): Row {
  const stated = ['minLength', 'maxLength'].filter((name) => /^\d{1,9}$/.test(String(field[name])));
  return Object.fromEntries(stated.map((name) => [name, Number(field[name])]));
}

/** `$Other.field` as a sample value says that the field holds the model `Other`; so does an id. */
function relatedTo(field: Row, all: Row[]): Row | undefined {
  const sample = field['sampleValue'];
  const named = typeof sample === 'string' ? /^\$([^.]+)/.exec(sample)?.[1] : undefined;
  const related = all.find(
    ({ id, name }) =>
      typeof name === 'string' &&
      name !== '' &&
      (name === named || (id !== undefined && id !== 0 && id === field['relatedModelId'])),
  );
  return related && { $ref: `#/definitions/${String(related['name'])}` };
}

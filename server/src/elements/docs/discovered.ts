import { isRow, rowsOf } from '../row-ids.ts';
import { isFieldName } from './schema.ts';

type Row = Record<string, unknown>;

const types: Record<string, Row> = {
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date-time' },
  array: { type: 'array', items: {} },
  object: { type: 'object' },
};
const deepest = 20;

/**
 * The document of an object with the fields that were found by asking the provider: those of the account's own. What
 * lies inside of a field becomes a definition of its own, named after the field.
 *
 * @param metadata `{ fields: [{ path or vendorPath, type }] }`, as a metadata resource answers; anything else adds nothing.
 */
export function addDiscovered(document: Row, objectName: string, metadata: unknown): Row {
  const fields = rowsOf(isRow(metadata) ? metadata['fields'] : metadata);
  const definitions = structuredClone(document['definitions']) as Row;
  const roots = rootsOf(document, definitions);
  const copy = structuredClone(document);
  if (roots.length === 0) {
    const root = { type: 'object', 'x-vendor-objectname': objectName };
    const name = freeName(objectName.replace(/[^\w.-]+/g, '_') || 'object', definitions);
    definitions[name] = root;
    attach(copy['paths'] as Row, `#/definitions/${name}`);
    roots.push(root);
  }
  for (const field of fields) {
    const path = [field['path'], field['vendorPath']].find((one) => typeof one === 'string' && one !== '');
    if (typeof path !== 'string') continue;
    const steps = path.split('.', deepest).filter((step) => isFieldName(step.replace(/\[.*\]$/, '')));
    for (const root of roots) place(root, steps, field, definitions);
  }
  return { ...copy, definitions };
}

/** The schemas that replies and bodies of the object are made of. */
function rootsOf(document: Row, definitions: Row): Row[] {
  const names = new Set<string>();
  const find = (schema: unknown): void => {
    if (!isRow(schema)) return;
    const reference = schema['$ref'];
    if (typeof reference === 'string') names.add(reference.split('/').at(-1) ?? '');
    else if (schema['type'] === 'array') find(schema['items']);
  };
  for (const operation of operationsOf(document['paths'])) {
    for (const parameter of rowsOf(operation['parameters'])) find(parameter['schema']);
    const replies = operation['responses'];
    if (isRow(replies) && isRow(replies['200'])) find(replies['200']['schema']);
  }
  const roots = new Set<Row>();
  for (const name of names) {
    const definition = definitions[name];
    const root =
      isRow(definition) && definition['type'] === 'array' ? itemOf(definition, definitions) : definition;
    if (isRow(root) && !('$ref' in root)) roots.add(root);
  }
  return [...roots];
}

function itemOf(list: Row, definitions: Row): unknown {
  const { items } = list;
  if (!isRow(items)) return undefined;
  const reference = items['$ref'];
  return typeof reference === 'string' ? definitions[reference.split('/').at(-1) ?? ''] : items;
}

function operationsOf(paths: unknown): Row[] {
  if (!isRow(paths)) return [];
  return Object.values(paths).flatMap((verbs) => (isRow(verbs) ? Object.values(verbs).filter(isRow) : []));
}

/** Replies whose shape nobody had said are those of the object. */
function attach(paths: Row, reference: string): void {
  for (const operation of operationsOf(paths)) {
    const replies = operation['responses'] as Row;
    const success = replies['200'] as Row;
    const isList = rowsOf(operation['parameters']).some(({ name }) => name === 'pageSize');
    const schema = { $ref: reference };
    success['schema'] ??= isList ? { type: 'array', items: schema } : schema;
  }
}

function place(owner: Row, [step = '', ...rest]: string[], field: Row, definitions: Row): void {
  const name = step.replace(/\[.*\]$/, '');
  if (name === '') return;
  const properties = (owner['properties'] ??= {}) as Row;
  const before = Object.hasOwn(properties, name) && isRow(properties[name]) ? properties[name] : undefined;
  if (rest.length === 0) {
    properties[name] = before ?? toSchema(field);
    return;
  }
  const isArray = name !== step || before?.['type'] === 'array';
  const holder = isArray ? (before?.['items'] as Row | undefined) : before;
  const inside = resolve(holder, definitions) ?? {};
  if (!('type' in inside)) inside['type'] = 'object';
  if (!holder?.['$ref']) {
    const unique = freeName(name.replace(/[^\w.-]+/g, '_') || 'object', definitions);
    definitions[unique] = inside;
    const reference = { $ref: `#/definitions/${unique}` };
    properties[name] = isArray ? { type: 'array', items: reference } : reference;
  }
  place(inside, rest, field, definitions);
}

function resolve(schema: Row | undefined, definitions: Row): Row | undefined {
  const reference = schema?.['$ref'];
  if (typeof reference !== 'string') return schema;
  const found = definitions[reference.split('/').at(-1) ?? ''];
  return isRow(found) && !('$ref' in found) ? found : undefined;
}

function freeName(wish: string, definitions: Row): string {
  const base = isFieldName(wish) ? wish : 'object';
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}${number}`;
    if (!Object.hasOwn(definitions, name)) return name;
  }
}

function toSchema(field: Row): Row {
  const type = String(field['type'] ?? 'string').toLowerCase();
  const { displayName, mask } = field;
  return {
    ...(types[Object.hasOwn(types, type) ? type : ''] ?? { type: 'string' }),
    ...(typeof displayName === 'string' && { 'x-displayName': displayName }),
    ...(typeof mask === 'string' && mask !== '' && { 'x-mask': mask }),
    ...(field['vendorReadOnly'] === true && { readOnly: true }),
    ...(field['custom'] === true && { 'x-custom': true }),
  };
}

import type { Element } from '../element.ts';
import { isRow, rowsOf } from '../row-ids.ts';
import { readModels } from './operation.ts';

type Row = Record<string, unknown>;

/** A field of an object, as metadata tells it. */
export interface MetadataField {
  type: string;
  path?: string;
  vendorPath: string;
  vendorNativeType?: string;
  displayName?: string;
  vendorRequired: boolean;
  vendorReadOnly: boolean;
  filterable: boolean;
  createable: boolean;
  updateable: boolean;
  custom: boolean;
  mask?: string;
  method?: { name: string; response: boolean; request: boolean }[];
}

/** The names of an element's objects, in the order of the alphabet. */
export function objectNames(element: Element): string[] {
  const { definition } = element;
  const rows = (definition.resources ?? []).filter(isRow);
  const stated = [
    ...rowsOf(definition['objects']).map(({ name }) => name),
    ...(isRow(definition['models']) ? Object.keys(definition['models']) : []),
    ...rows.flatMap(({ objectName, object }) => [objectName, isRow(object) ? object['name'] : undefined]),
  ].filter((name): name is string => typeof name === 'string' && name !== '');
  const names = stated.length > 0 ? stated : segmentsOf(element);
  return [...new Set(names)].sort();
}

/** Where a definition names no objects, its collections are the objects: `/contacts` and `/contacts/{id}`. */
function segmentsOf(element: Element): string[] {
  return element.resources
    .filter(({ type, method }) => type === 'api' && method === 'GET')
    .map(({ path }) => path.split('/')[1] ?? '')
    .filter(
      (segment) => segment !== '' && !segment.includes('{') && segment !== 'ping' && segment !== 'objects',
    );
}

/** The fields of an object; undefined when the element has no such object. */
export function objectFields(element: Element, name: string): MetadataField[] | undefined {
  if (!objectNames(element).includes(name) && !segmentsOf(element).includes(name)) return undefined;
  const found = [fromModelRows, fromObjects, fromResources, fromModelMap]
    .map((read) => read(element, name))
    .find((fields) => fields.length > 0);
  return found ?? [];
}

/** Newer models: rows with fields that say themselves where they are used. */
function fromModelRows(element: Element, name: string): MetadataField[] {
  const model = rowsOf(element.definition['models']).find((one) => one['name'] === name);
  return rowsOf(model?.['modelFields'] ?? model?.['fields']).map((field) => {
    const uses = rowsOf(field['fieldMethods']).filter(({ populated }) => populated !== 'NEVER');
    const requests = uses.filter(({ direction }) => direction === 'REQUEST').map(({ method }) => method);
    const type = isRow(field['dataType']) ? field['dataType'] : {};
    return {
      ...shared(normalize(type['jsonType'], type['format']), String(field['name'])),
      path: String(field['name']),
      ...(typeof field['displayName'] === 'string' && { displayName: field['displayName'] }),
      ...(typeof field['mask'] === 'string' && field['mask'] !== '' && { mask: field['mask'] }),
      vendorRequired: field['nullable'] === false && requests.includes('POST'),
      vendorReadOnly: uses.length > 0 && requests.length === 0,
      filterable: typeof field['searchOperators'] === 'string' && field['searchOperators'] !== '',
      createable: requests.includes('POST'),
      updateable: requests.includes('PUT') || requests.includes('PATCH'),
    };
  });
}

function fromObjects(element: Element, name: string): MetadataField[] {
  const rows = (element.definition.resources ?? []).filter(isRow);
  const objects = [
    ...rowsOf(element.definition['objects']),
    ...rows.flatMap(({ object }) => (isRow(object) ? [object] : [])),
  ];
  const fields = objects.filter((one) => one['name'] === name).flatMap((one) => rowsOf(one['fields']));
  const unique = new Map(fields.map((field) => [String(field['vendorPath'] ?? field['name']), field]));
  return [...unique].map(([path, field]) => ({
    ...shared(normalize(field['type'], field['format']), path),
    ...(typeof field['displayName'] === 'string' && { displayName: field['displayName'] }),
    vendorRequired: field['required'] === true,
    vendorReadOnly: field['readOnly'] === true,
    createable: field['readOnly'] !== true,
    updateable: field['readOnly'] !== true,
  }));
}

/** Older models: a schema for each method, merged. */
function fromResources(element: Element, name: string): MetadataField[] {
  const rows = (element.definition.resources ?? []).filter(isRow);
  const merged = new Map<string, MetadataField>();
  for (const method of ['PATCH', 'PUT', 'GET', 'POST']) {
    for (const row of rows) {
      if (String(row['method']).toUpperCase() !== method || !belongsTo(row, name)) continue;
      const model = isRow(row['model']) ? row['model'] : {};
      const replies = flatten(model['name'], model['swagger']);
      const requests =
        method === 'GET'
          ? []
          : flatten(model['requestName'] ?? model['name'], model['requestSwagger'] ?? model['swagger']);
      for (const field of replies) addUse(merged, field, method, 'response');
      for (const field of requests) addUse(merged, field, method, 'request');
    }
  }
  return [...merged.values()];
}

function belongsTo(row: Row, name: string): boolean {
  if (row['objectName'] === name) return true;
  const [first, second] = String(row['path'] ?? '')
    .replace(/^\/hubs\/[^/]+/, '')
    .split('/')
    .filter(Boolean);
  return first === name && (second === undefined || second.includes('{'));
}

function addUse(
  merged: Map<string, MetadataField>,
  field: MetadataField,
  method: string,
  side: 'request' | 'response',
): void {
  const known = merged.get(field.vendorPath) ?? {
    ...field,
    createable: false,
    updateable: false,
    method: [],
  };
  const uses = known.method ?? [];
  const use = uses.find((one) => one.name === method);
  if (use) use[side] = true;
  else uses.push({ name: method, response: side === 'response', request: side === 'request' });
  known.method = uses;
  if (side === 'request') {
    known.createable ||= method === 'POST';
    known.updateable ||= method === 'PUT' || method === 'PATCH';
  }
  merged.set(field.vendorPath, known);
}

function fromModelMap(element: Element, name: string): MetadataField[] {
  const { models } = element.definition;
  return isRow(models) ? flatten(name, models) : [];
}

const deepest = 6;
const mostFields = 5_000;

/** A schema's fields, those of objects inside by dotted paths and those of lists behind `[*]`. */
function flatten(name: unknown, models: unknown): MetadataField[] {
  const definitions = readModels(models) ?? {};
  const fields: MetadataField[] = [];
  const resolve = (schema: unknown): Row => {
    if (!isRow(schema)) return {};
    const target = typeof schema['$ref'] === 'string' ? (schema['$ref'].split('/').at(-1) ?? '') : undefined;
    if (target === undefined) return schema;
    const found = Object.hasOwn(definitions, target) ? definitions[target] : undefined;
    return isRow(found) ? found : {};
  };
  const walk = (given: unknown, prefix: string, depth: number): void => {
    const schema = resolve(given);
    if (depth > deepest || !isRow(schema['properties'])) return;
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    for (const [key, value] of Object.entries(schema['properties'])) {
      if (fields.length >= mostFields) return;
      const field = resolve(value);
      const path = prefix + key;
      const type = normalize(
        field['type'] ?? (isRow(field['properties']) ? 'object' : 'string'),
        field['format'],
      );
      fields.push({
        ...shared(type, path),
        path,
        ...(typeof field['type'] === 'string' && { vendorNativeType: field['type'] }),
        vendorRequired: required.includes(key),
        vendorReadOnly: field['readOnly'] === true,
      });
      if (type === 'array') walk(field['items'], `${path}[*].`, depth + 1);
      else walk(value, `${path}.`, depth + 1);
    }
  };
  const root = typeof name === 'string' && Object.hasOwn(definitions, name) ? resolve(definitions[name]) : {};
  walk(root['type'] === 'array' ? root['items'] : root, '', 0);
  return fields;
}

function shared(type: string, vendorPath: string): MetadataField {
  return {
    type,
    vendorPath,
    vendorRequired: false,
    vendorReadOnly: false,
    filterable: true,
    createable: true,
    updateable: true,
    custom: false,
  };
}

function normalize(type: unknown, format: unknown): string {
  if (typeof format === 'string' && format.startsWith('date')) return 'date';
  switch (String([type].flat()[0] ?? 'string').toLowerCase()) {
    case 'integer':
    case 'int':
    case 'long':
    case 'number':
    case 'double':
    case 'float':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return 'array';
    case 'object':
      return 'object';
    case 'date':
    case 'datetime':
    case 'date-time':
      return 'date';
    default:
      return 'string';
  }
}

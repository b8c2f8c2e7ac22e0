import type { Element } from '../element.ts';
import { isRow, rowsOf } from '../row-ids.ts';
import { fieldsOf, modelsOf, referenceOf, toModelMap, toModelRows, usesOf } from './models.ts';
import type { ModelUse } from './models.ts';
import { documentedRows, objectNames, objectOf, segmentsOf } from './objects.ts';

type Row = Record<string, unknown>;

/** A field of an object, as metadata tells it. */
export interface MetadataField {
  /** `string`, `number`, `boolean`, `date`, `object` or `array`. */
  type: string;
  /** As callers write it. */
  path?: string;
  vendorPath: string;
  vendorNativeType?: string;
  displayName?: string;
  vendorDisplayName?: string;
  vendorRequired: boolean;
  vendorReadOnly: boolean;
  hidden: boolean;
  filterable: boolean;
  createable: boolean;
  updateable: boolean;
  custom: boolean;
  mask?: string;
  /** Calls in which it occurs; a GET sends none, so it says nothing of requests. */
  method?: { name: string; response: boolean; request?: boolean }[];
}

/**
 * The fields of an object, from the first that knows some: models of its own, `objects` and what resources say of their
 * `object`, the models of its resources. With `useModelsForMetadata: false`, its own models come last.
 *
 * @returns undefined when the element has no such object.
 */
export function objectFields(element: Element, name: string): MetadataField[] | undefined {
  const { models, useModelsForMetadata } = element.definition;
  const own = [fromModelRows, fromModelMap];
  const others = [fromObjects, fromResources];
  const order = useModelsForMetadata === false ? [...others, ...own] : [...own, ...others];
  const found = order.map((read) => read(element, name)).find((fields) => fields.length > 0);
  if (found) return found;
  const isModel = toModelRows(models).some((model) => model['name'] === name);
  return isModel || objectNames(element).includes(name) ? [] : undefined;
}

/** Newer models: rows with fields that say themselves where they are used. */
function fromModelRows(element: Element, name: string): MetadataField[] {
  const all = rowsOf(element.definition['models']);
  const model = all.find((one) => one['name'] === name);
  if (!model) return [];
  const rows = new Map(fieldsOf(model).map((row) => [String(row['name']), row]));
  // The schema knows what is inside of fields that are other models.
  return flatten({ name, models: toModelMap(all), isItem: true }).map((field) => {
    const row = rows.get(field.vendorPath) ?? rows.get(field.vendorPath.replaceAll('[*]', ''));
    return row ? { ...field, ...ofModelRow(row) } : field;
  });
}

function ofModelRow(row: Row): Partial<MetadataField> {
  const replies = usesOf(row, 'RESPONSE');
  const requests = usesOf(row, 'REQUEST');
  const isStated = rowsOf(row['fieldMethods']).length > 0;
  const data = isRow(row['dataType']) ? row['dataType'] : {};
  return {
    vendorPath: text(row['vendorName']) ?? String(row['name']),
    type: normalize(data['jsonType'], data['format']),
    ...given('displayName', row['displayName']),
    ...given('vendorDisplayName', row['vendorDisplayName']),
    ...given('mask', row['mask']),
    hidden: row['hidden'] === true,
    custom: row['custom'] === true || row['commonField'] === false,
    vendorRequired: row['required'] === true || (row['nullable'] === false && requests.includes('POST')),
    vendorReadOnly: row['readOnly'] === true || (replies.length > 0 && requests.length === 0),
    filterable: text(row['searchOperators']) !== undefined,
    createable: isStated ? requests.includes('POST') : row['readOnly'] !== true,
    updateable: isStated ? requests.includes('PUT') || requests.includes('PATCH') : row['readOnly'] !== true,
  };
}

function fromObjects(element: Element, name: string): MetadataField[] {
  const objects = [
    ...rowsOf(element.definition['objects']),
    ...documentedRows(element).flatMap(({ object }) => (isRow(object) ? [object] : [])),
  ];
  const fields = new Map<string, MetadataField>();
  for (const one of objects.filter((object) => object['name'] === name))
    addObjectFields(fields, rowsOf(one['fields']), '', 0);
  return [...fields.values()];
}

function addObjectFields(
  fields: Map<string, MetadataField>,
  rows: Row[],
  prefix: string,
  depth: number,
): void {
  for (const row of rows) {
    const stated = text(row['vendorPath']) ?? text(row['name']) ?? text(row['path']);
    if (stated === undefined || fields.size >= mostFields) continue;
    const vendorPath = prefix + stated;
    const isReadOnly = row['readOnly'] === true || row['vendorReadOnly'] === true;
    const inner = isRow(row['reference']) ? rowsOf(row['reference']['fields']) : [];
    fields.set(vendorPath, {
      ...shared(
        normalize(row['type'] ?? (inner.length > 0 ? 'object' : undefined), row['format']),
        vendorPath,
      ),
      ...given('path', row['path'] === undefined ? undefined : prefix + String(row['path'])),
      ...given('vendorNativeType', row['vendorNativeType'] ?? row['type']),
      ...given('displayName', row['displayName']),
      ...given('vendorDisplayName', row['vendorDisplayName']),
      ...given('mask', row['mask']),
      vendorRequired: row['required'] === true || row['vendorRequired'] === true,
      vendorReadOnly: isReadOnly,
      hidden: row['hidden'] === true,
      custom: row['custom'] === true || row['customField'] === true,
      createable: row['createable'] !== false && !isReadOnly,
      updateable: row['updateable'] !== false && !isReadOnly,
      filterable: row['filterable'] !== false,
    });
    if (depth < deepest) addObjectFields(fields, inner, `${vendorPath}.`, depth + 1);
  }
}

/** Older models: a schema for each method, merged. */
function fromResources(element: Element, name: string): MetadataField[] {
  const merged = new Map<string, MetadataField>();
  const rows = documentedRows(element).filter((row) => isOfObject(row, name));
  for (const method of ['PATCH', 'PUT', 'GET', 'POST']) {
    for (const row of rows) {
      if (String(row['method']).toUpperCase() !== method) continue;
      const { request, reply } = modelsOf(row, element.definition);
      for (const field of flatten(reply)) addUse(merged, field, method, 'response');
      if (method === 'GET') continue;
      for (const field of flatten(request)) addUse(merged, field, method, 'request');
    }
  }
  return [...merged.values()].map((field) => ({
    ...field,
    vendorReadOnly: field.vendorReadOnly || !(field.createable || field.updateable || isOnlyRead(rows)),
  }));
}

/** Where nothing can be written at all, it is not for the field to say so. */
function isOnlyRead(rows: Row[]): boolean {
  return rows.every(({ method }) => !/^P/i.test(String(method)));
}

/** The collection or a record of it, not what lies inside of records. */
function isOfObject(row: Row, name: string): boolean {
  if (objectOf(row) !== name) return false;
  const [, second] = segmentsOf(row);
  return typeof row['objectName'] === 'string' || (second === undefined ? true : isLastVariable(row));
}

function isLastVariable(row: Row): boolean {
  const segments = segmentsOf(row);
  return segments.length === 2 && (segments[1] ?? '').includes('{');
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
  else {
    const first = { name: method, response: side === 'response' };
    uses.push(method === 'GET' ? first : { ...first, request: side === 'request' });
  }
  known.method = uses;
  if (side === 'request') {
    known.createable ||= method === 'POST' && !field.vendorReadOnly;
    known.updateable ||= method !== 'POST' && !field.vendorReadOnly;
    known.vendorRequired ||= field.vendorRequired;
  }
  merged.set(field.vendorPath, known);
}

function fromModelMap(element: Element, name: string): MetadataField[] {
  const { models } = element.definition;
  if (!isRow(models) || !Object.hasOwn(models, name)) return [];
  return flatten({ name, models, isItem: true });
}

const deepest = 6;
const mostFields = 5_000;

/** A schema's fields, those of objects inside by dotted paths and those of lists behind `[*]`. */
function flatten(use: ModelUse | undefined): MetadataField[] {
  if (!use) return [];
  const { models } = use;
  const known = { has: (name: string) => Object.hasOwn(models, name) };
  const fields: MetadataField[] = [];
  const resolve = (schema: unknown, steps = 0): Row => {
    if (!isRow(schema) || steps > deepest) return {};
    const target = referenceOf(schema, known);
    if (target === undefined) return schema;
    return known.has(target) ? resolve(models[target], steps + 1) : {};
  };
  const walk = (stated: unknown, prefix: string, depth: number): void => {
    const schema = resolve(stated);
    if (depth > deepest || !isRow(schema['properties'])) return;
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    for (const [key, value] of Object.entries(schema['properties'])) {
      if (fields.length >= mostFields) return;
      const field = resolve(value);
      const path = prefix + key;
      const one = ofSchema(field, path);
      fields.push({ ...one, vendorRequired: required.includes(key) || field['required'] === true });
      if (one.type === 'array') walk(field['items'], `${path}[*].`, depth + 1);
      else walk(field, `${path}.`, depth + 1);
    }
  };
  const root = resolve(models[use.name]);
  walk(root['type'] === 'array' || isRow(root['items']) ? root['items'] : root, '', 0);
  return fields;
}

function ofSchema(field: Row, path: string): MetadataField {
  const implied = isRow(field['properties']) ? 'object' : isRow(field['items']) ? 'array' : 'string';
  const isReadOnly = field['readOnly'] === true || field['x-readOnly'] === true;
  return {
    ...shared(normalize(field['type'] ?? implied, field['format']), path),
    path,
    ...given('vendorNativeType', field['type']),
    ...given('displayName', field['x-displayName']),
    ...given('mask', field['x-mask']),
    vendorReadOnly: isReadOnly,
    createable: !isReadOnly,
    updateable: !isReadOnly,
    custom: field['x-custom'] === true,
  };
}

function shared(type: string, vendorPath: string): MetadataField {
  return {
    type,
    vendorPath,
    vendorRequired: false,
    vendorReadOnly: false,
    hidden: false,
    filterable: true,
    createable: true,
    updateable: true,
    custom: false,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function given<K extends keyof MetadataField>(key: K, value: unknown): Partial<MetadataField> {
  const stated = text(value);
  return stated === undefined ? {} : { [key]: stated };
}

function normalize(type: unknown, format: unknown): string {
  const word = String([type].flat()[0] ?? 'string').toLowerCase();
  if (word === 'string' && typeof format === 'string' && format.toLowerCase().startsWith('date'))
    return 'date';
  if (/^(integer|int|int32|int64|long|short|number|double|float|decimal|currency)$/.test(word))
    return 'number';
  if (/^bool(ean)?$/.test(word)) return 'boolean';
  if (/^(array|list)$/.test(word)) return 'array';
  if (/^(object|map|reference)$/.test(word)) return 'object';
  return /^date[-_]?(time)?$|^timestamp$/.test(word) ? 'date' : 'string';
}

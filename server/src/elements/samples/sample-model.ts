import { isExactNumber, toText } from '#kernel/json';
import { isRow } from '../row-ids.ts';

/** A field of a model, as `models` of an element have it; nested ones by their dotted path, items of lists with `[*]`. */
export interface ModelField extends Record<string, unknown> {
  name: string;
  dataType: { jsonType: string; format?: string };
}

export interface SampleModel extends Record<string, unknown> {
  name: string;
  modelFields: ModelField[];
}

/** Deeper fields, and longer samples, help nobody who reads a model. */
const deepest = 20;
const mostItems = 1000;
const mostFields = 10_000;
const longestSample = 500;

/** The model of a sample record, or of several in a list: a field that one of them has is a field of the model. */
export function modelOfSample(name: string, sample: unknown): SampleModel {
  const fields = new Map<string, ModelField>();
  const add = (path: string, value: unknown, depth: number): void => {
    const nested = Array.isArray(value) ? value.slice(0, mostItems) : isPlain(value) ? value : undefined;
    if (path !== '') note(fields, path, value);
    if (nested === undefined || depth === deepest) return;
    if (Array.isArray(nested)) {
      for (const item of nested) if (isPlain(item)) add(path === '' ? '' : `${path}[*]`, item, depth + 1);
      return;
    }
    for (const [key, part] of Object.entries(nested)) {
      if (fields.size >= mostFields) return;
      add(path === '' || path.endsWith('[*]') ? join(path, key) : `${path}.${key}`, part, depth + 1);
    }
  };
  add('', sample, 0);
  return { name, modelFields: [...fields.values()].filter((field) => !field.name.endsWith('[*]')) };
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return isRow(value) && !isExactNumber(value);
}

function note(fields: Map<string, ModelField>, name: string, value: unknown): void {
  const known = fields.get(name);
  if (value === null || value === undefined) {
    if (known) known['nullable'] = true;
    else
      fields.set(name, {
        name,
        dataType: { jsonType: 'string' },
        displayName: titleOf(name),
        nullable: true,
      });
    return;
  }
  const dataType = typeOf(value);
  if (!known || known['sampleValue'] === undefined) {
    const sampleValue = isScalar(value) ? toText(value).slice(0, longestSample) : undefined;
    fields.set(name, {
      name,
      dataType,
      displayName: titleOf(name),
      ...(sampleValue !== undefined && { sampleValue }),
      ...(name === 'id' && { primaryKey: true }),
      ...(known?.['nullable'] === true && { nullable: true }),
    });
  } else if (known.dataType.jsonType !== dataType.jsonType) {
    const both = new Set([known.dataType.jsonType, dataType.jsonType]);
    known.dataType = { jsonType: both.has('integer') && both.has('number') ? 'number' : 'string' };
  } else if (known.dataType.format !== dataType.format) known.dataType = { jsonType: dataType.jsonType };
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || isExactNumber(value);
}

function typeOf(value: unknown): ModelField['dataType'] {
  if (isExactNumber(value)) return { jsonType: 'number' };
  if (Array.isArray(value)) return { jsonType: 'array' };
  if (typeof value === 'number') return { jsonType: Number.isInteger(value) ? 'integer' : 'number' };
  if (typeof value === 'boolean') return { jsonType: 'boolean' };
  if (typeof value !== 'string') return { jsonType: 'object' };
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return { jsonType: 'string', format: 'date' };
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.test(value))
    return { jsonType: 'string', format: 'date-time' };
  return { jsonType: 'string' };
}

/** `address.postalCode` → `Postal Code`. */
function titleOf(name: string): string {
  const last = name.split('.').at(-1) ?? name;
  const words = last
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

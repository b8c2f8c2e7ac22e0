import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { isRow, rowsOf } from '../row-ids.ts';
import { modelInvalid } from '../errors.ts';
import type { ModelField, SampleModel } from './sample-model.ts';

type Kind = 'text' | 'number' | 'flag' | 'list';

/** Column → where it stands in a field, or in the model itself, and what it holds. The names are part of the contract. */
const columns: [column: string, place: string, kind: Kind, ofModel?: true][] = [
  ['sampleValue', 'sampleValue', 'text'],
  ['name', 'name', 'text'],
  ['type', 'dataType.jsonType', 'text'],
  ['format', 'dataType.format', 'text'],
  ['subFormat', 'subFormat', 'text'],
  ['displayName', 'displayName', 'text'],
  ['description', 'description', 'text'],
  ['request', 'REQUEST', 'list'],
  ['response', 'RESPONSE', 'list'],
  ['defaultValue', 'defaultValue', 'text'],
  ['max', 'maxLength', 'number'],
  ['min', 'minLength', 'number'],
  ['precision', 'precision', 'number'],
  ['nullable', 'nullable', 'flag'],
  ['searchOperators', 'searchOperators', 'list'],
  ['searchNames', 'searchNames', 'list'],
  ['mask', 'mask', 'text'],
  ['enums', 'enumValues', 'list'],
  ['conditionalDescription', 'conditionallyRequiredDescription', 'text'],
  ['reference', 'reference', 'text'],
  ['hidden', 'hidden', 'flag'],
  ['primaryKey', 'primaryKey', 'flag'],
  ['readOnly', 'readOnly', 'flag'],
  ['required', 'required', 'flag'],
  ['vendorReferenceName', 'vendorReferenceName', 'text'],
  ['vendorName', 'vendorName', 'text'],
  ['customFields', 'customFields', 'flag', true],
  ['searchable', 'searchable', 'flag'],
  ['whereFields', 'whereFields', 'list'],
  ['searchableJoins', 'searchableJoins', 'list', true],
];

const between = ';';

/** A row for each field; what belongs to the model itself stands in the first. */
export function toCsv(model: Readonly<Record<string, unknown>>): string {
  const fields = rowsOf(model['modelFields']);
  const rows = fields.map((field, at) =>
    columns.map(([, place, , ofModel]) =>
      ofModel ? (at === 0 ? cellOf(model, place) : '') : cellOf(field, place),
    ),
  );
  return stringify([columns.map(([column]) => column), ...rows]);
}

function cellOf(row: Readonly<Record<string, unknown>>, place: string): string {
  if (place === 'REQUEST' || place === 'RESPONSE') {
    const methods = rowsOf(row['fieldMethods']).filter(
      ({ direction, populated }) => direction === place && populated !== false,
    );
    return methods.map(({ method }) => String(method)).join(between);
  }
  const [first = '', second] = place.split('.');
  const inner = row[first];
  const value = second === undefined ? inner : isRow(inner) ? inner[second] : undefined;
  if (Array.isArray(value)) return value.map(String).join(between);
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** @throws 400 for what is no such table. */
export function fromCsv(name: string, text: string): SampleModel {
  const model: SampleModel = { name, modelFields: [] };
  for (const [at, cells] of readRows(text).entries()) {
    const field: ModelField = { name: '', dataType: { jsonType: 'string' } };
    for (const [column, place, kind, ofModel] of columns) {
      const cell = cells[column]?.trim() ?? '';
      if (cell === '' || (ofModel && at > 0)) continue;
      put(ofModel ? model : field, place, valueOf(cell, kind, column, at));
    }
    if (field.name === '') throw modelInvalid(`row ${at + 1} has no name`);
    model.modelFields.push(field);
  }
  return model;
}

function readRows(text: string): Record<string, string>[] {
  try {
    return parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as Record<string, string>[];
  } catch (error) {
    throw modelInvalid((error as Error).message);
  }
}

function valueOf(cell: string, kind: Kind, column: string, at: number): unknown {
  if (kind === 'list') return cell.split(between).map((item) => item.trim());
  if (kind === 'flag') return cell.toLowerCase() === 'true';
  if (kind === 'text') return cell;
  const number = Number(cell);
  if (!Number.isFinite(number)) throw modelInvalid(`'${column}' of row ${at + 1} is no number`);
  return number;
}

function put(row: Record<string, unknown>, place: string, value: unknown): void {
  if (place === 'REQUEST' || place === 'RESPONSE') {
    const methods = (value as string[]).map((method) => ({ method, direction: place, populated: true }));
    row['fieldMethods'] = [...rowsOf(row['fieldMethods']), ...methods];
    return;
  }
  const [first = '', second] = place.split('.');
  row[first] = second === undefined ? value : { ...(row[first] as object), [second]: value };
}

import type { ValidateFunction } from 'ajv';
import type { Change, Document } from './edit.ts';
import { toModelRows } from './docs/models.ts';
import { inHub } from './definition.ts';
import { hookStaysCurrent, partExists, partInvalid, partNotFound, partStays } from './errors.ts';
import { isRow, nextRowId, rowsOf } from './row-ids.ts';

type Row = Record<string, unknown>;

/** What kind of rows a change is about, and how they are addressed. */
export interface PartKind {
  /** For messages: "hook". */
  name: string;
  list: 'configuration' | 'parameters' | 'hooks' | 'resources' | 'models' | 'objects';
  /** Field that stands in the URL. */
  by: 'id' | 'key';
  validate: (() => ValidateFunction) | undefined;
  /** Fields that a new row must have, besides those that the schema asks for. */
  required?: readonly string[];
  /** Fields that a row has when they are not given. */
  defaults?: Row;
  /** Adds the rows that are there without being stored: they are changed as others are, and cannot be deleted. */
  complete?: (document: Row) => Row;
  /** Writes into a row when it was made and changed, which is ours to say. */
  date?: (row: Row, before: Row | undefined) => Row;
  /** @throws when the change of a row is not allowed. */
  check?: (before: Row, after: Row) => void;
}

/** Where the rows stand: in the element itself, or in one of its resources. */
export type Place = { resourceId: string } | undefined;

export function listParts(document: Row, kind: PartKind, place: Place): Row[] {
  return rowsIn(ownerOf(document, place), kind);
}

export function getPart(document: Row, kind: PartKind, place: Place, id: string): Row {
  const row = listParts(document, kind, place).find((one) => String(one[kind.by]) === id);
  if (!row) throw partNotFound(kind.name, id);
  return row;
}

/** What tells of a row where it stands is ours to say. */
function withoutPlace(given: unknown): Row {
  const { id: _, elementId: _element, resourceId: _resource, ...stated } = isRow(given) ? given : {};
  return stated;
}

export function addPart(kind: PartKind, place: Place, given: unknown): Change<Row> {
  return (document, newId) => {
    ownerOf(document, place); // what is not there comes before what is wrong
    const id = (place ? undefined : newId) ?? nextRowId(allOf(document, kind));
    const stated = withoutPlace(given);
    const missing = (kind.required ?? []).filter((field) => !stated[field]);
    if (missing.length > 0 && isRow(given))
      throw partInvalid(kind.name, [`${missing.join(', ')} must be given`]);
    const made = complete(document, kind, { id, ...kind.defaults, ...stated }, given);
    const row = kind.date?.(made, undefined) ?? made;
    if (kind.by === 'key' && listParts(document, kind, place).some(({ key }) => key === row['key']))
      throw partExists(kind.name, String(row['key']));
    return {
      document: withRows(document, kind, place, (rows) => [...rows, row]),
      result: row,
    };
  };
}

/** Changes the fields that are given. */
export function changePart(kind: PartKind, place: Place, id: string, given: unknown): Change<Row> {
  return (document) => {
    const before = getPart(kind.complete?.(document) ?? document, kind, place, id);
    const stated = withoutPlace(given);
    const changed = complete(document, kind, { ...before, ...stated }, given);
    const after = kind.date?.(changed, before) ?? changed;
    kind.check?.(before, after);
    const put = (rows: Row[]) =>
      rows.includes(before) ? rows.map((row) => (row === before ? after : row)) : [...rows, after];
    return { document: withRows(document, kind, place, put), result: after };
  };
}

export function removePart(kind: PartKind, place: Place, id: string): Change<undefined> {
  return (document) => {
    const gone = getPart(kind.complete?.(document) ?? document, kind, place, id);
    if (!listParts(document, kind, place).includes(gone)) throw partStays(kind.name, id);
    return {
      document: withRows(document, kind, place, (rows) => rows.filter((row) => row !== gone)),
      result: undefined,
    };
  };
}

/** Adds each row, or changes the one of the same key (configuration) or id that is there. */
export function putParts(kind: PartKind, place: Place, given: readonly unknown[]): Change<Row[]> {
  return (document) => {
    let current = document;
    const results = given.map((one) => {
      const id = isRow(one) ? one[kind.by] : undefined;
      const rows = listParts(kind.complete?.(current) ?? current, kind, place);
      const known = id !== undefined && rows.some((row) => row[kind.by] === id);
      const step = known ? changePart(kind, place, String(id), one) : addPart(kind, place, one);
      const changed = step(current);
      current = changed.document;
      return changed.result;
    });
    return { document: current, result: results };
  };
}

/** Adds fields to a model, or changes those of the same id or else name that it has. */
export function putModelFields(kind: PartKind, id: string, given: readonly unknown[]): Change<Row> {
  return (document) => {
    const fields = [...rowsOf(getPart(document, kind, undefined, id)['modelFields'])];
    for (const one of given) {
      if (!isRow(one) || typeof one['name'] !== 'string' || one['name'] === '')
        throw partInvalid('field of a model', ['each must be an object with a name']);
      const isSame = (field: Row) =>
        one['id'] === undefined ? field['name'] === one['name'] : field['id'] === one['id'];
      const at = fields.findIndex(isSame);
      if (at < 0) fields.push({ ...one, id: nextRowId(fields) });
      else fields[at] = { ...fields[at], ...one };
    }
    return changePart(kind, undefined, id, { modelFields: fields })(document);
  };
}

/** A resource has one model; an empty one removes it. */
export function changeModel(resourceId: string, model: Row | undefined): Change<Row> {
  return (document) => {
    const { model: _, ...rest } = findResource(document, resourceId);
    const after = model ? { ...rest, model } : rest;
    const resources = document.resources.map((row) => (String(row['id']) === resourceId ? after : row));
    return { document: { ...document, resources }, result: model ?? {} };
  };
}

export function findResource(document: Row, id: string): Row {
  const resource = rowsOf(document['resources']).find((row) => String(row['id']) === id);
  if (!resource) throw partNotFound('resource', id);
  return resource;
}

function rowsIn(owner: Row, { list }: PartKind): Row[] {
  return list === 'models' ? toModelRows(owner[list]) : rowsOf(owner[list]);
}

function ownerOf(document: Row, place: Place): Row {
  return place ? findResource(document, place.resourceId) : document;
}

function allOf(document: Row, kind: PartKind): Row[] {
  const owners = kind.list === 'parameters' || kind.list === 'hooks' ? rowsOf(document['resources']) : [];
  return [document, ...owners].flatMap((owner) => rowsIn(owner, kind));
}

function complete(document: Row, kind: PartKind, stated: Row, given: unknown): Row {
  if (!isRow(given)) throw partInvalid(kind.name, ['the body must be a JSON object']);
  const row = kind.list === 'resources' ? inHub(stated, document['hub'] as string | undefined) : stated;
  const check = kind.validate?.();
  if (!check || check(row)) return row;
  const faults = (check.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath.slice(1).replaceAll('/', '.') || 'it'} ${message ?? 'is not valid'}${
        Array.isArray(params['allowedValues']) ? ` (${params['allowedValues'].join(', ')})` : ''
      }`,
  );
  throw partInvalid(kind.name, [...new Set(faults)].slice(0, 20));
}

function withRows(
  document: Document,
  kind: PartKind,
  place: Place,
  change: (rows: Row[]) => Row[],
): Document {
  if (!place) return { ...document, [kind.list]: change(rowsIn(document, kind)) } as Document;
  const owner = findResource(document, place.resourceId);
  const after = { ...owner, [kind.list]: change(rowsIn(owner, kind)) };
  return { ...document, resources: document.resources.map((row) => (row === owner ? after : row)) };
}

/** What ends by `done(…)` must not go back to ending by `return`. */
export function keepCurrent(before: Row, after: Row): void {
  if (before['isLegacy'] !== true && after['isLegacy'] === true) throw hookStaysCurrent();
}

/** An object is known by its name alone. */
export function keepName(_before: Row, after: Row): void {
  if (typeof after['name'] !== 'string' || after['name'].trim() === '')
    throw partInvalid('object', ['name must be given']);
}

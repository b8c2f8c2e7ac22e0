import { createHash } from 'node:crypto';
import { getPath } from '#kernel/path';
import { isExactNumber, stringifyJson, toText } from '#kernel/json';
import type { EventType } from '../event.ts';
import type { DateField, PollPlan } from './plan.ts';

/** A record of a list, with what is needed to tell whether it is a change. */
export interface ListedRecord {
  objectId: string;
  record: unknown;
  createdMs: number | undefined;
  /** When it was changed last; undefined where the record has no date. */
  changedMs: number | undefined;
  isDeleted: boolean;
  /** Differs when the record has changed. */
  mark: string;
}

/** Longer ids stand for themselves by their hash, so that they fit an index. */
const longestId = 500;

/** Undefined where the record has no id. */
export function readRecord(plan: PollPlan, record: unknown): ListedRecord | undefined {
  const objectId = toText(fieldOf(record, plan.idField)).replaceAll('\0', '');
  if (objectId === '') return undefined;
  const createdMs = dateOf(record, plan.created);
  const deletedMs = dateOf(record, plan.deleted);
  const isDeleted = deletedMs !== undefined || isSet(fieldOf(record, plan.deletedFlag));
  const updatedMs = dateOf(record, plan.updated) ?? createdMs;
  const changedMs =
    deletedMs === undefined ? updatedMs : Math.max(deletedMs, updatedMs ?? Number.NEGATIVE_INFINITY);
  const content = changedMs === undefined ? hashOf(record) : String(changedMs);
  return {
    objectId: objectId.length > longestId ? hashOf(objectId) : objectId,
    record,
    createdMs,
    changedMs,
    isDeleted,
    mark: isDeleted ? `${content} deleted` : content,
  };
}

/**
 * What has happened to an object.
 *
 * @param wasKnown whether an earlier poll has seen it.
 * @param isWhole whether the list has all objects, so that one that was not seen before is new.
 */
export function classify(
  plan: PollPlan,
  { createdMs, changedMs, isDeleted }: ListedRecord,
  wasKnown: boolean,
  isWhole: boolean,
): EventType {
  if (isDeleted) return 'DELETED';
  // Within the tolerance a second change would be told as the creation once more.
  if (wasKnown) return 'UPDATED';
  if (createdMs !== undefined && changedMs !== undefined)
    return Math.abs(changedMs - createdMs) <= plan.createdToleranceMs ? 'CREATED' : 'UPDATED';
  return isWhole && changedMs === undefined ? 'CREATED' : 'UPDATED';
}

/** Whether polls compare whole lists: where deletions are to be found, or where nothing tells what is new. */
export function comparesWhole({ detectsDeletes, created, updated, url }: PollPlan): boolean {
  return detectsDeletes || (!created && !updated && !url.hasTime);
}

function dateOf(record: unknown, field: DateField | undefined): number | undefined {
  return field?.read(fieldOf(record, field.path), field.timeZone);
}

/** A field by its own name, which may have dots, or by a path. */
function fieldOf(record: unknown, path: string | undefined): unknown {
  if (path === undefined || typeof record !== 'object' || record === null) return undefined;
  return Object.hasOwn(record, path) ? (record as Record<string, unknown>)[path] : getPath(record, path);
}

function isSet(flag: unknown): boolean {
  return !/^(|false|no|n|f|0)$/i.test(toText(flag).trim());
}

function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(stringifyJson(sorted(value)))
    .digest('base64url');
}

/** Providers do not promise an order of fields. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const fields = Object.entries(value).map(([key, field]): [string, unknown] => [key, sorted(field)]);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

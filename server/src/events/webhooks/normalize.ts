import { isRow, isNumber, toText } from '#kernel/json';
import { getPath } from '#kernel/path';
import { toEventType } from '../event.ts';
import type { ObjectEvent } from '../event.ts';

interface Context {
  elementKey: string;
  hubKey: string;
  nowMs: number;
}

/** What an event hook gave, in our shape. */
export function fromHook(given: Record<string, unknown>[], context: Context): ObjectEvent[] {
  return given.map((event) => {
    const { event_object_type, event_object_id, event_type, event_date, ...more } = event;
    return {
      ...more,
      objectType: textOr(event_object_type, 'unknown'),
      objectId: textOr(event_object_id, ''),
      eventType: toEventType(event_type),
      date: toIsoDate(event_date, context.nowMs),
      elementKey: context.elementKey,
      hubKey: context.hubKey,
    };
  });
}

/** Where no hook reads the provider's call, its own words are taken where they are the usual ones. */
export function fromPayload(payload: Record<string, unknown>, context: Context): ObjectEvent[] {
  return entriesOf(payload).map((entry) => ({
    objectType: textOr(firstOf(entry, typeNames) ?? firstOf(payload, typeNames), 'unknown'),
    objectId: textOr(firstOf(entry, idNames), ''),
    eventType: toEventType(lastWord(firstOf(entry, kindNames) ?? firstOf(payload, kindNames))),
    date: toIsoDate(firstOf(entry, dateNames) ?? firstOf(payload, dateNames), context.nowMs),
    elementKey: context.elementKey,
    hubKey: context.hubKey,
  }));
}

/** What of the payload is about one object each, in the order of `fromPayload`. */
export function entriesOf(payload: Record<string, unknown>): Record<string, unknown>[] {
  const first = ['events', 'objects', 'entries', 'items', 'data']
    .map((name) => payload[name])
    .find(Array.isArray);
  const entries = first?.filter(isRow) ?? [];
  return entries.length > 0 ? entries : [payload];
}

const typeNames = ['objectType', 'object_type', 'resourceType', 'resource', 'object', 'entity', 'type'];
const idNames = ['objectId', 'object_id', 'resourceId', 'resource_id', 'id', 'Id', 'data.id', 'object.id'];
const kindNames = ['eventType', 'event_type', 'changeType', 'action', 'event', 'type'];
const dateNames = ['date', 'eventDate', 'event_date', 'timestamp', 'occurredAt', 'createdAt', 'created_at'];

function firstOf(from: Record<string, unknown>, names: string[]): unknown {
  for (const name of names) {
    const value = getPath(from, name);
    if (typeof value === 'string' || isNumber(value)) return value;
  }
  return undefined;
}

/**
 * `contact.updated` and `ContactUpdated` end with what has happened. Only the end is looked at: the pattern begins anew
 * at every character, and a stranger's text may be long.
 */
function lastWord(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return /([A-Z]?[a-z]+|[A-Z]+)[^A-Za-z]*$/.exec(value.slice(-100))?.[1] ?? value;
}

/** Seconds, milliseconds or a date in any usual spelling; now, when it is none. */
function toIsoDate(value: unknown, nowMs: number): string {
  const text = value instanceof Date ? value.toISOString() : toText(value);
  const number = isNumber(value) || /^\d{9,16}$/.test(text) ? Number(text) : undefined;
  const ms = number === undefined ? Date.parse(text) : number < 100_000_000_000 ? number * 1000 : number;
  const date = new Date(Number.isNaN(ms) ? nowMs : ms);
  return (Number.isNaN(date.getTime()) ? new Date(nowMs) : date).toISOString();
}

function textOr(value: unknown, fallback: string): string {
  if (value === undefined || value === null) return fallback;
  return toText(value) || fallback;
}

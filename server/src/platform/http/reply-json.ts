import { isExactNumber, stringifyJson } from '#kernel/json';

/**
 * The JSON of a platform reply. A property that is null is left out: callers test for absence, not for null.
 * Nulls inside arrays keep their place.
 */
export function toReplyJson(value: unknown): string {
  return stringifyJson(withoutNulls(value));
}

/** Copies only what holds a null, so that the usual reply costs one walk and no allocation. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return withoutNullsInArray(value);
  if (!isPlainObject(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, member] of Object.entries(value)) {
    const kept = member === null ? undefined : withoutNulls(member);
    if (kept === member) continue;
    copy ??= { ...value };
    if (member === null) delete copy[key];
    else copy[key] = kept;
  }
  return copy ?? value;
}

function withoutNullsInArray(values: unknown[]): unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, member] of values.entries()) {
    const kept = withoutNulls(member);
    if (kept === member) continue;
    copy ??= [...values];
    copy[index] = kept;
  }
  return copy ?? values;
}

/** Dates and the like bring their own toJSON; exact numbers are opaque. Both must pass untouched. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return false;
  return typeof (value as { toJSON?: unknown }).toJSON !== 'function';
}

import { omitNulls, stringifyJson } from '#kernel/json';

/**
 * The JSON of a platform reply. A property that is null is left out: callers test for absence, not for null.
 * Nulls inside arrays keep their place.
 */
export function toReplyJson(value: unknown): string {
  return stringifyJson(omitNulls(value));
}

import { stringifyJson } from '#kernel/json';

/**
 * JSON that PostgreSQL takes: its text has no zero byte and no half of a surrogate pair, both of which JSON writes as
 * escapes. Only those of the value itself: text that holds JSON in its turn has a second backslash before them.
 */
export function toStorableJson(value: unknown): string {
  const json = stringifyJson(value);
  if (!/\\u(0000|d[89a-f])/.test(json)) return json;
  return json.replace(
    /(?<!\\)((?:\\\\)*)\\u(0000|d[89a-f][0-9a-f]{2})/g,
    (_, before: string, unit: string) => (unit === '0000' ? before : `${before}\ufffd`),
  );
}

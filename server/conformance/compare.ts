import { isExactNumber, stringifyJson } from '#kernel/json';

/** Ids are the server's to give. */
const isId = (key: string) => key === 'id' || key === 'elementId' || key === 'resourceId';

/** The first place where two documents differ, ids aside; undefined when they are equal. */
export function findDifference(before: unknown, after: unknown, path = ''): string | undefined {
  if (isPlain(before) || isPlain(after)) {
    return stringifyJson(before ?? null) === stringifyJson(after ?? null) &&
      (before === undefined) === (after === undefined)
      ? undefined
      : path || '/';
  }
  if (Array.isArray(before) !== Array.isArray(after)) return path || '/';
  const left = before as Record<string, unknown>;
  const right = after as Record<string, unknown>;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (isId(key)) continue;
    const found = findDifference(left[key], right[key], `${path}/${key}`);
    if (found) return found;
  }
  return undefined;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || isExactNumber(value);
}

import { getPath } from '#kernel/path';
import { isExactNumber } from '#kernel/json';
import { compareValues } from './compare.ts';
import type { CeqlValue } from './expression.ts';
import type { Order } from './query.ts';

/** Compares records for `sort`, by each field in turn. What has no value, or one of another kind, comes last. */
export function toComparator(orders: readonly Order[]): (a: unknown, b: unknown) => number {
  return (a, b) => {
    for (const { path, direction } of orders) {
      const [left, right] = [getPath(a, path), getPath(b, path)];
      const order = compareFields(left, right);
      // Last is last, whichever way the rest goes.
      if (order !== 0) return isMissing(left) || isMissing(right) || direction === 'asc' ? order : -order;
    }
    return 0;
  };
}

function compareFields(a: unknown, b: unknown): number {
  if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
  return compareValues(a, b as CeqlValue) ?? 0;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'object' && !isExactNumber(value));
}

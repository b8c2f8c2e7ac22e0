import { isExactNumber, toText } from '#kernel/json';
import { compareDecimals } from './decimal.ts';
import type { CeqlValue } from './expression.ts';
import { isoTimeMs } from '#kernel/iso-time';

/** Longer texts are not taken for numbers, so that no value can make a comparison slow. */
const longestNumber = 1000;

const decimal = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Compares a value of a record with a literal: below 0, 0 or above 0; undefined where that makes no sense.
 * Numbers by value and exactly, also when one side is text that is a number, as people quote everything; booleans the
 * same way; two ISO dates by time; other texts by their characters, with case.
 */
export function compareValues(value: unknown, literal: CeqlValue): number | undefined {
  if (value instanceof Date) return compareValues(value.toJSON(), literal);
  if (isNumber(value) || isNumber(literal)) return compareNumbers(value, literal);
  if (typeof value === 'boolean' || typeof literal === 'boolean') return compareBooleans(value, literal);
  if (typeof value !== 'string' || typeof literal !== 'string') return undefined;
  const valueMs = isoTimeMs(value);
  const literalMs = valueMs === undefined ? undefined : isoTimeMs(literal);
  if (valueMs !== undefined && literalMs !== undefined) return valueMs - literalMs;
  return order(value, literal);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || isExactNumber(value);
}

function order<T extends string | number | boolean>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareNumbers(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return Number.isNaN(a) ? undefined : order(a, b);
  const [left, right] = [numberText(a), numberText(b)];
  return left === undefined || right === undefined ? undefined : compareDecimals(left, right);
}

function numberText(value: unknown): string | undefined {
  if (!isNumber(value) && typeof value !== 'string') return undefined;
  const text = toText(value).trim();
  return text.length <= longestNumber && decimal.test(text) ? text : undefined;
}

function compareBooleans(a: unknown, b: unknown): number | undefined {
  const [left, right] = [toBoolean(a), toBoolean(b)];
  return left === undefined || right === undefined ? undefined : order(left, right);
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

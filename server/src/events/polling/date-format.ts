import { isNumber, toNumber } from '#kernel/json';
import { readDatePattern } from './date-pattern.ts';
import { createDateParser, parseIsoDate } from './parse-date.ts';
import type { DateParser } from './parse-date.ts';

/** Reads a date of a record; undefined where it is none. */
export type DateReader = (value: unknown, timeZone: string) => number | undefined;

const perMillisecond: Record<string, number> = {
  milliseconds: 1,
  millis: 1,
  seconds: 0.001,
  microseconds: 1000,
};

/** Furthest from 1970 that a date may be, by ECMAScript. */
const furthestMs = 8.64e15;
/** Longer texts are no dates. */
const longestText = 100;

/**
 * A format of a poll plan: a pattern of Java's SimpleDateFormat, or a unit of time since 1970.
 *
 * @param format ISO 8601 where there is none.
 * @returns a sentence instead where it is neither.
 */
export function readDateFormat(format: string | undefined): DateReader | string {
  const unit = format?.toLowerCase() ?? '';
  if (Object.hasOwn(perMillisecond, unit)) {
    const divisor = perMillisecond[unit] ?? 1;
    return (value) => (isNumeric(value) ? bounded(toNumber(value) / divisor) : undefined);
  }
  const parsers: DateParser[] = [parseIsoDate];
  if (format) {
    const pieces = readDatePattern(format);
    if (typeof pieces === 'string') return pieces;
    if (pieces.filter((piece) => 'letter' in piece && 'zZX'.includes(piece.letter)).length > 1)
      return `the date pattern ${format} has more than one time zone.`;
    // What follows the date is looked at before it is left alone: an offset there counts.
    parsers.unshift(createDateParser(pieces, true));
    parsers.push(createDateParser(pieces, false));
  }
  return (value, timeZone) => {
    if (typeof value === 'string') {
      if (value.length > longestText) return undefined;
      for (const parse of parsers) {
        const found = parse(value, timeZone);
        if (found !== undefined) return bounded(found);
      }
    }
    return isNumeric(value) ? bounded(sinceEpoch(toNumber(value))) : undefined;
  };
}

function isNumeric(value: unknown): boolean {
  return isNumber(value) || (typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value));
}

/** A number of which nobody says the unit: the one that gives a date of this century. */
function sinceEpoch(number: number): number {
  const size = Math.abs(number);
  if (size >= 1e14) return number / 1000;
  return size >= 1e11 ? number : number * 1000;
}

function bounded(atMs: number): number | undefined {
  return Math.abs(atMs) <= furthestMs ? Math.floor(atMs) : undefined;
}

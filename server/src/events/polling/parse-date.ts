import { dayNames, monthNames, readDatePattern } from './date-pattern.ts';
import type { PatternPiece } from './date-pattern.ts';
import { findTimeZone, offsetInDate } from './time-zone.ts';

/** A date text by the pattern that it should have; undefined where it has not. */
export type DateParser = (text: string, timeZone: string) => number | undefined;

/** @param isWhole whether nothing may follow; Java does not look at what does. */
export function createDateParser(pieces: PatternPiece[], isWhole: boolean): DateParser {
  const fields = pieces.flatMap((piece) => ('text' in piece ? [] : [piece.letter]));
  let group = 0;
  const pattern = pieces
    .map((piece, index) => {
      const part = patternOf(piece, pieces[index + 1]);
      // A field keeps what it has taken, as in Java: else some patterns try for ever how a text may be divided.
      return 'text' in piece ? part : `(?=${part})(?:\\${++group})`;
    })
    .join('');
  const expression = new RegExp(`^\\s*${pattern}${isWhole ? '\\s*$' : ''}`, 'i');
  return (text, timeZone) => {
    const found = expression.exec(text);
    if (!found) return undefined;
    const read = new Map<string, string>();
    fields.forEach((letter, index) => read.set(letter, found[index + 1] ?? ''));
    return toMoment(read, timeZone);
  };
}

const isoPatterns = [
  "yyyy-MM-dd'T'HH:mm:ss.SX",
  "yyyy-MM-dd'T'HH:mm:ssX",
  "yyyy-MM-dd'T'HH:mm:ss.S",
  "yyyy-MM-dd'T'HH:mm:ss",
  "yyyy-MM-dd'T'HH:mmX",
  "yyyy-MM-dd'T'HH:mm",
  'yyyy-MM-dd HH:mm:ss.SX',
  'yyyy-MM-dd HH:mm:ss.S',
  'yyyy-MM-dd HH:mm:ss X',
  'yyyy-MM-dd HH:mm:ssX',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd',
].flatMap((pattern) => {
  const pieces = readDatePattern(pattern);
  return typeof pieces === 'string' ? [] : [createDateParser(pieces, true)];
});

/** A date in one of the usual shapes of ISO 8601; without an offset it is in the zone. */
export const parseIsoDate: DateParser = (text, timeZone) => {
  for (const parse of isoPatterns) {
    const found = parse(text, timeZone);
    if (found !== undefined) return found;
  }
  return undefined;
};

function isNumber(piece: PatternPiece | undefined): boolean {
  if (piece === undefined || 'text' in piece) return false;
  return !('GEazZX'.includes(piece.letter) || ('ML'.includes(piece.letter) && piece.width >= 3));
}

/** Numbers that touch have as many digits as letters; all others may have fewer or more. */
function patternOf(piece: PatternPiece, next: PatternPiece | undefined): string {
  if ('text' in piece) return piece.text.split(/\s+/).map(escape).join('\\s+');
  const { letter, width } = piece;
  if (isNumber(piece)) {
    if (isNumber(next)) return `(\\d{${width}})`;
    if (letter === 'S') return '(\\d{1,9})';
    return 'yY'.includes(letter) ? '(\\d{1,6})' : `(\\d{1,${letter === 'D' ? 3 : 2}})`;
  }
  switch (letter) {
    case 'G':
      return '(AD|BCE?|CE)';
    case 'E':
      return `(${names(dayNames)})`;
    case 'a':
      return '([ap](?:\\.m\\.|m))';
    case 'M':
    case 'L':
      return `(${names(monthNames)})`;
    default:
      return '((?:GMT|UTC?)?[+-]\\d{1,2}(?::?\\d{2})?|[A-Z]+(?:/[A-Z_]+(?:/[A-Z_]+)?)?)';
  }
}

function names(long: string[]): string {
  return long.map((name) => `${name}|${name.slice(0, 3)}`).join('|');
}

function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}-]/g, '\\$&');
}

function toMoment(read: Map<string, string>, timeZone: string): number | undefined {
  const zone = zoneIn(read, timeZone);
  if (zone === undefined) return undefined;
  try {
    const local = toDate(read).toPlainDateTime(toTime(read));
    if (typeof zone === 'string') return local.toZonedDateTime(zone).epochMilliseconds;
    return local.toZonedDateTime('UTC').epochMilliseconds - zone * 60_000;
  } catch {
    return undefined; // There is no such day, or no such hour.
  }
}

/** Minutes east of Greenwich, or the name of a zone. */
function zoneIn(read: Map<string, string>, fallback: string): number | string | undefined {
  const text = read.get('z') ?? read.get('Z') ?? read.get('X');
  return text === undefined ? fallback : (offsetInDate(text) ?? findTimeZone(text));
}

function toDate(read: Map<string, string>): Temporal.PlainDate {
  const year = yearIn(read.get('y') ?? read.get('Y'), /^b/i.test(read.get('G') ?? ''));
  const dayOfYear = read.get('D');
  if (dayOfYear !== undefined && !read.has('d')) {
    const date = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: Number(dayOfYear) - 1 });
    if (date.year !== year) throw new RangeError('the year has no such day');
    return date;
  }
  const month = monthIn(read.get('M') ?? read.get('L') ?? '1');
  return Temporal.PlainDate.from({ year, month, day: Number(read.get('d') ?? 1) }, { overflow: 'reject' });
}

/** Two digits are the year of that ending between 80 years ago and in 20 years, as in Java. */
function yearIn(text: string | undefined, isBefore: boolean): number {
  if (text === undefined) return 1970;
  if (text.length !== 2) return isBefore ? 1 - Number(text) : Number(text);
  const latest = new Date().getUTCFullYear() + 20;
  return latest - ((((latest - Number(text)) % 100) + 100) % 100);
}

function monthIn(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  return (
    monthNames.findIndex((name) => name.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) + 1
  );
}

function toTime(read: Map<string, string>): Temporal.PlainTime {
  const number = (letter: string) => Number(read.get(letter) ?? 0);
  const half = number('h') % 12 || number('K');
  const hour = read.has('H') ? number('H') : read.has('k') ? number('k') % 24 : half;
  const isAfternoon = /^p/i.test(read.get('a') ?? '') && !read.has('H') && !read.has('k');
  // More than three digits are a fraction; Java takes them for so many milliseconds, and is minutes off.
  const millisecond = Number((read.get('S') ?? '0').slice(0, 3));
  const fields = {
    hour: hour + (isAfternoon ? 12 : 0),
    minute: number('m'),
    second: number('s'),
    millisecond,
  };
  return Temporal.PlainTime.from(fields, { overflow: 'reject' });
}

import { dayNames, monthNames } from './date-pattern.ts';
import type { PatternPiece } from './date-pattern.ts';
import { writeOffset } from './time-zone.ts';

type Zoned = Temporal.ZonedDateTime;

/** A moment as the pattern wants it, in a time zone that `findTimeZone` gave. */
export function writeDate(pieces: PatternPiece[], atMs: number, timeZone: string): string {
  const date = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(timeZone);
  return pieces.map((piece) => ('text' in piece ? piece.text : writeField(piece, date))).join('');
}

function writeField({ letter, width }: { letter: string; width: number }, date: Zoned): string {
  const number = (value: number) => String(value).padStart(width, '0');
  switch (letter) {
    case 'G':
      return date.year > 0 ? 'AD' : 'BC';
    case 'y':
    case 'Y': // the year of the week: whoever writes it means the year
      return width === 2 ? String(date.year % 100).padStart(2, '0') : number(date.year);
    case 'M':
    case 'L':
      return width >= 3 ? name(monthNames[date.month - 1], width) : number(date.month);
    case 'd':
      return number(date.day);
    case 'D':
      return number(date.dayOfYear);
    case 'E':
      return name(dayNames[date.dayOfWeek - 1], width);
    case 'u':
      return number(date.dayOfWeek);
    case 'a':
      return date.hour < 12 ? 'AM' : 'PM';
    case 'H':
      return number(date.hour);
    case 'k':
      return number(date.hour || 24);
    case 'K':
      return number(date.hour % 12);
    case 'h':
      return number(date.hour % 12 || 12);
    case 'm':
      return number(date.minute);
    case 's':
      return number(date.second);
    case 'S':
      return number(date.millisecond);
    default:
      return writeZone(letter, width, date);
  }
}

function name(long: string | undefined, width: number): string {
  return width >= 4 ? (long ?? '') : (long ?? '').slice(0, 3);
}

function writeZone(letter: string, width: number, date: Zoned): string {
  const minutes = Math.round(date.offsetNanoseconds / 60e9);
  if (letter === 'z') return zoneName(date, width >= 4 ? 'long' : 'short');
  if (letter === 'Z') return writeOffset(minutes, '');
  if (minutes === 0) return 'Z';
  const whole = writeOffset(minutes, width === 3 ? ':' : '');
  // With one letter Java drops the minutes, and names another moment.
  return width === 1 && minutes % 60 === 0 ? whole.slice(0, 3) : whole;
}

function zoneName(date: Zoned, timeZoneName: 'short' | 'long'): string {
  if (date.timeZoneId === 'UTC') return timeZoneName === 'long' ? 'Coordinated Universal Time' : 'GMT';
  const format = new Intl.DateTimeFormat('en-US', { timeZone: date.timeZoneId, timeZoneName });
  const part = format.formatToParts(date.epochMilliseconds).find(({ type }) => type === 'timeZoneName');
  return part?.value ?? '';
}

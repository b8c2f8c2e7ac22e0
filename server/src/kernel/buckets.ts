import { AppError } from './error.ts';
import { isoTimeMs } from './iso-time.ts';

/** Lengths of time that counts can be asked by, the longest first. All are of UTC; weeks begin on Monday. */
export const intervals = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
export type Interval = (typeof intervals)[number];

/** One kind of bucket from the one that holds the beginning of a range to the one that holds its end. */
export interface Buckets {
  interval: Interval;
  /** The range itself, which begins in the first bucket and ends in the last. */
  fromMs: number;
  toMs: number;
  /** Where each bucket begins, the oldest first. None is left out. */
  startsMs: number[];
  /** Behind the last bucket. */
  endMs: number;
}

export interface TimeQuery {
  from?: string | undefined;
  to?: string | undefined;
  interval?: string | undefined;
}

/** More buckets than this are too fine for a range: by second an hour, by minute three days, by day thirteen years. */
export const mostBuckets = 5_000;

const defaultDays = 7;
const dayMs = 86_400_000;
const shortestMs: Record<Interval, number> = {
  year: 365 * dayMs,
  quarter: 90 * dayMs,
  month: 28 * dayMs,
  week: 7 * dayMs,
  day: dayMs,
  hour: 3_600_000,
  minute: 60_000,
  second: 1_000,
};

/**
 * The buckets that `from`, `to` and `interval` ask for, both ends included. Without a range it is the last seven days; the
 * interval is a day if not said.
 *
 * @throws one 400 that names each fault, also when `to` is before `from` or the interval is too fine.
 */
export function readBuckets(query: TimeQuery, nowMs: number): Buckets {
  const faults: string[] = [];
  const given = collectTimes(query, faults);
  const interval = toInterval(query.interval, faults);
  if (faults.length > 0) throw timesInvalid(faults);
  const toMs = given.toMs ?? Math.max(nowMs, given.fromMs ?? nowMs);
  const fromMs = given.fromMs ?? toMs - defaultDays * dayMs;
  if ((toMs - fromMs) / shortestMs[interval] >= mostBuckets) {
    throw timesInvalid([
      `'interval' ${interval} is too fine for this range: it makes more than ${mostBuckets} buckets. Ask for a coarser interval or a shorter range.`,
    ]);
  }
  const startsMs: number[] = [];
  let at = startOf(interval, fromMs);
  for (; at <= toMs; at = startAfter(interval, at)) startsMs.push(at);
  return { interval, fromMs, toMs, startsMs, endMs: at };
}

/**
 * `from` and `to` of a list, where each may be missing.
 *
 * @throws one 400 that names each fault.
 */
export function readTimes(query: Omit<TimeQuery, 'interval'>): { fromMs?: number; toMs?: number } {
  const faults: string[] = [];
  const times = collectTimes(query, faults);
  if (faults.length > 0) throw timesInvalid(faults);
  return times;
}

/** What there is for each bucket, by where it begins; `empty` makes what stands where there is nothing. */
export function fillBuckets<T>(
  { startsMs }: Pick<Buckets, 'startsMs'>,
  found: ReadonlyMap<number, T>,
  empty: () => T,
): { startMs: number; value: T }[] {
  return startsMs.map((startMs) => ({ startMs, value: found.get(startMs) ?? empty() }));
}

/** Where the bucket begins that holds this moment. */
export function startOf(interval: Interval, ms: number): number {
  switch (interval) {
    case 'year':
      return Date.UTC(new Date(ms).getUTCFullYear(), 0);
    case 'quarter':
    case 'month': {
      const at = new Date(ms);
      const month = at.getUTCMonth();
      return Date.UTC(at.getUTCFullYear(), interval === 'month' ? month : month - (month % 3));
    }
    case 'week':
      // The first of January 1970 was a Thursday.
      return floor(ms + 3 * dayMs, 7 * dayMs) - 3 * dayMs;
    default:
      return floor(ms, shortestMs[interval]);
  }
}

/** Where the bucket behind the one begins that begins here. */
export function startAfter(interval: Interval, startMs: number): number {
  const at = new Date(startMs);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  switch (interval) {
    case 'year':
      return Date.UTC(year + 1, 0);
    case 'quarter':
      return Date.UTC(year, month + 3);
    case 'month':
      return Date.UTC(year, month + 1);
    default:
      return startMs + shortestMs[interval];
  }
}

function collectTimes(query: TimeQuery, faults: string[]): { fromMs?: number; toMs?: number } {
  const times: { fromMs?: number; toMs?: number } = {};
  for (const name of ['from', 'to'] as const) {
    const text = query[name];
    if (text === undefined || text === '') continue;
    const ms = isoTimeMs(text);
    if (ms === undefined || ms < earliestMs)
      faults.push(`'${name}' must be an ISO 8601 date or time since 1970, such as 2026-11-25T10:00:00Z.`);
    else times[`${name}Ms`] = ms;
  }
  if (times.fromMs !== undefined && times.toMs !== undefined && times.toMs < times.fromMs)
    faults.push("'to' is before 'from'.");
  return times;
}

const earliestMs = 0;

function toInterval(text: string | undefined, faults: string[]): Interval {
  if (text === undefined || text === '') return 'day';
  const interval = intervals.find((one) => one === text.toLowerCase());
  if (!interval) faults.push(`'interval' must be one of ${intervals.join(', ')}.`);
  return interval ?? 'day';
}

function floor(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs;
}

function timesInvalid(faults: string[]): AppError {
  return new AppError('times-invalid', 400, faults.join(' '));
}

/** Ranges of time that lists and charts can be asked for, in minutes. */
const minutesOf: Record<string, number> = {
  '15m': 15,
  '1h': 60,
  '24h': 24 * 60,
  '7d': 7 * 24 * 60,
  '30d': 30 * 24 * 60,
};

export const ranges = Object.keys(minutesOf);
export const usualRange = '7d';
/** Between two times that the person has chosen. */
export const ownRange = 'own';

export interface TimeWish {
  range?: string;
  /** ISO 8601; of the person's own range. */
  from?: string;
  to?: string;
}

const minuteMs = 60_000;

/** From when to when, at this moment: a range that is open at its end moves with the time. */
export function timesOf({ range = usualRange, from, to }: TimeWish): { from?: string; to?: string } {
  if (range === ownRange) return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const minutes = minutesOf[range] ?? minutesOf[usualRange] ?? 0;
  return { from: new Date(Date.now() - minutes * minuteMs).toISOString() };
}

/** The buckets of a chart: at most some two hundred. */
export function intervalOf(wish: TimeWish): 'minute' | 'hour' | 'day' | 'month' {
  const { from, to } = timesOf(wish);
  const begin = from ? Date.parse(from) : Date.now() - (minutesOf[usualRange] ?? 0) * minuteMs;
  const minutes = ((to ? Date.parse(to) : Date.now()) - begin) / minuteMs;
  if (minutes <= 3 * 60) return 'minute';
  if (minutes <= 8 * 24 * 60) return 'hour';
  return minutes <= 200 * 24 * 60 ? 'day' : 'month';
}

/** What `<input type="datetime-local">` shows of a time, in the person's zone. */
export function toLocalInput(iso: string | undefined): string {
  if (iso === undefined || Number.isNaN(Date.parse(iso))) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * minuteMs).toISOString().slice(0, 16);
}

export const fromLocalInput = (text: string): string => (text === '' ? '' : new Date(text).toISOString());

import { crc32 } from 'node:zlib';
import type { PollKey } from '../poll-store.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const longestBackoffMs = 6 * 60 * minuteMs;
/** Longest that a provider's `Retry-After` is believed. */
const longestWishMs = dayMs;

/** An instance that cannot be called is looked at again so seldom, in case that nobody tells of its recovery. */
export const parkedMs = longestBackoffMs;

/** Whoever asks for a year or more between two polls wants none. */
export function isOff(intervalMinutes: number): boolean {
  return intervalMinutes >= 365 * 24 * 60;
}

/** A poll's own name among all: instance and object. */
export function keyOf({ instanceId, objectName }: PollKey): string {
  return `${instanceId}/${objectName}`;
}

/**
 * The next poll behind a moment. Each object has its own place inside the interval: instances of one interval do not
 * all come at once, also after a downtime.
 */
export function nextPollMs(afterMs: number, intervalMinutes: number, objectKey: string): number {
  const intervalMs = intervalMinutes * minuteMs;
  if (intervalMs > dayMs) return afterMs + intervalMs;
  const place = crc32(objectKey) % intervalMs;
  const rounds = Math.floor((afterMs - place) / intervalMs) + 1;
  return place + rounds * intervalMs;
}

/**
 * When to try again after so many failures in a row: twice the interval, then four times, up to eight, but never more
 * than six hours unless the interval is longer. What the provider asks for counts where it is longer.
 */
export function retryMs(
  nowMs: number,
  intervalMinutes: number,
  failures: number,
  wishedMs: number | undefined,
): number {
  const intervalMs = intervalMinutes * minuteMs;
  const longest = Math.max(intervalMs, longestBackoffMs);
  const delayMs = Math.min(intervalMs * 2 ** Math.min(failures - 1, 3), longest);
  return nowMs + Math.max(delayMs, Math.min(wishedMs ?? 0, longestWishMs));
}

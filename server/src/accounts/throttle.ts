import { LRUCache } from 'lru-cache';
import { keepMost } from '#kernel/cache';
import type { Clock } from '#kernel/clock';
import { tooManyLogins } from './errors.ts';

/** Failed logins that one user name may have within the window. Counted per process. */
export const MAX_FAILED_LOGINS = 10;
export const LOGIN_WINDOW_MS = 60_000;
const MAX_NAMES = 50_000;

export interface LoginThrottle {
  /** Counts an attempt as failed before its outcome is known, so that parallel guesses count too. Throws 429. */
  begin(username: string): void;
  succeeded(username: string): void;
  /** Whether the next attempt would be refused. */
  isLocked(username: string): boolean;
}

export function createLoginThrottle(clock: Clock): LoginThrottle {
  const attempts = new LRUCache<string, { sinceMs: number; count: number }>(keepMost(MAX_NAMES));
  return {
    begin(username) {
      const name = username.toLowerCase();
      const nowMs = clock.nowMs();
      const known = attempts.get(name);
      if (!known || nowMs - known.sinceMs >= LOGIN_WINDOW_MS) {
        attempts.set(name, { sinceMs: nowMs, count: 1 });
        return;
      }
      if (known.count >= MAX_FAILED_LOGINS) {
        throw tooManyLogins(Math.ceil((known.sinceMs + LOGIN_WINDOW_MS - nowMs) / 1000));
      }
      known.count += 1;
    },
    succeeded(username) {
      attempts.delete(username.toLowerCase());
    },
    isLocked(username) {
      const known = attempts.get(username.toLowerCase());
      return (
        known !== undefined &&
        known.count >= MAX_FAILED_LOGINS &&
        clock.nowMs() - known.sinceMs < LOGIN_WINDOW_MS
      );
    },
  };
}

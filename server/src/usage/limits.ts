import type { Clock } from '#kernel/clock';
import { startAfter, startOf } from '#kernel/buckets';
import { limitReached } from './errors.ts';
import { writeEveryMs } from './writer.ts';

export const periods = ['minute', 'hour', 'day', 'month'] as const;
export type Period = (typeof periods)[number];

/** So many hub calls in each calendar period, of UTC. */
export interface Limit {
  calls: number;
  per: Period;
}

export interface AccountLimit extends Limit {
  accountId: number;
  /** What all processes together have written for the present period. */
  used: number;
}

/**
 * Keeps accounts to their limits without asking anybody: each process may let through its share of what is left, and learns
 * every few seconds what is left.
 */
export interface Limiter {
  /** One call of an account. @throws 429 with `Retry-After` */
  admit(accountId: number): void;
  /** So many calls that were let through here are now among those that the database knows. */
  written(accountId: number, calls: number): void;
  /** All limits that there are, with what was used of them at that moment. */
  learn(limits: readonly AccountLimit[], atMs: number): void;
  /** How many processes share the limits. */
  share(processes: number): void;
  /** Whether any account has a limit. */
  readonly isOn: boolean;
}

interface Window extends Limit {
  startMs: number;
  /** Calls that this process may still let through. */
  allowance: number;
  /** Nothing is left for any process. */
  isUsedUp: boolean;
}

export function createLimiter(clock: Clock): Limiter {
  let windows = new Map<number, Window[]>();
  /** Let through here and not yet written, by account. */
  const unwritten = new Map<number, number>();
  let processes = 1;

  const shareOf = (left: number) => (left <= 0 ? 0 : Math.max(1, Math.floor(left / processes)));

  function renew(window: Window, nowMs: number): void {
    const startMs = startOf(window.per, nowMs);
    if (startMs === window.startMs) return;
    window.startMs = startMs;
    window.allowance = shareOf(window.calls);
    window.isUsedUp = window.allowance === 0;
  }

  return {
    admit(accountId) {
      const own = windows.get(accountId);
      if (!own) return;
      const nowMs = clock.nowMs();
      for (const window of own) {
        renew(window, nowMs);
        if (window.allowance > 0) continue;
        const isUsedUp = window.isUsedUp || processes === 1;
        const waitMs = isUsedUp ? startAfter(window.per, window.startMs) - nowMs : writeEveryMs;
        throw limitReached(window, Math.max(1, Math.ceil(waitMs / 1000)), isUsedUp);
      }
      for (const window of own) window.allowance--;
      unwritten.set(accountId, (unwritten.get(accountId) ?? 0) + 1);
    },
    written(accountId, calls) {
      const left = (unwritten.get(accountId) ?? 0) - calls;
      if (left > 0) unwritten.set(accountId, left);
      else unwritten.delete(accountId);
    },
    learn(limits, atMs) {
      const learned = new Map<number, Window[]>();
      for (const { accountId, calls, per, used } of limits) {
        const left = calls - used - (unwritten.get(accountId) ?? 0);
        const window = {
          calls,
          per,
          startMs: startOf(per, atMs),
          allowance: shareOf(left),
          isUsedUp: calls - used <= 0,
        };
        learned.set(accountId, [...(learned.get(accountId) ?? []), window]);
      }
      windows = learned;
    },
    share(count) {
      processes = Math.max(1, count);
    },
    get isOn() {
      return windows.size > 0;
    },
  };
}

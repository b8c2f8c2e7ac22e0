import { canFail } from '#kernel/error';
import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import type { UsageStore } from './store.ts';

/** For how long usage is kept, and how much of it at most. */
export interface Retention {
  /** Days that single calls are kept. */
  callDays: number;
  /** So many single calls at most, of all tenants together. */
  mostCalls: number;
  /** Days that counts are kept by hour. */
  countDays: number;
}

export const defaultRetention: Retention = { callDays: 30, mostCalls: 1_000_000, countDays: 400 };

/** Days that counts are kept by minute. */
export const minuteDays = 7;
/** What was logged of an account's exchanges is for somebody who looks at it now. */
export const exchangeDays = 3;
const mostExchanges = 20_000;

export const dayMs = 86_400_000;
export const removeEveryMs = 60_000;
/** One run ends after so many deletions of one kind; the next goes on. */
const mostTurns = 100;

/** Deletes what is older or more than is kept, some rows at a time. Every process may do it at the same time. */
export async function removeOld(
  store: UsageStore,
  { callDays, mostCalls, countDays }: Retention,
  clock: Clock,
  log: Log,
): Promise<void> {
  const before = (days: number) => new Date(clock.nowMs() - days * dayMs);
  const jobs: (() => Promise<boolean>)[] = [
    () => store.removeOldCalls(before(callDays), mostCalls),
    () => store.removeOldExchanges(before(exchangeDays), mostExchanges),
    () => store.removeOldCounts(['minute'], before(Math.min(minuteDays, countDays))),
    () => store.removeOldCounts(['hour', 'day'], before(countDays)),
  ];
  const all = async () => {
    for (const job of jobs) for (let turn = 0; turn < mostTurns && (await job()); turn++);
    await store.removeOldWriters(before(1));
  };
  await canFail(all(), 'the next run does it', (error) =>
    log.warn({ err: error }, 'Old usage could not be removed'),
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { Attempt } from './deliver.ts';
import type { DeliveryStore, DueDelivery, Leased } from './delivery-store.ts';

export interface LaneOptions {
  store: Pick<DeliveryStore, 'due' | 'finish' | 'release'>;
  /** Fails when `ending` breaks it off. */
  attempt(delivery: DueDelivery, url: string, ending: AbortSignal): Promise<Attempt>;
  /** Names this process among those that share the work. */
  processId: string;
  log: Log;
  /** How long a callback is served while others wait for its place. */
  turnMs?: number;
}

/** What a lane has to know of its process. */
export interface Surroundings {
  isClosing(): boolean;
  /** Others may be waiting for a place. */
  isCrowded(): boolean;
  ending: AbortSignal;
}

/** One process serving one callback, from taking its lease to giving it back. */
export interface Lane {
  /** Delivers until nothing is due, then gives the lease back. @returns whether something came when that was under way. */
  run(): Promise<boolean>;
  /** Something new is there. */
  more(): void;
  /** The lease lasts until then, on the clock of `performance.now()`. */
  keep(leasedUntilMs: number): void;
  /** Another process has taken the lease over. */
  lose(): void;
}

/** Deliveries to one callback that are on their way at a time. */
const mostOnTheWay = 16;
/** Deliveries that are read at a time. */
export const batchSize = 64;
/** After a failure that is ours, such as a database that is away. */
const againMs = 1_000;
/** So many failures in a row open the circuit: one attempt at a time finds out whether the callback is back. */
const toleratedFailures = 10;
const firstOpenMs = 5_000;
const longestOpenMs = 5 * 60_000;

export function createLane(
  { store, attempt, processId, log, turnMs = 30_000 }: LaneOptions,
  { callback, due }: Leased,
  { isClosing, isCrowded, ending }: Surroundings,
): Lane {
  const turnEndsMs = performance.now() + turnMs;
  /** Sent, and what came of it not yet written. */
  const onTheWay = new Set<number>();
  const finished: { delivery: DueDelivery; done: Attempt }[] = [];
  /** Read, and waiting for a place. */
  const ready: DueDelivery[] = [...due];
  let mayHaveMore = due.length === batchSize;
  let failures = callback.failures;
  let hasFailed = false;
  let leasedUntilMs = 0;
  /** The callback wants no calls until then. */
  let pausedUntilMs = 0;
  let lost = false;
  /** From then on nothing is started: nobody knows whether a statement that failed was carried out. */
  let isGivenBack = false;
  let cameLate = false;
  let changed = Promise.withResolvers<void>();

  /** After many failures one attempt at a time finds out whether the callback is back. */
  const isTrying = () => failures >= toleratedFailures;
  /** Also when the database was away for so long that another process may have it by now. */
  const isLost = () => lost || performance.now() > leasedUntilMs;
  const isOpen = () => (isTrying() && hasFailed) || pausedUntilMs > performance.now();

  function isEnding(): boolean {
    const isTurnOver = performance.now() > turnEndsMs && isCrowded();
    return isGivenBack || isLost() || isClosing() || isOpen() || isTurnOver;
  }

  /** The lease with what has been learned of the callback. */
  function giveBack() {
    isGivenBack = true;
    const pauseMs = Math.max(0, pausedUntilMs - performance.now());
    const openMs = isOpen() ? Math.max(pauseMs, isTrying() ? toOpenMs(failures) : 0) : 0;
    return { processId, failures, openMs };
  }

  async function send(delivery: DueDelivery): Promise<void> {
    const isTrial = isTrying();
    try {
      const done = await attempt(delivery, callback.url, ending);
      // Those that were on their way together say one thing together: only trials make the circuit stay open longer.
      if (done.outcome.status === 'delivered') failures = 0;
      else if (done.callbackFailed && (isTrial || failures < toleratedFailures)) failures++;
      hasFailed ||= done.callbackFailed;
      pausedUntilMs = Math.max(pausedUntilMs, performance.now() + (done.retryAfterMs ?? 0));
      finished.push({ delivery, done });
    } catch (error) {
      if (!ending.aborted) {
        log.warn({ err: error, deliveryId: delivery.id }, 'A delivery could not be tried; it stays due');
        await canFail(sleep(againMs, undefined, { signal: ending }), 'the end ends the wait');
      }
      onTheWay.delete(delivery.id);
      mayHaveMore = true;
    }
    changed.resolve();
  }

  /** The last that is written goes with the lease, in one statement. */
  async function writeFinished(): Promise<void> {
    const batch = finished.splice(0);
    if (batch.length === 0) return;
    // What was queued behind a delivery with an order key may go now.
    if (batch.some(({ delivery, done }) => delivery.orderKey !== null && done.outcome.status !== 'retry'))
      mayHaveMore = true;
    const isLast = onTheWay.size === batch.length && (isEnding() || (ready.length === 0 && !mayHaveMore));
    const outcomes = batch.map(({ done }) => done.outcome);
    try {
      await store.finish(callback.id, outcomes, isLast && !isLost() ? giveBack() : undefined);
    } catch (error) {
      log.warn({ err: error, callbackId: callback.id }, 'What came of deliveries could not be written');
      if (!isClosing()) {
        finished.unshift(...batch);
        await sleep(againMs);
        changed.resolve();
        return;
      }
      // They stay due, and go out a second time with the same id.
    }
    for (const { delivery } of batch) onTheWay.delete(delivery.id);
  }

  /** A database that is away must not end the lane: what is on its way would go out a second time beside it. */
  async function readDue(): Promise<DueDelivery[]> {
    try {
      return await store.due(callback.id, [...onTheWay, ...ready.map(({ id }) => id)], batchSize);
    } catch (error) {
      log.warn({ err: error, callbackId: callback.id }, 'What is due could not be read');
      await sleep(againMs);
      mayHaveMore = true;
      changed.resolve();
      return [];
    }
  }

  async function fill(): Promise<void> {
    const room = (isTrying() ? 1 : mostOnTheWay) - onTheWay.size;
    if (room <= 0) return;
    if (ready.length < room && mayHaveMore) {
      mayHaveMore = false;
      const found = await readDue();
      ready.push(...found);
      if (found.length === batchSize) mayHaveMore = true;
    }
    for (const delivery of ready.splice(0, room)) {
      onTheWay.add(delivery.id);
      void send(delivery);
    }
  }

  return {
    async run() {
      for (;;) {
        changed = Promise.withResolvers<void>();
        await writeFinished();
        const ends = isEnding();
        if (!ends) await fill();
        if (onTheWay.size > 0) await changed.promise;
        else if (ends || (!mayHaveMore && ready.length === 0)) break;
      }
      if (!isGivenBack && !isLost()) await store.release(callback.id, giveBack());
      return cameLate;
    },
    more() {
      mayHaveMore = true;
      cameLate ||= isGivenBack;
      changed.resolve();
    },
    keep(untilMs) {
      leasedUntilMs = untilMs;
    },
    lose() {
      lost = true;
      changed.resolve();
    },
  };
}

/** 5 s after the tenth failure in a row, twice as long after each more, at most 5 minutes; up to a quarter longer. */
function toOpenMs(failures: number): number {
  const doubled = firstOpenMs * 2 ** Math.min(failures - toleratedFailures, 10);
  return Math.min(doubled, longestOpenMs) * (1 + Math.random() / 4);
}

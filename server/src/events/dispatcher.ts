import { setTimeout as sleep } from 'node:timers/promises';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { Attempt } from './deliver.ts';
import type { DeliveryStore, DueDelivery, LeasedCallback } from './delivery-store.ts';

export interface DispatcherOptions {
  store: DeliveryStore;
  /** Fails when `ending` breaks it off. */
  attempt(delivery: DueDelivery, url: string, ending: AbortSignal): Promise<Attempt>;
  /** Names this process among those that share the work. */
  processId: string;
  log: Log;
  /** How long a callback stays with a process that has died. */
  leaseMs?: number;
  /** How often callbacks are looked for that have something due and are served by nobody. */
  lookEveryMs?: number;
  /** How long a callback is served while others wait for its place. */
  turnMs?: number;
}

export interface Dispatcher {
  /** These callbacks have something to deliver now. */
  wake(callbackIds: Iterable<number>): void;
  start(): void;
  /** Lets running attempts finish and gives all leases back. */
  close(): Promise<void>;
}

/** Deliveries to one callback that are on their way at a time. */
const mostOnTheWay = 16;
/** Callbacks that one process serves at a time. */
const mostCallbacks = 64;
/** Of them, those of one organization: its slow callbacks must not take the places of all others. */
const mostOfOrganization = 16;
const batchSize = 64;
/** After a failure that is ours, such as a database that is away. */
const againMs = 1_000;
/** When the process ends, attempts that take longer are broken off; their deliveries stay due. */
const patienceMs = 2_000;
/** So many failures in a row open the circuit: one attempt at a time finds out whether the callback is back. */
const toleratedFailures = 10;
const firstOpenMs = 5_000;
const longestOpenMs = 5 * 60_000;

/**
 * Brings due deliveries on their way. Each callback is served by one process at a time, the one that has its lease, so
 * that a slow or dead callback holds up nobody but itself.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, processId, log } = options;
  const leaseMs = options.leaseMs ?? 15_000;
  const serving = new Map<number, Promise<void>>();
  const lanes = new Map<number, Lane>();
  /** Lanes by organization. */
  const taken = new Map<number, number>();
  /** Woken while their lease was taken or given back. */
  const again = new Set<number>();
  const timers: NodeJS.Timeout[] = [];
  let closing = false;
  const ending = new AbortController();

  function wake(callbackIds: Iterable<number>): void {
    for (const id of callbackIds) {
      const lane = lanes.get(id);
      if (lane) lane.more();
      else if (serving.has(id)) again.add(id);
      else if (!closing && serving.size < mostCallbacks) serving.set(id, serveOnce(id));
    }
  }

  async function serveOnce(id: number): Promise<void> {
    await canFail(serve(id), 'what is due stays due', (error) =>
      log.warn({ err: error, callbackId: id }, 'Deliveries of events were interrupted and go on in a moment'),
    );
    serving.delete(id);
    if (again.delete(id)) wake([id]);
  }

  async function serve(id: number): Promise<void> {
    const leasedUntilMs = performance.now() + leaseMs;
    const callback = await store.lease(id, processId, leaseMs);
    if (!callback) return;
    const { organizationId } = callback;
    if (isFull(organizationId)) return store.release(id, processId, callback.failures, 0);
    const isCrowded = () => serving.size >= mostCallbacks || isFull(organizationId);
    const lane = createLane(options, callback, {
      isClosing: () => closing,
      isCrowded,
      ending: ending.signal,
    });
    lane.keep(leasedUntilMs);
    lanes.set(id, lane);
    taken.set(organizationId, (taken.get(organizationId) ?? 0) + 1);
    let openMs = 0;
    try {
      openMs = await lane.run();
    } finally {
      lanes.delete(id);
      taken.set(organizationId, (taken.get(organizationId) ?? 0) - 1);
      if (taken.get(organizationId) === 0) taken.delete(organizationId);
      if (!lane.isLost()) await store.release(id, processId, lane.failures(), openMs);
    }
  }

  const isFull = (organizationId: number) => (taken.get(organizationId) ?? 0) >= mostOfOrganization;

  async function look(): Promise<void> {
    // Retries that are due by now, and what another process has stored for a callback that we serve.
    for (const lane of lanes.values()) lane.more();
    if (closing || serving.size >= mostCallbacks) return;
    wake(await store.waitingCallbacks(mostCallbacks, mostOfOrganization, [...taken.keys()].filter(isFull)));
  }

  async function renew(): Promise<void> {
    const ids = [...lanes.keys()];
    if (ids.length === 0) return;
    const leasedUntilMs = performance.now() + leaseMs;
    const kept = new Set(await store.renew(ids, processId, leaseMs));
    for (const id of ids) {
      if (kept.has(id)) lanes.get(id)?.keep(leasedUntilMs);
      else lanes.get(id)?.lose();
    }
  }

  /** A turn that takes longer than its time leaves out the next. */
  function every(ms: number, work: () => Promise<void>): void {
    let running = false;
    const turn = async () => {
      if (running) return;
      running = true;
      await canFail(work(), 'the next turn comes in a moment', (error) =>
        log.warn(
          { err: error },
          'The database could not be asked for deliveries; it is asked again in a moment',
        ),
      );
      running = false;
    };
    timers.push(setInterval(() => void turn(), ms).unref());
  }

  return {
    wake,
    start() {
      every(options.lookEveryMs ?? 1000, look);
      every(leaseMs / 3, renew);
    },
    async close() {
      closing = true;
      for (const timer of timers) clearInterval(timer);
      for (const lane of lanes.values()) lane.more();
      const patience = setTimeout(() => ending.abort(), patienceMs);
      await Promise.all(serving.values());
      clearTimeout(patience);
    },
  };
}

/** What a lane has to know of its process. */
interface Surroundings {
  isClosing(): boolean;
  /** Others may be waiting for a place. */
  isCrowded(): boolean;
  ending: AbortSignal;
}

interface Lane {
  /** @returns for how long the circuit is open now; 0 when it is closed. */
  run(): Promise<number>;
  /** Something new is there. */
  more(): void;
  /** The lease lasts until then, on the clock of `performance.now()`. */
  keep(leasedUntilMs: number): void;
  /** Another process has taken the lease over. */
  lose(): void;
  isLost(): boolean;
  failures(): number;
}

function createLane(
  { store, attempt, log, turnMs = 30_000 }: DispatcherOptions,
  callback: LeasedCallback,
  { isClosing, isCrowded, ending }: Surroundings,
): Lane {
  const turnEndsMs = performance.now() + turnMs;
  /** Sent, and what came of it not yet written. */
  const onTheWay = new Set<number>();
  const finished: { delivery: DueDelivery; done: Attempt }[] = [];
  /** Read, and waiting for a place. */
  const ready: DueDelivery[] = [];
  let mayHaveMore = true;
  let failures = callback.failures;
  let hasFailed = false;
  let leasedUntilMs = 0;
  /** The callback wants no calls until then. */
  let pausedUntilMs = 0;
  let lost = false;
  let changed = Promise.withResolvers<void>();

  /** After many failures one attempt at a time finds out whether the callback is back. */
  const isTrying = () => failures >= toleratedFailures;
  /** Also when the database was away for so long that another process may have it by now. */
  const isLost = () => lost || performance.now() > leasedUntilMs;

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

  async function writeFinished(): Promise<void> {
    const batch = finished.splice(0);
    if (batch.length === 0) return;
    try {
      await store.finish(batch.map(({ done }) => done.outcome));
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
    for (const { delivery, done } of batch) {
      onTheWay.delete(delivery.id);
      if (delivery.orderKey !== null && done.outcome.status !== 'retry') mayHaveMore = true;
    }
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
        const pauseMs = pausedUntilMs - performance.now();
        const isOpen = (isTrying() && hasFailed) || pauseMs > 0;
        const isTurnOver = performance.now() > turnEndsMs && isCrowded();
        const isEnding = isLost() || isClosing() || isOpen || isTurnOver;
        if (!isEnding) await fill();
        if (onTheWay.size > 0) await changed.promise;
        else if (isOpen) return Math.max(pauseMs, isTrying() ? toOpenMs(failures) : 0);
        else if (isEnding || !mayHaveMore) return 0;
      }
    },
    more() {
      mayHaveMore = true;
      changed.resolve();
    },
    keep(untilMs) {
      leasedUntilMs = untilMs;
    },
    lose() {
      lost = true;
      changed.resolve();
    },
    isLost,
    failures: () => failures,
  };
}

/** 5 s after the tenth failure in a row, twice as long after each more, at most 5 minutes; up to a quarter longer. */
function toOpenMs(failures: number): number {
  const doubled = firstOpenMs * 2 ** Math.min(failures - toleratedFailures, 10);
  return Math.min(doubled, longestOpenMs) * (1 + Math.random() / 4);
}

import { canFail } from '#kernel/error';
import type { DeliveryStore, WaitingCallback } from './delivery-store.ts';
import { batchSize, createLane } from './lane.ts';
import type { Lane, LaneOptions } from './lane.ts';

export interface DispatcherOptions extends LaneOptions {
  store: DeliveryStore;
  /** How long a callback stays with a process that has died. */
  leaseMs?: number;
  /** How often callbacks are looked for that have something due and are served by nobody. */
  lookEveryMs?: number;
}

export interface Dispatcher {
  /** These callbacks have something to deliver now. */
  wake(callbacks: Iterable<WaitingCallback>): void;
  start(): void;
  /** Lets running attempts finish and gives all leases back. */
  close(): Promise<void>;
}

/** Callbacks that one process serves at a time. */
const mostCallbacks = 64;
/** Of them, those of one organization: its slow callbacks must not take the places of all others. */
const mostOfOrganization = 16;
/** When the process ends, attempts that take longer are broken off; their deliveries stay due. */
const patienceMs = 2_000;

/**
 * Brings due deliveries on their way. Each callback is served by one process at a time, the one that has its lease, so
 * that a slow or dead callback holds up nobody but itself.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, processId, log } = options;
  const leaseMs = options.leaseMs ?? 15_000;
  const serving = new Map<number, Promise<void>>();
  const lanes = new Map<number, Lane>();
  /** Callbacks that are served, by organization. */
  const taken = new Map<number, number>();
  /** Woken while their lease was taken or given back. */
  const again = new Set<number>();
  const timers: NodeJS.Timeout[] = [];
  let closing = false;
  const ending = new AbortController();

  const isFull = (organizationId: number) => (taken.get(organizationId) ?? 0) >= mostOfOrganization;

  function wake(callbacks: Iterable<WaitingCallback>): void {
    for (const callback of callbacks) {
      const { id, organizationId } = callback;
      const lane = lanes.get(id);
      if (lane) lane.more();
      else if (serving.has(id)) again.add(id);
      else if (!closing && serving.size < mostCallbacks && !isFull(organizationId))
        serving.set(id, serveOnce(callback));
    }
  }

  async function serveOnce(callback: WaitingCallback): Promise<void> {
    const { id, organizationId } = callback;
    taken.set(organizationId, (taken.get(organizationId) ?? 0) + 1);
    await canFail(serve(callback), 'what is due stays due', (error) =>
      log.warn({ err: error, callbackId: id }, 'Deliveries of events were interrupted and go on in a moment'),
    );
    const left = (taken.get(organizationId) ?? 1) - 1;
    if (left === 0) taken.delete(organizationId);
    else taken.set(organizationId, left);
    serving.delete(id);
    if (again.delete(id)) wake([callback]);
  }

  async function serve({ id, organizationId }: WaitingCallback): Promise<void> {
    const leasedUntilMs = performance.now() + leaseMs;
    const leased = await store.lease(id, { processId, leaseMs, limit: batchSize });
    if (!leased) return;
    const lane = createLane(options, leased, {
      isClosing: () => closing,
      isCrowded: () => serving.size >= mostCallbacks || isFull(organizationId),
      ending: ending.signal,
    });
    lane.keep(leasedUntilMs);
    lanes.set(id, lane);
    if (again.delete(id)) lane.more();
    try {
      if (await lane.run()) again.add(id);
    } finally {
      lanes.delete(id);
    }
  }

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

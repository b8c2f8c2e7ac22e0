import type { Clock } from '#kernel/clock';
import type { RateLimit } from '#elements';
import { paceExceeded } from './errors.ts';

/**
 * Keeps the calls of one instance inside its provider's limits: a call gets the earliest moment at which no
 * window of any limit holds too many, and waits for it. Calls are let go in the order in which they came.
 */
export interface Pacer {
  /**
   * Resolves when a call may go.
   * @throws 429 with `Retry-After` at once, when the wait would be longer than allowed.
   */
  take(instanceId: number, limits: RateLimit[], signal?: AbortSignal): Promise<void>;
  /** No call of the instance goes for so long, those that wait already included: the provider has said that it is too much. */
  pause(instanceId: number, forMs: number): void;
  /** How many processes share the limits. */
  share(processes: number): void;
}

interface Lane {
  /** Moments of calls let go or promised, oldest first, as far back as the longest small window. */
  moments: number[];
  /** Calls in the present window of each long limit (a day), which are counted, not listed. */
  long: Map<RateLimit, { startMs: number; calls: number }>;
  notBeforeMs: number;
  /** All that pauses have put calls off so far. */
  putOffMs: number;
}

/** Limits of more calls than this are counted by fixed window instead of kept moment by moment. */
const listedCalls = 1000;

export function createPacer(options: { clock: Clock; maxWaitMs: number }): Pacer {
  const { clock, maxWaitMs } = options;
  const lanes = new Map<number, Lane>();
  let processes = 1;

  const shared = (limit: RateLimit) => ({
    calls: Math.max(1, Math.floor(limit.calls / processes)),
    // Where a share would be less than one call, the window grows instead.
    windowMs: limit.perSeconds * 1000 * Math.max(1, processes / limit.calls),
  });

  function laneOf(instanceId: number): Lane {
    let lane = lanes.get(instanceId);
    if (!lane) {
      lane = { moments: [], long: new Map(), notBeforeMs: 0, putOffMs: 0 };
      lanes.set(instanceId, lane);
      if (lanes.size > 10_000) forgetIdle(lanes, clock.nowMs());
    }
    return lane;
  }

  return {
    async take(instanceId, limits, signal) {
      if (limits.length === 0) return;
      const lane = laneOf(instanceId);
      const nowMs = clock.nowMs();
      let atMs = Math.max(nowMs, lane.notBeforeMs, lane.moments.at(-1) ?? 0);
      let reason = limits[0] as RateLimit;
      for (const limit of limits) {
        const { calls, windowMs } = shared(limit);
        const earliest =
          limit.calls > listedCalls
            ? afterFixed(lane, limit, calls, windowMs, nowMs)
            : afterListed(lane, calls, windowMs);
        if (earliest > atMs) [atMs, reason] = [earliest, limit];
      }
      if (atMs - nowMs > maxWaitMs) {
        throw paceExceeded(Math.ceil((atMs - nowMs) / 1000), reason.calls, reason.perSeconds);
      }
      lane.moments.push(atMs);
      for (const window of lane.long.values()) window.calls++;
      trim(lane, limits, nowMs);
      let putOffMs = lane.putOffMs;
      let waitMs = atMs - nowMs;
      while (waitMs > 0) {
        await sleep(waitMs, signal);
        waitMs = lane.putOffMs - putOffMs;
        putOffMs = lane.putOffMs;
      }
    },
    pause(instanceId, forMs) {
      const lane = laneOf(instanceId);
      const nowMs = clock.nowMs();
      const putOffMs = nowMs + forMs - Math.max(nowMs, lane.notBeforeMs);
      if (putOffMs <= 0) return;
      lane.notBeforeMs = nowMs + forMs;
      lane.putOffMs += putOffMs;
      lane.moments = lane.moments.map((moment) => (moment > nowMs ? moment + putOffMs : moment));
    },
    share(count) {
      processes = Math.max(1, count);
    },
  };
}

/** A little longer than the window: the provider's clock sees calls with the network's jitter. */
const jitterMs = 60;

function afterListed(lane: Lane, calls: number, windowMs: number): number {
  const before = lane.moments[lane.moments.length - calls];
  return before === undefined ? 0 : before + windowMs + jitterMs;
}

function afterFixed(lane: Lane, limit: RateLimit, calls: number, windowMs: number, nowMs: number): number {
  const window = lane.long.get(limit) ?? { startMs: nowMs, calls: 0 };
  lane.long.set(limit, window);
  if (nowMs - window.startMs >= windowMs) {
    window.startMs = nowMs;
    window.calls = 0;
  }
  return window.calls < calls ? 0 : window.startMs + windowMs;
}

function trim(lane: Lane, limits: RateLimit[], nowMs: number): void {
  const windowMs = Math.max(
    0,
    ...limits.filter(({ calls }) => calls <= listedCalls).map(({ perSeconds }) => perSeconds * 1000),
  );
  const keep = lane.moments.findIndex((moment) => moment > nowMs - 2 * windowMs - 1000);
  if (keep > 64) lane.moments.splice(0, keep);
  else if (keep === -1 && lane.moments.length > 64) lane.moments.length = 0;
}

function forgetIdle(lanes: Map<number, Lane>, nowMs: number): void {
  for (const [id, lane] of lanes) {
    if ((lane.moments.at(-1) ?? 0) < nowMs - 60_000 && lane.long.size === 0) lanes.delete(id);
  }
}

function sleep(forMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, forMs);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

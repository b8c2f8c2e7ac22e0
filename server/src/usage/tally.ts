import { startOf } from '#kernel/buckets';
import type { CallRecord } from './call-record.ts';

/** Hub calls of one minute (or hour) that have everything in common that is counted by. */
export interface Count {
  organizationId: number;
  accountId: number;
  span: 'minute' | 'hour';
  atMs: number;
  instanceId: number;
  elementKey: string;
  status: number;
  passed: boolean;
  calls: number;
  durationMs: number;
  providerMs: number;
  longestMs: number;
}

/** What is written in one go. */
export interface Batch<X> {
  counts: Count[];
  calls: CallRecord[];
  exchanges: X[];
  /** Details that had to be let go, because they came faster than they could be written. */
  dropped: { calls: number; exchanges: number };
}

/** Counts and calls in memory until they are written. */
export interface Tally<X> {
  add(record: CallRecord): void;
  addExchange(exchange: X): void;
  /** How many calls wait. */
  readonly size: number;
  /** Everything so far; then it begins anew. */
  take(): Batch<X>;
}

export interface TallyLimits {
  mostCalls: number;
  mostCounts: number;
  mostExchanges: number;
}

/** Where no account at a provider was reached. */
const noInstance = 0;
/** Where there are too many to tell them apart. */
const anyInstance = -1;

/**
 * Its memory is bounded, for a database that is away: the oldest details are dropped; counts are kept, only in less detail: first
 * by hour instead of by minute, then of an account as a whole.
 */
export function createTally<X>(limits: TallyLimits): Tally<X> {
  let counts = new Map<string, Count>();
  let calls: CallRecord[] = [];
  let exchanges: X[] = [];
  let dropped = { calls: 0, exchanges: 0 };

  function count(record: CallRecord, hubCall: NonNullable<CallRecord['hubCall']>): void {
    const { connected, passed, providerMs } = hubCall;
    const instanceId = connected?.instanceId ?? noInstance;
    const elementKey = connected?.elementKey ?? '';
    const found =
      find('minute', record, instanceId, elementKey, passed, limits.mostCounts) ??
      find('hour', record, instanceId, elementKey, passed, limits.mostCounts * 2) ??
      find('hour', record, anyInstance, '', passed, Number.POSITIVE_INFINITY);
    if (!found) return;
    found.calls++;
    found.durationMs += record.durationMs;
    found.providerMs += Math.round(providerMs);
    found.longestMs = Math.max(found.longestMs, record.durationMs);
  }

  function find(
    span: Count['span'],
    { organizationId, accountId, atMs, status }: CallRecord,
    instanceId: number,
    elementKey: string,
    passed: boolean,
    mostCounts: number,
  ): Count | undefined {
    const startMs = startOf(span, atMs);
    const key = `${startMs} ${span} ${accountId} ${instanceId} ${elementKey} ${status} ${passed}`;
    const known = counts.get(key);
    if (known || counts.size >= mostCounts) return known;
    const sums = { calls: 0, durationMs: 0, providerMs: 0, longestMs: 0 };
    const made: Count = {
      organizationId,
      accountId,
      span,
      atMs: startMs,
      instanceId,
      elementKey,
      status,
      passed,
      ...sums,
    };
    counts.set(key, made);
    return made;
  }

  return {
    add(record) {
      if (record.hubCall) count(record, record.hubCall);
      if (calls.length >= limits.mostCalls) dropped.calls += dropOldest(calls);
      calls.push(record);
    },
    addExchange(exchange) {
      if (exchanges.length >= limits.mostExchanges) dropped.exchanges += dropOldest(exchanges);
      exchanges.push(exchange);
    },
    get size() {
      return calls.length;
    },
    take() {
      const batch = { counts: [...counts.values()], calls, exchanges, dropped };
      counts = new Map();
      [calls, exchanges] = [[], []];
      dropped = { calls: 0, exchanges: 0 };
      return batch;
    },
  };
}

/** A tenth of them: one at a time would move all the others for each. */
function dropOldest(list: unknown[]): number {
  return list.splice(0, Math.ceil(list.length / 10)).length;
}

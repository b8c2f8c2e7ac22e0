import { randomUUID } from 'node:crypto';
import type { Log } from '#kernel/log';
import type { ExchangeRecord } from './exchange.ts';
import type { Batch, Tally } from './tally.ts';

export interface SealedExchange extends Omit<ExchangeRecord, 'content'> {
  box: Buffer;
}
export type SealedBatch = Pick<Batch<never>, 'counts' | 'calls'> & { exchanges: SealedExchange[] };

/** How often what was counted is written: so much is lost when a process is killed. */
export const writeEveryMs = 2_000;
/** More waiting calls than this are written at once. */
const manyCalls = 2_000;

export interface Writer {
  /** Writes what waits; at most one batch is on its way. Never fails: what cannot be written waits for the next time. */
  write(): Promise<void>;
  /** To be called when something has been added. */
  hurry(): void;
  /** Writes the rest. */
  close(): Promise<void>;
}

interface Parts {
  tally: Tally<ExchangeRecord>;
  /** Writes a batch unless that process has written it before. */
  store: { write(writerId: string, batchNumber: number, batch: SealedBatch): Promise<void> };
  seal(exchange: ExchangeRecord): Promise<SealedExchange | undefined>;
  onWritten(batch: Pick<Batch<never>, 'counts'>): void;
  log: Log;
}

/**
 * Writes batches from memory to the database. A batch that failed stays as it is and keeps its number until it is known to be
 * written, so that nothing is counted twice when only its confirmation was lost.
 */
export function createWriter({ tally, store, seal, onWritten, log }: Parts): Writer {
  const writerId = randomUUID();
  let batchNumber = 0;
  let pending: SealedBatch | undefined;
  let running: Promise<void> | undefined;
  let isAway = false;

  async function next(): Promise<SealedBatch | undefined> {
    const { counts, calls, exchanges, dropped } = tally.take();
    if (dropped.calls + dropped.exchanges > 0) {
      log.warn(
        dropped,
        'Details of calls were dropped: they could not be written fast enough. Their counts are kept',
      );
    }
    if (counts.length + calls.length + exchanges.length === 0) return undefined;
    const sealed = await Promise.all(exchanges.map(seal));
    batchNumber++;
    return { counts, calls, exchanges: sealed.filter((one) => one !== undefined) };
  }

  async function run(): Promise<void> {
    pending ??= await next();
    if (!pending) return;
    try {
      await store.write(writerId, batchNumber, pending);
    } catch (error) {
      if (isRefusal(error)) {
        pending = withoutRefused(pending, error);
        return;
      }
      if (!isAway) log.warn({ err: error }, 'Usage could not be written; it is kept in memory until it can');
      isAway = true;
      return;
    }
    if (isAway) log.info({}, 'Usage is written again');
    isAway = false;
    const { counts } = pending;
    pending = undefined;
    onWritten({ counts });
  }

  /** What PostgreSQL takes today as little as tomorrow must not hold up what comes after it. */
  function withoutRefused(
    { counts, calls, exchanges }: SealedBatch,
    error: unknown,
  ): SealedBatch | undefined {
    if (calls.length + exchanges.length > 0) {
      const refused = { err: error, calls: calls.length, exchanges: exchanges.length };
      log.error(refused, 'PostgreSQL refuses details of calls; they are dropped, and their counts are kept');
      return { counts, calls: [], exchanges: [] };
    }
    log.error({ err: error, counts: counts.length }, 'PostgreSQL refuses counts of calls; they are dropped');
    return undefined;
  }

  const write = (): Promise<void> => {
    running ??= run().finally(() => (running = undefined));
    return running;
  };
  return {
    write,
    hurry() {
      if (tally.size >= manyCalls && !running && !isAway) void write();
    },
    async close() {
      await running;
      // What waited is one batch, what came meanwhile another.
      for (let batches = 0; batches < 2; batches++) await write();
      const lost = (pending?.calls.length ?? 0) + tally.size;
      if (lost > 0) log.error({ calls: lost }, 'The database is away: the last calls are not in its usage');
    },
  };
}

/** Whether it is the rows that PostgreSQL does not take: SQLSTATE classes 22 (data exception) and 23 (constraint violation). */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}

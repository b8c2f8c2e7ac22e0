import { LRUCache } from 'lru-cache';
import type { Accounts } from '#accounts';
import { keepMost } from '#kernel/cache';
import { AppError, canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { Exchange } from '#platform/outbound';
import { toExchangeRecord, toHookRecord } from './exchange.ts';
import type { ExchangeOrigin, ExchangeRecord, HookOutput, ShownExchange, ShownHook } from './exchange.ts';
import type { ExchangeFilter, ExchangeRow, Scope, UsageStore } from './store.ts';
import type { Tally } from './tally.ts';
import type { SealedExchange } from './writer.ts';

/** What was exchanged with providers, as long as somebody wanted to see it. */
export interface ExchangeLog {
  /**
   * Of a hub call: it is written with the next batch. `secrets` are taken out wherever they stand. Of one window, which is told
   * by its end, no more than a thousand are kept.
   */
  keep(origin: ExchangeOrigin, exchange: Exchange, secrets: readonly string[], windowEndMs: number): void;
  /** What a hook of the call gave, as with `keep`. */
  keepHook(origin: ExchangeOrigin, hook: HookOutput, secrets: readonly string[], windowEndMs: number): void;
  /** Of what may take its time: it can be read when this is over. */
  keepNow(origin: ExchangeOrigin, exchanges: readonly Exchange[], secrets: readonly string[]): Promise<void>;
  /** The newest first. */
  list(
    filter: ExchangeFilter,
    page: { limit: number; beforeId: number | undefined },
  ): Promise<LoggedExchange[]>;
  /** What hooks of one call gave, in their order. */
  listHooks(scope: Scope, requestId: string): Promise<ShownHook[]>;
  remove(scope: Scope, instanceId: number): Promise<void>;
}

export interface LoggedExchange extends ShownExchange {
  id: string;
  requestId: string;
  date: string;
  traceTag: string | undefined;
}

/** Of the exchanges of one account in one window, so many are kept by each process. */
const mostOfWindow = 1_000;

interface Parts {
  accounts: Pick<Accounts, 'seal' | 'open'>;
  store: UsageStore;
  tally: Tally<ExchangeRecord>;
  log: Log;
}

export function createExchangeLog({ accounts, store, tally, log }: Parts): ExchangeLog & {
  seal(record: ExchangeRecord): Promise<SealedExchange | undefined>;
} {
  const windows = new LRUCache<string, number>(keepMost(10_000));
  const context = (requestId: string) => `usage exchange ${requestId}`;

  async function seal({ content, ...record }: ExchangeRecord): Promise<SealedExchange | undefined> {
    const sealing = accounts.seal(record.organizationId, content, context(record.requestId));
    const box = await canFail(sealing, 'an organization that is gone needs no log', (error) => {
      if (!(error instanceof AppError))
        log.warn({ err: error }, 'An exchange could not be sealed and is not kept');
    });
    return box && { ...record, box };
  }

  const openRow = (row: ExchangeRow) => accounts.open(row.organization_id, row.box, context(row.request_id));

  function hasRoom({ instanceId }: ExchangeOrigin, windowEndMs: number): boolean {
    const window = `${instanceId} ${windowEndMs}`;
    const kept = windows.get(window) ?? 0;
    if (kept >= mostOfWindow) return false;
    windows.set(window, kept + 1);
    return true;
  }

  async function show(row: ExchangeRow): Promise<LoggedExchange> {
    const content = await openRow(row);
    return {
      id: String(row.id),
      requestId: row.request_id,
      date: row.at.toISOString(),
      traceTag: row.trace_tag ?? undefined,
      ...(JSON.parse(content) as ShownExchange),
    };
  }

  return {
    seal,
    keep(origin, exchange, secrets, windowEndMs) {
      if (hasRoom(origin, windowEndMs)) tally.addExchange(toExchangeRecord(origin, exchange, secrets));
    },
    keepHook(origin, hook, secrets, windowEndMs) {
      if (hasRoom(origin, windowEndMs)) tally.addExchange(toHookRecord(origin, hook, secrets));
    },
    async listHooks(scope, requestId) {
      const rows = await store.listHooks(scope, requestId);
      return Promise.all(rows.map(async (row) => JSON.parse(await openRow(row)) as ShownHook));
    },
    async keepNow(origin, exchanges, secrets) {
      const records = exchanges.map((exchange) => toExchangeRecord(origin, exchange, secrets));
      const sealed = (await Promise.all(records.map(seal))).filter((one) => one !== undefined);
      if (sealed.length > 0) await store.insertExchanges(sealed);
    },
    list: async (filter, page) => Promise.all((await store.listExchanges(filter, page)).map(show)),
    remove: (scope, instanceId) => store.removeExchanges(scope, instanceId),
  };
}

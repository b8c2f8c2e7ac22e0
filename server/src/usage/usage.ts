import type { Accounts } from '#accounts';
import type { Clock } from '#kernel/clock';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { FastifyInstance, ServedCall } from '#platform/http';
import type { Storage } from '#platform/storage';
import { mountAnalytics } from './analytics-routes.ts';
import type { CountInstances } from './analytics-routes.ts';
import { toCallRecord } from './call-record.ts';
import { createExchangeLog } from './exchange-log.ts';
import type { ExchangeLog } from './exchange-log.ts';
import type { ExchangeRecord } from './exchange.ts';
import { mountLimits } from './limit-routes.ts';
import { createLimiter } from './limits.ts';
import { removeEveryMs, removeOld } from './retention.ts';
import type { Retention } from './retention.ts';
import { mountUsage } from './routes.ts';
import { createStore } from './store.ts';
import { createTally } from './tally.ts';
import { createWriter, writeEveryMs } from './writer.ts';

export interface UsageOptions {
  storage: Storage;
  accounts: Pick<Accounts, 'seal' | 'open'>;
  clock: Clock;
  log: Log;
  retention: Retention;
}

export interface Usage {
  /** Counts a call that is over. Quick, in memory, and never fails. */
  observe(call: ServedCall): void;
  /** To be asked before a hub call is let through. @throws 429 with `Retry-After` when its account has made too many */
  admit(accountId: number): void;
  /** How many processes share the limits of accounts. */
  share(processes: number): void;
  exchanges: ExchangeLog;
  /** @param countInstances how many accounts were connected in a time, which this module does not know */
  mount(app: FastifyInstance, countInstances: CountInstances): void;
  /** Writes what is still in memory. */
  close(): Promise<void>;
}

/** Bounds of what waits in memory: some tens of MB, for a database that is away. */
const bounds = { mostCalls: 10_000, mostCounts: 50_000, mostExchanges: 300 };

/** Tells all processes that limits have changed. */
const limitsChannel = 'usage_limits';

export async function createUsage(options: UsageOptions): Promise<Usage> {
  const { storage, accounts, clock, log, retention } = options;
  const store = createStore(storage);
  const tally = createTally<ExchangeRecord>(bounds);
  const limiter = createLimiter(clock);
  const { seal, ...exchanges } = createExchangeLog({ accounts, store, tally, log });
  const writer = createWriter({
    tally,
    store,
    seal,
    log,
    onWritten({ counts }) {
      for (const { accountId, passed, calls } of counts) if (passed) limiter.written(accountId, calls);
    },
  });

  const learn = async () => {
    const nowMs = clock.nowMs();
    limiter.learn(await store.limitsInUse(nowMs), nowMs);
  };
  const learnIfPossible = () =>
    canFail(learn(), 'until the next time the share of before is used', (error) =>
      log.warn({ err: error }, 'The limits of accounts could not be read'),
    );
  await storage.listen(limitsChannel, () => void learnIfPossible());
  await learn();

  const timers = [
    every(writeEveryMs, async () => {
      await writer.write();
      if (limiter.isOn) await learnIfPossible();
    }),
    every(removeEveryMs, () => removeOld(store, retention, clock, log)),
  ];

  return {
    observe(call) {
      const record = toCallRecord(call);
      if (!record) return;
      tally.add(record);
      writer.hurry();
    },
    admit: limiter.admit,
    share: limiter.share,
    exchanges,
    mount(app, countInstances) {
      const parts = { store, clock, retention };
      mountLimits(app, {
        ...parts,
        async changed() {
          await storage.notify(limitsChannel, '');
          await writer.write();
          await learn();
        },
      });
      mountAnalytics(app, { ...parts, countInstances });
      mountUsage(app, { ...parts, exchanges, write: writer.write });
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await writer.close();
    },
  };
}

/** Again and again, but never twice at the same time: a database that is slow must not get a queue of the same work. */
function every(periodMs: number, work: () => Promise<unknown>): NodeJS.Timeout {
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    void work().finally(() => (isRunning = false));
  }, periodMs);
  return timer.unref();
}

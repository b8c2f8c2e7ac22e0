import type { Clock } from '#kernel/clock';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { AuditFilter, AuditRow, AuditStore, NewAuditRow } from './audit-store.ts';
import type { Actor } from './login.ts';

/** What was done, and by which call. */
export interface Deed {
  action: string;
  requestId: string;
  method: string;
  path: string;
}

export interface AuditTrail {
  /** Notes a deed. It waits for nothing: rows are written together a moment later. */
  record(deed: Deed, actor: Actor): void;
  /** What this process has noted is in it. */
  list(filter: AuditFilter, page: { limit: number; offset: number; before?: number }): Promise<AuditRow[]>;
  find(filter: AuditFilter, id: number): Promise<AuditRow | undefined>;
  count(filter: AuditFilter): Promise<number>;
  /** Writes what is noted. */
  close(): Promise<void>;
}

const writeAfterMs = 500;
/** While the database is away. What does not fit any more is only in the log, as all entries are. */
export const mostWaiting = 10_000;
const longestPath = 500;
const rowsAtOnce = 1000;
const cleanEveryMs = 3_600_000;
const dayMs = 86_400_000;

export function createAuditTrail(parts: {
  store: AuditStore;
  clock: Clock;
  log: Log;
  retentionDays: number;
}): AuditTrail {
  const { store, clock, log } = parts;
  let waiting: NewAuditRow[] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    while (waiting.length > 0) {
      const rows = waiting.splice(0, rowsAtOnce);
      try {
        await store.add(rows);
      } catch (error) {
        waiting = [...rows, ...waiting].slice(0, mostWaiting);
        timer ??= setTimeout(flush, writeAfterMs).unref();
        log.warn({ err: error }, 'The audit trail could not be written; it is tried again');
        return;
      }
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  const clean = () =>
    canFail(
      store.removeOlder(new Date(clock.nowMs() - parts.retentionDays * dayMs)),
      'the next hour tries again',
      (error) => log.warn({ err: error }, 'Old entries of the audit trail could not be deleted'),
    );
  const cleaning = setInterval(() => void clean(), cleanEveryMs).unref();
  void clean();

  return {
    record({ action, requestId, method, path }, { organizationId, accountId, userId, email }) {
      if (waiting.length >= mostWaiting) return;
      waiting.push({
        organization_id: organizationId,
        account_id: accountId,
        user_id: userId,
        email,
        action,
        method,
        path: path.slice(0, longestPath),
        request_id: requestId,
        done_at: new Date(clock.nowMs()),
      });
      timer ??= setTimeout(flush, writeAfterMs).unref();
    },
    async list(filter, page) {
      await flush();
      return store.list(filter, page);
    },
    async find(filter, id) {
      await flush();
      return store.find(filter, id);
    },
    async count(filter) {
      await flush();
      return store.count(filter);
    },
    async close() {
      clearInterval(cleaning);
      await flush();
      clearTimeout(timer);
    },
  };
}

import { type Kysely, type Transaction, sql } from 'kysely';

/**
 * Locks by name that all processes on one database respect: transaction-scoped advisory locks, which PostgreSQL
 * itself frees when a process dies.
 *
 * The transactions live in a pool of their own. Holders may wait long (a provider's reply) and run ordinary
 * queries meanwhile; in one shared pool ten waiters would take all connections and the holder could never finish.
 * Inside a process the callers of one name queue up in memory, so that a name takes one connection, not many.
 * Taking a second lock while holding one can exhaust the pool: it fails after the pool's wait limit.
 */
export function createLocks<Tables>(lockDatabase: Kysely<Tables>) {
  const lastInLine = new Map<string, Promise<unknown>>();

  async function holdLock<T>(name: string, fn: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return lockDatabase.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
      return fn(trx);
    });
  }

  return async function withLock<T>(name: string, fn: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    const before = lastInLine.get(name) ?? Promise.resolve();
    const mine = before.then(() => holdLock(name, fn));
    // The line goes on whether this turn succeeds or fails; its caller gets the failure from `mine`.
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    lastInLine.set(name, settled);
    try {
      return await mine;
    } finally {
      if (lastInLine.get(name) === settled) lastInLine.delete(name);
    }
  };
}

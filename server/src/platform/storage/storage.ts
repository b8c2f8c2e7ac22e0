import { fileURLToPath } from 'node:url';
import { Kysely, PostgresDialect, type Transaction, sql } from 'kysely';
import type pg from 'pg';
import { AppError } from '#kernel/error';
import type { Log } from '#kernel/log';
import { databaseTooOld, databaseUnreachable } from './errors.ts';
import { createListener } from './listener.ts';
import { createLocks } from './lock.ts';
import { migrate } from './migrate.ts';
import { createPool, placeOf } from './pool.ts';

const OLDEST_POSTGRES = 15;
const LOCK_CONNECTIONS = 8;
const QUERY_WAIT_MS = 10_000;
const LOCK_WAIT_MS = 60_000;

type NoTables = Record<never, Record<string, unknown>>;

/** Kysely without tables; a store adds its own: `storage.db.$extendTables<MyTables>()`. */
export type Database = Kysely<NoTables>;
export type DatabaseTransaction = Transaction<NoTables>;

export interface Storage {
  readonly db: Database;
  /**
   * Runs `fn` in a transaction that holds the lock of that name across all processes; others wait.
   * Do not take a second lock inside.
   */
  withLock<T>(name: string, fn: (trx: DatabaseTransaction) => Promise<T>): Promise<T>;
  /**
   * Calls `onMessage` for each `notify` of any process on this database (also our own). The payload `*` means that
   * messages may have been missed (the connection was lost): forget everything that they would have changed.
   */
  listen(channel: string, onMessage: (payload: string) => void): Promise<void>;
  notify(channel: string, payload: string): Promise<void>;
  /** Fails when the database does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface StorageOptions {
  url: string;
  log: Log;
  /** Connections for queries; locks (8) and notifications (1) have their own. */
  maxConnections?: number;
  /** Folder of `.sql` files; `server/migrations` unless a test brings its own. */
  migrations?: string;
}

/** Connects to PostgreSQL and brings its tables to this version. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { url, log } = options;
  const pool = createPool({
    url,
    log,
    applicationName: 'ligand',
    maxConnections: options.maxConnections ?? 10,
    waitTimeoutMs: QUERY_WAIT_MS,
  });
  try {
    await prepare(pool, options);
  } catch (error) {
    await pool.end();
    if (error instanceof AppError) throw error;
    throw databaseUnreachable(placeOf(url), reasonOf(error), error);
  }
  return assemble(pool, options);
}

async function prepare(pool: pg.Pool, { log, migrations }: StorageOptions): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    const version = rows[0]?.server_version ?? '';
    if (Number.parseInt(version, 10) < OLDEST_POSTGRES) throw databaseTooOld(version);
    await migrate(client, migrations ?? fileURLToPath(new URL('../../../migrations', import.meta.url)), log);
  } finally {
    client.release();
  }
}

function assemble(pool: pg.Pool, { url, log }: StorageOptions): Storage {
  const db: Database = new Kysely<NoTables>({ dialect: new PostgresDialect({ pool }) });
  const lockPool = createPool({
    url,
    log,
    applicationName: 'ligand lock',
    maxConnections: LOCK_CONNECTIONS,
    waitTimeoutMs: LOCK_WAIT_MS,
  });
  const lockDatabase = new Kysely<NoTables>({ dialect: new PostgresDialect({ pool: lockPool }) });
  const listener = createListener({ url, log });
  return {
    db,
    withLock: createLocks(lockDatabase),
    listen: listener.listen,
    async notify(channel, payload) {
      await sql`select pg_notify(${channel}, ${payload})`.execute(db);
    },
    async check() {
      try {
        await sql`select 1`.execute(db);
      } catch (error) {
        throw databaseUnreachable(placeOf(url), reasonOf(error), error);
      }
    },
    async close() {
      await listener.close();
      await Promise.all([db.destroy(), lockDatabase.destroy()]);
      // destroy() closes only a pool that Kysely has used.
      for (const each of [pool, lockPool]) if (!each.ending) await each.end();
    },
  };
}

/** Node reports a refused connection to a name with two addresses as an AggregateError without a message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

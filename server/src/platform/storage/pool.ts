import { type ClientConfig, type CustomTypesConfig, Pool, types } from 'pg';
import type { Log } from '#kernel/log';

const INT8_OID = 20;

/**
 * bigint columns and count(*) become numbers: our ids come from sequences and stay far below 2^53.
 * Set on each connection, since pg's own registry is global to the process.
 */
const typeParsers: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8_OID && format !== 'binary' ? Number : types.getTypeParser(oid, format),
};

export interface PoolOptions {
  url: string;
  log: Log;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  maxConnections: number;
  /** How long a caller waits for a connection before it gets an error instead. */
  waitTimeoutMs: number;
}

export function createPool(options: PoolOptions): Pool {
  const pool = new Pool({
    ...connectionSettings(options.url, options.applicationName),
    max: options.maxConnections,
    connectionTimeoutMillis: options.waitTimeoutMs,
    idleTimeoutMillis: 60_000,
  });
  // An idle connection that breaks is replaced by the pool; without a handler it would end the process.
  // The driver's error carries the whole connection: only what it says is worth a line. At the end all of them break.
  pool.on('error', ({ message, code }: Error & { code?: string }) => {
    if (!pool.ending) options.log.warn({ code, reason: message }, 'an idle database connection broke');
  });
  return pool;
}

export function connectionSettings(url: string, applicationName: string): ClientConfig {
  return { connectionString: url, application_name: applicationName, keepAlive: true, types: typeParsers };
}

/** Host, port and database of a URL, without user and password, for messages. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'an address that is not a URL';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

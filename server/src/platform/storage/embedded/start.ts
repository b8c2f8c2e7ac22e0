import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, escapeLiteral } from 'pg';
import { AppError } from '#kernel/error';
import type { Log } from '#kernel/log';
import { folderUnusable } from '../errors.ts';
import { loadBinaries } from './binaries.ts';
import { claimFolder } from './claim.ts';
import { SUPERUSER, ensureData } from './data.ts';
import { findLauncher } from './launcher.ts';
import { stopOrphans } from './orphans.ts';
import { startServer } from './server.ts';

const DATABASE = 'ligand';
const ROLE = 'ligand';

export interface EmbeddedPostgresOptions {
  /** The data folder; PostgreSQL's own files go to `postgres/` in it. */
  folder: string;
  log: Log;
  /** False gives up safety against power cuts for speed; for tests. */
  durable?: boolean;
}

export interface EmbeddedPostgres {
  /** Holds a password: never log it. The port is another one at each start. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Runs a PostgreSQL of our own with its data in the folder, made at the first start. It listens on 127.0.0.1 only and
 * ends with this process. Call it from the main thread: the kernel ends PostgreSQL with the thread that started it.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { folder, release } = await takeFolder(options.folder);
  try {
    const { server, url } = await startIn(folder, options.log, options.durable ?? true);
    let stopped: Promise<void> | undefined;
    return {
      url,
      stop: () => (stopped ??= server.stop().finally(release)),
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function takeFolder(wanted: string) {
  try {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    const folder = await realpath(wanted);
    return { folder, release: await claimFolder(folder) };
  } catch (error) {
    throw error instanceof AppError ? error : folderUnusable(wanted, error);
  }
}

async function startIn(folder: string, log: Log, durable: boolean) {
  const places = {
    data: join(folder, 'postgres'),
    draft: join(folder, 'postgres.new'),
    passwordFile: join(folder, 'postgres.password'),
    logFile: join(folder, 'postgres.log'),
  };
  const binaries = await loadBinaries();
  await stopOrphans(places.data, log);
  const launcher = await findLauncher(binaries, places.data);
  const password = await ensureData(places, binaries, launcher, durable);
  const server = await startServer(places, binaries, launcher, durable, log);
  const addressOf = (role: string, database: string) =>
    `postgres://${role}:${password}@127.0.0.1:${server.port}/${database}`;
  try {
    await ensureDatabase(addressOf(SUPERUSER, 'postgres'), password);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, url: addressOf(ROLE, DATABASE) };
}

/** The server's role owns its database and no more: a superuser could read files and run programs by SQL. */
async function ensureDatabase(address: string, password: string): Promise<void> {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    const role = await client.query('select from pg_roles where rolname = $1', [ROLE]);
    if (role.rowCount === 0) {
      await client.query(`create role ${ROLE} login createdb password ${escapeLiteral(password)}`);
    }
    const database = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (database.rowCount === 0) await client.query(`create database ${DATABASE} owner ${ROLE}`);
  } finally {
    await client.end();
  }
}

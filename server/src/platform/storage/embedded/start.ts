import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { AppError } from '#kernel/error';
import type { Log } from '#kernel/log';
import { folderUnusable } from '../errors.ts';
import { loadBinaries } from './binaries.ts';
import { claimFolder } from './claim.ts';
import { DATABASE_USER, ensureData } from './data.ts';
import { findLauncher } from './launcher.ts';
import { stopOrphans } from './orphans.ts';
import { startServer } from './server.ts';

const DATABASE = 'ligand';

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
  const address = `postgres://${DATABASE_USER}:${password}@127.0.0.1:${server.port}`;
  try {
    await ensureDatabase(address);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, url: `${address}/${DATABASE}` };
}

async function ensureDatabase(address: string): Promise<void> {
  const client = new Client({ connectionString: `${address}/postgres` });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '#kernel/log';
import { embeddedPostgresFailed } from '../errors.ts';
import { type ProcessLine, listProcesses, signal, waitUntil } from './processes.ts';

const FAST_STOP_MS = 20_000;
const IMMEDIATE_STOP_MS = 10_000;

/** PostgreSQL shows this name in the title of each of its child processes; it tells one data folder from another. */
export function clusterName(dataFolder: string): string {
  return `ligand-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}`;
}

/**
 * Stops what an earlier owner left running on a data folder (it was killed where the kernel could not stop PostgreSQL
 * with it). The caller holds the claim on the folder, so whatever runs there is an orphan.
 */
export async function stopOrphans(dataFolder: string, log: Log): Promise<void> {
  const orphans = await findPostgres(dataFolder);
  const main = orphans.find((line) => isMain(line, dataFolder));
  if (main) {
    log.warn({ pid: main.pid }, 'stopping the PostgreSQL that an earlier process left running');
    signal(main.pid, 'SIGINT');
    await waitUntil(() => isQuiet(dataFolder), FAST_STOP_MS);
  }
  for (const line of await findPostgres(dataFolder)) signal(line.pid, 'SIGQUIT');
  if (!(await waitUntil(() => isQuiet(dataFolder), IMMEDIATE_STOP_MS))) {
    const pids = (await findPostgres(dataFolder)).map((line) => line.pid).join(', ');
    throw embeddedPostgresFailed(`an earlier one still runs (process ${pids}) and does not stop`);
  }
  // PostgreSQL would take any process, even a zombie, that has the pid in this file for its own living main process.
  await rm(join(dataFolder, 'postmaster.pid'), { force: true });
}

async function isQuiet(dataFolder: string): Promise<boolean> {
  return (await findPostgres(dataFolder)).length === 0;
}

async function findPostgres(dataFolder: string): Promise<ProcessLine[]> {
  const childTitle = `postgres: ${clusterName(dataFolder)}: `;
  return (await listProcesses()).filter(
    (line) => isMain(line, dataFolder) || line.command.startsWith(childTitle),
  );
}

function isMain({ command }: ProcessLine, dataFolder: string): boolean {
  return command.includes(`postgres -D ${dataFolder} `);
}

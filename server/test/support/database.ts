import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { databaseUrl, runOn } from './database-server.ts';

export interface TestDatabase {
  url: string;
  /** Also cuts the connections that are still open. */
  drop(): Promise<void>;
}

/** A database of its own for a test file, with all migrations: cloned in some milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('databaseServerUrl');
  const name = `ligand_test_${randomBytes(6).toString('hex')}`;
  await runOn(serverUrl, `create database ${name} template ${inject('databaseTemplate')} strategy file_copy`);
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => drop(serverUrl, name),
  };
}

/** An empty database, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('databaseServerUrl');
  const name = `ligand_empty_${randomBytes(6).toString('hex')}`;
  await runOn(serverUrl, `create database ${name}`);
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => drop(serverUrl, name),
  };
}

/** What tidies up in the background of PostgreSQL cannot be cut; it is gone in a moment. */
async function drop(serverUrl: string, name: string, tries = 50): Promise<void> {
  try {
    await runOn(serverUrl, `drop database ${name} with (force)`);
  } catch (error) {
    if (tries === 0 || (error as { code?: string }).code !== '42501') throw error;
    await sleep(100);
    await drop(serverUrl, name, tries - 1);
  }
}

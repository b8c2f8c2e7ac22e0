import { randomBytes } from 'node:crypto';
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
    drop: () => runOn(serverUrl, `drop database ${name} with (force)`),
  };
}

/** An empty database, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('databaseServerUrl');
  const name = `ligand_empty_${randomBytes(6).toString('hex')}`;
  await runOn(serverUrl, `create database ${name}`);
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => runOn(serverUrl, `drop database ${name} with (force)`),
  };
}

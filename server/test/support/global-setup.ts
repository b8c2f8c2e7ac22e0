import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { silentLog } from '#kernel/log';
import { openStorage, startEmbeddedPostgres } from '#platform/storage';
import { databaseUrl, runOn } from './database-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for tests: the URL of a database on which others may be created. */
    databaseServerUrl: string;
    /** The name of a database with all migrations, to be cloned. */
    databaseTemplate: string;
  }
}

/**
 * One PostgreSQL for the whole run, with a template database that has all migrations.
 * LIGAND_TEST_DATABASE_URL names one of your own in place of the embedded one.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env['LIGAND_TEST_DATABASE_URL'];
  const server = own ? { url: own, stop: async () => {} } : await startTemporary();
  const template = `ligand_template_${process.pid}`;
  await runOn(server.url, `create database ${template}`);
  try {
    const storage = await openStorage({ url: databaseUrl(server.url, template), log: silentLog });
    await storage.close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('databaseServerUrl', server.url);
  project.provide('databaseTemplate', template);
  return async () => {
    if (own) await runOn(server.url, `drop database ${template}`);
    await server.stop();
  };
}

async function startTemporary() {
  const folder = await mkdtemp(join(tmpdir(), 'ligand-test-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({ folder, log: silentLog, durable: false });
    return { url: server.url, stop: () => server.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

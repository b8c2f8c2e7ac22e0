/** Writes docs/reference/ and the types of sdk/ anew from what the server says of itself. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '#kernel/log';
import { newKey } from '#platform/crypto';
import { startEmbeddedPostgres } from '#platform/storage';
import { buildApp } from '../src/app.ts';
import { settings } from '../src/config.ts';
import { referenceFolder, typesFile, writeOpenapi, writeSettings, writeTypes } from './reference.ts';

const folder = await mkdtemp(join(tmpdir(), 'ligand-reference-'));
const postgres = await startEmbeddedPostgres({ folder, log: silentLog, durable: false });
try {
  const app = await buildApp({
    log: silentLog,
    version: 'reference',
    databaseUrl: postgres.url,
    masterKey: newKey(),
    elementsFolder: settings.elementsFolder.default,
    elementDefaults: {},
    allowHosts: [],
    pacingMaxWaitMs: settings.pacingMaxWaitMs.default,
    auditDays: settings.auditDays.default,
    consoleFolder: '',
    firstUser: {},
  });
  try {
    await mkdir(referenceFolder, { recursive: true });
    await writeFile(join(referenceFolder, 'settings.md'), await writeSettings());
    const openapi = await writeOpenapi(app.http);
    await writeFile(join(referenceFolder, 'openapi.json'), openapi);
    await writeFile(typesFile, await writeTypes(openapi));
  } finally {
    await app.close();
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

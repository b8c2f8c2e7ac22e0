import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { newKey } from '#platform/crypto';
import type { SealingKey } from '#platform/crypto';
import { openStorage } from '#platform/storage';
import type { Database } from '#platform/storage';
import { buildApp } from '../../src/app.ts';
import { createTestDatabase } from './database.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';

export type { CallOptions, Connected, Loose, Reply } from './client.ts';
import { addTenant } from './tenant.ts';
import type { Tenant, TenantWish } from './tenant.ts';

/** The catalog that the project ships. */
export const catalogFolder = fileURLToPath(new URL('../../../elements', import.meta.url));

export interface TestAppOptions {
  /** A whole catalog of its own. */
  elementsFolder?: string;
  /** Definitions that are written to a catalog folder for this app. */
  elements?: ({ key: string } & Record<string, unknown>)[];
  /** More files for that folder, by their path in it. */
  files?: Record<string, string>;
  elementDefaults?: Record<string, Record<string, string>>;
  allowHosts?: string[];
  /** A database that another app of the test uses too; else one of its own. */
  databaseUrl?: string;
  masterKey?: SealingKey;
  pacingMaxWaitMs?: number;
  /** Folder of a built console; else there is none. */
  consoleFolder?: string;
  /** In place of first@example.com and a password that the test knows. */
  firstUser?: { email?: string; password?: string };
  providerTimeoutMs?: number;
}

export interface TestApp extends Client {
  /** `http://127.0.0.1:port` */
  origin: string;
  databaseUrl: string;
  masterKey: SealingKey;
  /** The first user. */
  email: string;
  password: string;
  userSecret: string;
  organizationSecret: string;
  setUpToken: string | undefined;
  /** Everything that was logged. */
  log: { level: string; details: Record<string, unknown>; message: string }[];
  /** Runs SQL on the app's database. */
  query<Row>(statement: ReturnType<typeof sql<Row>>): Promise<Row[]>;
  /** Another customer, or another account of the same customer. */
  addTenant(options?: TenantWish): Promise<Tenant>;
  close(): Promise<void>;
}

/** The whole server on a database of its own and a free port. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.databaseUrl ? undefined : await createTestDatabase();
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  const folder = options.elementsFolder ?? (await writeCatalog(options.elements ?? [], options.files ?? {}));
  const masterKey = options.masterKey ?? newKey();
  const log: TestApp['log'] = [];
  const app = await buildApp({
    log: collectLog(log),
    version: 'test',
    databaseUrl,
    masterKey,
    elementsFolder: folder,
    elementDefaults: options.elementDefaults ?? {},
    allowHosts: options.allowHosts ?? [],
    pacingMaxWaitMs: options.pacingMaxWaitMs ?? 30_000,
    auditDays: 30,
    ...(options.providerTimeoutMs === undefined ? {} : { providerTimeoutMs: options.providerTimeoutMs }),
    consoleFolder: options.consoleFolder ?? '',
    firstUser: options.firstUser ?? { email: 'first@example.com', password: 'correct horse' },
  });
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(app.http.server.address() as AddressInfo).port}`;
  const storage = await openStorage({ url: databaseUrl, log: collectLog(log), maxConnections: 1 });
  const first = app.firstUser ?? { email: '', password: '', userSecret: '', organizationSecret: '' };
  return {
    ...createClient(origin, first),
    origin,
    databaseUrl,
    masterKey,
    email: first.email,
    password: first.password,
    userSecret: first.userSecret,
    organizationSecret: first.organizationSecret,
    setUpToken: app.setUpToken,
    log,
    query: async (statement) => (await statement.execute(storage.db as Database)).rows,
    addTenant: (wish = {}) => addTenant(storage, masterKey, wish),
    async close() {
      await app.close();
      await storage.close();
      await database?.drop();
      if (!options.elementsFolder) await rm(folder, { recursive: true });
    },
  };
}

/** Writes definitions to a temporary folder, with the schema that the project's own catalog is checked against. */
export async function writeCatalog(
  elements: { key: string }[],
  files: Record<string, string> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ligand-catalog-'));
  const schema = join(catalogFolder, 'element.schema.json');
  if (existsSync(schema)) await cp(schema, join(folder, 'element.schema.json'));
  else
    await writeFile(join(folder, 'element.schema.json'), '{"type": "object", "required": ["key", "name"]}');
  const all = new Map(elements.map((element) => [`${element.key}/element.json`, JSON.stringify(element)]));
  for (const [path, text] of [...all, ...Object.entries(files)]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

function collectLog(lines: TestApp['log']) {
  const at = (level: string) => (details: object, message: string) =>
    void lines.push({ level, details: details as Record<string, unknown>, message });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

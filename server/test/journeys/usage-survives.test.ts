import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCatalog } from '#test/app';
import type { Loose } from '#test/client';
import { createTestDatabase } from '#test/database';
import type { TestDatabase } from '#test/database';
import { bookshop, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import { killServerProcesses, logIn, startServerProcess } from '#test/server-process';

let folder: string;
let catalog: string;
let provider: Provider;
let database: TestDatabase;
const masterKey = randomBytes(32).toString('hex');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ligand-usage-'));
  catalog = await writeCatalog([bookshop([resource('GET', '/books')])]);
  provider = await startProvider();
  provider.answer({ body: [] });
  database = await createTestDatabase();
});
afterAll(async () => {
  await killServerProcesses();
  await provider.close();
  await database.drop();
  await rm(catalog, { recursive: true });
  await rm(folder, { recursive: true });
});

const start = () =>
  startServerProcess({
    folder,
    args: ['--elements', catalog, '--port', '0'],
    env: {
      DATABASE_URL: database.url,
      LIGAND_MASTER_KEY: masterKey,
      LIGAND_ADMIN_EMAIL: 'ops@example.com',
      LIGAND_ADMIN_PASSWORD: 'correct horse',
      LIGAND_ALLOW_HOSTS: provider.host,
      LIGAND_ELEMENT_DEFAULTS: JSON.stringify({ bookshop: { 'base.url': provider.url } }),
    },
  });

const logInTo = async (server: ReturnType<typeof start>) =>
  logIn(await server.ready(), 'ops@example.com', 'correct horse');

it(
  'usage outlives a kill but for what was not written yet, and an end in order whole',
  { timeout: 120_000 },
  async () => {
    const first = start();
    let client = await logInTo(first);
    const shop = await client.connect('bookshop', { configuration: shopKeys });
    const callTimes = async (times: number) => {
      for (let call = 0; call < times; call++)
        await client.call('GET', '/books', { authorization: client.asElement(shop.token) });
    };
    const counted = async () => {
      const { body } = await client.call('GET', '/usage/analytics/activity');
      return (body as Loose[]).reduce((sum, { count }) => sum + (count as number), 0);
    };
    await callTimes(5);
    await expect.poll(counted, { timeout: 15_000 }).toBe(5);
    await callTimes(3);
    await first.stop('SIGKILL');

    const second = start();
    client = await logInTo(second);
    const left = await counted();
    expect(left).toBeGreaterThanOrEqual(5);
    expect(left).toBeLessThanOrEqual(8);
    await callTimes(4);
    expect(await second.stop('SIGTERM')).toBe(0);

    const third = start();
    client = await logInTo(third);
    expect(await counted()).toBe(left + 4);
    await third.stop();
  },
);

import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCatalog } from '#test/app';
import type { Client } from '#test/client';
import { createTestDatabase } from '#test/database';
import type { TestDatabase } from '#test/database';
import { bookshop, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import { killServerProcesses, logIn, startServerProcess } from '#test/server-process';

let database: TestDatabase;
let provider: Provider;
let folder: string;
let servers: Client[];

beforeAll(async () => {
  database = await createTestDatabase();
  provider = await startProvider();
  folder = await writeCatalog([bookshop([resource('GET', '/books')])]);
  const start = () =>
    startServerProcess({
      folder,
      args: ['--port', '0', '--elements', folder, '--log-level', 'error'],
      env: {
        DATABASE_URL: database.url,
        LIGAND_MASTER_KEY: masterKey,
        LIGAND_ADMIN_EMAIL: 'race@example.com',
        LIGAND_ADMIN_PASSWORD: 'correct horse',
        LIGAND_ALLOW_HOSTS: provider.host,
        LIGAND_ELEMENT_DEFAULTS: JSON.stringify({ bookshop: { 'base.url': provider.url } }),
      },
    });
  const masterKey = randomBytes(32).toString('hex');
  const origins = await Promise.all([start(), start()].map((server) => server.ready()));
  servers = await Promise.all(origins.map((origin) => logIn(origin, 'race@example.com', 'correct horse')));
});
afterAll(async () => {
  await killServerProcesses();
  await provider.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Refresh tokens work once; whoever uses one twice loses the account, as at a strict provider. */
function strictProvider(): { refreshes: string[] } {
  const state = { refreshes: [] as string[], refresh: 'refresh-0', access: 'none yet' };
  provider.reset();
  provider.on({
    'POST /token': (request) => {
      const given = request.form()['refresh_token'] ?? '';
      state.refreshes.push(given);
      if (given !== state.refresh) {
        [state.refresh, state.access] = ['none any more', 'none any more'];
        return { status: 400, body: { error: 'invalid_grant' } };
      }
      state.refresh = `refresh-${state.refreshes.length}`;
      state.access = `access-${state.refreshes.length}`;
      return { body: { access_token: state.access, refresh_token: state.refresh, expires_in: 3600 } };
    },
    'GET /books': ({ headers }) =>
      headers['authorization'] === `Bearer ${state.access}`
        ? { body: [{ id: 1 }] }
        : { status: 401, body: {} },
  });
  return state;
}

it.each([
  ['our clock says so', 0.001],
  ['the provider says so', 3600],
])(
  'two processes and 100 calls at the moment of expiry make one refresh and no failed call: %s',
  async (_who, expiresIn) => {
    const state = strictProvider();
    const [first] = servers as [Client, Client];
    const { token } = await first.connect('bookshop', {
      configuration: shopKeys,
      providerData: { access_token: 'expired', refresh_token: 'refresh-0', expires_in: expiresIn },
    });
    // Both know the account before the storm.
    for (const server of servers) {
      expect(await server.call('GET', '/ping', { authorization: server.asElement(token) })).toMatchObject({
        status: 200,
      });
    }
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const server = servers[index % 2] as Client;
        return server.call('GET', '/books', { authorization: server.asElement(token) });
      }),
    );
    expect(replies.map(({ status, body }) => ({ status, body }))).toEqual(
      replies.map(() => ({ status: 200, body: [{ id: 1 }] })),
    );
    expect(state.refreshes).toEqual(['refresh-0']);
  },
);

describe('what one process changes, the other one sees', () => {
  const both = async (path: string, token: string) =>
    Promise.all(
      servers.map(
        async (server) => (await server.call('GET', path, { authorization: server.asElement(token) })).status,
      ),
    );

  it('a disabled, an enabled and a deleted account', async () => {
    strictProvider();
    provider.on({ 'GET /books': { body: [] } });
    const [first, second] = servers as [Client, Client];
    const { id, token } = await first.connect('bookshop', { configuration: shopKeys });
    expect(await both('/books', token)).toEqual([200, 200]);
    await first.call('DELETE', `/instances/${id}/enabled`);
    await expect.poll(() => both('/books', token)).toEqual([403, 403]);
    await second.call('PUT', `/instances/${id}/enabled`);
    await expect.poll(() => both('/books', token)).toEqual([200, 200]);
    await first.call('DELETE', `/instances/${id}`);
    await expect.poll(() => both('/books', token)).toEqual([401, 401]);
  });

  it('a new connection of the account', async () => {
    provider.on({
      'POST /token': { body: { access_token: 'second', expires_in: 3600 } },
      'GET /books': ({ headers }) => ({ body: [headers['authorization']] }),
    });
    const [first, second] = servers as [Client, Client];
    const { id, token } = await first.connect('bookshop', {
      configuration: shopKeys,
      providerData: { access_token: 'first' },
    });
    expect(await both('/books', token)).toEqual([200, 200]);
    await second.call('PUT', `/instances/${id}`, { json: { providerData: { code: 'c' } } });
    const seen = async () =>
      (await first.call('GET', '/books', { authorization: first.asElement(token) })).body as unknown;
    await expect.poll(seen).toEqual(['Bearer second']);
  });
});

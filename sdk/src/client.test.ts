import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { startTestApp } from '../../server/test/support/app.ts';
import type { TestApp } from '../../server/test/support/app.ts';
import { library, resource } from '../../server/test/support/definition.ts';
import { authorizationOf, createClient } from './index.ts';
import type { Account, Client, ClientOptions, Instance, User } from './index.ts';

// The client against the real server, and against one that misbehaves.

let app: TestApp;
let client: Client;

beforeAll(async () => {
  app = await startTestApp({ elements: [library([resource('GET', '/books')])] });
  client = createClient({ baseUrl: `${app.origin}/`, authorization: app.asUser });
});
afterAll(() => app.close());

describe('a typed call', () => {
  it('fills in the path, sends query and body, and gives what the server answers', async () => {
    const me = await client.get('/users/{idOrEmail}', { path: { idOrEmail: app.email } });
    expectTypeOf(me).toEqualTypeOf<User>();
    expect(me.email).toBe(app.email);
    const changed = await client.patch('/users/{idOrEmail}', {
      path: { idOrEmail: me.id },
      json: { firstName: 'Ada' },
    });
    expect(changed.firstName).toBe('Ada');
    const found = await client.get('/elements', { query: { where: "key = 'library'", abridged: true } });
    expect(found.map(({ key }) => key)).toEqual(['library']);
    expect(await client.get('/organizations/me')).toHaveProperty('name');
  });

  it('does not compile with what the document does not have', () => {
    const wrong = [
      // @ts-expect-error there is no such path
      () => client.get('/nothing'),
      // @ts-expect-error that path has no such method
      () => client.delete('/organizations/me'),
      // @ts-expect-error the path has a parameter
      () => client.get('/instances/{id}'),
      // @ts-expect-error the body has other fields
      () => client.post('/accounts', { json: { externalId: 5 } }),
    ];
    expect(wrong).toHaveLength(4);
  });

  it('is not led to another path by a value', async () => {
    await expect(client.get('/elements/{keyOrId}', { path: { keyOrId: 'a/../keys' } })).rejects.toMatchObject(
      {
        status: 404,
      },
    );
    const dots = client.get('/instances/{id}/configuration', { path: { id: '..' } });
    await expect(dots).rejects.toThrow("'..' cannot be 'id'");
  });

  it('makes an account and takes it away', async () => {
    const made = await client.post('/accounts', { json: { externalId: 'acme', name: 'Acme' } });
    expect(made.name).toBe('Acme');
    await client.delete('/accounts/{id}', { path: { id: made.id } });
    const left = await client.get('/accounts', { query: { where: "externalId = 'acme'" } });
    expect(left).toEqual([]);
  });
});

describe('a list', () => {
  beforeAll(async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5'])
      await client.post('/accounts', { json: { externalId: name } });
  });
  const pages = { query: { pageSize: 2, where: "name LIKE 'p%'", orderBy: 'name asc' } };

  it('comes in pages', async () => {
    const first = await client.page('/accounts', pages);
    expectTypeOf(first.rows).toEqualTypeOf<Account[]>();
    expect(first.rows.map(({ name }) => name)).toEqual(['p1', 'p2']);
    const second = await client.page('/accounts', { query: { ...pages.query, nextPage: first.nextPage } });
    expect(second.rows.map(({ name }) => name)).toEqual(['p3', 'p4']);
  });

  it('or row by row, to the last', async () => {
    const names: string[] = [];
    for await (const { name } of client.each('/accounts', pages)) names.push(name);
    expect(names).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
  });

  it('whose rows are not all wanted is not read to its end', async () => {
    const asked: string[] = [];
    const watched = createClient({
      baseUrl: app.origin,
      authorization: () => app.asUser,
      fetch: (url, init) => {
        asked.push(String(url));
        return fetch(url, init);
      },
    });
    for await (const { name } of watched.each('/accounts', pages)) if (name === 'p2') break;
    expect(asked).toHaveLength(1);
  });
});

describe('a hub call', () => {
  const rows = Array.from({ length: 100 }, (_, id) => ({ id, big: 0, text: 'x'.repeat(500) }));
  let provider: Served;
  let account: Client;

  beforeAll(async () => {
    const text = JSON.stringify(rows).replaceAll('"big":0', '"big":12345678901234567890');
    provider = await serve((_request, response) =>
      response.setHeader('content-type', 'application/json').end(text),
    );
    const allowed = await startTestApp({
      elements: [library([resource('GET', '/books')])],
      elementDefaults: { library: { 'base.url': provider.url } },
      allowHosts: ['127.0.0.1'],
    });
    const { token } = await allowed.connect('library', { configuration: { username: 'u', password: 'p' } });
    account = createClient({
      baseUrl: allowed.origin,
      authorization: authorizationOf({ userSecret: allowed.userSecret, elementToken: token }),
    });
    return () => allowed.close();
  });

  it('goes to the provider, typed by who calls', async () => {
    const found = await account.request<{ id: number }[]>('GET', '/hubs/documents/books', {
      query: { pageSize: 5 },
    });
    expect(found[0]).toMatchObject({ id: 0 });
    const typed = await account.get('/hubs/{hub}/{path}', { path: { hub: 'documents', path: 'books' } });
    expect(typed).toHaveLength(100);
  });

  it('may keep every digit', async () => {
    expect(await account.requestText('GET', '/hubs/documents/books')).toContain('12345678901234567890');
  });

  it('may be read as it comes, with its headers', async () => {
    const reply = await account.open('GET', '/hubs/documents/books');
    expect(reply.headers.get('elements-request-id')).toMatch(/^[0-9a-f]{24}$/);
    let size = 0;
    for await (const part of reply.body ?? []) size += part.length;
    expect(size).toBeGreaterThan(20_000);
  });
});

describe('a failure', () => {
  it('tells what the server said', async () => {
    const missing = client.get('/instances/{id}', { path: { id: 4711 } });
    await expect(missing).rejects.toMatchObject({
      name: 'LigandError',
      status: 404,
      message: expect.stringContaining('4711'),
      requestId: expect.stringMatching(/^[0-9a-f]{24}$/),
    });
  });

  it('tells of credentials that are missing', async () => {
    await expect(createClient({ baseUrl: app.origin }).get('/instances')).rejects.toMatchObject({
      status: 401,
    });
    await expect(createClient({ baseUrl: app.origin }).login(app.email, 'wrong')).rejects.toMatchObject({
      status: 401,
    });
  });

  it('tells what the provider said, and of replies that are not ours', async () => {
    const { open } = await answering([
      [502, '{"message":"It failed","providerMessage":"no such list","requestId":"1"}'],
      [502, '<h1>Bad gateway</h1>'],
      [200, '<h1>Welcome</h1>'],
    ]);
    await expect(open().post('/instances', someInstance)).rejects.toMatchObject({
      providerMessage: 'no such list',
    });
    await expect(open().get('/instances')).rejects.toThrow('status 502: <h1>Bad gateway</h1>');
    await expect(open().get('/instances')).rejects.toThrow('is it Ligand?');
  });
});

describe('a login', () => {
  it('gives the secrets of the user', async () => {
    expect(await createClient({ baseUrl: app.origin }).login(app.email, app.password)).toEqual({
      userSecret: app.userSecret,
      organizationSecret: app.organizationSecret,
    });
  });
});

describe('a call is tried again', () => {
  const again: [string, number, (client: Client) => Promise<unknown>, number][] = [
    ['when it was refused for its number', 429, (one) => one.post('/instances', someInstance), 2],
    ['when the server is busy and it may be done twice', 503, (one) => one.get('/instances'), 2],
    ['not when the server is busy and it may not', 503, (one) => one.post('/instances', someInstance), 1],
    ['not when it has faults', 400, (one) => one.get('/instances'), 1],
    ['when a read is cut off', 0, (one) => one.get('/instances'), 2],
    ['not when a change is cut off', 0, (one) => one.request('PUT', '/instances', { json: {} }), 1],
  ];
  it.each(again)('%s (%d)', async (_when, status, call, expected) => {
    const { open, asked } = await answering([
      [status, '{"message":"Wait"}', { 'retry-after': '0' }],
      [200, '[]'],
    ]);
    const outcome = await call(open()).then(
      () => 'fine',
      () => 'failed',
    );
    expect([asked(), outcome]).toEqual([expected, expected === 2 ? 'fine' : 'failed']);
  });

  it('three times in all', async () => {
    const { open, asked } = await answering(
      Array.from({ length: 5 }, (): Answer => [503, '{}', { 'retry-after': '0' }]),
    );
    await expect(open().get('/instances')).rejects.toMatchObject({ status: 503 });
    expect(asked()).toBe(3);
  });

  it('not when that would take long', async () => {
    const { open } = await answering([[429, '{"message":"Later"}', { 'retry-after': '3600' }]]);
    await expect(open().get('/instances')).rejects.toMatchObject({ status: 429, retryAfterMs: 3_600_000 });
  });
});

describe('time', () => {
  it('runs out for a reply, also in its middle, but not for a stream', async () => {
    const slow: RequestListener = async (_request, response) => {
      response.write('[');
      await delay(400);
      response.end(']');
    };
    const { url } = await serve(slow);
    const impatient = createClient({ baseUrl: url, timeoutMs: 200 });
    await expect(impatient.get('/instances')).rejects.toMatchObject({ status: 0, timedOut: true });
    const reply = await impatient.open('GET', '/instances');
    expect(await reply.text()).toBe('[]');
  });

  it('is cut short by a signal', async () => {
    const { open } = await answering([[429, '{}', { 'retry-after': '9' }]]);
    const stop = new AbortController();
    const call = open().get('/instances', { signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('authorization and headers may change from call to call', async () => {
  const seen: string[] = [];
  const { url } = await serve((request, response) => {
    seen.push(`${request.headers.authorization} ${request.headers['x-csrf-token']}`);
    response.end('[]');
  });
  let turn = 0;
  const each = createClient({
    baseUrl: url,
    authorization: () => `User ${++turn}`,
    headers: () => Promise.resolve({ 'x-csrf-token': `t${turn}` }),
  });
  await each.get('/instances');
  await each.get('/instances');
  expect(seen).toEqual(['User 1 t1', 'User 2 t2']);
});

const someInstance = { json: { name: 'one' } };

interface Served {
  url: string;
}
const running: Server[] = [];
afterAll(() => {
  for (const server of running) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server that is not Ligand. */
async function serve(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

type Answer = [status: number, body: string, headers?: Record<string, string>];

/** One that gives these answers in order; status 0 cuts the connection. */
async function answering(
  answers: Answer[],
): Promise<{ open(more?: Partial<ClientOptions>): Client; asked(): number }> {
  let count = 0;
  const { url } = await serve((request, response) => {
    const [status, body, headers = {}] = answers[count++] ?? [500, '{}'];
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, headers).end(body);
  });
  return { open: (more = {}) => createClient({ baseUrl: url, ...more }), asked: () => count };
}

expectTypeOf<Instance['token']>().toEqualTypeOf<string>();

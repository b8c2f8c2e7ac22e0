import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeCatalog } from '#test/app';
import { createClient } from '#test/client';
import { createTestDatabase } from '#test/database';
import type { TestDatabase } from '#test/database';
import { bookshop, resource, shopKeys } from '#test/definition';
import { descendantsOf, isAlive } from '#test/processes';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import { killServerProcesses, logIn, startServerProcess } from '#test/server-process';

let folder: string;
let catalog: string;
let provider: Provider;
let database: TestDatabase;
const masterKey = randomBytes(32).toString('hex');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ligand-process-'));
  catalog = await writeCatalog([bookshop([resource('GET', '/books')])]);
  provider = await startProvider();
  database = await createTestDatabase();
});
afterEach(async () => {
  await killServerProcesses();
  provider.reset();
});
afterAll(async () => {
  await provider.close();
  await database.drop();
  await rm(catalog, { recursive: true });
  await rm(folder, { recursive: true });
});

const start = (args: string[] = [], env: Record<string, string> = {}) =>
  startServerProcess({
    folder,
    args: ['--elements', catalog, '--port', '0', ...args],
    env: {
      LIGAND_ALLOW_HOSTS: provider.host,
      LIGAND_ELEMENT_DEFAULTS: JSON.stringify({ bookshop: { 'base.url': provider.url } }),
      ...env,
    },
  });
const admin = { LIGAND_ADMIN_EMAIL: 'ops@example.com', LIGAND_ADMIN_PASSWORD: 'correct horse' };
/** On a PostgreSQL of the operator's. */
const startOnOwn = (args: string[] = [], env: Record<string, string> = {}) =>
  start(args, { DATABASE_URL: database.url, LIGAND_MASTER_KEY: masterKey, ...admin, ...env });

const secretLines = (text: string) =>
  text.split('\n').filter((line) => /^ {2}(user|password|user secret|organization secret) /.test(line));
const valueOf = (text: string, name: string) =>
  new RegExp(`^ {2}${name} +(\\S+)$`, 'm').exec(text)?.[1] ?? '';
const secretsIn = (text: string) => ({
  userSecret: valueOf(text, 'user secret'),
  organizationSecret: valueOf(text, 'organization secret'),
});

describe('starting with a mistake', () => {
  it('--help tells every option, and nothing is started', async () => {
    const server = startServerProcess({ folder, args: ['--help'] });
    expect(await server.ended).toBe(0);
    for (const option of [
      '--port',
      '--host',
      '--data',
      '--demo',
      '--help',
      'DATABASE_URL',
      'LIGAND_ADMIN_PASSWORD',
    ]) {
      expect(server.stdout()).toContain(option);
    }
    expect(server.stderr()).toBe('');
  });

  const mistakes: [string, () => { args?: string[]; env?: Record<string, string> }, RegExp][] = [
    ['an unknown option', () => ({ args: ['--nonsense'] }), /--nonsense/],
    ['a port that is none', () => ({ args: ['--port', 'http'] }), /--port/],
    ['an option without its value', () => ({ args: ['--data'] }), /--data/],
    [
      'an elements folder that is not there',
      () => ({ args: ['--elements', join(folder, 'no')], env: own() }),
      /no\b.*--elements/,
    ],
    [
      'a database that is not there',
      () => ({ env: { ...own(), DATABASE_URL: 'postgres://x:secret@127.0.0.1:1/x' } }),
      /127\.0\.0\.1:1/,
    ],
    ['a database URL that is none', () => ({ env: { DATABASE_URL: 'mysql://x:secret@y' } }), /DATABASE_URL/],
    [
      'a master key that is none',
      () => ({ env: { ...own(), LIGAND_MASTER_KEY: 'secret' } }),
      /LIGAND_MASTER_KEY/,
    ],
    [
      'an address of another machine',
      () => ({ args: ['--host', '192.0.2.1', '--port', '0'], env: own() }),
      /192\.0\.2\.1/,
    ],
    [
      'an address that is none',
      () => ({ args: ['--host', '999.1.1.1', '--port', '0'], env: own() }),
      /999\.1\.1\.1/,
    ],
  ];
  const own = () => ({ DATABASE_URL: database.url, LIGAND_MASTER_KEY: masterKey, ...admin });

  it.each(mistakes)('says in one line what is wrong: %s', async (_what, how, words) => {
    const server = startServerProcess({ folder, ...how() });
    expect(await server.ended).toBe(1);
    const lines = server
      .stderr()
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('ligand: '));
    expect(lines).toEqual([expect.stringMatching(words)]);
    expect(server.stderr()).not.toMatch(/secret|^\s+at /m);
    expect(server.stdout()).not.toContain('ready');
  });

  it('says in one line that the port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as AddressInfo).port);
    const server = startOnOwn(['--port', port]);
    expect(await server.ended).toBe(1);
    expect(server.stderr().trim().split('\n').at(-1)).toMatch(new RegExp(`^ligand: Port ${port} is in use`));
    taken.close();
  });
});

describe('a first start that fails', () => {
  it('does not lose the secrets of the user that it has made', async () => {
    const fresh = await createTestDatabase();
    const env = { DATABASE_URL: fresh.url, LIGAND_MASTER_KEY: masterKey };
    const withoutCatalog = start(['--elements', join(folder, 'no')], env);
    expect(await withoutCatalog.ended).toBe(1);
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const withoutPort = start(['--port', String((taken.address() as AddressInfo).port)], env);
    expect(await withoutPort.ended).toBe(1);
    const shown = withoutPort.stdout();
    taken.close();
    const server = start([], env);
    const client = createClient(await server.ready(), secretsIn(shown));
    expect(await client.call('GET', '/instances')).toMatchObject({ status: 404 });
    expect(secretLines(server.stdout())).toEqual([]);
    await server.stop();
    await fresh.drop();
    // Three starts, of which each takes seconds on a busy machine.
  }, 90_000);
});

describe('on a PostgreSQL of the operator’s', () => {
  it('a script logs in with the user name and password that the environment names', async () => {
    const server = startOnOwn();
    const origin = await server.ready();
    const client = await logIn(origin, admin.LIGAND_ADMIN_EMAIL, admin.LIGAND_ADMIN_PASSWORD);
    expect(await client.call('GET', '/instances')).toMatchObject({
      status: 404,
      body: { message: 'No element instances found' },
    });
    expect(await client.call('GET', '/health', { authorization: null })).toMatchObject({
      status: 200,
      body: { status: 'ready' },
    });
    expect(server.stdout() + server.stderr()).not.toContain(admin.LIGAND_ADMIN_PASSWORD);
    // No PostgreSQL beside the operator's: scripts have a process, and nothing else.
    const commands = descendantsOf(server.pid).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    expect(commands).toEqual(commands.filter((command) => /\/child\.[jt]s\0/.test(command)));
    expect(await server.stop('SIGINT')).toBe(0);
  });

  it('SIGTERM lets a running call finish, refuses new ones and ends with 0', async () => {
    const server = startOnOwn();
    const origin = await server.ready();
    const client = await logIn(origin, admin.LIGAND_ADMIN_EMAIL, admin.LIGAND_ADMIN_PASSWORD);
    const shop = await client.connect('bookshop', { configuration: shopKeys });
    const { promise: mayAnswer, resolve: answerNow } = Promise.withResolvers<void>();
    provider.on({ 'GET /books': async () => (await mayAnswer, { body: [{ id: 1 }] }) });
    const asked = provider.next('GET /books');
    const calling = shop.call('GET', '/books');
    await asked;
    server.child.kill('SIGTERM');
    await expect
      .poll(() =>
        client.call('GET', '/health').then(
          ({ status }) => status,
          () => 'refused',
        ),
      )
      .not.toBe(200);
    answerNow();
    expect(await calling).toMatchObject({ status: 200, body: [{ id: 1 }] });
    expect(await server.ended).toBe(0);
  });

  it('another master key is refused in one line', async () => {
    const server = startOnOwn([], { LIGAND_MASTER_KEY: randomBytes(32).toString('hex') });
    expect(await server.ended).toBe(1);
    expect(server.stderr()).toMatch(/^ligand: The master key does not fit/m);
  });
});

describe('with a database of its own', () => {
  const data = () => join(folder, 'data');
  it('lives through stops and kills with its accounts, shows its secrets once, and leaves no process behind', async () => {
    // The first start.
    const first = start(['--data', data()]);
    const origin = await first.ready();
    await first.line(/organization secret/);
    expect(secretLines(first.stdout())).toHaveLength(4);
    const user = secretsIn(first.stdout());
    expect((await stat(join(data(), 'master.key'))).mode & 0o777).toBe(0o600);
    const client = createClient(origin, user);
    const shop = await client.connect('bookshop', {
      configuration: shopKeys,
      providerData: { access_token: 'kept' },
    });
    const password = valueOf(first.stdout(), 'password');
    expect((await logIn(origin, valueOf(first.stdout(), 'user'), password)).asUser).toBe(client.asUser);

    // A second start beside it.
    const second = start(['--data', data()]);
    expect(await second.ended).toBe(1);
    expect(second.stderr().trim()).toMatch(new RegExp(`^ligand: [^\\n]*${data()}[^\\n]*$`));
    expect(await client.call('GET', '/health')).toMatchObject({ status: 200 });

    // A clean stop.
    const ofFirst = descendantsOf(first.pid);
    expect(ofFirst.length).toBeGreaterThan(0);
    expect(await first.stop('SIGTERM')).toBe(0);
    expect(ofFirst.filter(isAlive)).toEqual([]);

    // A start with a mistake that is found when the database runs already.
    const mistaken = start(['--data', data(), '--elements', join(folder, 'no')]);
    expect(await mistaken.ended).toBe(1);
    expect(mistaken.stderr().trim()).toMatch(/^ligand: [^\n]*--elements[^\n]*$/);

    // A start afterwards, and a kill in the middle of its work.
    const third = start(['--data', data()]);
    const again = createClient(await third.ready(), user);
    expect(secretLines(third.stdout())).toEqual([]);
    expect(third.stdout()).not.toContain(user.userSecret);
    provider.on({ 'GET /books': ({ headers }) => ({ body: [headers['authorization']] }) });
    const authorization = again.asElement(shop.token);
    expect((await again.call('GET', '/books', { authorization })).body).toEqual(['Bearer kept']);
    const late = await again.connect('bookshop', { name: 'late', configuration: shopKeys });
    const ofThird = descendantsOf(third.pid);
    expect(await third.stop('SIGKILL')).toBe('SIGKILL');
    await expect.poll(() => ofThird.filter(isAlive), { timeout: 15_000 }).toEqual([]);

    // A start after the kill.
    const fourth = start(['--data', data()]);
    const last = createClient(await fourth.ready(), user);
    const { body } = await last.call('GET', '/instances');
    expect(body.map(({ id }: { id: number }) => id)).toEqual([shop.id, late.id]);
    expect(await last.call('GET', '/books', { authorization })).toMatchObject({ status: 200 });
    const ofFourth = descendantsOf(fourth.pid);
    expect(await fourth.stop()).toBe(0);
    expect(ofFourth.filter(isAlive)).toEqual([]);
  }, 60_000);
});

describe('with the simulators', () => {
  it('a killed server leaves none of them behind', async () => {
    const server = startOnOwn(['--demo']);
    await server.ready();
    const simulators = descendantsOf(server.pid);
    expect(simulators.length).toBeGreaterThan(0);
    await server.stop('SIGKILL');
    await expect.poll(() => simulators.filter(isAlive), { timeout: 15_000 }).toEqual([]);
  });

  it('a stopped server stops them', async () => {
    const server = startOnOwn(['--demo']);
    const line = await server.line(/^Simulator of the provider/);
    await server.ready();
    const simulators = descendantsOf(server.pid);
    expect(line).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    expect(await server.stop()).toBe(0);
    expect(simulators.filter(isAlive)).toEqual([]);
  });
});

describe('settings', () => {
  it('come from a .env file in the current folder too', async () => {
    const place = await mkdtemp(join(tmpdir(), 'ligand-env-'));
    await writeFile(join(place, '.env'), `LIGAND_PORT=nonsense\n`);
    const server = startServerProcess({ folder: place });
    expect(await server.ended).toBe(1);
    expect(server.stderr()).toMatch(/^ligand: LIGAND_PORT "nonsense"/);
    await rm(place, { recursive: true });
  });
});

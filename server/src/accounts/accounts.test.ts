import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '#kernel/log';
import { newKey } from '#platform/crypto';
import { type FastifyInstance, createHttp, setAuthenticator } from '#platform/http';
import { type Storage, openStorage } from '#platform/storage';
import { type TestDatabase, createTestDatabase } from '#test/database';
import { type Accounts, createAccounts } from './accounts.ts';
import { type FirstUser, createFirstUser } from './first-user.ts';
import { LOGIN_TOKEN_LIFE_MS } from './login.ts';
import { CHANGES_CHANNEL } from './store.ts';
import { LOGIN_WINDOW_MS, MAX_FAILED_LOGINS } from './throttle.ts';

const masterKey = newKey();
const log = silentLog;
let nowMs = Date.parse('2030-01-02T23:59:00Z');
const clock = { nowMs: () => nowMs };

let database: TestDatabase;
let storage: Storage;
let accounts: Accounts;
let app: FastifyInstance;
let first: FirstUser;

beforeAll(async () => {
  database = await createTestDatabase();
  storage = await openStorage({ url: database.url, log });
  accounts = await createAccounts({ storage, masterKey, clock, log, auditDays: 30, imagesUrl: () => '' });
  const made = await accounts.ensureFirstUser({ email: 'Ada@Example.com', password: 'correct horse' });
  if (!made) throw new Error('the test database is not empty');
  first = made;
  app = await createHttp({ log, version: 'test' });
  setAuthenticator(app, accounts.authenticate);
  accounts.mount(app);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await storage.close();
  await database.drop();
});
beforeEach(() => {
  nowMs += LOGIN_WINDOW_MS;
});

function logIn(username: string, password: string) {
  return app.inject({
    method: 'POST',
    url: '/elements/api-v2/authentication',
    payload: { username, password },
  });
}

function fetchSecrets(authorization: string) {
  return app.inject({
    method: 'GET',
    url: '/elements/api-v2/authentication/secrets',
    headers: { authorization },
  });
}

const both = () => `User ${first.userSecret}, Organization ${first.organizationSecret}`;

/** Another customer in the same database. */
async function addOrganization(email: string): Promise<FirstUser> {
  return storage.withLock('test', (trx) => createFirstUser(trx, masterKey, { email, password: 'x' }));
}

describe('the first user', () => {
  it('is made once, also when several processes start together', async () => {
    const fresh = await createTestDatabase();
    const storages = await Promise.all([1, 2, 3].map(() => openStorage({ url: fresh.url, log })));
    const all = await Promise.all(
      storages.map((each) =>
        createAccounts({ storage: each, masterKey, clock, log, auditDays: 30, imagesUrl: () => '' }),
      ),
    );
    const made = (await Promise.all(all.map((each) => each.ensureFirstUser({})))).filter((user) => user);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ email: 'admin@localhost', isPasswordGenerated: true });
    expect(made[0]?.password).toMatch(/^[\w-]{16}$/);
    await Promise.all(storages.map((each) => each.close()));
    await fresh.drop();
  });

  it('has secrets in the shapes that clients know', () => {
    expect(first.userSecret).toMatch(/^.{43}=$/);
    expect(first.organizationSecret).toMatch(/^[0-9a-f]{32}$/);
    expect(first).toMatchObject({
      email: 'Ada@Example.com',
      password: 'correct horse',
      isPasswordGenerated: false,
    });
  });

  it('does not start with another master key', async () => {
    const other = await createAccounts({
      storage,
      masterKey: newKey(),
      clock,
      log,
      auditDays: 30,
      imagesUrl: () => '',
    });
    await expect(other.ensureFirstUser({})).rejects.toMatchObject({ code: 'wrong-master-key' });
  });

  it('leaves no secret in the clear in the database', async () => {
    const { rows } = await sql<{ all: string }>`
      select row_to_json(u)::text || row_to_json(o)::text as all
      from app_user u join organization o on o.id = u.organization_id`.execute(storage.db);
    const text = JSON.stringify(rows);
    for (const secret of [first.userSecret, first.organizationSecret, first.password]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});

describe('the login exchange', () => {
  it('gives the API secrets for user name and password, and notes the day', async () => {
    const login = await logIn('ada@example.COM', 'correct horse');
    expect(login.statusCode).toBe(200);
    const secrets = await fetchSecrets(`Bearer ${login.json().token}`);
    expect(secrets.statusCode).toBe(200);
    expect(secrets.json()).toEqual({
      userSecret: first.userSecret,
      organizationSecret: first.organizationSecret,
    });
    const { rows } = await sql<{ day: string }>`
      select last_login_date::text as day from app_user where email = 'Ada@Example.com'`.execute(storage.db);
    expect(rows).toEqual([{ day: new Date(nowMs).toISOString().slice(0, 10) }]);
  });

  it('gives the same answer for a wrong password and for an unknown user', async () => {
    const [wrong, unknown] = await Promise.all([
      logIn('ada@example.com', 'nope'),
      logIn('bob@example.com', 'nope'),
    ]);
    expect(wrong.statusCode).toBe(401);
    expect(unknown.statusCode).toBe(401);
    expect(wrong.json().message).toBe('The user name or the password is wrong.');
    expect(unknown.json().message).toBe(wrong.json().message);
  });

  it('names every fault of the request', async () => {
    const reply = await app.inject({ method: 'POST', url: '/elements/api-v2/authentication', payload: {} });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().message).toMatch(/username.*password/);
  });

  it('blocks a user name after too many failures, also right passwords and parallel guesses, for a minute', async () => {
    const guesses = Array.from({ length: MAX_FAILED_LOGINS + 3 }, () => logIn('ada@example.com', 'guess'));
    const statuses = (await Promise.all(guesses)).map((reply) => reply.statusCode).sort();
    expect(statuses).toEqual([...Array(MAX_FAILED_LOGINS).fill(401), 429, 429, 429]);
    nowMs += LOGIN_WINDOW_MS - 1500;
    const blocked = await logIn('ADA@example.com', 'correct horse');
    expect(blocked.statusCode).toBe(429);
    expect(blocked.headers['retry-after']).toBe('2');
    expect((await logIn('bob@example.com', 'guess')).statusCode).toBe(401);
    nowMs += 1500;
    expect((await logIn('ada@example.com', 'correct horse')).statusCode).toBe(200);
  });

  it.each([
    ['a made-up token', () => 'Bearer made-up'],
    ['API secrets', both],
  ])('does not show secrets for %s', async (_case, authorization) => {
    const reply = await fetchSecrets(authorization());
    expect(reply.statusCode).toBe(401);
    expect(reply.json()).not.toHaveProperty('userSecret');
  });

  it('does not show secrets for a token that has expired', async () => {
    const token: string = (await logIn('ada@example.com', 'correct horse')).json().token;
    nowMs += LOGIN_TOKEN_LIFE_MS - 1;
    expect((await fetchSecrets(`Bearer ${token}`)).statusCode).toBe(200);
    nowMs += 1;
    expect((await fetchSecrets(`Bearer ${token}`)).statusCode).toBe(401);
  });
});

describe('a caller', () => {
  it('is found by User and Organization; an Element part is ignored', async () => {
    const principal = await accounts.authenticate(`${both()}, Element whatever=`);
    expect(principal).toMatchObject({ email: 'Ada@Example.com', firstName: 'First', lastName: 'User' });
    for (const id of [principal.userId, principal.accountId, principal.organizationId])
      expect(id).toBeGreaterThan(0);
  });

  it('is found by User and Element, and then has the element token', async () => {
    const principal = await accounts.authenticate(`User ${first.userSecret}, Element tok/en=`, 'element');
    expect(principal).toMatchObject({ email: 'Ada@Example.com', elementToken: 'tok/en=' });
  });

  it('is refused with the organization of somebody else', async () => {
    const other = await addOrganization('eve@example.com');
    const mixed = `User ${first.userSecret}, Organization ${other.organizationSecret}`;
    await expect(accounts.authenticate(mixed)).rejects.toMatchObject({ status: 401, code: 'invalid-secret' });
    await expect(accounts.authenticate(`${mixed}, Element x`, 'element')).rejects.toMatchObject({
      status: 401,
    });
    await expect(
      accounts.authenticate(`User ${other.userSecret}, Organization ${other.organizationSecret}`),
    ).resolves.toMatchObject({ email: 'eve@example.com' });
  });

  it.each([
    ['an unknown user', () => `User AAAA, Organization ${first.organizationSecret}`],
    ['an unknown organization', () => `User ${first.userSecret}, Organization ${'0'.repeat(32)}`],
    ['swapped secrets', () => `User ${first.organizationSecret}, Organization ${first.userSecret}`],
  ])('is refused with %s', async (_case, authorization) => {
    await expect(accounts.authenticate(authorization())).rejects.toMatchObject({ code: 'invalid-secret' });
  });

  it('seen before costs no query, until a change in its organization is announced by any process', async () => {
    const user = await addOrganization('ivy@example.com');
    const authorization = `User ${user.userSecret}, Organization ${user.organizationSecret}`;
    const principal = await accounts.authenticate(authorization);
    await sql`update app_user set active = false where email = 'ivy@example.com'`.execute(storage.db);
    expect(await accounts.authenticate(authorization)).toBe(principal);
    const otherProcess = await openStorage({ url: database.url, log });
    const stranger = await accounts.authenticate(both());
    await otherProcess.notify(CHANGES_CHANNEL, String(stranger.organizationId));
    await vi.waitFor(async () => expect(await accounts.authenticate(both())).not.toBe(stranger));
    expect(await accounts.authenticate(authorization)).toBe(principal);
    await otherProcess.notify(CHANGES_CHANNEL, String(principal.organizationId));
    await vi.waitFor(() =>
      expect(accounts.authenticate(authorization)).rejects.toMatchObject({
        code: 'inactive-user',
        status: 401,
      }),
    );
    await otherProcess.close();
  });

  it('that is right for one kind of access is not taken for another from memory', async () => {
    await accounts.authenticate(both(), 'user');
    await expect(accounts.authenticate(both(), 'element')).rejects.toThrow(/no Element part/);
  });
});

describe('what an organization seals', () => {
  it('opens for it, and not for another organization or context', async () => {
    const { organizationId } = await accounts.authenticate(both());
    const other = await addOrganization('oscar@example.com');
    const stranger = await accounts.authenticate(
      `User ${other.userSecret}, Organization ${other.organizationSecret}`,
    );
    const box = await accounts.seal(organizationId, 'refresh token', 'instance 1');
    expect(await accounts.open(organizationId, box, 'instance 1')).toBe('refresh token');
    await expect(accounts.open(organizationId, box, 'instance 2')).rejects.toMatchObject({
      code: 'seal-broken',
    });
    await expect(accounts.open(stranger.organizationId, box, 'instance 1')).rejects.toMatchObject({
      code: 'seal-broken',
    });
  });

  it('needs an organization', async () => {
    await expect(accounts.seal(-1, 'x', 'y')).rejects.toMatchObject({ status: 404 });
  });
});

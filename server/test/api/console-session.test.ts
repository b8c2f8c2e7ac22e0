import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestApp, startTestApp } from '#test/app';
import { type CallOptions, type Reply, createClient } from '#test/client';
import { bookshop } from '#test/definition';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    elements: [bookshop()],
    elementDefaults: { bookshop: { 'base.url': 'http://127.0.0.1:1' } },
  });
});
afterAll(() => app.close());

const configuration = {
  'oauth.api.key': 'key',
  'oauth.api.secret': 'secret',
  'oauth.callback.url': 'https://app.example',
};

interface Browser {
  cookie: string;
  csrf: string;
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
}

const ownPage = () => ({ origin: app.origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' });

async function logIn(email = app.email, password = app.password): Promise<Browser> {
  const reply = await app.call('POST', '/console/session', {
    authorization: null,
    headers: ownPage(),
    json: { username: email, password },
  });
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
  const cookie = (reply.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';
  const csrf = reply.body.csrfToken as string;
  return {
    cookie,
    csrf,
    call: (method, path, options = {}) =>
      app.call(method, path, {
        authorization: null,
        ...options,
        headers: {
          cookie,
          ...ownPage(),
          ...(method === 'GET' ? {} : { 'ligand-csrf-token': csrf }),
          ...options.headers,
        },
      }),
  };
}

async function addUser(email: string): Promise<{ id: number; password: string }> {
  const password = 'Battery-staple9';
  const made = await app.call('POST', '/organizations/users', {
    json: { email, firstName: 'Eve', lastName: 'Doe', password },
  });
  expect([made.status, made.text]).toEqual([200, expect.any(String)]);
  return { id: made.body.id as number, password };
}

describe('logging in with a browser', () => {
  it('sets a cookie that no script reads and no foreign page sends, and keeps its hash alone', async () => {
    const reply = await app.call('POST', '/console/session', {
      authorization: null,
      json: { username: app.email, password: app.password },
    });
    expect(reply.headers['set-cookie']).toMatch(
      /^ligand_session_[0-9a-f]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(reply.body).toMatchObject({ user: { email: app.email }, setUpIsOpen: false });
    const token = /=([\w-]{43});/.exec(reply.headers['set-cookie'] ?? '')?.[1] ?? '';
    expect(reply.text).not.toContain(token);
    const rows = await app.query(sql<{ token_hash: Buffer }>`select token_hash from user_session`);
    const hashes = rows.map(({ token_hash }) => token_hash.toString('hex'));
    expect(hashes).toContain(createHash('sha256').update(token).digest('hex'));
  });

  it('marks the cookie as secure behind HTTPS', async () => {
    const reply = await app.call('POST', '/console/session', {
      authorization: null,
      headers: { 'x-forwarded-proto': 'https' },
      json: { username: app.email, password: app.password },
    });
    expect(reply.headers['set-cookie']).toMatch(/; Secure$/);
  });

  it('refuses a wrong password', async () => {
    const reply = await app.call('POST', '/console/session', {
      authorization: null,
      json: { username: app.email, password: 'guess' },
    });
    expect([reply.status, reply.headers['set-cookie']]).toEqual([401, undefined]);
  });

  it('is not for foreign pages, which could make a person work in a stranger’s account', async () => {
    const reply = await app.call('POST', '/console/session', {
      authorization: null,
      headers: { origin: 'https://evil.example' },
      json: { username: app.email, password: app.password },
    });
    expect(reply.status).toBe(403);
  });
});

describe('a session', () => {
  it('calls every route as its user', async () => {
    const browser = await logIn();
    expect((await browser.call('GET', '/users/me')).body).toMatchObject({ email: app.email });
    expect((await browser.call('GET', '/elements')).status).toBe(200);
    const made = await browser.call('POST', '/accounts', {
      json: { name: 'By browser', externalId: 'by-browser' },
    });
    expect([made.status, made.text]).toEqual([200, expect.any(String)]);
  });

  it('counts for nothing beside an Authorization header', async () => {
    const browser = await logIn();
    const reply = await browser.call('GET', '/users/me', { authorization: 'User a, Organization b' });
    expect(reply.status).toBe(401);
  });

  it.each([
    ['no CSRF token', { 'ligand-csrf-token': '' }],
    ['a wrong one', { 'ligand-csrf-token': 'x'.repeat(43) }],
    ['a foreign origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port of the same host', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
    ['a sandboxed page', { origin: 'null' }],
  ])('changes nothing with %s', async (_what, headers: Record<string, string>) => {
    const browser = await logIn();
    const before = (await browser.call('GET', '/accounts')).body.length;
    const reply = await browser.call('POST', '/accounts', { json: { name: 'Forged' }, headers });
    expect(reply.status).toBe(403);
    expect((await browser.call('GET', '/accounts')).body).toHaveLength(before);
  });

  it('does not take the CSRF token of another session', async () => {
    const [one, other] = [await logIn(), await logIn()];
    const headers = { 'ligand-csrf-token': other.csrf };
    expect((await one.call('POST', '/accounts', { json: { name: 'Mixed' }, headers })).status).toBe(403);
  });

  it.each([
    ['a foreign page', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a link that is followed', { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' }],
  ])('tells nothing to %s', async (_what, headers: Record<string, string>) => {
    const browser = await logIn();
    expect((await browser.call('GET', '/users/me', { headers })).status).toBe(401);
    const session = await browser.call('GET', '/console/session', { headers });
    expect(session.body).not.toHaveProperty('user');
    expect(session.body).not.toHaveProperty('csrfToken');
  });

  it.each(['x', 'A'.repeat(43), "' or 1=1 --", ';;='])('is not made up: %s', async (value) => {
    const cookie = `${(await logIn()).cookie.split('=', 1)[0]}=${value}`;
    const reply = await app.call('GET', '/users/me', { authorization: null, headers: { cookie } });
    expect(reply.status).toBe(401);
  });
});

describe('a session is over', () => {
  const stillWorks = async (browser: Browser) => (await browser.call('GET', '/users/me')).status;

  it('after logging out', async () => {
    const browser = await logIn();
    expect(await stillWorks(browser)).toBe(200);
    const reply = await browser.call('DELETE', '/console/session');
    expect(reply.headers['set-cookie']).toMatch(/^ligand_session_[0-9a-f]{8}=; Max-Age=0;/);
    expect(await stillWorks(browser)).toBe(401);
  });

  it('but not when a foreign page logs out', async () => {
    const browser = await logIn();
    const headers = { origin: 'https://evil.example', 'ligand-csrf-token': '' };
    expect((await browser.call('DELETE', '/console/session', { headers })).status).toBe(403);
    expect(await stillWorks(browser)).toBe(200);
  });

  it('when the password changes, on every browser', async () => {
    const { password } = await addUser('changes@example.com');
    const [one, other] = [
      await logIn('changes@example.com', password),
      await logIn('changes@example.com', password),
    ];
    expect(await stillWorks(one)).toBe(200);
    const changed = await app.call('PATCH', '/applications/users/changes@example.com/updatepassword', {
      authorization: null,
      headers: { 'elements-user-password': password, 'elements-user-newpassword': 'Another-staple9' },
    });
    expect([changed.status, changed.text]).toEqual([200, expect.any(String)]);
    expect([await stillWorks(one), await stillWorks(other)]).toEqual([401, 401]);
  });

  it('when the user is deactivated, and stays so when activated again', async () => {
    const { id, password } = await addUser('leaves@example.com');
    const browser = await logIn('leaves@example.com', password);
    expect(await stillWorks(browser)).toBe(200);
    expect((await app.call('PATCH', `/users/${id}`, { json: { active: false } })).status).toBe(200);
    expect(await stillWorks(browser)).toBe(401);
    expect((await app.call('PATCH', `/users/${id}`, { json: { active: true } })).status).toBe(200);
    expect(await stillWorks(browser)).toBe(401);
  });

  it('when its time is over', async () => {
    const browser = await logIn();
    await app.query(sql`update user_session set expires_at = now() - interval '1 second'`);
    await app.query(sql`select pg_notify('ligand_accounts', '*')`);
    await vi.waitFor(async () => expect(await stillWorks(browser)).toBe(401));
  });
});

describe('logging out everywhere', () => {
  it('ends the sessions of the user with all browsers, of nobody else, and no API secret', async () => {
    const eve = await addUser('eve-everywhere@example.com');
    const one = await logIn('eve-everywhere@example.com', eve.password);
    const two = await logIn('eve-everywhere@example.com', eve.password);
    const other = await logIn();
    expect((await one.call('DELETE', '/console/sessions')).headers['set-cookie']).toContain('Max-Age=0');
    for (const each of [one, two]) expect((await each.call('GET', '/users/me')).status).toBe(401);
    expect((await other.call('GET', '/users/me')).status).toBe(200);
    expect((await app.call('GET', '/users/me')).status).toBe(200);
    await logIn('eve-everywhere@example.com', eve.password);
  });
});

describe('secrets', () => {
  it('of the organization are in no page of a browser', async () => {
    const browser = await logIn();
    const mine = await browser.call('GET', '/organizations/me');
    expect([mine.status, mine.body.secret]).toEqual([200, undefined]);
    const renamed = await browser.call('PUT', '/organizations/me', { json: { name: 'Renamed' } });
    expect([renamed.body.name, renamed.body.secret]).toEqual(['Renamed', undefined]);
  });

  it('are shown to a browser only when the person asks', async () => {
    const browser = await logIn();
    const { id, token } = await app.connect('bookshop', { configuration });
    for (const path of ['/instances', `/instances/${id}`, '/elements/bookshop/instances']) {
      expect((await browser.call('GET', path)).text).not.toContain(token);
    }
    const changed = await browser.call('PATCH', `/instances/${id}`, { json: { name: 'renamed' } });
    expect(changed.body).toMatchObject({ name: 'renamed', token: '********' });
    const disabled = await browser.call('DELETE', `/instances/${id}/enabled`);
    expect([disabled.status, disabled.text.includes(token)]).toEqual([200, false]);
    const asked = await browser.call('GET', `/instances/${id}`, {
      headers: { 'elements-show-secrets': 'true' },
    });
    expect(asked.body.token).toBe(token);
    expect((await browser.call('POST', '/console/secrets')).body).toEqual({
      userSecret: app.userSecret,
      organizationSecret: app.organizationSecret,
    });
  });

  it('of a caller without a browser are told elsewhere', async () => {
    expect((await app.call('POST', '/console/secrets')).status).toBe(403);
  });
});

describe('a hub call of a browser', () => {
  it('names the account by its id', async () => {
    const browser = await logIn();
    const { id } = await app.connect('bookshop', { configuration });
    const headers = { 'elements-instance-id': String(id) };
    const reply = await browser.call('GET', '/hubs/documents/nothing-here', { headers });
    expect(reply.status).toBe(400);
    expect(reply.body.message).toMatch(/has no resource GET/);
    expect((await browser.call('GET', '/hubs/documents/nothing-here')).status).toBe(401);
  });

  it.each(['abc', '-1', '1 or 1=1', '9'.repeat(30)])('refuses the id %s', async (id) => {
    const browser = await logIn();
    const reply = await browser.call('GET', '/hubs/documents/x', { headers: { 'elements-instance-id': id } });
    expect(reply.status).toBe(400);
  });

  it('reaches no account of another customer', async () => {
    const stranger = await app.addTenant();
    const { id } = await app.connect('bookshop', { configuration });
    const browser = await logIn();
    const client = createClient(app.origin, {
      ...stranger,
      organizationSecret: stranger.organizationSecret ?? '',
    });
    const theirs = await client.connect('bookshop', { configuration });
    const headers = { 'elements-instance-id': String(theirs.id) };
    expect((await browser.call('GET', '/hubs/documents/x', { headers })).status).toBe(404);
    const own = await app.call('GET', '/hubs/documents/x', {
      headers: { 'elements-instance-id': String(id) },
    });
    expect(own.status).toBe(401); // with an Authorization header the id counts for nothing
  });
});

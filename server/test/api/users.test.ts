import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { createPeople, goodPassword, newEmail, userBody } from '#test/people';
import type { People, Person } from '#test/people';

let app: TestApp;
let people: People;
let stranger: Person;
/** An account with an administrator and an ordinary user. */
let account: number;
let admin: Person;
let ordinary: Person;

beforeAll(async () => {
  app = await startTestApp();
  people = createPeople(app);
  stranger = await people.addCustomer();
  account = await people.addAccount();
  admin = await people.add(['admin'], account);
  ordinary = await people.add(['org'], account);
});
afterAll(() => app.close());

/** Passwords are hashed by a function that is made to be slow. */
const slow = 120_000;

const logIn = (username: string, password: string) =>
  app.call('POST', '/authentication', { authorization: null, json: { username, password } });
const passwords = (current: string | undefined, next?: string) => ({
  ...(current !== undefined && { 'Elements-User-Password': current }),
  ...(next !== undefined && { 'Elements-User-NewPassword': next }),
});

describe('a new user', () => {
  it(
    'of an account has the role org, a secret that is shown this once, and can call',
    { timeout: slow },
    async () => {
      const json = userBody({
        city: 'Oslo',
        id: 1,
        accountId: 1,
        secret: 'mine',
        lastLoginDate: '2000-01-01',
      });
      const { status, body } = await app.call('POST', `/accounts/${account}/users`, { json });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        accountId: account,
        firstName: 'Grace',
        fullName: 'Grace Hopper',
        email: json.email,
        password: 'secured',
        active: true,
        enabled: true,
        accountLocked: false,
        credentialsExpired: false,
        lastLoginDate: '1970-01-01',
        city: 'Oslo',
        secret: expect.stringMatching(/^.{43}=$/),
      });
      expect(body.roles.map(({ key }: { key: string }) => key)).toEqual(['org']);
      expect(body.roles[0].privileges.length).toBeGreaterThan(5);
      const authorization = `User ${body.secret}, Organization ${app.organizationSecret}`;
      const { secret: _secret, ...shown } = body;
      expect((await app.call('GET', '/users/me', { authorization })).body).toEqual(shown);
      expect((await logIn(json.email, goodPassword)).status).toBe(200);
    },
  );

  it('of the organization is in the default account', async () => {
    const { body } = await app.call('POST', '/organizations/users', { json: userBody() });
    const { body: first } = await app.call('GET', '/users/me');
    expect(body.accountId).toBe(first.accountId);
  });

  it.each([
    [{}, ['firstName', 'lastName', 'email', 'password']],
    [{ ...userBody(), email: 'no address' }, ['email']],
    [{ ...userBody(), firstName: 5, city: [] }, ['firstName', 'city']],
    [{ ...userBody(), lastName: 'a\u0000' }, ['lastName']],
    [{ ...userBody(), active: 'no' }, ['active']],
    [{ ...userBody(), roles: [{ key: 'nonsense' }] }, ['nonsense']],
    [{ ...userBody(), password: 'short' }, ['at least 8', 'uppercase', 'numeric', 'special character']],
  ])('is refused for %j', async (json, faults) => {
    for (const path of ['/organizations/users', `/accounts/${account}/users`]) {
      const { status, body } = await app.call('POST', path, { json });
      expect(status).toBe(400);
      for (const fault of faults) expect(body.message).toContain(fault);
    }
  });

  it(
    'cannot have the e-mail of another, in whatever letters, unless that one was deleted',
    { timeout: slow },
    async () => {
      const { email, id } = await people.add(['org']);
      const json = userBody({ email: email.toUpperCase() });
      expect((await app.call('POST', '/organizations/users', { json })).status).toBe(409);
      expect((await app.call('DELETE', `/users/${id}`)).status).toBe(200);
      expect((await app.call('POST', '/organizations/users', { json })).status).toBe(200);
    },
  );

  it('cannot have a role above that of who makes it', async () => {
    for (const key of ['org-admin', 'sys-admin', 'customerAdmin'])
      expect(
        await admin.call('POST', `/accounts/${account}/users`, { json: userBody({ roles: [{ key }] }) }),
      ).toMatchObject({ status: 403, body: { message: expect.stringContaining(key) } });
    const made = await admin.call('POST', `/accounts/${account}/users`, {
      json: userBody({ roles: [{ key: 'admin' }, { key: 'admin' }] }),
    });
    expect(made.status).toBe(200);
  });

  it('is not made in an account that is not there, whatever the body', async () => {
    expect((await app.call('POST', '/accounts/-1/users', { json: {} })).status).toBe(404);
    expect((await stranger.call('POST', `/accounts/${account}/users`, { json: userBody() })).status).toBe(
      404,
    );
  });
});

describe('who sees whom', () => {
  const emails = async (person: Person, path: string) => {
    const { body } = await person.call('GET', path);
    return body.map(({ email }: { email: string }) => email) as string[];
  };

  it('by /users: an ordinary user itself, an administrator the account, one of the organization all', async () => {
    expect(await emails(ordinary, '/users')).toEqual([ordinary.email]);
    const ofAccount = await emails(admin, '/users');
    expect(ofAccount).toEqual(expect.arrayContaining([admin.email, ordinary.email]));
    expect(ofAccount).not.toContain(app.email);
    const { body: all } = await app.call('GET', '/users');
    expect(all.length).toBeGreaterThan(ofAccount.length);
    expect(JSON.stringify(all)).not.toContain(stranger.email);
  });

  it('in pages, filtered and sorted', async () => {
    const { body, headers } = await app.call('GET', '/organizations/users?pageSize=1&orderBy=id%20desc');
    expect(body).toHaveLength(1);
    expect(headers['elements-next-page-token']).toBeDefined();
    const where = encodeURIComponent(`email='${ordinary.email}' AND firstName='Grace'`);
    expect((await app.call('GET', `/users?where=${where}`)).body).toEqual([
      expect.objectContaining({ id: ordinary.id }),
    ]);
  });

  it('in another account only with the privilege for all', async () => {
    const { accountId } = (await app.call('GET', '/users/me')).body;
    for (const path of [
      `/accounts/${accountId}/users`,
      `/accounts/${accountId}/users/me`,
      '/accounts/-1/users',
    ])
      expect(await admin.call('GET', path)).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining("'viewUsersOrg'") },
      });
    expect(await emails(admin, `/accounts/${account}/users`)).toContain(ordinary.email);
    expect((await app.call('GET', `/accounts/${account}/users/${ordinary.email}`)).body.id).toBe(ordinary.id);
    expect((await app.call('GET', `/accounts/${accountId}/users/${ordinary.id}`)).status).toBe(404);
  });

  it.each(['/users', '/organizations/users', '/accounts/ACCOUNT/users'])(
    'nobody of another organization, by %s',
    async (base) => {
      for (const name of [
        String(ordinary.id),
        ordinary.email,
        '-1',
        'nobody@example.com',
        'a%27b',
        '__proto__',
      ])
        for (const method of ['GET', 'PATCH', 'DELETE'])
          for (const who of name.includes(String(ordinary.id)) || name === ordinary.email
            ? ['stranger']
            : ['stranger', 'own']) {
            const id = who === 'own' ? account : stranger.accountId;
            const path = `${base.replace('ACCOUNT', String(id))}/${name}`;
            const options = method === 'PATCH' ? { json: { firstName: 'Stolen' } } : {};
            const reply = await (who === 'own' ? app : stranger).call(method, path, options);
            expect({ method, path, status: reply.status }).toEqual({ method, path, status: 404 });
          }
      expect((await ordinary.call('GET', '/users/me')).body.firstName).toBe('Grace');
    },
  );
});

describe('a user changes', () => {
  it('what is its own, and nothing that others decide', async () => {
    const { status, body } = await ordinary.call('PATCH', '/users/me', {
      json: {
        firstName: 'Ada',
        phone: '1',
        roles: [{ key: 'org-admin' }],
        accountId: 1,
        secret: 'x',
        level: 100,
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ firstName: 'Ada', phone: '1', accountId: account, lastName: 'Hopper' });
    expect(body.roles.map(({ key }: { key: string }) => key)).toEqual(['org']);
    expect((await ordinary.call('PATCH', '/users/me', { json: { phone: null } })).body.phone).toBeUndefined();
    for (const json of [{ active: false }, { email: newEmail() }, { externalId: 'other' }])
      expect((await ordinary.call('PATCH', '/users/me', { json })).status).toBe(403);
    expect((await ordinary.call('PATCH', `/users/${admin.id}`, { json: { firstName: 'X' } })).status).toBe(
      404,
    );
    expect((await ordinary.call('DELETE', '/users/me')).status).toBe(403);
  });

  it('others, when it may, but none above it', async () => {
    const one = await people.add(['org'], account);
    const email = newEmail();
    const path = `/accounts/${account}/users/${one.id}`;
    expect((await admin.call('PUT', path, { json: { email, lastName: 'New' } })).body).toMatchObject({
      email,
    });
    expect((await admin.call('PUT', path, { json: { email: admin.email } })).status).toBe(409);
    const above = await people.add(['org-admin'], account);
    for (const [method, options] of [
      ['PATCH', { json: { active: false } }],
      ['PATCH', { headers: passwords(undefined, 'Another-horse8') }],
      ['DELETE', {}],
    ] as const)
      expect((await admin.call(method, `/users/${above.id}`, options)).status).toBe(403);
    expect((await admin.call('POST', `/users/${above.id}/secret`)).status).toBe(403);
    expect((await above.call('GET', '/users/me')).body.active).toBe(true);
  });
});

describe('a user that is', () => {
  it('switched off neither logs in nor calls, until it is on again', async () => {
    const one = await people.add(['org']);
    expect((await one.call('GET', '/users/me')).status).toBe(200);
    await app.call('PATCH', `/users/${one.id}`, { json: { active: false } });
    expect((await one.call('GET', '/users/me')).status).toBe(401);
    expect(await logIn(one.email, goodPassword)).toMatchObject({
      status: 401,
      body: { message: 'The user name or the password is wrong.' },
    });
    await app.call('PATCH', `/users/${one.email}`, { json: { active: true } });
    expect((await one.call('GET', '/users/me')).status).toBe(200);
  });

  it('deleted is gone under all its names', async () => {
    const one = await people.add(['org'], account);
    expect((await app.call('DELETE', `/accounts/${account}/users/${one.email}`)).status).toBe(200);
    for (const name of [one.id, one.email]) {
      expect((await app.call('GET', `/users/${name}`)).status).toBe(404);
      expect((await app.call('PATCH', `/users/${name}`, { json: { active: true } })).status).toBe(404);
    }
    expect((await one.call('GET', '/users/me')).status).toBe(401);
    expect((await logIn(one.email, goodPassword)).status).toBe(401);
  });
});

describe('the last administrator', () => {
  it('can be neither switched off nor deleted nor lose the role', async () => {
    const me = `/users/${stranger.id}`;
    for (const [method, path, options] of [
      ['PATCH', me, { json: { active: false } }],
      ['PATCH', `${me}?permanent=true`, { json: { active: false } }],
      ['DELETE', me, {}],
    ] as const)
      expect(await stranger.call(method, path, options)).toMatchObject({
        status: 409,
        body: { message: expect.stringContaining('org-admin') },
      });
    const second = await stranger.call('POST', '/organizations/users', {
      json: userBody({ roles: [{ key: 'org-admin' }] }),
    });
    expect((await stranger.call('DELETE', `/users/${second.body.id}/roles/org-admin`)).status).toBe(200);
    expect((await stranger.call('PUT', `/users/${second.body.id}/roles/org-admin`)).status).toBe(200);
    const authorization = `User ${second.body.secret}${stranger.authorization.slice(stranger.authorization.indexOf(','))}`;
    // Two administrators at the same time: one of them must stay.
    const outcomes = await Promise.all([
      stranger.call('DELETE', `/users/${second.body.id}/roles/org-admin`),
      app.call('DELETE', `/users/${stranger.id}/roles/org-admin`, { authorization }),
    ]);
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('a password', () => {
  it(
    'is changed with the one in use, and the one before is refused from then on',
    { timeout: slow },
    async () => {
      const one = await people.add(['org']);
      const change = (current: string | undefined, next: string) =>
        one.call('PATCH', '/users/me', { headers: passwords(current, next) });
      expect((await change(undefined, 'Another-horse8')).status).toBe(403);
      expect((await change('wrong', 'Another-horse8')).status).toBe(403);
      expect(await change(goodPassword, 'weak')).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining('at least 8') },
      });
      expect(await change(goodPassword, goodPassword)).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining('last 3') },
      });
      const { body } = await logIn(one.email, goodPassword);
      expect((await change(goodPassword, 'Another-horse8')).status).toBe(200);
      expect((await logIn(one.email, goodPassword)).status).toBe(401);
      expect((await logIn(one.email, 'Another-horse8')).status).toBe(200);
      const bearer = { authorization: `Bearer ${body.token}` };
      expect((await app.call('GET', '/authentication/secrets', bearer)).status).toBe(401);
    },
  );

  it('is set by who may edit the user, without the one in use', { timeout: slow }, async () => {
    const one = await people.add(['org'], account);
    const headers = passwords(undefined, 'Another-horse8');
    expect((await admin.call('PATCH', `/users/${one.id}`, { headers })).status).toBe(200);
    expect((await logIn(one.email, 'Another-horse8')).status).toBe(200);
  });

  it.each([
    ['UTF-8, as clients send it', Buffer.from('Zażółć-gęślą-1').toString('latin1'), 'Zażółć-gęślą-1'],
    ['Latin-1', 'Crème-brûlée-1', 'Crème-brûlée-1'],
  ])('may have any letters, in a header of %s', { timeout: slow }, async (_, header, password) => {
    const one = await people.add(['org'], account);
    const headers = passwords(undefined, header);
    expect((await admin.call('PATCH', `/users/${one.id}`, { headers })).status).toBe(200);
    expect((await logIn(one.email, password)).status).toBe(200);
  });

  it('shows the secret, when it is right; guesses count as logins', async () => {
    const one = await people.add(['org'], account);
    const path = `/users/${one.email}`;
    const read = (password: string) => app.call('GET', path, { headers: passwords(password) });
    expect((await app.call('GET', path)).body.secret).toBeUndefined();
    expect((await read(goodPassword)).body.secret).toBe(one.userSecret);
    for (let guess = 0; guess < 10; guess++) {
      const { status, body } = await read(`wrong ${guess}`);
      expect([status, body.secret]).toEqual([200, undefined]);
    }
    expect(await read(goodPassword)).toMatchObject({ status: 429 });
    expect((await app.call('GET', path)).body).toMatchObject({
      accountLocked: true,
      accountNonLocked: false,
    });
    expect((await logIn(one.email, goodPassword)).status).toBe(429);
  });
});

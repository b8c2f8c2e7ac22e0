import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { createPeople, goodPassword, newEmail, userBody } from '#test/people';
import type { People, Person } from '#test/people';

let app: TestApp;
let people: People;
let stranger: Person;

beforeAll(async () => {
  app = await startTestApp();
  people = createPeople(app);
  stranger = await people.addCustomer();
});
afterAll(() => app.close());

/** Passwords are hashed by a function that is made to be slow. */
const slow = 120_000;

const logIn = (username: string, password: string) =>
  app.call('POST', '/authentication', { authorization: null, json: { username, password } });

describe('the organization', () => {
  it('is shown and renamed', async () => {
    const me = await stranger.call('GET', '/organizations/me');
    const secret = stranger.authorization.split('Organization ')[1];
    expect(me.body).toEqual({ id: expect.any(Number), name: 'Another', secret, vdrVersion: 'v1' });
    const renamed = await stranger.call('PUT', '/organizations/me', {
      json: { name: 'New', id: 1, secret: 'x' },
    });
    expect(renamed.body).toEqual({ ...me.body, name: 'New' });
    for (const json of [{}, { name: '' }, { name: 5 }, { name: 'a\u0000' }])
      expect((await stranger.call('PUT', '/organizations/me', { json })).status).toBe(400);
    expect((await app.call('GET', '/organizations/me')).body.name).toBe('My organization');
  });
});

describe('the password policy', () => {
  const path = '/organizations/password-policies';
  const policy = {
    minLength: 8,
    minUppercase: 1,
    minLowercase: 1,
    minNumbers: 1,
    minSymbols: 1,
    symbolCharacterSet: '!@#$%^&*()',
    previousPasswordCount: 3,
    expirationDays: 180,
  };

  it('is there by default, is changed, and is the default again', async () => {
    const byDefault = await stranger.call('GET', path);
    expect(byDefault.body).toMatchObject({ minLength: 8, expirationDays: 0 });
    const put = await stranger.call('PUT', path, { json: { ...policy, more: 'ignored' } });
    expect(put.body).toEqual({ ...policy, createdDt: expect.any(String), updatedDt: expect.any(String) });
    expect((await stranger.call('PUT', path, { json: { minLength: 12 } })).body).toMatchObject({
      minLength: 12,
      expirationDays: 180,
      createdDt: put.body.createdDt,
    });
    expect((await app.call('GET', path)).body).toEqual(byDefault.body);
    expect((await stranger.call('DELETE', path)).body).toEqual(byDefault.body);
    expect((await stranger.call('GET', path)).body).toEqual(byDefault.body);
  });

  it.each([
    ['minLength', 7],
    ['minUppercase', -1],
    ['minUppercase', 11],
    ['minLowercase', 11],
    ['minNumbers', 11],
    ['minSymbols', 'x'],
    ['symbolCharacterSet', null],
    ['previousPasswordCount', 10],
    ['expirationDays', -1],
  ])('may not have %s %j', async (name, value) => {
    const { status, body } = await stranger.call('PUT', path, { json: { ...policy, [name]: value } });
    expect(status).toBe(400);
    expect(body.message).toContain(name);
  });

  it('is kept by new users and new passwords', { timeout: slow }, async () => {
    await stranger.call('PUT', path, { json: policy });
    const make = (password: string) =>
      stranger.call('POST', '/organizations/users', { json: userBody({ password }) });
    expect((await make('Correct?horse7')).body.message).toContain('special character');
    expect((await make('Grace!horse7')).body.message).toContain('first name');
    expect((await make('Correct!horse7')).status).toBe(200);
    await stranger.call('DELETE', path);
    expect((await make('Correct?horse7')).status).toBe(200);
  });

  it('lets passwords expire: no login, but a new one by the old one', { timeout: slow }, async () => {
    await app.call('PUT', path, { json: policy });
    const { email, id } = await people.add(['org']);
    await app.query(
      sql`update app_user set password_changed_at = now() - interval '181 days' where id = ${id}`,
    );
    expect((await app.call('GET', `/users/${id}`)).body).toMatchObject({
      credentialsExpired: true,
      credentialsNonExpired: false,
    });
    expect(await logIn(email, goodPassword)).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining('expired') },
    });
    const update = (current: string, next: string) =>
      app.call('PATCH', `/applications/users/${email}/updatepassword`, {
        authorization: null,
        headers: { 'Elements-User-Password': current, 'Elements-User-NewPassword': next },
      });
    expect((await update('wrong', 'Another!horse8')).status).toBe(401);
    expect((await update(goodPassword, goodPassword)).status).toBe(400);
    expect((await update(goodPassword, 'Another!horse8')).status).toBe(200);
    expect((await logIn(email, 'Another!horse8')).status).toBe(200);
    await app.call('DELETE', path);
  });
});

describe('a secret that is replaced', () => {
  const read = (authorization: string) => app.call('GET', '/organizations/me', { authorization });

  it('of a user still works for a time, and is no way to the new one', async () => {
    const one = await people.add(['org']);
    const { status, body } = await one.call('POST', '/users/me/secret');
    expect(status).toBe(200);
    expect(Date.parse(body.previousSecretExpires) - Date.now()).toBeGreaterThan(86_000_000);
    const fresh = one.authorization.replace(/User [^,]+/, `User ${body.secret}`);
    expect((await read(fresh)).body.secret).toBe(app.organizationSecret);
    const old = await read(one.authorization);
    expect([old.status, old.body.secret]).toEqual([200, undefined]);
    expect((await one.call('POST', '/users/me/secret')).status).toBe(403);
    expect((await one.call('DELETE', '/users/me/secret/previous')).status).toBe(403);
    const ended = await app.call('DELETE', '/users/me/secret/previous', { authorization: fresh });
    expect(ended.status).toBe(200);
    expect((await read(one.authorization)).status).toBe(401);
    expect((await read(fresh)).status).toBe(200);
    const { token } = (await logIn(one.email, goodPassword)).body;
    const shown = await app.call('GET', '/authentication/secrets', { authorization: `Bearer ${token}` });
    expect(shown.body.userSecret).toBe(body.secret);
  });

  it('ends by itself, also for a process that knows it', async () => {
    const one = await people.add(['org']);
    await one.call('POST', '/users/me/secret', { json: { graceSeconds: 2 } });
    expect((await read(one.authorization)).status).toBe(200);
    await expect.poll(async () => (await read(one.authorization)).status, { timeout: 10_000 }).toBe(401);
  });

  it('of the organization works for all its users; two replacements end the first', async () => {
    const replace = (authorization: string, json?: object) =>
      app.call('POST', '/organizations/me/secret', { authorization, json });
    const before = stranger.authorization;
    const first = await replace(before);
    expect(first.body.secret).toMatch(/^[0-9a-f]{32}$/);
    const second = before.replace(/Organization .*/, `Organization ${first.body.secret}`);
    expect([(await read(before)).status, (await read(second)).status]).toEqual([200, 200]);
    const { body } = await replace(second, { graceSeconds: 0 });
    expect(body.previousSecretExpires).toBeUndefined();
    const third = before.replace(/Organization .*/, `Organization ${body.secret}`);
    expect([(await read(before)).status, (await read(second)).status]).toEqual([401, 401]);
    expect((await read(third)).status).toBe(200);
    stranger = {
      ...stranger,
      authorization: third,
      call: (m, p, o = {}) => app.call(m, p, { authorization: third, ...o }),
    };
  });

  it.each([{ graceSeconds: -1 }, { graceSeconds: 'x' }, { graceSeconds: 1e9 }, [], 'x'])(
    'is not replaced by %j',
    async (json) => {
      expect((await app.call('POST', '/users/me/secret', { json })).status).toBe(400);
      expect((await app.call('POST', '/organizations/me/secret', { json })).status).toBe(400);
    },
  );

  it('is that of somebody whom the caller may edit', async () => {
    const [one, other] = [await people.add(['org']), await people.add(['org'])];
    expect((await one.call('POST', `/users/${other.id}/secret`)).status).toBe(404);
    expect((await one.call('DELETE', `/users/${other.id}/secret/previous`)).status).toBe(404);
    expect((await stranger.call('POST', `/users/${other.id}/secret`)).status).toBe(404);
    expect((await app.call('POST', `/users/${other.id}/secret`, { json: { graceSeconds: 0 } })).status).toBe(
      200,
    );
    expect((await other.call('GET', '/users/me')).status).toBe(401);
    expect((await one.call('POST', '/organizations/me/secret')).status).toBe(403);
  });
});

describe('a customer', () => {
  it(
    'is signed up with an administrator whose password need not keep the policy',
    { timeout: slow },
    async () => {
      const email = newEmail();
      const { status, body } = await app.call('POST', '/customers/signup', {
        json: {
          organization: { name: 'Acme' },
          account: { externalId: 'acme', name: 'Acme account' },
          user: userBody({ email, password: 'elements1', roles: [{ key: 'org-admin' }] }),
        },
      });
      expect(status).toBe(200);
      expect(body).toEqual({
        organization: { id: expect.any(Number), name: 'Acme', secret: expect.any(String), vdrVersion: 'v1' },
        account: { id: expect.any(Number), name: 'Acme account' },
        user: { id: expect.any(Number), email, secret: expect.any(String) },
      });
      const authorization = `User ${body.user.secret}, Organization ${body.organization.secret}`;
      expect((await app.call('GET', '/accounts', { authorization })).body).toMatchObject([
        { id: body.account.id, externalId: 'acme', defaultAccount: true },
      ]);
      expect((await logIn(email, 'elements1')).status).toBe(200);
      const path = `/customers/organizations/${body.organization.id}`;
      expect((await app.call('GET', path)).body).toEqual(body.organization);
      for (const method of ['GET', 'DELETE'])
        expect((await app.call(method, path, { authorization })).status).toBe(403);
      expect((await app.call('DELETE', path)).status).toBe(200);
      expect((await app.call('GET', '/accounts', { authorization })).status).toBe(401);
      expect((await logIn(email, 'elements1')).status).toBe(401);
      expect((await app.call('GET', path)).status).toBe(404);
      expect((await app.call('DELETE', path)).status).toBe(404);
      const again = { organization: { name: 'Acme' }, account: {}, user: userBody({ email }) };
      expect((await app.call('POST', '/customers/signup', { json: again })).status).toBe(200);
      expect((await app.call('POST', '/customers/signup', { json: again })).status).toBe(409);
    },
  );

  it.each([
    [{}, 400],
    [{ organization: {}, user: {} }, 400],
    [{ organization: { name: 'x' }, user: userBody({ roles: [{ key: 'nonsense' }] }) }, 400],
    [{ organization: { name: 'x' }, user: userBody({ roles: [{ key: 'sys-admin' }] }) }, 403],
  ])('is not made of %j: %i', async (json, status) => {
    expect((await app.call('POST', '/customers/signup', { json })).status).toBe(status);
    expect((await stranger.call('POST', '/customers/signup', { json })).status).toBe(403);
  });

  it('does not end itself', async () => {
    const { id } = (await app.call('GET', '/organizations/me')).body;
    expect((await app.call('DELETE', `/customers/organizations/${id}`)).status).toBe(409);
    expect((await app.call('GET', '/customers/organizations/-1')).status).toBe(404);
  });
});

describe('identity providers', () => {
  it.each(['/accounts/identity-providers', '/organizations/identity-providers'])(
    'are kept and given back as they are, under %s',
    async (path) => {
      const json = { id: 5, name: 'Ours', entityId: 'x\u0000', big: 1.5, none: null };
      const { body } = await app.call('POST', path, { json });
      expect(body).toEqual({ id: expect.any(Number), name: 'Ours', entityId: 'x\u0000', big: 1.5 });
      const one = `${path}/${body.id}`;
      expect((await app.call('GET', one)).body).toEqual(body);
      expect((await app.call('PATCH', one, { json: { name: 'New', id: 1 } })).body).toEqual({
        ...body,
        name: 'New',
      });
      expect((await app.call('GET', path)).body).toEqual([{ ...body, name: 'New' }]);
      for (const method of ['GET', 'PATCH', 'PUT', 'DELETE']) {
        const options = method.startsWith('P') ? { json: {} } : {};
        expect((await stranger.call(method, one, options)).status).toBe(404);
        expect((await app.call(method, `${path}/-1`, options)).status).toBe(404);
      }
      expect((await stranger.call('GET', path)).body).toEqual([]);
      expect((await app.call('POST', path, { json: [] })).status).toBe(400);
      expect((await app.call('DELETE', one)).status).toBe(200);
      expect((await app.call('GET', path)).body).toEqual([]);
    },
  );
});

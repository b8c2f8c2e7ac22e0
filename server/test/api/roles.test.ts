import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { createPeople } from '#test/people';
import type { People, Person } from '#test/people';

let app: TestApp;
let people: People;
let stranger: Person;
let roles: Loose[];

beforeAll(async () => {
  app = await startTestApp();
  people = createPeople(app);
  stranger = await people.addCustomer();
  roles = (await app.call('GET', '/organizations/roles')).body;
});
afterAll(() => app.close());

const idOf = (key: string) => roles.find((role) => role.key === key).id as number;
const keysOf = (role: Loose) => role.privileges.map(({ key }: { key: string }) => key) as string[];
const set = (key: string, privileges: string[], who: { call: TestApp['call'] } = app) =>
  who.call('PUT', `/organizations/roles/${idOf(key)}`, {
    json: { privileges: privileges.map((each) => ({ key: each })) },
  });

describe('the roles of an organization', () => {
  it('are those that clients know, in the order of their ids', () => {
    expect(roles.map(({ key }) => key)).toEqual([
      'sys-admin',
      'org-admin',
      'admin',
      'org',
      'default-user',
      'vdrAdmin',
      'customerAdmin',
    ]);
    expect(roles.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(roles.find(({ name }) => name === 'Account')).toBeDefined();
    for (const role of roles) {
      expect(role).toMatchObject({ active: true, features: [], description: expect.any(String) });
      expect(role.privileges.length).toBeGreaterThan(0);
    }
  });

  it('change at once in what their users may do, in this organization alone, and come back by a reset', async () => {
    const user = await people.add(['default-user']);
    expect((await user.call('GET', '/elements')).status).toBe(200);
    expect((await set('default-user', ['viewFormulas'])).body.privileges).toEqual([
      { key: 'viewFormulas', name: expect.any(String) },
    ]);
    expect(await user.call('GET', '/elements')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining("'viewElements'") },
    });
    expect((await set('default-user', ['viewElements', 'createElements'])).status).toBe(200);
    expect((await user.call('GET', '/elements')).status).toBe(200);
    const theirs = await stranger.call('GET', '/organizations/roles');
    expect(theirs.body).toEqual(roles);
    expect((await app.call('PUT', '/organizations/roles/reset')).body).toEqual(roles);
    expect((await user.call('POST', '/elements', { json: {} })).status).toBe(403);
  });

  it('change together or not at all', async () => {
    const json = [
      { ...roles[4], name: 'Renamed' },
      { id: idOf('admin'), privileges: [{ key: 'system' }] },
    ];
    expect(await app.call('PUT', '/organizations/roles', { json })).toMatchObject({
      status: 403,
      body: { message: "User can not add the 'system' privilege to any role." },
    });
    expect((await app.call('GET', '/organizations/roles')).body).toEqual(roles);
    const whole = roles.map((role) => (role.key === 'org' ? { ...role, name: 'Renamed' } : role));
    expect((await app.call('PUT', '/organizations/roles', { json: whole })).body).toEqual(whole);
    await app.call('PUT', '/organizations/roles/reset');
  });

  it.each([
    [
      'default-user',
      ['intelligence'],
      403,
      "User can not add the 'intelligence' privilege to the 'default-user' role.",
    ],
    ['org', ['system'], 403, "User can not add the 'system' privilege to any role."],
    ['org', ['nonsense', 'viewFormulas', 'more'], 400, "'more'"],
    ['sys-admin', ['viewFormulas'], 403, 'above your own'],
    ['org-admin', ['viewFormulas'], 409, 'configureRoles'],
  ])('%s may not be given %j', async (key, privileges, status, message) => {
    const reply = await set(key, privileges);
    expect(reply).toMatchObject({ status, body: { message: expect.stringContaining(message) } });
    expect((await app.call('GET', `/organizations/roles/${idOf(key)}`)).body).toEqual(roles[idOf(key) - 1]);
  });

  it.each([[{ name: 5 }], [{ privileges: 'all' }], [{ privileges: [{}] }], [{ active: 'no' }], [[]]])(
    'are not changed by %j',
    async (json) => {
      expect((await app.call('PUT', `/organizations/roles/${idOf('org')}`, { json })).status).toBe(400);
      expect((await app.call('PUT', '/organizations/roles/-1', { json })).status).toBe(404);
    },
  );

  it('are no way up: nobody gives a role what is not theirs, or changes one above them', async () => {
    await set('vdrAdmin', ['configureRoles', 'viewCommonObjects']);
    const configurer = await people.add(['vdrAdmin']);
    expect(await set('vdrAdmin', ['configureRoles', 'editUsersOrg'], configurer)).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining("'editUsersOrg'") },
    });
    expect((await set('org-admin', ['configureRoles'], configurer)).status).toBe(403);
    expect((await set('default-user', ['configureRoles'], configurer)).status).toBe(200);
    expect(
      (
        await stranger.call('PUT', `/organizations/roles/${idOf('org')}`, {
          json: { privileges: [{ key: 'manageCustomers' }] },
        })
      ).status,
    ).toBe(403);
    await app.call('PUT', '/organizations/roles/reset');
    expect((await configurer.call('GET', '/organizations/roles')).status).toBe(403);
    // Who gives roles sees them, with the level up to which they can be given, and changes none.
    const admin = await people.add(['admin']);
    expect((await admin.call('GET', '/organizations/roles')).body).toEqual(roles);
    expect(roles.map(({ level }) => level)).toEqual([100, 80, 60, 40, 20, 40, 90]);
    expect((await set('org', ['viewElements'], admin)).status).toBe(403);
  });

  it('can be switched off, and then give nothing; that of the administrators stays on', async () => {
    const user = await people.add(['default-user']);
    const off = (key: string) =>
      app.call('PUT', `/organizations/roles/${idOf(key)}`, { json: { active: false } });
    expect((await off('default-user')).body.active).toBe(false);
    expect((await user.call('GET', '/elements')).status).toBe(403);
    expect((await off('org-admin')).status).toBe(409);
    await app.call('PUT', '/organizations/roles/reset');
  });

  it('may allow what is listed', async () => {
    const { body } = await app.call('GET', '/organizations/privileges');
    expect(body).toContainEqual({ key: 'editElements', name: expect.any(String) });
    expect(body.map(({ key }: { key: string }) => key).toSorted()).toEqual(keysOf(roles[0]).toSorted());
  });
});

describe('a role of a user', () => {
  it('is given and taken, and counts at once', async () => {
    const user = await people.add(['default-user']);
    const path = `/users/${user.id}/roles`;
    expect((await user.call('POST', '/elements', { json: {} })).status).toBe(403);
    expect((await app.call('PUT', `${path}/org`)).body).toMatchObject({ key: 'org' });
    expect((await user.call('POST', '/elements', { json: {} })).status).toBe(400);
    expect((await app.call('PUT', `${path}/org`)).status).toBe(409);
    const held = await user.call('GET', path);
    expect(held.body.map(({ key }: { key: string }) => key)).toEqual(['org', 'default-user']);
    expect(keysOf(held.body[0])).toContain('editElements');
    expect((await app.call('DELETE', `/users/${user.email}/roles/org`)).status).toBe(200);
    expect((await app.call('DELETE', `${path}/org`)).status).toBe(404);
    expect((await user.call('POST', '/elements', { json: {} })).status).toBe(403);
  });

  it.each([
    ['-1', 'admin', 404],
    ['nobody@example.com', 'admin', 404],
    ['-1', 'nonsense', 404],
    ['SELF', 'nonsense', 400],
    ['SELF', 'admin', 403],
    ['me', 'admin', 403],
    ['FOREIGN', 'nonsense', 400],
    ['FOREIGN', 'default-user', 403],
    ['OTHER', 'sys-admin', 403],
  ])('%s/%s is not given or taken: %i', async (who, key, status) => {
    const me = (await app.call('GET', '/users/me')).body;
    const other = await people.add(['org']);
    const id = { SELF: me.id, FOREIGN: stranger.id, OTHER: other.id }[who] ?? who;
    for (const method of ['PUT', 'DELETE'])
      expect((await app.call(method, `/users/${id}/roles/${key}`)).status).toBe(status);
  });

  it('is seen by the user, and by who may see the user', async () => {
    const user = await people.add(['default-user']);
    const other = await people.add(['default-user']);
    expect((await user.call('GET', `/users/${user.id}/roles`)).status).toBe(200);
    expect((await user.call('GET', `/users/${other.id}/roles`)).status).toBe(403);
    expect((await app.call('GET', `/users/${stranger.id}/roles`)).status).toBe(403);
    expect((await app.call('GET', '/users/-1/roles')).status).toBe(404);
  });

  it('is given in the own account only, up to the own, and never to who stands above', async () => {
    const account = await people.addAccount();
    const admin = await people.add(['admin'], account);
    const user = await people.add(['default-user'], account);
    const above = await people.add(['org-admin'], account);
    const elsewhere = await people.add(['default-user']);
    const give = async (id: number, key: string) =>
      (await admin.call('PUT', `/users/${id}/roles/${key}`)).status;
    expect(await give(user.id, 'admin')).toBe(200);
    expect(await give(user.id, 'org-admin')).toBe(403);
    expect(await give(above.id, 'vdrAdmin')).toBe(403);
    expect(await give(elsewhere.id, 'org')).toBe(403);
    expect((await admin.call('DELETE', `/users/${above.id}/roles/org-admin`)).status).toBe(403);
  });
});

describe('a role of an account', () => {
  it('is one of all its users', async () => {
    const account = await people.addAccount();
    const user = await people.add(['default-user'], account);
    expect((await app.call('GET', `/accounts/${account}/roles`)).body).toEqual([]);
    expect((await app.call('PUT', `/accounts/${account}/roles/org`)).body).toMatchObject({ key: 'org' });
    expect((await app.call('PUT', `/accounts/${account}/roles/org`)).status).toBe(409);
    expect((await app.call('GET', `/accounts/${account}/roles`)).body).toEqual([roles[idOf('org') - 1]]);
    expect((await user.call('POST', '/elements', { json: {} })).status).toBe(400);
    expect((await app.call('DELETE', `/accounts/${account}/roles/org`)).status).toBe(200);
    expect((await app.call('DELETE', `/accounts/${account}/roles/org`)).status).toBe(404);
    expect((await user.call('POST', '/elements', { json: {} })).status).toBe(403);
  });

  it.each([
    ['-1', 'admin', 404],
    ['-1', 'nonsense', 404],
    ['1', 'foo', 400],
    ['1', 'admin', 403],
    ['FOREIGN', 'admin', 403],
    ['OWN', 'sys-admin', 403],
  ])('%s/%s is not given or taken: %i', async (which, key, status) => {
    const own = await people.addAccount();
    const id = { FOREIGN: stranger.accountId, OWN: own }[which] ?? which;
    for (const method of ['PUT', 'DELETE'])
      expect((await app.call(method, `/accounts/${id}/roles/${key}`)).status).toBe(status);
  });

  it('that makes the only administrators stays', async () => {
    const made = await people.addCustomer();
    const only = { call: made.call };
    expect((await only.call('PUT', `/accounts/${made.accountId}/roles/org-admin`)).status).toBe(200);
    expect((await only.call('DELETE', `/accounts/${made.accountId}/roles/org-admin`)).status).toBe(200);
  });
});

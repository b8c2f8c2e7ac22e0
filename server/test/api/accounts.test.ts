import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { createPeople, userBody } from '#test/people';
import type { People, Person } from '#test/people';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;
let people: People;
let stranger: Person;
let defaultId: number;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop([
        resource('GET', '/books'),
        resource('GET', '/accounts'),
        resource('POST', '/accounts', { parameters: [parameter('body', 'body')] }),
      ]),
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  people = createPeople(app);
  stranger = await people.addCustomer();
  const { body } = await app.call('GET', '/accounts?where=defaultAccount=true');
  defaultId = body[0].id;
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const makeAccount = async (externalId: string, more: object = {}) =>
  (await app.call('POST', '/accounts', { json: { externalId, ...more } })).body;

/** An account with one user that has connected something. */
async function occupied(): Promise<{ id: number; person: Person }> {
  const id = await people.addAccount();
  const person = await people.add(['org'], id);
  const made = await person.call('POST', '/instances', {
    json: {
      name: 'shop',
      element: { key: 'bookshop' },
      configuration: shopKeys,
      externalAuthentication: 'initial',
      providerData: { access_token: 'x' },
    },
  });
  expect(made.status).toBe(200);
  return { id, person };
}

describe('accounts', () => {
  it('are made of an externalId alone', async () => {
    const { status, body } = await app.call('POST', '/accounts', { json: { externalId: 'acme' } });
    expect(status).toBe(200);
    const today = new Date().toISOString().slice(0, 10);
    expect(body).toEqual({
      id: expect.any(Number),
      name: 'acme',
      description: 'acme',
      externalId: 'acme',
      active: true,
      companyId: expect.any(Number),
      createdDate: today,
      updatedDate: today,
      defaultAccount: false,
      type: 'CompanyAccount',
    });
    expect((await app.call('GET', `/accounts/${body.id}`)).body).toEqual(body);
    expect((await app.call('POST', '/accounts', { json: { externalId: 'acme' } })).status).toBe(409);
  });

  it('have one default account', async () => {
    const { body } = await app.call('GET', '/accounts?where=defaultAccount%20=%20true');
    expect(body).toEqual([expect.objectContaining({ defaultAccount: true, type: 'Default' })]);
  });

  it.each([
    [{}, 'body.externalId is required'],
    [{ externalId: 7, name: [] }, 'body.externalId must be a text'],
    [{ externalId: 'a\u0000' }, 'body.externalId'],
    [{ externalId: '' }, 'body.externalId'],
  ])('are not made of %j', async (json, fault) => {
    const { status, body } = await app.call('POST', '/accounts', { json });
    expect(status).toBe(400);
    expect(body.message).toContain(fault);
  });

  it.each(['PUT', 'PATCH'])(
    'change by %s in what is given, and in nothing that is not theirs to say',
    async (method) => {
      const made = await makeAccount(`change-${method}`, { name: 'before', description: 'stays' });
      const json = {
        name: 'after',
        id: 1,
        companyId: 1,
        defaultAccount: true,
        organization_id: 1,
        deleted_at: 'x',
      };
      const { status, body } = await app.call(method, `/accounts/${made.id}`, { json });
      expect(status).toBe(200);
      expect(body).toEqual({ ...made, name: 'after' });
    },
  );

  it('are listed in pages, filtered and sorted', async () => {
    for (const name of ['page c', 'page a', 'page b']) await makeAccount(name);
    const { body: all, headers } = await app.call('GET', '/accounts?pageSize=1000');
    expect(headers).toMatchObject({
      'elements-total-count': String(all.length),
      'elements-returned-count': String(all.length),
    });
    expect(headers['elements-next-page-token']).toBeUndefined();
    const first = await app.call('GET', '/accounts?pageSize=2');
    const next = await app.call(
      'GET',
      `/accounts?pageSize=2&nextPage=${first.headers['elements-next-page-token']}`,
    );
    expect([...first.body, ...next.body]).toEqual(all.slice(0, 4));
    expect((await app.call('GET', '/accounts?pageSize=2&page=2')).body).toEqual(next.body);
    expect((await app.call('GET', '/accounts?offset=1&pageSize=2')).body).toEqual(all.slice(1, 3));
    const sorted = await app.call(
      'GET',
      `/accounts?where=${encodeURIComponent("name LIKE 'page%'")}&orderBy=name%20desc&pageSize=2`,
    );
    expect(sorted.body.map(({ name }: { name: string }) => name)).toEqual(['page c', 'page b']);
    expect(sorted.headers['elements-total-count']).toBe('3');
    const both = encodeURIComponent("externalId IN ('page a', 'page b') AND type='CompanyAccount'");
    expect((await app.call('GET', `/accounts?where=${both}`)).body).toHaveLength(2);
    expect((await app.call('GET', "/accounts?where=name='nobody'")).body).toEqual([]);
  });

  it.each(['where=name=', 'orderBy=', 'offset=-1', 'pageSize=0', 'nextPage=x'])(
    'are not listed by %s',
    async (query) => {
      const { status } = await app.call('GET', `/accounts?${query}`);
      expect(status).toBe(query === 'orderBy=' ? 200 : 400);
    },
  );

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])(
    'that are not there answer 404 to %s, whatever the body',
    async (method) => {
      const options = method === 'GET' || method === 'DELETE' ? {} : { json: { name: 5 } };
      expect((await app.call(method, '/accounts/-1', options)).status).toBe(404);
      const mine = await makeAccount(`not there ${method}`);
      expect((await stranger.call(method, `/accounts/${mine.id}`, options)).status).toBe(404);
      expect((await app.call('GET', `/accounts/${mine.id}`)).body).toEqual(mine);
    },
  );

  it('of one organization are not in the list of another', async () => {
    const { body } = await stranger.call('GET', '/accounts');
    expect(body).toEqual([expect.objectContaining({ id: stranger.accountId })]);
    await stranger.call('POST', '/accounts', { json: { externalId: 'same for both' } });
    expect((await app.call('POST', '/accounts', { json: { externalId: 'same for both' } })).status).toBe(200);
  });

  it('are there by the id of the own organization only', async () => {
    const { id } = (await app.call('GET', '/organizations/me')).body;
    expect((await app.call('GET', `/organizations/${id}/accounts`)).body.length).toBeGreaterThan(1);
    expect((await app.call('GET', `/organizations/${id}/accounts/${defaultId}`)).status).toBe(200);
    for (const path of [
      '/organizations/-1/accounts',
      `/organizations/-1/accounts/${defaultId}`,
      `/organizations/${id}/accounts/-1`,
    ])
      expect((await app.call('GET', path)).status).toBe(404);
    expect((await stranger.call('GET', `/organizations/${id}/accounts`)).status).toBe(404);
  });

  it('share their path with resources of elements: a living token of one that has it makes a hub call', async () => {
    provider.answer({ body: [{ from: 'the provider' }] });
    const shop = await app.connect('bookshop', { configuration: shopKeys });
    const withToken = `${app.asUser}, Element ${shop.token}`;
    const read = (path: string, authorization: string) => app.call('GET', path, { authorization });
    expect((await read('/accounts?pageSize=1', withToken)).body).toEqual([{ from: 'the provider' }]);
    expect((await read(`/accounts/${defaultId}`, withToken)).body).toMatchObject({ id: defaultId });
    expect((await read('/users', withToken)).body[0]).toMatchObject({ email: app.email });
    const json = { externalId: 'for the provider' };
    expect((await app.call('POST', '/accounts', { authorization: withToken, json })).status).toBe(200);
    expect(provider.received.at(-1)).toMatchObject({ method: 'POST', text: JSON.stringify(json) });
    const dead = `${app.asUser}, Element ${'A'.repeat(43)}=`;
    expect((await read('/accounts', dead)).body[0]).toMatchObject({ id: defaultId });
    expect((await read('/accounts', `User x, Organization y, Element ${shop.token}`)).status).toBe(401);
  });
});

describe('an account that is', () => {
  it('switched off keeps all it has, and its users call again when it is on', async () => {
    const { id, person } = await occupied();
    expect((await app.call('PATCH', `/accounts/${id}`, { json: { active: false } })).body.active).toBe(false);
    expect(await person.call('GET', '/instances')).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining('account') },
    });
    expect((await app.call('GET', `/accounts?where=externalId='x'`)).body).toEqual([]);
    expect((await app.call('GET', '/accounts?pageSize=1000')).text).not.toContain(`"id":${id},`);
    expect((await app.call('GET', '/accounts?where=active=false')).text).toContain(`"id":${id},`);
    expect((await app.call('PATCH', `/accounts/${id}`, { json: { active: true } })).body.active).toBe(true);
    expect((await person.call('GET', '/instances')).body).toHaveLength(1);
  });

  it.each([
    ['switched off permanently', 'PATCH', '?permanent=true', 200],
    ['deleted', 'DELETE', '', 404],
  ])(
    '%s loses its users and what they have connected, and can be brought back empty',
    async (_what, method, query, status) => {
      const { id, person } = await occupied();
      const json = method === 'PATCH' ? { json: { active: false } } : {};
      expect((await app.call(method, `/accounts/${id}${query}`, json)).status).toBe(200);
      expect((await app.call('GET', `/accounts/${id}`)).status).toBe(status);
      expect((await person.call('GET', '/instances')).status).toBe(401);
      expect((await app.call('GET', `/organizations/users/${person.id}`)).status).toBe(404);
      expect((await app.call('PATCH', `/accounts/${id}`, { json: { active: true } })).status).toBe(200);
      expect(await app.call('GET', `/accounts/${id}/users`)).toMatchObject({
        status: 404,
        body: { message: 'No users found' },
      });
      const again = await app.call('POST', `/accounts/${id}/users`, {
        json: userBody({ email: person.email }),
      });
      expect(again.status).toBe(200);
      const authorization = `User ${again.body.secret}, Organization ${app.organizationSecret}`;
      expect((await app.call('GET', '/instances', { authorization })).status).toBe(404);
    },
  );

  it('the default one stays', async () => {
    for (const [method, json] of [
      ['DELETE', undefined],
      ['PATCH', { active: false }],
      ['PATCH', { active: false, name: 'off' }],
    ] as const)
      expect((await app.call(method, `/accounts/${defaultId}?permanent=true`, { json })).status).toBe(409);
    expect((await app.call('GET', `/accounts/${defaultId}`)).body.name).toBe('Default account');
  });
});

describe('settings of an account', () => {
  it('begin empty, are added to by PATCH and replaced by POST', async () => {
    const path = '/accounts/settings';
    expect(await app.call('GET', path)).toMatchObject({ status: 200, body: {} });
    const first = { 'notification.webhook.failure.policy': 'retry', count: 12, on: true };
    expect((await app.call('PATCH', path, { json: first })).body).toEqual(first);
    expect((await app.call('PATCH', path, { json: { count: null, more: 'a\u0000b' } })).body).toEqual({
      'notification.webhook.failure.policy': 'retry',
      on: true,
      more: 'a\u0000b',
    });
    expect((await app.call('POST', path, { json: { only: 'this' } })).body).toEqual({ only: 'this' });
    expect((await app.call('GET', `/accounts/${defaultId}/settings`)).body).toEqual({ only: 'this' });
    expect((await app.call('PATCH', path, { json: { a: {} } })).status).toBe(400);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_each, n) => [`n${n}`, n]));
    expect((await app.call('PATCH', path, { json: many })).body.message).toContain('at most 500');
  });

  it('of another account need a privilege for all accounts', async () => {
    const other = await people.addAccount();
    const admin = await people.add(['admin'], other);
    expect((await admin.call('PATCH', '/accounts/settings', { json: { mine: 1 } })).status).toBe(200);
    expect((await app.call('GET', `/accounts/${other}/settings`)).body).toEqual({ mine: 1 });
    for (const method of ['GET', 'PATCH', 'POST']) {
      const options = method === 'GET' ? {} : { json: { stolen: 1 } };
      expect(await admin.call(method, `/accounts/${defaultId}/settings`, options)).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining('AccountsOrg') },
      });
      expect((await stranger.call(method, `/accounts/${other}/settings`, options)).status).toBe(404);
    }
    const user = await people.add(['default-user']);
    expect((await user.call('GET', '/accounts/settings')).status).toBe(200);
    expect((await user.call('PATCH', '/accounts/settings', { json: {} })).status).toBe(403);
  });
});

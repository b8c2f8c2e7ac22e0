import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, Loose, TestApp } from '#test/app';
import { bookshop, library, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let provider: Provider;
let neighbour: Tenant;

const fields = (name: string) => ({ model: { name, swagger: { [name]: { properties: { id: {} } } } } });

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop([
        resource('GET', '/books', { operationId: 'getBooks' }),
        resource('GET', '/books/{id}', fields('book')),
      ]),
      library([resource('GET', '/loans')]),
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url }, library: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  neighbour = await app.addTenant({ sameOrganization: true });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const connectShop = (configuration = {}) =>
  app.connect('bookshop', { configuration: { ...shopKeys, ...configuration } });

/** The same place by id and by the Element token. */
const waysTo = ({ id, authorization }: Connected, below: string) =>
  [
    ['id', (method: string, json?: unknown) => app.call(method, `/instances/${id}${below}`, { json })],
    [
      'token',
      (method: string, json?: unknown) => app.call(method, `/instances${below}`, { authorization, json }),
    ],
  ] as const;

describe('what stands below an instance', () => {
  const reads = [
    '/configuration',
    '/configuration/base.url',
    '/docs',
    '/docs/GET-books',
    '/docs/getBooks/definitions',
    '/objects',
    '/objects/books/metadata',
    '/objects/books/docs',
  ];
  it.each(reads)('%s is the same by id and by the Element token', async (below) => {
    const shop = await connectShop();
    const [byId, byToken] = await Promise.all(waysTo(shop, below).map(([, ask]) => ask('GET')));
    expect(byId?.status).toBe(200);
    expect({ status: byToken?.status, body: byToken?.body }).toEqual({ status: 200, body: byId?.body });
  });

  it.each(
    [...reads, '/validate', '/enabled', '/configuration/1'].map((below) => [
      below,
      below === '/validate' ? 'POST' : below === '/enabled' || below.endsWith('1') ? 'PUT' : 'GET',
    ]),
  )('%s is not there for others (%s)', async (below, method) => {
    const shop = await connectShop();
    const json = method === 'GET' ? undefined : {};
    const asNeighbour = `User ${neighbour.userSecret}, Organization ${app.organizationSecret}`;
    const byId = await app.call(method, `/instances/${shop.id}${below}`, {
      authorization: asNeighbour,
      json,
    });
    const byToken = await app.call(method, `/instances${below}`, {
      authorization: neighbour.asElement(shop.token),
      json,
    });
    const unknown = await app.call(method, `/instances/-1${below}`, { json });
    const dead = await app.call(method, `/instances${below}`, { authorization: app.asElement('AAAA'), json });
    expect([byId, byToken, unknown, dead].map(({ status }) => status)).toEqual([404, 401, 404, 401]);
    expect(provider.received).toEqual([]);
  });
});

describe('the configuration of an instance', () => {
  const valueOf = (rows: Loose, key: string) => rows.find((row: Loose) => row.key === key)?.propertyValue;

  it('has a row for every key of the element, with its value as text', async () => {
    const shop = await connectShop({ 'event.notification.enabled': true, extra: 5 });
    const { status, body, headers } = await app.call('GET', `/instances/${shop.id}/configuration`);
    expect(status).toBe(200);
    const values = Object.fromEntries(body.map((row: Loose) => [row.key, row.propertyValue]));
    expect(values).toMatchObject({
      'base.url': provider.url,
      'oauth.api.key': '********',
      'oauth.api.secret': '********',
      'oauth.user.token': '********',
      'event.notification.enabled': 'true',
      'filter.response.nulls': 'true',
      extra: '5',
    });
    expect(values).toHaveProperty(['event.vendor.type'], undefined);
    const ids = body.map(({ id }: Loose) => id);
    expect(ids.every(Number.isInteger)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(headers['elements-returned-count']).toBe(String(body.length));
    expect(JSON.stringify(body)).not.toMatch(/shop-secret|golden-token/);
  });

  it('is listed in pages', async () => {
    const shop = await connectShop();
    const path = `/instances/${shop.id}/configuration`;
    const whole = await app.call('GET', path);
    const first = await app.call('GET', `${path}?pageSize=2`);
    const token = first.headers['elements-next-page-token'];
    const second = await app.call('GET', `${path}?pageSize=2&nextPage=${token}`);
    expect([...first.body, ...second.body]).toEqual(whole.body.slice(0, 4));
    expect(whole.headers['elements-next-page-token']).toBeUndefined();
    expect(await app.call('GET', `${path}?pageSize=0`)).toMatchObject({ status: 400 });
  });

  it.each(['id', 'token'])('changes one value, by %s', async (way) => {
    const shop = await connectShop();
    provider.on({ 'GET /books': { body: [{ id: 1, gone: null }] } });
    const { body } = await app.call('GET', `/instances/${shop.id}/configuration`);
    const row = body.find(({ key }: Loose) => key === 'filter.response.nulls');
    const [, ask] = waysTo(shop, `/configuration/${row.id}`).find(([name]) => name === way) ?? [];
    const changed = await ask?.('PATCH', { ...row, propertyValue: 'false' });
    expect(changed).toMatchObject({ status: 200, body: { ...row, propertyValue: 'false' } });
    expect((await shop.call('GET', '/books')).body).toEqual([{ id: 1, gone: null }]);
    expect((await ask?.('PATCH', { propertyValue: true }))?.body.propertyValue).toBe('true');
  });

  it('keeps a secret whose mask comes back, and its default when there was none', async () => {
    const shop = await connectShop();
    const { body } = await app.call('GET', `/instances/${shop.id}/configuration`);
    for (const row of body)
      expect(await app.call('PATCH', `/instances/${shop.id}/configuration/${row.id}`, { json: row })).toEqual(
        expect.objectContaining({ status: 200, body: row }),
      );
    provider.on({ 'GET /books': { body: [] }, 'POST /token': { body: { access_token: 't' } } });
    await shop.call('GET', '/books');
    expect(provider.received[0]?.headers['authorization']).toBe('Bearer golden-token');
    await app.call('PUT', `/instances/${shop.id}`, { json: { providerData: { code: 'c' } } });
    expect(provider.received[1]?.form()).toMatchObject({ client_secret: 'shop-secret' });
  });

  it('does not take a mask for a secret that nobody has given', async () => {
    const refused = await app.call('POST', '/instances', {
      json: {
        name: 'masked',
        element: { key: 'library' },
        configuration: { username: 'u', password: '********' },
      },
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('password (Password)') },
    });
  });

  it('takes a value away with null, so that the default counts again', async () => {
    const shop = await connectShop({ 'oauth.scope': 'mine' });
    const path = `/instances/${shop.id}/configuration`;
    expect((await app.call('GET', `${path}/oauth.scope`)).body.propertyValue).toBe('mine');
    const changed = await app.call('PATCH', `${path}/oauth.scope`, { json: { propertyValue: null } });
    expect(changed.body.propertyValue).toBe('read write');
  });

  it.each([
    ['an unknown row', 'nosuch', {}, 404],
    ['an unknown id', '99999', {}, 404],
    ['a value that is not allowed', 'filter.response.nulls', { propertyValue: 'maybe' }, 400],
    ['a required value taken away', 'oauth.api.key', { propertyValue: null }, 400],
    ['a body that is none', 'oauth.scope', [], 400],
  ])('refuses %s', async (_what, part, json, status) => {
    const shop = await connectShop();
    const before = await app.call('GET', `/instances/${shop.id}/configuration`);
    expect(await app.call('PATCH', `/instances/${shop.id}/configuration/${part}`, { json })).toMatchObject({
      status,
    });
    expect((await app.call('GET', `/instances/${shop.id}/configuration`)).body).toEqual(before.body);
    expect(valueOf(before.body, 'filter.response.nulls')).toBe('true');
  });
});

describe('counting and listing', () => {
  it('counts the instances of each element, of the own account alone', async () => {
    await connectShop();
    const before = (await app.call('GET', '/instances/count')).body;
    await connectShop();
    await app.connect('library', { configuration: { username: 'u', password: 'p' } });
    const { body } = await app.call('GET', '/instances/count');
    expect(body).toEqual({
      totalInstances: before.totalInstances + 2,
      elementInstances: {
        bookshop: before.elementInstances.bookshop + 1,
        library: (before.elementInstances.library ?? 0) + 1,
      },
    });
    const asNeighbour = `User ${neighbour.userSecret}, Organization ${app.organizationSecret}`;
    expect((await app.call('GET', '/instances/count', { authorization: asNeighbour })).body).toEqual({
      totalInstances: 0,
      elementInstances: {},
    });
  });

  it('finds those of a state, and counts them', async () => {
    const tag = 'of-a-state';
    const [good, broken, off] = await Promise.all(
      [1, 2, 3].map(async () => (await app.connect('bookshop', { name: tag, configuration: shopKeys })).id),
    );
    await app.query(sql`update instance set valid = false where id = ${broken}`);
    await app.call('DELETE', `/instances/${off}/enabled`);
    const find = (where: string) =>
      app.call('GET', `/instances?tags[]=${tag}&pageSize=1&where=${encodeURIComponent(where)}`);
    const whole = await find('disabled = false');
    expect(whole.headers['elements-total-count']).toBe('2');
    expect(whole.headers).toHaveProperty('elements-next-page-token');
    expect((await find('disabled = false AND valid = false')).body).toMatchObject([{ id: broken }]);
    expect((await find("disabled != true and valid = 'true'")).body).toMatchObject([{ id: good }]);
    const disabled = await find('disabled=true');
    expect(disabled.body).toMatchObject([{ id: off }]);
    expect(disabled.headers['elements-total-count']).toBe('1');
    expect((await find('disabled = true and valid = false')).status).toBe(404);
  });

  it.each([
    ['name = 1', 'name is not one of its fields'],
    ['valid = 1', 'valid is true or false'],
    ['valid = true or disabled = true', 'only =, != and AND are understood'],
    ['valid = true and valid = false', 'valid comes twice'],
    ['valid =', 'expected'],
  ])('says what is wrong with a state: %s', async (where, fault) => {
    const { status, body } = await app.call('GET', `/instances?where=${encodeURIComponent(where)}`);
    expect(status).toBe(400);
    expect(body.message).toContain(fault);
  });

  it('trims with hydrate=false', async () => {
    const { id } = await connectShop();
    const find = async (query: string) =>
      (await app.call('GET', `/instances?${query}`)).body.find((one: Loose) => one.id === id);
    expect(await find('')).toHaveProperty('configuration');
    const trimmed = await find('hydrate=false');
    expect(trimmed).not.toHaveProperty('configuration');
    expect(Object.keys(trimmed.element).sort()).toEqual(['active', 'hub', 'id', 'key', 'name']);
    expect(trimmed).toMatchObject({
      token: expect.any(String),
      valid: true,
      tags: [expect.any(String)],
      user: { emailAddress: app.email },
    });
  });

  it('finds an instance by its name, which is a tag, also with a comma or markup', async () => {
    const made = await app.connect('bookshop', {
      name: '<a href="x">Doe, John</a>',
      configuration: shopKeys,
    });
    expect((await app.call('GET', `/instances/${made.id}`)).body.tags[0]).toBe('Doe, John');
    const found = await app.call('GET', `/instances?tags[]=${encodeURIComponent('Doe, John')}`);
    expect(found.body.map(({ id }: Loose) => id)).toEqual([made.id]);
    await app.call('PATCH', `/instances/${made.id}`, { json: { tags: ['<b></b>', ' ', 'x'] } });
    expect((await app.call('GET', `/instances/${made.id}`)).body.tags).toEqual(['x']);
  });

  it.each([
    ['a tag that is too long', ['x'.repeat(251)]],
    ['too many tags', Array.from({ length: 101 }, (_, index) => `t${index}`)],
  ])('refuses %s', async (_what, tags) => {
    const { id } = await connectShop();
    expect(await app.call('PATCH', `/instances/${id}`, { json: { tags } })).toMatchObject({ status: 400 });
  });
});

describe('moving an instance to another element', () => {
  it('calls by the definition of the clone from then on, under the same token', async () => {
    const shop = await connectShop();
    const clone = await app.call('POST', '/elements/bookshop/clone', { json: { key: `clone${shop.id}` } });
    await app.call('POST', `/elements/${clone.body.id}/resources`, { json: resource('GET', '/more') });
    provider.on({ 'GET /more': { body: [{ id: 1 }] } });
    expect((await shop.call('GET', '/more')).status).toBe(400);
    const moved = await app.call('PATCH', `/instances/${shop.id}`, {
      json: { element: { id: clone.body.id }, configuration: { 'base.url': provider.url } },
    });
    expect(moved).toMatchObject({
      status: 200,
      body: { id: shop.id, token: shop.token, element: { key: `clone${shop.id}` }, elementId: clone.body.id },
    });
    expect((await shop.call('GET', '/more')).body).toEqual([{ id: 1 }]);
    expect(provider.received[0]?.headers['authorization']).toBe('Bearer golden-token');
    expect(await app.call('DELETE', `/elements/${clone.body.id}`)).toMatchObject({ status: 409 });
    const back = await app.call('PATCH', `/instances/${shop.id}`, { json: { element: { key: 'bookshop' } } });
    expect(back).toMatchObject({ status: 200, body: { element: { key: 'bookshop' } } });
  });

  it('does nothing for an echo of the instance', async () => {
    const shop = await connectShop();
    const { body } = await app.call('GET', `/instances/${shop.id}`);
    const echoed = await app.call('PUT', `/instances/${shop.id}`, { json: body });
    expect(echoed).toMatchObject({ status: 200, body: { element: { key: 'bookshop' }, token: shop.token } });
  });

  it('asks for what the other element needs, and changes nothing then', async () => {
    const shop = await connectShop();
    const moved = await app.call('PATCH', `/instances/${shop.id}`, { json: { element: { key: 'library' } } });
    expect(moved).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/username.*password/) },
    });
    expect((await app.call('GET', `/instances/${shop.id}`)).body.element.key).toBe('bookshop');
    const loans = await app.connect('library', { configuration: { username: 'u', password: 'p' } });
    expect(
      await app.call('PATCH', `/instances/${loans.id}`, {
        json: { element: { key: 'bookshop' }, configuration: shopKeys },
      }),
    ).toMatchObject({ status: 400, body: { message: expect.stringContaining('providerData.code') } });
  });

  it("cannot reach another account's element", async () => {
    const asNeighbour = `User ${neighbour.userSecret}, Organization ${app.organizationSecret}`;
    const foreign = await app.call('POST', '/elements', {
      authorization: asNeighbour,
      json: { ...library([resource('GET', '/loans')]), key: 'foreign' },
    });
    const shop = await connectShop();
    for (const element of [{ id: foreign.body.id }, { key: 'foreign' }, { id: -1 }])
      expect(await app.call('PATCH', `/instances/${shop.id}`, { json: { element } })).toMatchObject({
        status: 404,
      });
  });
});

describe('docs of one operation', () => {
  it('has its models alone, with those that they refer to inside when that is asked for', async () => {
    const { id } = await connectShop();
    const path = `/instances/${id}/docs/GET-books`;
    const { body } = await app.call('GET', path);
    const plain = await app.call('GET', `${path}/definitions`);
    expect(plain.body).toEqual(body.definitions);
    const resolved = await app.call('GET', `${path}/definitions?resolveReferences=true`);
    expect(Object.keys(resolved.body)).toEqual(Object.keys(plain.body));
    expect(JSON.stringify(resolved.body)).not.toContain('$ref');
    expect(await app.call('GET', `/instances/${id}/docs/nosuch/definitions`)).toMatchObject({ status: 404 });
  });
});

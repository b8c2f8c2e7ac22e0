import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, Loose, TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;
let asNeighbour: string;
let made = 0;

beforeAll(async () => {
  provider = await startProvider();
  provider.answer((request) => ({ body: { path: request.path } }));
  app = await startTestApp({
    elements: [bookshop([resource('GET', '/books', { parameters: [parameter('query', 'q')] })])],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  const neighbour = await app.addTenant({ sameOrganization: true });
  asNeighbour = `User ${neighbour.userSecret}, Organization ${app.organizationSecret}`;
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

/** A new element of the account's own; its path. */
async function own(more: object = {}): Promise<string> {
  const { body } = await app.call('POST', '/elements', {
    json: {
      name: `Own ${++made}`,
      hub: 'crm',
      authentication: { type: 'custom' },
      configuration: [{ key: 'base.url', name: 'URL', description: 'd', defaultValue: provider.url }],
      resources: [resource('GET', '/hats')],
      ...more,
    },
  });
  return `/elements/${body.id}`;
}
const get = (path: string, authorization = app.asUser) => app.call('GET', path, { authorization });
const send = (method: string, path: string, json: unknown = {}) => app.call(method, path, { json });

const hook = { type: 'preRequest', mimeType: 'application/javascript', body: 'done({});' };
const query = { name: 'a', vendorName: 'b', type: 'query', vendorType: 'query' };
const hat = { path: '/myhats', method: 'GET', vendorPath: '/vendorhats', vendorMethod: 'GET', type: 'api' };

describe('the parts of an element', () => {
  it.each([
    ['configuration', '/configuration', { key: 'k', name: 'K', description: 'd' }, { name: 'L' }, 'key'],
    ['resources', '/resources', hat, { description: 'Hats' }, 'id'],
    ['parameters', '/parameters', query, { vendorName: 'c' }, 'id'],
    ['hooks', '/hooks', hook, { body: 'done();' }, 'id'],
    ['parameters of a resource', '/resources/1/parameters', query, { required: true }, 'id'],
    ['hooks of a resource', '/resources/1/hooks', hook, { type: 'postRequest' }, 'id'],
    ['models', '/models', { name: 'hats', modelFields: [] }, { displayName: 'Hats' }, 'id'],
    ['objects', '/objects', { name: 'hats', fields: [] }, { primaryKeyName: 'id' }, 'id'],
  ])('are added, listed, read, changed and deleted: %s', async (_, path, given, change, by) => {
    const element = await own();
    const before = (await get(element + path)).body.length;
    const added = await send('POST', element + path, given);
    expect(added.status).toBe(200);
    expect(added.body).toMatchObject(path === '/resources' ? { ...given, path: '/hubs/crm/myhats' } : given);
    expect(added.body.id).toEqual(expect.any(Number));
    const one = `${element}${path}/${added.body[by]}`;
    expect((await get(element + path)).body).toHaveLength(before + 1);
    expect((await get(one)).body).toMatchObject({ id: added.body.id });
    expect((await send('PUT', one, change)).body).toMatchObject({ id: added.body.id, ...change });
    expect((await get(one)).body).toMatchObject(change);
    expect((await app.call('DELETE', one)).status).toBe(200);
    expect((await get(one)).status).toBe(404);
    expect((await app.call('DELETE', one)).status).toBe(404);
    expect((await get(element + path)).body).toHaveLength(before);
  });

  it('say where they stand, also when they are sent back as they came', async () => {
    const element = await own();
    const elementId = Number(element.split('/').at(-1));
    const ofResource = { elementId, resourceId: 1 };
    for (const [path, given, place] of [
      ['/hooks', hook, { elementId }],
      ['/parameters', query, { elementId }],
      ['/resources/1/hooks', hook, ofResource],
      ['/resources/1/parameters', query, ofResource],
      ['/resources', hat, { ownerAccountId: expect.any(Number) }],
    ] as const) {
      const added = (await send('POST', element + path, given)).body;
      const one = `${element}${path}/${added.id}`;
      const changed = (await send('PUT', one, { ...added, elementId: 7, resourceId: 8 })).body;
      const listed = (await get(element + path)).body.find(({ id }: { id: number }) => id === added.id);
      for (const row of [added, changed, listed, (await get(one)).body]) expect(row).toMatchObject(place);
    }
  });

  it.each([
    ['resources', '/resources', hat, '/resources/1'],
    ['parameters', '/parameters', query, undefined],
  ])(
    'tell when they were made and changed, which nobody else may say: %s',
    async (_, path, given, imported) => {
      const element = await own();
      const old = '2001-01-01T00:00:00Z';
      const said = { createdDate: old, updatedDate: old };
      const added = (await send('POST', element + path, { ...given, ...said })).body;
      expect(Date.parse(added.createdDate)).toBeGreaterThan(Date.now() - 60_000);
      expect(added.updatedDate).toBe(added.createdDate);
      const changed = (await send('PUT', `${element}${path}/${added.id}`, { description: 'd', ...said }))
        .body;
      expect(changed.createdDate).toBe(added.createdDate);
      expect(Date.parse(changed.updatedDate)).toBeGreaterThanOrEqual(Date.parse(added.updatedDate));
      if (!imported) return;
      const brought = (await send('PUT', element + imported, { description: 'd' })).body;
      expect(brought).toMatchObject({ updatedDate: expect.any(String) });
      expect(brought).not.toHaveProperty('createdDate');
    },
  );

  it.each([
    ['a resource without a path', '/resources', { method: 'GET' }, /path/],
    [
      'a parameter of an unknown kind',
      '/parameters',
      { ...query, type: 'guess' },
      /type must be .*bodyField/,
    ],
    ['a hook of an unknown kind', '/hooks', { ...hook, type: 'midRequest' }, /preRequest/],
    ['configuration without a key', '/configuration', { name: 'x', description: 'd' }, /key/],
    ['no object', '/hooks', [], /must be a JSON object/],
    ['an object without a name', '/objects', { fields: [] }, /name must be given/],
  ])('refuse %s, and change nothing', async (_, path, given, message) => {
    const element = await own();
    const before = await get(`${element}/export`);
    const reply = await send('POST', element + path, given);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toMatch(message);
    expect((await get(`${element}/export`)).body).toEqual(before.body);
  });

  it('keep the name of an object', async () => {
    const element = await own();
    const { body } = await send('POST', `${element}/objects`, { name: 'hats', vendorName: 'Hat' });
    const one = `${element}/objects/${body.id}`;
    for (const name of ['', ' ', null, 5]) {
      const reply = await send('PUT', one, { name, vendorName: 'Cap' });
      expect([reply.status, reply.body.message]).toEqual([400, expect.stringMatching(/name must be given/)]);
    }
    expect((await get(one)).body).toMatchObject({ name: 'hats', vendorName: 'Hat' });
  });

  it('have configuration keys once', async () => {
    const element = await own();
    const again = await send('POST', `${element}/configuration`, {
      key: 'base.url',
      name: 'U',
      description: 'd',
    });
    expect(again.status).toBe(409);
    const renamed = await send('PUT', `${element}/configuration/base.url`, { key: 'root.url' });
    expect(renamed.body.key).toBe('root.url');
  });

  it('change a row that every element has, and cannot lose it', async () => {
    const element = await own({ authentication: { type: 'basic' } });
    const one = `${element}/configuration/event.vendor.type`;
    const before = (await get(`${element}/configuration`)).body;
    expect((await app.call('DELETE', one)).status).toBe(409);
    const changed = await send('PUT', one, { defaultValue: 'webhook' });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'Vendor Event Type', defaultValue: 'webhook' },
    });
    await send('PUT', `${element}/configurations`, {
      configuration: [{ key: 'username', defaultValue: 'ada' }],
    });
    const after = (await get(`${element}/configuration`)).body;
    const keys = (rows: Loose[]) => rows.map(({ key }) => key).toSorted();
    expect(keys(after)).toEqual(keys(before));
    expect(after.find(({ key }: Loose) => key === 'username')).toMatchObject({
      name: 'User Name',
      defaultValue: 'ada',
    });
    expect((await get(one)).body).toMatchObject({ defaultValue: 'webhook' });
    const ids = after.map(({ id }: Loose) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('take several rows of configuration at once', async () => {
    const element = await own();
    const { status } = await send('PUT', `${element}/configurations`, {
      configuration: [
        { key: 'base.url', defaultValue: 'https://other.example' },
        { key: 'new', name: 'New', description: 'd' },
      ],
    });
    expect(status).toBe(200);
    const rows = (await get(`${element}/configuration`)).body;
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'base.url', defaultValue: 'https://other.example', name: 'URL' }),
        expect.objectContaining({ key: 'new' }),
      ]),
    );
  });

  it('add a model, or change the one of the same id, by one PUT', async () => {
    const element = await own();
    const first = await send('PUT', `${element}/models`, { name: 'hats', modelFields: [{ name: 'id' }] });
    expect(first.body).toMatchObject({ id: 1, name: 'hats' });
    await send('PUT', `${element}/models`, { id: 1, name: 'hats', modelFields: [] });
    expect((await get(`${element}/models`)).body).toEqual([{ id: 1, name: 'hats', modelFields: [] }]);
  });

  it('are added to models that an older export has as a map, and none is lost', async () => {
    const schema = (field: string, type = 'string') => ({ properties: { [field]: { type } } });
    const models = { hats: schema('size'), gloves: schema('pair', 'hats'), socks: schema('wool') };
    const element = await own({
      models,
      resources: [resource('GET', '/gloves', { model: { name: 'gloves' } })],
    });
    const fields = async (name: string) =>
      (await get(`${element}/docs`)).body.definitions[name]?.properties ?? {};
    const before = await fields('gloves');
    expect(before).toHaveProperty('pair');
    const listed = (await get(`${element}/models`)).body;
    expect(listed.map(({ id, name }: Loose) => [id, name])).toEqual([
      [1, 'hats'],
      [2, 'gloves'],
      [3, 'socks'],
    ]);
    expect((await get(`${element}/export`)).body.models).toEqual(models);
    const scarf = { name: 'scarves', modelFields: [{ name: 'length' }] };
    for (const method of ['POST', 'PUT'])
      await send(method, `${element}/models`, { ...scarf, vendorName: method });
    await send('PUT', `${element}/models/1/fields`, { data: [{ name: 'brim' }] });
    expect((await app.call('DELETE', `${element}/models/3`)).status).toBe(200);
    const rows = (await get(`${element}/models`)).body;
    expect(rows.map(({ id, name }: Loose) => [id, name])).toEqual([
      [1, 'hats'],
      [2, 'gloves'],
      [4, 'scarves'],
      [5, 'scarves'],
    ]);
    expect(rows[1]).toEqual(listed[1]);
    expect(await fields('gloves')).toEqual(before);
    expect(Object.keys(await fields('hats'))).toEqual(['size', 'brim']);
    const again = await app.call('POST', '/elements', {
      json: { ...(await get(`${element}/export`)).body, key: 'again' },
    });
    expect((await get(`/elements/${again.body.id}/models`)).body).toEqual(rows);
  });

  it('give a resource one model', async () => {
    const element = await own();
    const path = `${element}/resources/1/models`;
    expect(await get(path)).toMatchObject({ status: 200, body: {} });
    const model = { name: 'hat', swagger: { hat: { properties: {} } } };
    expect((await send('POST', path, model)).body).toEqual(model);
    expect((await get(path)).body).toEqual(model);
    expect((await get(`${element}/resources/1`)).body.model).toEqual(model);
    expect((await app.call('DELETE', path)).status).toBe(200);
    expect(await get(path)).toMatchObject({ status: 200, body: {} });
  });

  it('keep a hook current that was made so; its text is not checked when it is saved', async () => {
    const element = await own();
    const { body } = await send('POST', `${element}/hooks`, { ...hook, body: 'this is no script' });
    expect(body).toMatchObject({ isLegacy: false, body: 'this is no script' });
    const refused = await send('PUT', `${element}/hooks/${body.id}`, { isLegacy: true });
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain('legacy');
    const old = await send('POST', `${element}/hooks`, { ...hook, isLegacy: true });
    expect((await send('PUT', `${element}/hooks/${old.body.id}`, { isLegacy: false })).status).toBe(200);
  });

  it('survive changes that come at once', async () => {
    const element = await own();
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        send('POST', `${element}/parameters`, { ...query, vendorName: `v${index}` }),
      ),
    );
    const { body } = await get(`${element}/parameters`);
    expect(body).toHaveLength(12);
    expect(new Set(body.map(({ id }: Loose) => id)).size).toBe(12);
  });
});

describe('own resources on a shipped element', () => {
  let shop: Connected;
  beforeAll(async () => {
    shop = await app.connect('bookshop', { configuration: { ...shopKeys, 'base.url': provider.url } });
  });

  it('are callable by the account at once, and by nobody else', async () => {
    const added = await send('POST', '/elements/bookshop/resources', hat);
    expect(added.status).toBe(200);
    expect(added.body.path).toBe('/hubs/documents/myhats');
    expect((await shop.call('GET', '/hubs/documents/myhats')).body).toEqual({ path: '/vendorhats' });
    const mine = await get('/elements/bookshop');
    expect(mine.body).toMatchObject({ extended: true, id: 501 });
    expect(mine.body.resources).toHaveLength(2);
    expect((await get('/elements/bookshop/resources')).body).toHaveLength(2);
    const only = await get('/elements/bookshop/resources?accountOnly=true');
    expect(only.body.map(({ id }: Loose) => id)).toEqual([added.body.id]);
    const exported = await get('/elements/bookshop/export?extendedOnly=true');
    expect(exported.body.resources.map(({ id }: Loose) => id)).toEqual([added.body.id]);
    const theirs = await get('/elements/bookshop', asNeighbour);
    expect(theirs.body.resources).toHaveLength(1);
    expect((await get('/elements/bookshop/resources', asNeighbour)).body).toHaveLength(1);
    const other = await app.call('POST', '/instances', {
      authorization: asNeighbour,
      json: {
        name: 'other',
        element: { key: 'bookshop' },
        configuration: { ...shopKeys, 'base.url': provider.url },
        externalAuthentication: 'initial',
        providerData: { access_token: 't' },
      },
    });
    const user = asNeighbour.split(',')[0];
    const call = { authorization: `${user}, Element ${other.body.token}` };
    expect((await app.call('GET', '/hubs/documents/myhats', call)).status).toBe(400);
    await app.call('DELETE', `/elements/bookshop/resources/${added.body.id}`);
    expect((await shop.call('GET', '/hubs/documents/myhats')).status).toBe(400);
    expect((await get('/elements/bookshop')).body.resources).toHaveLength(1);
  });

  it('win over a shipped one of the same path, which works again without them', async () => {
    const override = { ...hat, path: '/books', vendorPath: '/ours' };
    const { body } = await send('POST', '/elements/bookshop/resources', override);
    expect((await shop.call('GET', '/books')).body).toEqual({ path: '/ours' });
    await app.call('DELETE', `/elements/bookshop/resources/${body.id}`);
    expect((await shop.call('GET', '/books')).body).toEqual({ path: '/books' });
  });

  it('have parameters and hooks of their own', async () => {
    const { body } = await send('POST', '/elements/bookshop/resources', { ...hat, path: '/parts' });
    const path = `/elements/bookshop/resources/${body.id}`;
    await send('POST', `${path}/parameters`, { ...query, name: 'size', vendorName: 's' });
    await shop.call('GET', '/parts?size=9');
    expect(provider.received.at(-1)?.url).toBe('/vendorhats?s=9');
    await app.call('DELETE', path);
  });

  it('leave the shipped ones alone', async () => {
    const id = (await get('/elements/bookshop/resources')).body[0].id;
    const path = `/elements/bookshop/resources/${id}`;
    expect((await send('PUT', path, { description: 'x' })).status).toBe(404);
    expect((await app.call('DELETE', path)).status).toBe(404);
    expect((await send('POST', `${path}/parameters`, query)).status).toBe(404);
    expect((await send('POST', `${path}/parameters`, { nothing: 'of a parameter' })).status).toBe(404);
    expect((await send('PUT', `${path}/parameters/1`, query)).status).toBe(404);
    expect((await send('POST', `${path}/models`, { name: 'x' })).status).toBe(404);
    expect((await send('POST', `${path}/hooks`, hook)).status).toBe(404);
    expect((await send('POST', '/elements/bookshop/hooks', hook)).status).toBe(403);
    expect(
      (await send('PUT', '/elements/bookshop/configuration/base.url', { defaultValue: 'x' })).status,
    ).toBe(403);
    expect((await get(`${path}/parameters`)).body).toEqual([expect.objectContaining({ id: 1, name: 'q' })]);
  });
});

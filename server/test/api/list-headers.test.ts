import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  provider.answer({ body: [] });
  app = await startTestApp({
    elements: [bookshop([resource('GET', '/books')])],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  await app.connect('bookshop', { name: 'one', configuration: shopKeys });
  await app.connect('bookshop', { name: 'two', configuration: shopKeys });
  await app.call('POST', '/elements', {
    json: {
      name: 'Own',
      key: 'own',
      hub: 'documents',
      defaultTransformations: [{ name: 'a' }, { name: 'b' }],
      resources: ['/a', '/b'].map((path) => ({
        method: 'GET',
        path,
        vendorPath: path,
        hooks: [{ type: 'preRequest', body: 'this is no script', mimeType: 'application/javascript' }],
      })),
    },
  });
  const { id } = (await app.call('POST', '/accounts', { json: { externalId: 'two' } })).body;
  const own = (await app.call('GET', '/users/me')).body.accountId;
  for (const account of [id, own]) await app.call('PUT', `/elements/own/accounts/${account}`);
  await app.call('PUT', `/accounts/${id}/roles/admin`);
  await app.call('PUT', `/accounts/${id}/roles/vdrAdmin`);
  for (const level of ['accounts', 'organizations'])
    for (const name of ['x', 'y']) await app.call('POST', `/${level}/identity-providers`, { json: { name } });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const accountId = async (externalId: string) =>
  (await app.call('GET', `/accounts?where=externalId='${externalId}'`)).body[0].id as number;

describe.each([
  '/accounts',
  '/accounts/identity-providers',
  '/accounts/TWO/roles',
  '/audit',
  '/elements',
  '/elements/keys',
  '/elements/metadata',
  '/elements/own/accounts',
  '/elements/own/configuration',
  '/elements/own/report',
  '/elements/own/resources',
  '/elements/own/transformations',
  '/elements/bookshop/instances',
  '/hubs/documents/elements',
  '/instances',
  '/organizations/identity-providers',
  '/organizations/privileges',
  '/organizations/roles',
  '/users/me/roles',
])('the list %s', (template) => {
  const pathOf = async () => template.replace('TWO', String(await accountId('two')));

  it('tells how many there are, and of its next page', async () => {
    const path = await pathOf();
    const whole = await app.call('GET', path);
    expect(whole.status).toBe(200);
    expect(whole.body.length).toBeGreaterThan(1);
    expect(whole.headers['elements-returned-count']).toBe(String(whole.body.length));
    const first = await app.call('GET', `${path}?pageSize=1&page=1`);
    expect(first.body).toHaveLength(1);
    const token = String(first.headers['elements-next-page-token']);
    const second = await app.call('GET', `${path}?pageSize=1&page=1&nextPage=${token}`);
    expect(second.body).toHaveLength(1);
    if (template === '/audit') return; // grows, the newest first
    expect(first.headers['elements-total-count']).toBe(String(whole.body.length));
    expect([...first.body, ...second.body]).toEqual(whole.body.slice(0, 2));
    const last = await app.call('GET', `${path}?pageSize=1&page=${whole.body.length}`);
    expect(last.headers).not.toHaveProperty('elements-next-page-token');
    expect((await app.call('GET', `${path}?pageSize=0`)).status).toBe(400);
  });
});

describe('the fields of a list', () => {
  it.each([
    ['/accounts', 'id,companyId', ['companyId', 'id']],
    ['/users', 'email,nosuch', ['email']],
    ['/elements', 'key,authentication.type', ['key', 'authentication']],
    ['/elements?abridged=true', 'key,name', ['key', 'name']],
    ['/instances', 'name,element.key', ['name', 'element']],
    ['/organizations/roles', 'key', ['key']],
    ['/elements/own/resources', 'path', ['path']],
  ])('of %s are those that are asked for: %s', async (path, fields, names) => {
    const { status, body } = await app.call(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}fields=${fields}`,
    );
    expect(status).toBe(200);
    expect(body.length).toBeGreaterThan(0);
    for (const row of body) expect(Object.keys(row).sort()).toEqual([...names].sort());
  });

  it('are all of them where none is named', async () => {
    const all = (await app.call('GET', '/instances')).body;
    for (const fields of ['', '*'])
      expect((await app.call('GET', `/instances?fields=${fields}`)).body).toEqual(all);
  });

  it('are none that are not of the row itself, and one text', async () => {
    const { body } = await app.call('GET', '/accounts?fields=__proto__,constructor');
    expect(body[0]).toEqual({});
    expect((await app.call('GET', '/accounts?fields=id&fields=name')).status).toBe(400);
  });
});

describe('the header Elements-Version', () => {
  it.each([
    ['GET', '/elements?pageSize=1'],
    ['GET', '/accounts'],
    ['GET', '/instances'],
    ['GET', '/hubs'],
    ['GET', '/usage'],
    ['PUT', '/organizations/me'],
    ['GET', '/docs/json'],
  ])('is let through by %s %s', async (method, path) => {
    const headers = { 'Elements-Version': 'Helium' };
    const json = method === 'PUT' ? { name: 'My organization' } : undefined;
    expect((await app.call(method, path, { headers, ...(json && { json }) })).status).toBe(200);
  });
});

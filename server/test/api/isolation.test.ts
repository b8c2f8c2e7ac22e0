import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { bookshop, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let provider: Provider;
let mine: Connected;
const strangers: Record<string, Tenant> = {};

beforeAll(async () => {
  provider = await startProvider();
  provider.answer({ body: [] });
  app = await startTestApp({
    elements: [bookshop([resource('GET', '/books')])],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  mine = await app.connect('bookshop', { name: 'mine', configuration: shopKeys });
  strangers['another organization'] = await app.addTenant();
  strangers['another account of the organization'] = await app.addTenant({ sameOrganization: true });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

describe.each(['another organization', 'another account of the organization'])('somebody of %s', (which) => {
  const stranger = () => {
    const one = strangers[which] as Tenant;
    const asUser = one.organizationSecret
      ? one.asUser
      : `User ${one.userSecret}, Organization ${app.organizationSecret}`;
    return { ...one, asUser };
  };

  it.each([
    ['GET', '/instances/ID'],
    ['PUT', '/instances/ID'],
    ['PATCH', '/instances/ID'],
    ['DELETE', '/instances/ID'],
    ['PUT', '/instances/ID/enabled'],
    ['DELETE', '/instances/ID/enabled'],
    ['GET', '/elements/bookshop/instances/ID'],
    ['PUT', '/elements/bookshop/instances/ID'],
    ['PATCH', '/elements/bookshop/instances/ID'],
    ['DELETE', '/elements/bookshop/instances/ID'],
  ])('gets 404 from %s %s', async (method, path) => {
    const before = await app.call('GET', `/instances/${mine.id}`);
    const reply = await app.call(method, path.replace('ID', String(mine.id)), {
      authorization: stranger().asUser,
      ...(method === 'PUT' || method === 'PATCH'
        ? { json: { name: 'stolen', configuration: { 'base.url': 'http://evil.example' } } }
        : {}),
    });
    expect(reply).toMatchObject({ status: 404 });
    expect(reply.text).not.toContain(mine.token);
    expect((await app.call('GET', `/instances/${mine.id}`)).body).toEqual(before.body);
  });

  it.each([
    '/instances',
    '/elements/bookshop/instances',
    '/instances?searchText=mine',
    '/instances?tags[]=mine',
  ])('does not find it by %s', async (path) => {
    expect(await app.call('GET', path, { authorization: stranger().asUser })).toMatchObject({
      status: 404,
      body: { message: 'No element instances found' },
    });
  });

  it('cannot use its token, before or after the owner has', async () => {
    for (const method of ['PUT', 'PATCH']) {
      const reply = await app.call(method, '/instances', {
        authorization: stranger().asElement(mine.token),
        json: { name: 'stolen' },
      });
      expect(reply).toMatchObject({ status: 401 });
    }
    const received = provider.received.length;
    for (const path of ['/books', '/hubs/documents/books', '/ping', '/objects']) {
      const reply = await app.call('GET', path, { authorization: stranger().asElement(mine.token) });
      expect({ path, status: reply.status }).toEqual({ path, status: 401 });
      expect(reply.headers['elements-element-instance-id']).toBeUndefined();
    }
    expect(provider.received.length).toBe(received);
    expect(await mine.call('GET', '/books')).toMatchObject({ status: 200 });
    expect(
      await app.call('GET', '/books', { authorization: stranger().asElement(mine.token) }),
    ).toMatchObject({ status: 401 });
  });

  it('cannot mix secrets', async () => {
    const mixed = `User ${stranger().userSecret}, Organization ${app.organizationSecret}`;
    const reply = await app.call('GET', `/instances/${mine.id}`, { authorization: mixed });
    expect([401, 404]).toContain(reply.status);
  });
});

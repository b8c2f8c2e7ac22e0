import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodePageToken } from '#kernel/page';
import { startTestApp } from '#test/app';
import type { Connected, Loose, TestApp } from '#test/app';
import { bookshop, library, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop([resource('GET', '/books'), resource('DELETE', '/registration', { type: 'onDelete' })]),
      library([resource('GET', '/loans')]),
      { ...bookshop(), id: 505, key: 'revokeshop', name: 'Revoking shop' },
      { ...library([resource('GET', '/loans'), resource('GET', '/objects')]), id: 506, key: 'ownobjects' },
    ],
    elementDefaults: {
      bookshop: { 'base.url': provider.url },
      library: { 'base.url': provider.url },
      revokeshop: { 'base.url': provider.url },
      ownobjects: { 'base.url': provider.url },
    },
    allowHosts: [provider.host],
  });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const connectShop = (name?: string, configuration = {}) =>
  app.connect('bookshop', { ...(name ? { name } : {}), configuration: { ...shopKeys, ...configuration } });
const namesOf = (body: Loose) => (body as { name: string }[]).map(({ name }) => name);

describe('listing instances', () => {
  beforeAll(async () => {
    for (const name of ['list one', 'list two', 'LIST three', '100% list']) await connectShop(name);
    const loans = await app.connect('library', {
      name: 'list loans',
      configuration: { username: 'a', password: 'b' },
    });
    await app.call('PATCH', `/instances/${loans.id}`, { json: { tags: ['common', 'loans'] } });
    const { body } = await app.call('GET', '/instances?searchText=list%20one');
    await app.call('PATCH', `/instances/${body[0].id}`, { json: { tags: ['common', 'list one'] } });
  });

  it('shows each as it was made', async () => {
    const { body, headers } = await app.call('GET', '/instances?searchText=list%20one');
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({
      name: 'list one',
      element: { key: 'bookshop' },
      valid: true,
      tags: ['common', 'list one'],
      createdDate: expect.any(String),
    });
    expect(headers).toMatchObject({ 'elements-returned-count': '1', 'elements-total-count': '1' });
    expect(JSON.stringify(body)).not.toMatch(/shop-secret|golden-token/);
  });

  it.each([
    ['searchText=LIST', ['list one', 'list two', 'LIST three', '100% list', 'list loans']],
    ['searchText=0%25%20l', ['100% list']],
    ['searchText=%25', ['100% list']],
    ['searchText=_ist', []],
    ['tags[]=common', ['list one', 'list loans']],
    ['tags%5B%5D=common&tags%5B%5D=loans', ['list loans']],
    ['tags[]=common,loans', ['list loans']],
    ['tags[]=list%20two', ['list two']],
    ['tags[]=common&searchText=one', ['list one']],
    ['tags[]=nosuch', []],
  ])('filters by %s', async (query, names) => {
    const { status, body } = await app.call('GET', `/instances?${query}`);
    if (names.length > 0) expect({ status, names: namesOf(body) }).toEqual({ status: 200, names });
    else
      expect({ status, message: body.message }).toEqual({
        status: 404,
        message: expect.stringMatching(/^No (.*) found$/),
      });
  });

  it('pages: two pages are the page of double size', async () => {
    const query = '/instances?searchText=list&pageSize=';
    const first = await app.call('GET', `${query}2`);
    const token = first.headers['elements-next-page-token'];
    const second = await app.call('GET', `${query}2&page=7&nextPage=${token}`);
    const both = await app.call('GET', `${query}4`);
    expect([...first.body, ...second.body]).toEqual(both.body);
    expect(first.headers['elements-total-count']).toBe('5');
    const last = await app.call('GET', `${query}2&page=3`);
    expect(namesOf(last.body)).toEqual(['list loans']);
    expect(last.headers['elements-next-page-token']).toBeUndefined();
    expect(await app.call('GET', `${query}2&page=4`)).toMatchObject({ status: 404 });
  });

  it.each([
    'page=0',
    'page=abc',
    'pageSize=0',
    'pageSize=5000',
    'nextPage=x',
    `nextPage=${encodePageToken({})}`,
    `nextPage=${encodePageToken({ page: 0.5 })}`,
  ])('refuses %s', async (query) => {
    expect(await app.call('GET', `/instances?${query}`)).toMatchObject({
      status: 400,
      body: { message: expect.any(String) },
    });
  });

  it('does not stumble over a zero byte', async () => {
    for (const query of ['searchText=%00', 'tags[]=%00']) {
      expect([400, 404]).toContain((await app.call('GET', `/instances?${query}`)).status);
    }
  });

  it('lists those of one element, found by key or id', async () => {
    for (const keyOrId of ['library', '502']) {
      const { body } = await app.call('GET', `/elements/${keyOrId}/instances`);
      expect(namesOf(body)).toEqual(['list loans']);
    }
    expect(await app.call('GET', '/elements/revokeshop/instances')).toMatchObject({
      status: 404,
      body: { message: 'No element instances found' },
    });
    expect(await app.call('GET', '/elements/nosuch/instances')).toMatchObject({ status: 404 });
  });
});

describe('one instance', () => {
  it('is found by its id, also below its element, and not below another one', async () => {
    const { id } = await connectShop('single');
    for (const path of [
      `/instances/${id}`,
      `/elements/bookshop/instances/${id}`,
      `/elements/501/instances/${id}`,
    ]) {
      expect(await app.call('GET', path)).toMatchObject({ status: 200, body: { id, name: 'single' } });
    }
    expect(await app.call('GET', `/elements/library/instances/${id}`)).toMatchObject({ status: 404 });
  });

  it.each(['-1', '0', '999999999', '123456789012345'])('answers 404 for id %s on every route', async (id) => {
    for (const prefix of ['', '/elements/bookshop']) {
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
        const reply = await app.call(
          method,
          `${prefix}/instances/${id}`,
          method === 'GET' || method === 'DELETE' ? {} : { json: { name: 'x' } },
        );
        expect({ method, status: reply.status, message: reply.body.message }).toEqual({
          method,
          status: 404,
          message: expect.stringContaining(id),
        });
      }
    }
    for (const method of ['PUT', 'DELETE'])
      expect(await app.call(method, `/instances/${id}/enabled`)).toMatchObject({ status: 404 });
  });

  it.each(['abc', '1.5', '99999999999999999999'])('refuses %s as an id', async (id) => {
    expect(await app.call('GET', `/instances/${id}`)).toMatchObject({ status: 400 });
  });
});

describe.each(['PUT', 'PATCH'])('%s of an instance', (method) => {
  it('changes what is given and leaves the rest', async () => {
    const { id, token } = await connectShop(`before ${method}`, { note: 'kept' });
    const changed = await app.call(method, `/instances/${id}`, {
      json: { id, name: '<i>after</i>', configuration: { extra: 'x' } },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        id,
        token,
        name: 'after',
        tags: [`before ${method}`],
        configuration: { note: 'kept', extra: 'x', 'oauth.callback.url': shopKeys['oauth.callback.url'] },
      },
    });
    expect((await app.call('GET', `/instances/${id}`)).body).toEqual(changed.body);
  });

  it('replaces the tags', async () => {
    const { id } = await connectShop();
    expect(
      await app.call(method, `/instances/${id}`, { json: { tags: ['<b>test</b>', 'test'] } }),
    ).toMatchObject({ body: { tags: ['test'] } });
    expect(await app.call(method, `/instances/${id}`, { json: { tags: [] } })).toMatchObject({
      body: { tags: [] },
    });
  });

  it('lets an echoed mask stand for the stored secret', async () => {
    const { id, call } = await connectShop();
    const { body } = await app.call('GET', `/instances/${id}`);
    expect(await app.call(method, `/instances/${id}`, { json: body })).toMatchObject({ status: 200 });
    provider.on({ 'GET /books': { body: [] } });
    expect(await call('GET', '/books')).toMatchObject({ status: 200 });
    expect(provider.received[0]?.headers['authorization']).toBe('Bearer golden-token');
  });

  it('takes effect on the next hub call', async () => {
    const { id, call } = await connectShop();
    provider.on({ 'GET /books': { body: [{ id: 1, gone: null }] } });
    expect((await call('GET', '/books')).body).toEqual([{ id: 1 }]);
    await app.call(method, `/instances/${id}`, {
      json: { configuration: { 'filter.response.nulls': 'false' } },
    });
    expect((await call('GET', '/books')).body).toEqual([{ id: 1, gone: null }]);
  });

  it('takes away a value with null, and names required ones that would be missing', async () => {
    const { id } = await connectShop(undefined, { note: 'away' });
    const changed = await app.call(method, `/instances/${id}`, { json: { configuration: { note: null } } });
    expect(changed.body.configuration).not.toHaveProperty('note');
    const refused = await app.call(method, `/instances/${id}`, {
      json: { configuration: { 'oauth.api.key': null } },
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('oauth.api.key (Client Id)') },
    });
  });

  it.each([
    ['a bad value', { configuration: { 'event.vendor.type': 'pigeon' } }],
    ['an empty name', { name: '' }],
    ['a name of markup alone', { name: '<b></b>' }],
    ['tags that are no list', { tags: 'x' }],
    ['a zero byte', { name: 'a\u0000' }],
  ])('refuses %s and changes nothing', async (_what, json) => {
    const { id } = await connectShop();
    const before = await app.call('GET', `/instances/${id}`);
    expect(await app.call(method, `/instances/${id}`, { json })).toMatchObject({ status: 400 });
    expect((await app.call('GET', `/instances/${id}`)).body).toEqual(before.body);
  });

  it('connects the account again with a new code, under the same id and token', async () => {
    const { id, token, call } = await connectShop();
    provider.on({
      'POST /token': { body: { access_token: 'again', refresh_token: 'r', expires_in: 60 } },
      'GET /books': { body: [] },
    });
    const changed = await app.call(method, `/instances/${id}`, {
      json: { providerData: { code: 'second' } },
    });
    expect(changed).toMatchObject({ status: 200, body: { id, token, valid: true } });
    expect(provider.received[0]?.form()).toMatchObject({ code: 'second', client_secret: 'shop-secret' });
    await call('GET', '/books');
    expect(provider.received[1]?.headers['authorization']).toBe('Bearer again');
  });

  it('keeps the working account when the new code is refused', async () => {
    const { id, call } = await connectShop();
    provider.on({
      'POST /token': { status: 400, body: { error: 'invalid_grant' } },
      'GET /books': { body: [] },
    });
    expect(
      await app.call(method, `/instances/${id}`, {
        json: { providerData: { code: 'bad' }, name: 'not taken' },
      }),
    ).toMatchObject({ status: 400 });
    expect((await app.call('GET', `/instances/${id}`)).body).toMatchObject({ valid: true });
    expect((await app.call('GET', `/instances/${id}`)).body.name).not.toBe('not taken');
    expect(await call('GET', '/books')).toMatchObject({ status: 200 });
  });

  it('acts on the instance of the Element token where the path has no id', async () => {
    const { id, authorization } = await connectShop();
    const changed = await app.call(method, '/instances', {
      authorization,
      json: { name: '<b>by token</b>' },
    });
    expect(changed).toMatchObject({ status: 200, body: { id, name: 'by token' } });
    expect(
      await app.call(method, '/instances', { authorization: app.asElement('AAAA'), json: {} }),
    ).toMatchObject({ status: 401 });
    expect(await app.call(method, '/instances', { authorization, json: { name: '' } })).toMatchObject({
      status: 400,
    });
  });
});

describe('deleting an instance', () => {
  it("runs the definition's delete resources and kills the token", async () => {
    const { id, call } = await connectShop();
    provider.on({ 'DELETE /registration': { body: {} }, 'GET /books': { body: [] } });
    expect(await call('GET', '/books')).toMatchObject({ status: 200 });
    expect(await app.call('DELETE', `/instances/${id}`)).toMatchObject({ status: 200 });
    expect(provider.received.at(-1)).toMatchObject({
      method: 'DELETE',
      path: '/registration',
      headers: { authorization: 'Bearer golden-token' },
    });
    const calls = provider.received.length;
    expect((await call('GET', '/books')).status).toBe(401);
    expect(provider.received.length).toBeGreaterThanOrEqual(calls);
    expect(await app.call('GET', `/instances/${id}`)).toMatchObject({ status: 404 });
    expect(await app.call('DELETE', `/instances/${id}`)).toMatchObject({ status: 404 });
  });

  it('revokes the token where there is a URL for it', async () => {
    const instance = await app.connect('revokeshop', {
      configuration: { ...shopKeys, 'oauth.token.revoke_url': '{base.url}/revoke' },
      providerData: { access_token: 'a', refresh_token: 'to-revoke' },
    });
    provider.on({ 'POST /revoke': { body: '' } });
    expect(await app.call('DELETE', `/elements/revokeshop/instances/${instance.id}`)).toMatchObject({
      status: 200,
    });
    expect(provider.received.map(({ path }) => path)).toEqual(['/revoke']);
    expect(provider.received[0]?.form()).toMatchObject({ token: 'to-revoke', client_id: 'shop-client' });
  });

  it.each([
    ['fails', { status: 500 }],
    ['refuses', { status: 403 }],
    ['breaks the connection', { fault: 'reset' as const }],
  ])('works though the provider %s', async (_what, answer) => {
    const { id, call } = await connectShop();
    provider.on({ 'DELETE /registration': answer });
    expect(await app.call('DELETE', `/instances/${id}`)).toMatchObject({ status: 200 });
    expect((await call('GET', '/books')).status).toBe(401);
  });
});

describe('a disabled instance', () => {
  it('refuses hub calls with 403 until it is enabled, and still tells its objects', async () => {
    const { id, call }: Connected = await connectShop();
    provider.on({ 'GET /books': { body: [] } });
    expect(await app.call('DELETE', `/instances/${id}/enabled`)).toMatchObject({
      status: 200,
      body: { disabled: true },
    });
    expect((await call('GET', '/books')).status).toBe(403);
    const refused = await call('GET', '/books');
    expect(refused.headers['elements-element-instance-id']).toBe(String(id));
    expect(await call('GET', '/objects')).toMatchObject({ status: 200 });
    expect(await app.call('PUT', `/instances/${id}/enabled`)).toMatchObject({
      status: 200,
      body: { disabled: false },
    });
    expect((await call('GET', '/books')).status).toBe(200);
  });

  it('asks no provider for its objects, though the element has a resource for them', async () => {
    const { id, call } = await app.connect('ownobjects', { configuration: { username: 'a', password: 'b' } });
    provider.on({ 'GET /objects': { body: ['theirs'] } });
    expect(await call('GET', '/objects')).toMatchObject({ status: 200, body: ['theirs'] });
    await app.call('DELETE', `/instances/${id}/enabled`);
    const before = provider.received.length;
    expect(await call('GET', '/hubs/documents/objects')).toMatchObject({ status: 200, body: ['loans'] });
    expect(provider.received).toHaveLength(before);
  });
});

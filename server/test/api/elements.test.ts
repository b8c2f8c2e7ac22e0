import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePageToken } from '#kernel/page';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, library, resource } from '#test/definition';

let app: TestApp;
const anonymous = { authorization: null };

beforeAll(async () => {
  app = await startTestApp({
    elements: [
      bookshop([resource('GET', '/books', { description: 'Lists books' })], { unknownField: { kept: true } }),
      library(),
      ...['a', 'b', 'c'].map((key) => ({
        ...library(),
        id: undefined,
        key: `small${key}`,
        name: `Small ${key}`,
        hub: 'crm',
      })),
    ],
    elementDefaults: {
      bookshop: { 'base.url': 'https://operator.example', 'oauth.api.secret': 'operators-own-secret' },
    },
  });
});
afterAll(() => app.close());

const keysOf = (body: Loose) => (body as { key: string }[]).map(({ key }) => key);
const all = ['bookshop', 'library', 'smalla', 'smallb', 'smallc'];

describe('GET /elements', () => {
  it('lists all elements with every field that clients read', async () => {
    const { status, body, headers } = await app.call('GET', '/elements', anonymous);
    expect(status).toBe(200);
    expect(keysOf(body)).toEqual(all);
    expect(headers).toMatchObject({ 'elements-returned-count': '5', 'elements-total-count': '5' });
    expect(headers['elements-next-page-token']).toBeUndefined();
    expect(body[0]).toMatchObject({
      id: 501,
      name: 'Bookshop',
      key: 'bookshop',
      description: 'Sells books.',
      hub: 'documents',
      active: true,
      deleted: false,
      typeOauth: true,
      trialAccount: false,
      configDescription: 'Ask the bookseller for an app.',
      signupURL: 'https://bookshop.example',
    });
    expect(body[1]).toMatchObject({ key: 'library', typeOauth: false });
    for (const element of body) expect(element.id).toEqual(expect.any(Number));
  });

  it('pages: two pages are the page of double size', async () => {
    const first = await app.call('GET', '/elements?pageSize=2&page=1', anonymous);
    const second = await app.call(
      'GET',
      `/elements?pageSize=2&nextPage=${first.headers['elements-next-page-token']}`,
      anonymous,
    );
    const byNumber = await app.call('GET', '/elements?pageSize=2&page=2', anonymous);
    const both = await app.call('GET', '/elements?pageSize=4', anonymous);
    expect([...first.body, ...second.body]).toEqual(both.body);
    expect(byNumber.body).toEqual(second.body);
    const last = await app.call('GET', '/elements?pageSize=2&page=3', anonymous);
    expect(keysOf(last.body)).toEqual(['smallc']);
    expect(last.headers['elements-next-page-token']).toBeUndefined();
  });

  it('gives an empty list behind the last page', async () => {
    expect(await app.call('GET', '/elements?page=9', anonymous)).toMatchObject({ status: 200, body: [] });
  });

  it.each([
    ["key = 'library'", ['library']],
    ["key='library'", ['library']],
    ["key IN ('library', 'smalla')", ['library', 'smalla']],
    ["hub = 'crm' AND name != 'Small b'", ['smalla', 'smallc']],
    ["name LIKE 'Small%'", ['smalla', 'smallb', 'smallc']],
    ["key = 'nothing'", []],
  ])('filters where %s', async (where, keys) => {
    const { status, body } = await app.call('GET', `/elements?where=${encodeURIComponent(where)}`, anonymous);
    expect({ status, keys: keysOf(body) }).toEqual({ status: 200, keys });
  });

  it.each([
    ['orderBy=name%20desc', all.toReversed()],
    ['orderBy=hub,%20id%20desc&pageSize=2', ['smallc', 'smallb']],
    ['searchText=SMALL%20b', ['smallb']],
    ["searchText=small&where=key%20!=%20'smalla'", ['smallb', 'smallc']],
    ['where=extended%20=%20true', []],
    ['where=active%20=%20true%20AND%20private%20=%20false%20AND%20extended%20=%20false', all],
  ])('searches and sorts by %s', async (query, keys) => {
    const { status, body } = await app.call('GET', `/elements?${query}`, anonymous);
    expect({ status, keys: keysOf(body) }).toEqual({ status: 200, keys });
  });

  it.each([
    ['orderBy=name%20up', ''],
    ['orderBy=,', ''],
    ['page=0', 'page'],
    ['page=x', 'page'],
    ['pageSize=0', 'pageSize'],
    ['pageSize=-1', 'pageSize'],
    ['pageSize=100000', 'pageSize'],
    ['nextPage=garbage', 'nextPage'],
    [`nextPage=${encodePageToken({})}`, 'nextPage'],
    [`nextPage=${encodePageToken({ page: 'x' })}`, 'nextPage'],
    [`nextPage=${encodePageToken({ page: -3 })}`, 'nextPage'],
    ['where=key%20=%20', ''],
    ["where=key%20~%20'x'", ''],
  ])('refuses %s and says what is wrong', async (query, name) => {
    const { status, body } = await app.call('GET', `/elements?${query}`, anonymous);
    expect({ status, message: body.message }).toEqual({
      status: 400,
      message: expect.stringContaining(name),
    });
  });

  it('leaves the long lists out when it is abridged', async () => {
    const whole = await app.call('GET', '/elements', anonymous);
    const short = await app.call('GET', '/elements?abridged=true', anonymous);
    expect(whole.body[0].resources).toHaveLength(1);
    expect(whole.body[0].configuration.length).toBeGreaterThan(5);
    expect(short.body[0]).not.toHaveProperty('resources');
    expect(short.body[0]).not.toHaveProperty('configuration');
    expect(short.body[0]).toMatchObject({ key: 'bookshop', typeOauth: true });
  });
});

describe('GET /elements/keys', () => {
  it('lists the keys', async () => {
    expect(await app.call('GET', '/elements/keys', anonymous)).toMatchObject({ status: 200, body: all });
  });
});

describe('GET /elements/{keyOrId}', () => {
  it('finds an element by key and by id, and keeps fields that it does not know', async () => {
    const byKey = await app.call('GET', '/elements/bookshop', anonymous);
    const byId = await app.call('GET', '/elements/501', anonymous);
    expect(byKey.body).toMatchObject({ key: 'bookshop', unknownField: { kept: true } });
    expect(byKey.body.resources[0]).toMatchObject({
      method: 'GET',
      description: 'Lists books',
      ownerAccountId: 1,
    });
    expect(byId.body).toEqual(byKey.body);
  });

  it('has the configuration that the platform adds to every element', async () => {
    const { body } = await app.call('GET', '/elements/library', anonymous);
    const keys = body.configuration.map((row: { key: string }) => row.key);
    expect(keys).toEqual(
      expect.arrayContaining([
        'event.notification.enabled',
        'event.vendor.type',
        'event.notification.type',
        'event.notification.callback.url',
        'filter.response.nulls',
      ]),
    );
  });

  it("does not tell the operator's own secrets to everybody", async () => {
    for (const path of ['/elements', '/elements/bookshop']) {
      expect((await app.call('GET', path, anonymous)).text).not.toContain('operators-own-secret');
    }
  });

  it.each(['nosuch', '999999', '-1', '%2e%2e', '__proto__', 'constructor'])(
    'answers 404 for %s',
    async (keyOrId) => {
      const { status, body } = await app.call('GET', `/elements/${keyOrId}`, anonymous);
      expect({ status, message: body.message }).toEqual({
        status: 404,
        message: expect.stringContaining('No element found'),
      });
    },
  );
});

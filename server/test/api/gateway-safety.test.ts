import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;
let shop: Connected;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop([
        resource('GET', '/headers', {
          parameters: [
            parameter('query', 'note', 'header', 'X-Note'),
            parameter('header', 'x-from', 'header', 'X-From'),
          ],
        }),
        resource('GET', '/site/{name}', {
          vendorPath: '/sites/{site}/{name}',
          parameters: [parameter('query', 'site', 'path', 'site'), parameter('path', 'name')],
        }),
        resource('POST', '/merge', {
          parameters: [parameter('body', 'body', 'form', 'body'), parameter('bodyField', 'a.b', 'form', 'x')],
        }),
        resource('POST', '/json', {
          parameters: [parameter('body', 'body'), parameter('value', '1', 'bodyField', 'added.deep')],
        }),
        resource('GET', '/list'),
      ]),
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  shop = await app.connect('bookshop', { configuration: shopKeys });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const clean = () => {
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
};

describe('a header made of a caller’s value', () => {
  it.each(['a%0D%0AX-Evil:%201', 'a%0AX-Evil:1', 'a%0DX', 'a%00b'])(
    'does not take line breaks: %s',
    async (value) => {
      provider.answer({ body: {} });
      const reply = await shop.call('GET', `/headers?note=${value}`);
      expect(reply).toMatchObject({ status: 400, body: { message: expect.any(String) } });
      expect(provider.received).toEqual([]);
    },
  );

  it.each(['%E2%98%83', '%C3%BC', '%01', '%7F', 'tab%09tab'])(
    'does not fail on odd characters: %s',
    async (value) => {
      provider.answer({ body: {} });
      expect([200, 400]).toContain((await shop.call('GET', `/headers?note=${value}`)).status);
      for (const { headers } of provider.received) expect(headers).not.toHaveProperty('x-evil');
    },
  );
});

describe('a value that becomes a segment of the provider’s path', () => {
  it.each(['..', '.', '%2e%2e'])('does not climb: %s', async (site) => {
    expect(await shop.call('GET', `/site/a?site=${site}`)).toMatchObject({ status: 400 });
    expect(provider.received).toEqual([]);
  });

  it.each(['../../admin', 'a/b', 'a?b=1', 'a#b', '//evil.example', '@evil.example', '\\..\\..'])(
    'stays one segment: %s',
    async (site) => {
      provider.answer({ body: {} });
      expect(await shop.call('GET', `/site/a?site=${encodeURIComponent(site)}`)).toMatchObject({
        status: 200,
      });
      expect(provider.received[0]?.url).toBe(`/sites/${encodeURIComponent(site)}/a`);
    },
  );
});

describe('names that mean something to JavaScript', () => {
  it.each([
    '__proto__=polluted&__proto__[polluted]=1',
    '__proto__[polluted]=1&constructor[prototype][polluted]=1',
    'constructor=1&toString=2&hasOwnProperty=3&__proto__=1&__proto__=2',
  ])('in the query: %s', async (query) => {
    provider.answer({ body: [] });
    expect(await shop.call('GET', `/list?${query}`)).toMatchObject({ status: 200, body: [] });
    clean();
  });

  it.each([
    '{"__proto__": {"polluted": 1}, "a": {"b": 1}}',
    '{"constructor": {"prototype": {"polluted": 1}}}',
    '{"a": {"__proto__": {"b": 2, "polluted": 1}}}',
  ])('in a body: %s', async (body) => {
    provider.answer({ body: {} });
    for (const path of ['/merge', '/json']) {
      expect(
        await shop.call('POST', path, { body, headers: { 'content-type': 'application/json' } }),
      ).toMatchObject({ status: 200 });
    }
    clean();
  });

  it('in form and multipart fields', async () => {
    provider.answer({ body: {} });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(
      await shop.call('POST', '/merge', { body: '__proto__=1&__proto__[polluted]=1&a.b=2', headers: form }),
    ).toMatchObject({ status: 200 });
    const data = new FormData();
    data.append('__proto__', '{"polluted":1}');
    data.append('constructor', 'x');
    expect(await shop.call('POST', '/merge', { body: data })).toMatchObject({ status: 200 });
    clean();
  });

  it('in a reply of the provider, and in the fields that are asked of it', async () => {
    provider.answer({
      headers: { 'content-type': 'application/json' },
      body: '[{"id":1,"__proto__":{"polluted":1},"a":{"__proto__":{"polluted":1}},"n":null}]',
    });
    for (const fields of [
      '',
      '?fields=__proto__',
      '?fields=__proto__.polluted',
      '?fields=a.__proto__.polluted,id',
      '?fields=constructor.prototype.x',
    ]) {
      const reply = await shop.call('GET', `/list${fields}`);
      expect([200, 400]).toContain(reply.status);
      clean();
    }
  });

  it.each(['__proto__.polluted = 1', "`__proto__` = 'x'", "constructor.name = 'Object'"])(
    'in a filter: %s',
    async (where) => {
      provider.answer({ body: [{ id: 1 }] });
      const reply = await shop.call('GET', `/list?where=${encodeURIComponent(where)}`);
      expect(reply).toMatchObject({ status: 200, body: [] });
    },
  );

  it('in the configuration of an instance', async () => {
    const body = `{"name":"p","element":{"key":"bookshop"},"externalAuthentication":"initial","providerData":{"access_token":"t"},
      "configuration":{"__proto__":{"polluted":"1"},"constructor":"x","oauth.api.key":"k","oauth.api.secret":"s","oauth.callback.url":"https://x.example"}}`;
    const reply = await app.call('POST', '/instances', {
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect([200, 400]).toContain(reply.status);
    clean();
  });
});

describe('a page of replies that is deeper or larger than anything sensible', () => {
  it('is a clear failure', async () => {
    provider.answer({
      headers: { 'content-type': 'application/json' },
      body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    });
    const reply = await shop.call('GET', '/list');
    expect([200, 502]).toContain(reply.status);
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const refused = await shop.call('POST', '/json', {
      body: deep,
      headers: { 'content-type': 'application/json' },
    });
    expect([200, 400]).toContain(refused.status);
  });
});

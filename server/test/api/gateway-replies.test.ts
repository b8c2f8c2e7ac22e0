import { gzipSync } from 'node:zlib';
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
        resource('GET', '/thing'),
        resource('POST', '/thing', { parameters: [parameter('body', 'body')] }),
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

describe('a reply', () => {
  it.each(['{"a":12345678901234567890,"b":1.10,"c":1e400,"d":-0}', '[1.0,2.50,1E5]'])(
    'keeps every digit: %s',
    async (body) => {
      provider.answer({ headers: { 'content-type': 'application/json' }, body });
      expect((await shop.call('GET', '/thing')).text).toBe(body);
    },
  );

  it('keeps every digit when nulls are taken out', async () => {
    provider.answer({
      headers: { 'content-type': 'application/json' },
      body: '[{"a":12345678901234567890,"n":null,"b":[1.10,null]}]',
    });
    expect((await shop.call('GET', '/thing')).text).toBe('[{"a":12345678901234567890,"b":[1.10,null]}]');
  });

  it('keeps nulls where the instance wants them', async () => {
    const nulls = await app.connect('bookshop', {
      configuration: { ...shopKeys, 'filter.response.nulls': 'false' },
    });
    provider.answer({ body: { a: null, b: 1 } });
    expect((await nulls.call('GET', '/thing')).body).toEqual({ a: null, b: 1 });
    expect((await shop.call('GET', '/thing')).body).toEqual({ b: 1 });
  });

  it('that has no body is an empty 200', async () => {
    for (const status of [200, 202, 204, 205]) {
      provider.answer({ status, body: '' });
      const reply = await shop.call('POST', '/thing', { json: {} });
      expect({ status: reply.status, text: reply.text }).toEqual({ status: 200, text: '' });
    }
  });

  it.each([201, 202, 206])('with status %i is a 200', async (status) => {
    provider.answer({ status, body: { id: 1 } });
    expect(await shop.call('POST', '/thing', { json: {} })).toMatchObject({ status: 200, body: { id: 1 } });
  });

  it.each([
    ['text/csv', 'a,b\r\n1,2'],
    ['image/svg+xml', '<svg/>'],
    ['text/plain; charset=utf-8', 'ü'],
  ])('of type %s keeps its type', async (contentType, body) => {
    provider.answer({ headers: { 'content-type': contentType }, body });
    const reply = await shop.call('GET', '/thing');
    expect({ type: reply.headers['content-type'], text: reply.text }).toEqual({
      type: contentType,
      text: body,
    });
  });

  it.each([
    ['application/json', '{"a":1.10}'],
    ['text/csv', 'a,b'],
  ])('that is compressed is unpacked: %s', async (contentType, text) => {
    provider.answer({
      headers: { 'content-type': contentType, 'content-encoding': 'gzip' },
      body: gzipSync(text),
    });
    const reply = await shop.call('GET', '/thing');
    expect({ status: reply.status, text: reply.text }).toEqual({ status: 200, text });
    expect(reply.headers).not.toHaveProperty('content-encoding');
  });

  it('without a type is JSON when it looks like it', async () => {
    provider.answer({ body: '{"a":1}' });
    expect(await shop.call('GET', '/thing')).toMatchObject({ status: 200, body: { a: 1 } });
  });

  it('lets the headers through that a caller needs, and no others', async () => {
    provider.answer({
      headers: {
        link: '<https://x/2>; rel="next"',
        'x-ratelimit-remaining': '4',
        'x-rate-limit-reset': '60',
        'ratelimit-limit': '5',
        etag: '"e"',
        'content-disposition': 'attachment; filename="a.csv"',
        'set-cookie': 'a=b',
        server: 'shop',
        'x-internal': '1',
      },
      body: {},
    });
    const { headers } = await shop.call('GET', '/thing');
    expect(headers).toMatchObject({
      link: '<https://x/2>; rel="next"',
      'x-ratelimit-remaining': '4',
      'x-rate-limit-reset': '60',
      'ratelimit-limit': '5',
      etag: '"e"',
      'content-disposition': 'attachment; filename="a.csv"',
    });
    for (const name of ['set-cookie', 'server', 'x-internal']) expect(headers).not.toHaveProperty(name);
  });
});

describe('fields', () => {
  it('are picked from a record and from each in a list', async () => {
    provider.answer({ body: { id: 1, title: 'A', author: { name: 'B', born: 1900 }, price: 3 } });
    expect((await shop.call('GET', '/thing?fields=id,author.name,nosuch')).body).toEqual({
      id: 1,
      author: { name: 'B' },
    });
    provider.answer({
      body: [
        { id: 1, x: 1 },
        { id: 2, x: 2 },
      ],
    });
    expect((await shop.call('GET', '/thing?fields=id')).body).toEqual([{ id: 1 }, { id: 2 }]);
    expect((await shop.call('GET', '/thing?fields=*')).body).toEqual([
      { id: 1, x: 1 },
      { id: 2, x: 2 },
    ]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ReceivedFile } from '#test/provider';

let app: TestApp;
let provider: Provider;
let shop: Connected;

const pre = (body: string, more = {}) => ({
  type: 'preRequest',
  mimeType: 'application/javascript',
  body,
  ...more,
});
const after = (body: string, more = {}) => ({
  type: 'postRequest',
  mimeType: 'application/javascript',
  body,
  ...more,
});
const hooked = (method: string, path: string, hooks: object[], more = {}) =>
  resource(method, path, { hooks, ...more });
const body = parameter('body', 'body');

const resources = [
  hooked(
    'POST',
    '/rewrite',
    [
      pre(`done({
      request_vendor_method: 'PUT',
      request_vendor_path: '/changed/' + request_parameters.id,
      request_vendor_parameters: { ...request_vendor_parameters, added: 'a b', gone: null },
      request_vendor_headers: { ...request_vendor_headers, 'X-Hook': 'yes', Accept: null },
      request_vendor_body: JSON.stringify({ wrapped: JSON.parse(request_body) }),
    });`),
    ],
    { parameters: [body, parameter('query', 'id', 'no-op'), parameter('query', 'gone')] },
  ),
  hooked('GET', '/reply', [
    after(`done({
      response_body: response_body.rows.map((row) => ({ id: row[0], title: row[1] })),
      response_headers: { 'elements-total-count': String(response_body.rows.length), 'X-Own': 'mine' },
    });`),
  ]),
  hooked('GET', '/skip', [
    pre(`done({ continue: false, response_body: { made: request_path, status: 'here' } });`),
    after(`done({ response_body: { ...response_body, after: true } });`),
  ]),
  hooked('GET', '/legacy', [
    after(`response_body.legacy = true; return { response_body: response_body };`, { isLegacy: true }),
  ]),
  hooked('GET', '/nothing', [pre('done()'), after('done();')]),
  hooked('GET', '/error', [
    after(`done({ response_error_message: 'Sold out', response_status_code: 409 });`),
  ]),
  hooked('GET', '/mend', [
    after(
      `if (response_iserror) done({ response_status_code: 200, response_body: { mended: response_status_code } }); else done();`,
    ),
  ]),
  hooked('GET', '/stop', [
    pre(`done({ continue: false, response_status_code: 403, response_error_message: 'Closed' });`),
  ]),
  hooked('GET', '/throw', [pre(`throw new Error('I broke');`)]),
  hooked('GET', '/syntax', [pre(`this is no script`)]),
  hooked('GET', '/endless', [pre(`for (;;) {}`)]),
  hooked('GET', '/remember', [
    after(`done({ configuration: { 'shop.cursor': String(response_body.cursor) } });`),
  ]),
  hooked('GET', '/recall', [
    pre(`done({ request_vendor_parameters: { cursor: configuration['shop.cursor'] } });`),
  ]),
  hooked(
    'POST',
    '/numbers',
    [pre(`done({ request_vendor_body_map: { ...request_body_map, sum: request_body_map.price * 2 } });`)],
    { parameters: [body] },
  ),
  hooked('GET', '/number-reply', [
    after(`done({ response_body: response_body.map((row) => ({ ...row, double: row.price * 2 })) });`),
  ]),
  hooked(
    'GET',
    '/where',
    [
      pre(
        `done({ request_vendor_parameters: { filter: request_expression.map((e) => e.attribute + e.operator + e.value).join('&') } });`,
      ),
    ],
    {
      parameters: [parameter('query', 'where', 'no-op')],
    },
  ),
  hooked('GET', '/more', [
    pre(`const http = require('http');
      const url = configuration['base.url'] + '/extra';
      http.get(url, { headers: { Authorization: 'Bearer ' + configuration['oauth.user.token'] } }, (response) => {
        let text = '';
        response.on('data', (part) => (text += part));
        response.on('end', () => done({ request_vendor_parameters: { extra: JSON.parse(text).value } }));
      }).on('error', (error) => done({ continue: false, response_error_message: error.message, response_status_code: 500 }));`),
  ]),
  hooked('GET', '/inside', [
    pre(
      `require('http').get('http://127.0.0.1:2/', () => done()).on('error', (error) => done({ continue: false, response_body: { error: error.message } }));`,
    ),
  ]),
  hooked(
    'POST',
    '/parts',
    [
      pre(`const { list, ...rest } = request_vendor_body_map;
      done({ request_vendor_body_map: { ...rest, listname: request_body_map.list.name, csv: { filename: 'made.csv', contentType: 'text/csv', content: 'a,b' } } });`),
    ],
    {
      parameters: [
        parameter('multipart', 'list', 'multipart', 'list'),
        parameter('multipart', 'file', 'multipart', 'file'),
      ],
    },
  ),
  hooked('GET', '/pollute', [
    pre(
      `Object.prototype.polluted = 1; request_parameters.constructor.constructor.prototype.polluted = 1; done({ request_vendor_parameters: JSON.parse('{"__proto__": {"polluted": 1}, "a": "1"}') });`,
    ),
  ]),
];

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [bookshop(resources, { hooks: [] })],
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

describe('a pre-request hook', () => {
  it('changes method, path, query, headers and body', async () => {
    provider.answer({ body: {} });
    expect(await shop.call('POST', '/rewrite?id=7&gone=1', { json: { a: 1 } })).toMatchObject({
      status: 200,
    });
    const [got] = provider.received;
    expect(got).toMatchObject({
      method: 'PUT',
      path: '/changed/7',
      headers: { 'x-hook': 'yes', authorization: 'Bearer golden-token' },
    });
    expect(got?.headers).not.toHaveProperty('accept');
    expect(Object.fromEntries(got?.query ?? [])).toEqual({ added: 'a b' });
    expect(got?.json()).toEqual({ wrapped: { a: 1 } });
  });

  it('answers in the provider’s place, and the post-request hooks run on that', async () => {
    expect((await shop.call('GET', '/skip')).body).toEqual({ made: '/skip', status: 'here', after: true });
    expect(provider.received).toEqual([]);
  });

  it('refuses in the provider’s place', async () => {
    expect(await shop.call('GET', '/stop')).toMatchObject({ status: 403, body: { message: 'Closed' } });
    expect(provider.received).toEqual([]);
  });

  it('sees the filter as a list of conditions', async () => {
    provider.answer({ body: [] });
    await shop.call('GET', `/where?where=${encodeURIComponent("a = 'x' AND b > 3")}`);
    expect(provider.received[0]?.query.get('filter')).toBe('a=x&b>3');
  });

  it('calls the provider by itself', async () => {
    provider.on({ 'GET /extra': { body: { value: 'v' } }, 'GET /more': { body: {} } });
    expect(await shop.call('GET', '/more')).toMatchObject({ status: 200 });
    expect(provider.received.map(({ url, headers }) => [url, headers['authorization']])).toEqual([
      ['/extra', 'Bearer golden-token'],
      ['/more?extra=v', 'Bearer golden-token'],
    ]);
  });

  it('does not get into the network', async () => {
    const { status, body: reply } = await shop.call('GET', '/inside');
    expect({ status, error: typeof reply.error }).toEqual({ status: 200, error: 'string' });
  });

  it('makes parts of a multipart body', async () => {
    provider.answer({ body: {} });
    const data = new FormData();
    data.append('list', '{"name":"Friends"}');
    data.append('file', new File(['x,y'], 'x.csv', { type: 'text/csv' }));
    expect(await shop.call('POST', '/parts', { body: data })).toMatchObject({ status: 200 });
    const parts = await provider.received[0]?.multipart();
    expect(parts).toMatchObject({
      listname: 'Friends',
      file: { filename: 'x.csv' },
      csv: { filename: 'made.csv', contentType: 'text/csv' },
    });
    expect((parts as Record<string, ReceivedFile>)['file']?.content.toString()).toBe('x,y');
    expect(parts).not.toHaveProperty('list');
  });
});

describe('a post-request hook', () => {
  it('changes the reply and adds headers', async () => {
    provider.answer({
      body: {
        rows: [
          [1, 'A'],
          [2, 'B'],
        ],
      },
    });
    const reply = await shop.call('GET', '/reply');
    expect(reply.body).toEqual([
      { id: 1, title: 'A' },
      { id: 2, title: 'B' },
    ]);
    expect(reply.headers).toMatchObject({
      'elements-total-count': '2',
      'x-own': 'mine',
      'elements-returned-count': '2',
    });
  });

  it('may return, in the old way', async () => {
    provider.answer({ body: { a: 1 } });
    expect((await shop.call('GET', '/legacy')).body).toEqual({ a: 1, legacy: true });
  });

  it('changes nothing when it has nothing to say', async () => {
    provider.answer({ headers: { 'content-type': 'application/json' }, body: '{"a":1.10}' });
    expect((await shop.call('GET', '/nothing')).text).toBe('{"a":1.10}');
  });

  it('makes an error of a success, and a success of an error', async () => {
    provider.answer({ body: {} });
    expect(await shop.call('GET', '/error')).toMatchObject({ status: 409, body: { message: 'Sold out' } });
    provider.answer({ status: 404, body: { message: 'no' } });
    expect(await shop.call('GET', '/mend')).toMatchObject({ status: 200, body: { mended: 404 } });
  });

  it('stores configuration that later calls see', async () => {
    provider.on({ 'GET /remember': { body: { cursor: 42 } }, 'GET /recall': { body: {} } });
    expect(await shop.call('GET', '/remember')).toMatchObject({ status: 200 });
    await shop.call('GET', '/recall');
    expect(provider.received[1]?.query.get('cursor')).toBe('42');
    expect((await app.call('GET', `/instances/${shop.id}`)).body.configuration).toMatchObject({
      'shop.cursor': '42',
    });
  });
});

describe('numbers in hooks', () => {
  const json = { 'content-type': 'application/json' };

  it('are numbers to count with, and untouched ones keep their digits', async () => {
    provider.answer({ body: {} });
    expect(
      await shop.call('POST', '/numbers', {
        body: '{"price":1.10,"id":12345678901234567890}',
        headers: json,
      }),
    ).toMatchObject({ status: 200 });
    expect(provider.received[0]?.json()).toMatchObject({ price: 1.1, sum: 2.2 });
    expect(provider.received[0]?.text).toContain('12345678901234567890');
    provider.answer({ headers: json, body: '[{"price":2.50,"id":12345678901234567890}]' });
    const reply = await shop.call('GET', '/number-reply');
    expect(reply.body).toMatchObject([{ price: 2.5, double: 5 }]);
    expect(reply.text).toContain('12345678901234567890');
  });
});

describe('a hook that goes wrong', () => {
  it.each([
    ['throws', '/throw', /I broke/],
    ['is no script', '/syntax', /./],
    ['never ends', '/endless', /./],
  ])('gives a clear error when it %s, and the next call works', async (_what, path, message) => {
    const reply = await shop.call('GET', path);
    expect([400, 500]).toContain(reply.status);
    expect(reply.body).toMatchObject({ message: expect.stringMatching(message) });
    expect(provider.received).toEqual([]);
    provider.answer({ body: { a: 1 } });
    expect(await shop.call('GET', '/nothing')).toMatchObject({ status: 200 });
  });

  it('does not reach our own objects', async () => {
    provider.answer({ body: {} });
    await shop.call('GET', '/pollute');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await shop.call('GET', '/nothing')).toMatchObject({ status: 200 });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { CallOptions, Connected, TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ReceivedFile, ReceivedRequest } from '#test/provider';

let app: TestApp;
let provider: Provider;
let shop: Connected;

const post = (path: string, parameters: object[], more = {}) =>
  resource('POST', path, { parameters, ...more });
const get = (path: string, parameters: object[], more = {}) => resource('GET', path, { parameters, ...more });
const required = { required: true };

const resources = [
  get('/query', [
    parameter('query', 'since', 'query', 'filter[since]'),
    parameter('query', 'lang', 'header', 'Accept-Language'),
    parameter('header', 'X-Trace', 'header', 'X-Shop-Trace'),
    parameter('header', 'x-shelf', 'query', 'shelf'),
    parameter('configuration', 'shop.region', 'header', 'X-Region'),
    parameter('value', 'v2-${configuration.shop.region}', 'query', 'version'),
    parameter('value', 'CE.b64(me:${shop.region})', 'header', 'X-Key'),
    parameter('query', 'unsent', 'no-op'),
  ]),
  get('/typed', [
    parameter('query', 'count', 'query', 'count', { dataType: 'integer' }),
    parameter('query', 'price', 'query', 'price', { dataType: 'number' }),
    parameter('query', 'new', 'query', 'new', { dataType: 'boolean' }),
  ]),
  get('/required/{id}', [
    parameter('path', 'id'),
    parameter('query', 'a', 'query', 'a', required),
    parameter('header', 'B', 'header', 'B', required),
  ]),
  get('/shelves/{id}', [parameter('configuration', 'shop.region', 'path', 'id')], {
    vendorPath: '/regions/{id}/shelves',
  }),
  get('/configured', [], { vendorPath: '/regions/{shop.region}' }),
  post('/body', [parameter('body', 'body', 'body', 'body', required)]),
  post('/wrapped', [parameter('body', 'body')], { rootKey: 'book|data.book' }),
  post('/fields', [
    parameter('bodyField', 'title', 'bodyField', 'book.name'),
    parameter('bodyField', 'author.name', 'bodyField', 'book.by'),
    parameter('query', 'amount', 'bodyField', 'stock.amount', { dataType: 'integer' }),
    parameter('value', 'ligand', 'bodyField', 'source'),
  ]),
  post('/extended', [
    parameter('body', 'body'),
    parameter('configuration', 'shop.region', 'bodyField', 'region'),
  ]),
  post('/form', [
    parameter('bodyField', 'title', 'form', 'book_title'),
    parameter('bodyField', 'tags', 'form', 'tag'),
    parameter('value', 'json', 'form', 'format'),
  ]),
  post('/spread', [parameter('body', 'body', 'form', 'body')]),
  post('/soap', [
    { ...parameter('value', '<book><title>{title}</title><by>{by}</by></book>', 'body', 'body') },
    parameter('body', 'body', 'bodyToken', 'body'),
    parameter('value', 'text/xml', 'header', 'Content-Type'),
  ]),
  post('/parts', [
    parameter('multipart', 'book', 'multipart', 'metadata'),
    parameter('multipart', 'file', 'multipart', 'upload'),
    parameter('bodyField', 'note', 'multipart', 'note'),
  ]),
  post('/parts-to-form', [parameter('multipart', 'title', 'form', 'book_title')]),
  post('/raw', [parameter('body', 'body')]),
  resource('PUT', '/put/{id}', {
    vendorMethod: 'PATCH',
    parameters: [parameter('path', 'id'), parameter('body', 'body')],
  }),
];

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop(resources, {
        parameters: [
          parameter('value', 'always', 'header', 'X-Every'),
          parameter('value', 'wide', 'query', 'version'),
        ],
      }),
    ],
    elementDefaults: { bookshop: { 'base.url': `${provider.url}/` } },
    allowHosts: [provider.host],
  });
  shop = await app.connect('bookshop', { configuration: { ...shopKeys, 'shop.region': 'north west' } });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

/** Makes a hub call that succeeds and gives what the provider got. */
async function send(
  method: string,
  path: string,
  options: CallOptions = {},
  body: unknown = {},
): Promise<ReceivedRequest> {
  provider.answer({ body });
  const reply = await shop.call(method, path, options);
  expect({ status: reply.status, message: reply.body?.message }).toEqual({ status: 200, message: undefined });
  return provider.received.at(-1) as ReceivedRequest;
}

describe('query, header and configuration', () => {
  it('go where the rows say, and only those', async () => {
    const got = await send('GET', '/query?since=2020%2F1&lang=de&unsent=1&unknown=2', {
      headers: { 'x-trace': 't-1', 'X-Shelf': '7 b' },
    });
    expect(Object.fromEntries(got.query)).toEqual({
      'filter[since]': '2020/1',
      shelf: '7 b',
      version: 'v2-north west',
    });
    expect(got.headers).toMatchObject({
      accept: 'application/json',
      authorization: 'Bearer golden-token',
      'accept-language': 'de',
      'x-shop-trace': 't-1',
      'x-region': 'north west',
      'x-key': btoa('me:north west'),
      'x-every': 'always',
    });
    expect(got.headers).not.toHaveProperty('x-trace');
  });

  it('are left out when they are absent', async () => {
    const got = await send('GET', '/query');
    expect([...got.query.keys()]).toEqual(['version']);
    expect(got.headers).not.toHaveProperty('accept-language');
  });

  it('pass a repeated parameter on repeatedly', async () => {
    expect((await send('GET', '/query?since=1&since=2')).query.getAll('filter[since]')).toEqual(['1', '2']);
  });

  it('fill the provider’s path from the configuration', async () => {
    expect((await send('GET', '/shelves/9')).path).toBe('/regions/north%20west/shelves');
    expect((await send('GET', '/configured')).path).toBe('/regions/north west'.replace(' ', '%20'));
  });

  it('element-wide rows run on every resource, unless it has its own for the same target', async () => {
    expect((await send('POST', '/raw', { json: {} })).headers['x-every']).toBe('always');
    expect((await send('POST', '/raw', { json: {} })).query.get('version')).toBe('wide');
  });

  it.each(['count=7', 'count=-7', 'count=12345678901234567890', 'price=1.10', 'new=true', 'new=FALSE'])(
    'accept a typed value: %s',
    async (query) => {
      expect((await send('GET', `/typed?${query}`)).url.split('?')[1]).toContain(query);
    },
  );

  it.each(['count=seven', 'count=1.5', 'price=cheap', 'new=maybe'])(
    'refuse what is not of the type: %s',
    async (query) => {
      expect(await shop.call('GET', `/typed?${query}`)).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining(query.split('=')[0] ?? '') },
      });
      expect(provider.received).toEqual([]);
    },
  );

  it('name every required parameter that is missing in one 400', async () => {
    const reply = await shop.call('GET', '/required/1');
    expect(reply).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/a \(query\).*B \(header\)/) },
    });
    expect(await shop.call('POST', '/body')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('body') },
    });
    expect(provider.received).toEqual([]);
  });

  it('never pass on our own credentials', async () => {
    const got = await send('GET', '/query', {
      headers: { cookie: 'session=1', 'proxy-authorization': 'Basic x' },
    });
    expect(JSON.stringify(got.headers)).not.toContain(app.userSecret);
    expect(got.headers).not.toHaveProperty('cookie');
    expect(got.headers).not.toHaveProperty('proxy-authorization');
  });
});

describe('a JSON body', () => {
  it.each([
    ['an object', { title: 'A', nested: { list: [1, null, 'x'] }, ключ: '€😀' }],
    ['a list', [{ a: 1 }, { b: 2 }]],
  ])('passes as it is: %s', async (_what, json) => {
    const got = await send('POST', '/body', { json });
    expect(got.headers['content-type']).toBe('application/json');
    expect(got.json()).toEqual(json);
  });

  it('keeps every digit and blank of the caller’s text', async () => {
    const text = '{ "a" : 12345678901234567890, "b":1.10,\n"c": 1e400, "d": -0 }';
    expect(
      (await send('POST', '/body', { body: text, headers: { 'content-type': 'application/json' } })).text,
    ).toBe(text);
  });

  it.each([
    [{ 'content-type': 'application/json' }, ''],
    [{}, ' Say in Content-Type what it is, if it is something else.'],
  ])('that is none is refused, with the place of the fault: %j', async (headers, hint) => {
    const body = Buffer.from('{ "a": x }');
    expect(await shop.call('POST', '/body', { body, headers })).toMatchObject({
      status: 400,
      body: {
        message: `The body is not valid JSON. The JSON has an unexpected 'x' at line 1, column 8.${hint}`,
      },
    });
    expect(provider.received).toEqual([]);
  });

  it('keeps every digit when it is changed on the way', async () => {
    const text = '{"a":12345678901234567890,"b":1.10,"c":1e400}';
    const got = await send('POST', '/extended', {
      body: text,
      headers: { 'content-type': 'application/json' },
    });
    expect(got.text).toBe('{"a":12345678901234567890,"b":1.10,"c":1e400,"region":"north west"}');
  });

  it('is wrapped and unwrapped by the root key', async () => {
    provider.answer({ body: { data: { book: { id: 7 } } } });
    const reply = await shop.call('POST', '/wrapped', { json: { title: 'A' } });
    expect(provider.received[0]?.json()).toEqual({ book: { title: 'A' } });
    expect(reply.body).toEqual({ id: 7 });
  });

  it('is given as it is where the root key is missing in the reply', async () => {
    provider.answer({ body: { other: 1 } });
    expect((await shop.call('POST', '/wrapped', { json: {} })).body).toEqual({ other: 1 });
  });

  it('is built from fields', async () => {
    const got = await send('POST', '/fields?amount=3', {
      json: { title: 'A', author: { name: 'B' }, ignored: 1 },
    });
    expect(got.json()).toEqual({ book: { name: 'A', by: 'B' }, stock: { amount: 3 }, source: 'ligand' });
  });

  it('keeps digits in fields', async () => {
    const got = await send('POST', '/fields?amount=12345678901234567890', {
      body: '{"title":1.10}',
      headers: { 'content-type': 'application/json' },
    });
    expect(got.text).toBe('{"book":{"name":1.10},"stock":{"amount":12345678901234567890},"source":"ligand"}');
  });

  it('becomes a form where the provider wants one', async () => {
    const got = await send('POST', '/form', { json: { title: 'A & B=ü', tags: ['x', 'y'] } });
    expect(got.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect([...new URLSearchParams(got.text)]).toEqual([
      ['book_title', 'A & B=ü'],
      ['tag', 'x'],
      ['tag', 'y'],
      ['format', 'json'],
    ]);
    expect((await send('POST', '/spread', { json: { a: 1, b: 'two', c: null } })).form()).toEqual({
      a: '1',
      b: 'two',
    });
  });

  it('fills a text template, escaped as XML', async () => {
    const got = await send('POST', '/soap', { json: { title: 'A & B <1>', by: '"me"' } });
    expect(got.headers['content-type']).toBe('text/xml');
    expect(got.text).toBe('<book><title>A &amp; B &lt;1&gt;</title><by>&quot;me&quot;</by></book>');
  });

  it('goes with another method where the row says so', async () => {
    const got = await send('PUT', '/put/a%20b', { json: { x: 1 } });
    expect(got).toMatchObject({ method: 'PATCH', path: '/put/a%20b', text: '{"x":1}' });
  });

  it.each([
    ['broken JSON', '{"a":', 'application/json'],
    ['a text that claims to be JSON', 'hello', 'application/json'],
    ['multipart without a boundary', 'x', 'multipart/form-data'],
    [
      'multipart that ends early',
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nval',
      'multipart/form-data; boundary=b',
    ],
  ])('that cannot be read is refused: %s', async (_what, body, contentType) => {
    const path = contentType.startsWith('multipart') ? '/parts' : '/body';
    expect(await shop.call('POST', path, { body, headers: { 'content-type': contentType } })).toMatchObject({
      status: 400,
      body: { message: expect.any(String) },
    });
    expect(provider.received).toEqual([]);
  });
});

describe('other bodies', () => {
  it('a form of the caller reaches the provider as a form', async () => {
    const got = await send('POST', '/form', {
      body: 'title=A+B&tags=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(got.form()).toEqual({ book_title: 'A B', tag: 'x', format: 'json' });
  });

  it('bytes pass through', async () => {
    const body = Buffer.from([0, 255, 1, 254, 13, 10]);
    const got = await send('POST', '/raw', { body, headers: { 'content-type': 'application/pdf' } });
    expect(got.body.equals(body)).toBe(true);
    expect(got.headers['content-type']).toBe('application/pdf');
  });

  it('multipart reaches the provider as multipart, with parts renamed', async () => {
    const data = new FormData();
    data.append('book', '{"title":"A"}');
    data.append('file', new File(['a,b\r\n1,2'], 'list "ü".csv', { type: 'text/csv' }));
    data.append('note', 'mine');
    data.append('ignored', 'x');
    const got = await send('POST', '/parts', { body: data });
    const { upload, ...texts } = await got.multipart();
    expect(texts).toEqual({ metadata: '{"title":"A"}', note: 'mine' });
    expect(upload).toMatchObject({ contentType: 'text/csv', filename: 'list "ü".csv' });
    expect((upload as ReceivedFile).content.toString()).toBe('a,b\r\n1,2');
  });

  it('multipart becomes a form where the provider wants one', async () => {
    const data = new FormData();
    data.append('title', 'A');
    expect((await send('POST', '/parts-to-form', { body: data })).form()).toEqual({ book_title: 'A' });
  });

  it('JSON becomes multipart where the provider wants that', async () => {
    expect(await (await send('POST', '/parts', { json: { note: 'n' } })).multipart()).toEqual({ note: 'n' });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Answer, Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;
let shop: Connected;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop([
        resource('GET', '/books'),
        resource('POST', '/books', { parameters: [parameter('body', 'body')] }),
        resource('GET', '/elsewhere', { vendorPath: 'http://127.0.0.1:1/x' }),
        resource('GET', '/forbidden', { vendorPath: 'http://127.0.0.1:2/x' }),
        resource('GET', '/metadata', { vendorPath: 'http://169.254.169.254/latest' }),
        resource('GET', '/chain/one', { nextResource: 'GET:/hubs/documents/chain/two' }),
        resource('GET', '/chain/two', {
          nextResource: 'GET:/hubs/documents/chain/three',
          parameters: [parameter('prevBodyField', 'id', 'query', 'id')],
        }),
        resource('GET', '/chain/three', {
          parameters: [parameter('prevBodyField', 'next.id', 'query', 'id')],
        }),
        resource('GET', '/loop', { nextResource: 'GET:/hubs/documents/loop' }),
        resource('GET', '/nowhere', { nextResource: 'GET:/hubs/documents/no-such' }),
      ]),
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host, '127.0.0.1:1'],
    pacingMaxWaitMs: 300,
    providerTimeoutMs: 300,
  });
  shop = await app.connect('bookshop', { configuration: shopKeys });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const failures: [string, Answer, number, string | undefined][] = [
  ['400', { status: 400, body: { errorCode: 7, message: 'Bad shelf' } }, 400, 'Bad shelf'],
  ['401', { status: 401, body: { error: 'no', error_description: 'Not you' } }, 401, 'Not you'],
  ['403', { status: 403, body: { error: { message: 'Adults only' } } }, 403, 'Adults only'],
  [
    '404',
    { status: 404, body: { httpMessage: 'Not Found', moreInformation: 'No such book' } },
    404,
    'No such book',
  ],
  ['405', { status: 405, body: {} }, 405, undefined],
  ['406', { status: 406, body: '' }, 406, undefined],
  ['409', { status: 409, body: { errors: [{ message: 'Twice' }] } }, 409, 'Twice'],
  ['410, which the contract does not know', { status: 410, body: { message: 'Sold' } }, 400, 'Sold'],
  ['415', { status: 415, body: '<h1>Wrong</h1>' }, 415, undefined],
  ['422', { status: 422, body: { errors: ['Too heavy'] } }, 400, 'Too heavy'],
  ['500', { status: 500, body: { message: 'Boom' } }, 502, 'Boom'],
  ['501', { status: 501, body: {} }, 502, undefined],
  [
    '503 as a page',
    {
      status: 503,
      headers: { 'content-type': 'text/html' },
      body: '<html><style>x{}</style><b>Be right back</b></html>',
    },
    502,
    'Be right back',
  ],
  [
    '500 with broken JSON',
    { status: 500, headers: { 'content-type': 'application/json' }, body: '{"a":' },
    502,
    '{"a":',
  ],
  ['599', { status: 599, body: {} }, 502, undefined],
  [
    'a 200 with broken JSON',
    { headers: { 'content-type': 'application/json' }, body: '{"a": [1, 2' },
    502,
    undefined,
  ],
  ['a 200 whose JSON breaks off', { body: { a: 1 }, fault: 'break-off' }, 502, undefined],
  ['a cut connection', { fault: 'reset' }, 502, undefined],
  ['nothing at all', { fault: 'silent' }, 502, undefined],
  ['a JSON that never ends', { body: { a: 1 }, fault: 'stall' }, 502, undefined],
  ['a redirect that leads nowhere', { status: 302, body: '' }, 502, undefined],
];

describe('a provider that answers', () => {
  it.each(failures)('%s', async (_what, answer, status, providerMessage) => {
    provider.answer(answer);
    for (const [method, options] of [
      ['GET', {}],
      ['POST', { json: { a: 1 } }],
    ] as const) {
      const reply = await shop.call(method, '/books', options);
      expect({ method, status: reply.status, providerMessage: reply.body.providerMessage }).toEqual({
        method,
        status,
        providerMessage: providerMessage ?? reply.body.providerMessage,
      });
      expect(reply.body).toMatchObject({
        requestId: reply.headers['elements-request-id'],
        message: expect.stringMatching(/\S/),
      });
      expect(reply.headers['elements-element-instance-id']).toBe(String(shop.id));
      expect(reply.headers['content-type']).toMatch(/^application\/json/);
      expect(reply.text).not.toContain('golden-token');
    }
  });

  it('has its rate-limit headers passed on with an error too', async () => {
    provider.answer({ status: 403, headers: { 'x-ratelimit-remaining': '0', 'retry-after': '7' }, body: {} });
    expect((await shop.call('GET', '/books')).headers).toMatchObject({
      'x-ratelimit-remaining': '0',
      'retry-after': '7',
    });
  });
});

describe('a redirect of the provider', () => {
  it('is followed for GET', async () => {
    provider.on({
      'GET /books': { status: 302, headers: { location: '/moved?a=1' } },
      'GET /moved': { body: [{ id: 1 }] },
    });
    expect(await shop.call('GET', '/books')).toMatchObject({ status: 200, body: [{ id: 1 }] });
    expect(provider.received[1]).toMatchObject({
      url: '/moved?a=1',
      headers: { authorization: 'Bearer golden-token' },
    });
    const other = await startProvider();
    provider.on({ 'GET /books': { status: 307, headers: { location: `${other.url}/file` } } });
    expect(await shop.call('GET', '/books')).toMatchObject({ status: 400 });
    expect(other.received).toEqual([]);
    await other.close();
  });

  it('is not followed into the network', async () => {
    provider.answer({ status: 302, headers: { location: 'http://169.254.169.254/latest' } });
    expect(await shop.call('GET', '/books')).toMatchObject({ status: 400 });
  });

  it('is a failure where it never ends, and for a call that must not be repeated elsewhere', async () => {
    provider.answer({ status: 302, headers: { location: '/books' } });
    expect(await shop.call('GET', '/books')).toMatchObject({ status: 502 });
    expect(provider.received.length).toBeLessThan(8);
    expect(await shop.call('POST', '/books', { json: {} })).toMatchObject({ status: 502 });
  });
});

describe('a provider that is not there', () => {
  it('gives 502 when nobody listens', async () => {
    const reply = await shop.call('GET', '/elsewhere');
    expect(reply).toMatchObject({
      status: 502,
      body: { message: expect.stringContaining('cannot be reached') },
    });
    expect(reply.headers['elements-element-instance-id']).toBe(String(shop.id));
  });

  it.each(['/forbidden', '/metadata'])('gives 400 for an address inside the network: %s', async (path) => {
    expect(await shop.call('GET', path)).toMatchObject({ status: 400 });
  });
});

describe('429 from the provider', () => {
  it('is tried again after Retry-After, and the caller does not notice', async () => {
    let calls = 0;
    provider.answer(() =>
      (calls += 1) === 1 ? { status: 429, headers: { 'retry-after': '0' }, body: {} } : { body: [{ id: 1 }] },
    );
    expect(await shop.call('GET', '/books')).toMatchObject({ status: 200, body: [{ id: 1 }] });
    expect(calls).toBe(2);
  });

  it('is tried again with the same body', async () => {
    provider.answer(({ text }) =>
      provider.received.length === 1
        ? { status: 429, headers: { 'retry-after': '0' }, body: {} }
        : { body: { got: text } },
    );
    expect((await shop.call('POST', '/books', { json: { a: 1 } })).body).toEqual({ got: '{"a":1}' });
  });

  it('reaches the caller when the wait would be too long, with Retry-After', async () => {
    provider.answer({ status: 429, headers: { 'retry-after': '60' }, body: { message: 'Slow down' } });
    const reply = await shop.call('GET', '/books');
    expect(reply).toMatchObject({
      status: 429,
      body: { providerMessage: 'Slow down' },
      headers: { 'retry-after': '60' },
    });
    expect(provider.received).toHaveLength(1);
  });

  it('reaches the caller with a Retry-After of ours when there was none', async () => {
    provider.answer({ status: 429, body: {} });
    const reply = await shop.call('GET', '/books');
    expect(reply.status).toBe(429);
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('reaches the caller in the end', async () => {
    provider.answer({ status: 429, headers: { 'retry-after': '0' }, body: {} });
    expect(await shop.call('GET', '/books')).toMatchObject({ status: 429 });
    expect(provider.received.length).toBeLessThan(10);
  });
});

describe('a chain of resources', () => {
  it('runs to its end, each with the reply before; the last reply is the caller’s', async () => {
    provider.on({
      'GET /chain/one': { body: { id: 'a b' } },
      'GET /chain/two': { body: { next: { id: 2 } } },
      'GET /chain/three': { body: { done: true } },
    });
    expect((await shop.call('GET', '/chain/one')).body).toEqual({ done: true });
    expect(provider.received.map(({ url }) => url)).toEqual([
      '/chain/one',
      '/chain/two?id=a%20b',
      '/chain/three?id=2',
    ]);
  });

  it('ends at the first error', async () => {
    provider.on({ 'GET /chain/one': { status: 404, body: { message: 'gone' } } });
    expect(await shop.call('GET', '/chain/one')).toMatchObject({
      status: 404,
      body: { providerMessage: 'gone' },
    });
    expect(provider.received).toHaveLength(1);
  });

  it('that never ends is stopped with 400', async () => {
    provider.answer({ body: {} });
    expect(await shop.call('GET', '/loop')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('nextResource') },
    });
    expect(provider.received.length).toBeLessThan(8);
  });

  it('whose next link is unknown is a 400', async () => {
    provider.answer({ body: {} });
    expect(await shop.call('GET', '/nowhere')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('/no-such') },
    });
  });
});

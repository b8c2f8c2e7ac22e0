import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, library, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Answer, Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;
const tokens = {
  access_token: 'access-1',
  refresh_token: 'refresh-1',
  token_type: 'Bearer',
  expires_in: 3600,
};

beforeAll(async () => {
  provider = await startProvider();
  const who = resource('GET', '/who', {
    type: 'provisionAuthValidation',
    response: { contentType: 'application/json' },
    parameters: [
      {
        type: 'body',
        name: 'shop.region',
        vendorType: 'bodyField',
        vendorName: 'region',
        source: 'response',
      },
    ],
  });
  const setUp = resource('POST', '/hooks', {
    type: 'onProvision',
    parameters: [parameter('configuration', 'shop.region', 'query', 'region')],
  });
  app = await startTestApp({
    elements: [
      bookshop(),
      library([resource('GET', '/loans')]),
      { ...bookshop([who, setUp]), id: 503, key: 'checkedshop', name: 'Checked shop' },
      { ...bookshop(), id: 504, key: 'awayshop', name: 'Away shop' },
    ],
    elementDefaults: {
      bookshop: { 'base.url': provider.url },
      library: { 'base.url': provider.url },
      checkedshop: { 'base.url': provider.url },
      awayshop: { 'base.url': 'http://127.0.0.1:1' },
    },
    allowHosts: [provider.host, '127.0.0.1:1'],
    providerTimeoutMs: 300,
  });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const seedBody = (more: object = {}) => ({
  element: { key: 'bookshop' },
  providerData: { code: 'code-1' },
  configuration: shopKeys,
  tags: ['mine'],
  name: 'my shop',
  ...more,
});
const provision = (more: object = {}) => app.call('POST', '/instances', { json: seedBody(more) });
const instancesThere = async () => (await app.query(sql<{ id: number }>`select id from instance`)).length;

describe('a POST /instances that fails', () => {
  it.each([
    ['the person declined', { error: 'access_denied' }, /declined/, 'access_denied'],
    [
      'the provider says why',
      { error: 'server_error', error_description: 'Lights are out' },
      /server_error/,
      'Lights are out',
    ],
  ])('answers 400 when %s', async (_what, providerData, message, providerMessage) => {
    const before = await instancesThere();
    const reply = await provision({ providerData });
    expect(reply).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(message), providerMessage },
    });
    expect(provider.received).toEqual([]);
    expect(await instancesThere()).toBe(before);
  });

  const failures: [string, Answer, number, RegExp, string | undefined][] = [
    [
      'a used code',
      { status: 400, body: { error: 'invalid_grant', error_description: 'Code was used' } },
      400,
      /code/i,
      'Code was used',
    ],
    [
      'a wrong client (401)',
      { status: 401, body: { error: 'access_denied', error_description: 'Unauthorized' } },
      400,
      /client/,
      'Unauthorized',
    ],
    [
      'a wrong client (400)',
      { status: 400, body: { error: 'invalid_client' } },
      400,
      /client/,
      'invalid_client',
    ],
    [
      'an error inside a 200',
      { body: { error: 'invalid_grant', error_description: 'Too late' } },
      400,
      /code/i,
      'Too late',
    ],
    [
      'a reply that is no JSON',
      { headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' },
      502,
      /not JSON/,
      'Welcome',
    ],
    [
      'broken JSON',
      { headers: { 'content-type': 'application/json' }, body: '{"access_token": ' },
      502,
      /not JSON/,
      '{"access_token":',
    ],
    ['a reply without a token', { body: { hello: 'world' } }, 502, /access_token/, undefined],
    ['an empty reply', { body: '' }, 502, /not JSON/, undefined],
    [
      'a failure of the provider',
      { status: 500, body: { message: 'Out of paper' } },
      502,
      /500/,
      'Out of paper',
    ],
    ['too many token calls', { status: 429, body: { message: 'Five an hour' } }, 502, /429/, 'Five an hour'],
    [
      'a token endpoint that has moved',
      { status: 404, body: { message: 'Not here' } },
      502,
      /404/,
      'Not here',
    ],
    ['a redirect', { status: 302, headers: { location: '/login' }, body: '' }, 502, /302/, undefined],
    ['a cut connection', { fault: 'reset' }, 502, /closed the connection/, undefined],
    ['a reply that breaks off', { body: tokens, fault: 'break-off' }, 502, /Bookshop/, undefined],
    ['no reply at all', { fault: 'silent' }, 502, /in time/, undefined],
    ['a reply that never ends', { body: tokens, fault: 'stall' }, 502, /in time|Bookshop/, undefined],
  ];
  it.each(failures)(
    'leaves nothing behind after %s',
    async (_what, answer, status, message, providerMessage) => {
      const before = await instancesThere();
      provider.on({ 'POST /token': answer });
      const reply = await provision();
      expect({ status: reply.status, message: reply.body.message }).toEqual({
        status,
        message: expect.stringMatching(message),
      });
      if (providerMessage) expect(reply.body.providerMessage).toBe(providerMessage);
      expect(reply.text).not.toMatch(/shop-secret|access-1/);
      expect(await instancesThere()).toBe(before);
    },
  );

  it('says that the provider cannot be reached when nobody listens', async () => {
    const before = await instancesThere();
    const reply = await provision({ element: { key: 'awayshop' } });
    expect(reply).toMatchObject({
      status: 502,
      body: { message: expect.stringContaining('cannot be reached'), providerMessage: expect.any(String) },
    });
    expect(await instancesThere()).toBe(before);
  });

  it('refuses a base URL inside the network that the operator has not allowed', async () => {
    const reply = await provision({ configuration: { ...shopKeys, 'base.url': 'http://127.0.0.1:2' } });
    expect(reply).toMatchObject({ status: 400 });
  });
});

describe("a definition's own resources at provisioning", () => {
  const connect = () => provision({ element: { key: 'checkedshop' } });

  it('run in order after the exchange, and what they learn is stored', async () => {
    provider.on({
      'POST /token': { body: tokens },
      'GET /who': { body: { region: 'north' } },
      'POST /hooks': { body: {} },
    });
    const { status, body } = await connect();
    expect(status).toBe(200);
    expect(provider.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /token',
      'GET /who',
      'POST /hooks?region=north',
    ]);
    expect(provider.received[1]?.headers['authorization']).toBe('Bearer access-1');
    expect(body.configuration).toMatchObject({ 'shop.region': 'north' });
  });

  it.each([
    ['refuses the account', { status: 403, body: { message: 'Account closed' } }, 400],
    ['fails', { status: 503, body: { message: 'Stocktaking' } }, 502],
    ['breaks the connection', { fault: 'reset' as const }, 502],
  ])('leave nothing behind when the provider %s', async (_what, answer: Answer, status) => {
    const before = await instancesThere();
    provider.on({ 'POST /token': { body: tokens }, 'GET /who': answer });
    const reply = await connect();
    expect(reply).toMatchObject({ status, body: { providerMessage: expect.any(String) } });
    expect(provider.received.map(({ path }) => path)).toEqual(['/token', '/who']);
    expect(await instancesThere()).toBe(before);
  });
});

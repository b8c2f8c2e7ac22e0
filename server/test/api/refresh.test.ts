import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ProviderReply, ReceivedRequest } from '#test/provider';

let app: TestApp;
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  const session = {
    type: 'body',
    name: 'shop.session',
    vendorType: 'bodyField',
    vendorName: 'session',
    source: 'response',
  };
  app = await startTestApp({
    elements: [
      bookshop([
        resource('GET', '/books'),
        resource('POST', '/books', { parameters: [parameter('body', 'body')] }),
        resource('GET', '/session', { parameters: [session] }),
      ]),
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

/** An account whose tokens were brought: expired already, or good for an hour. */
const connect = (expiresIn: number, more: object = {}): Promise<Connected> =>
  app.connect('bookshop', {
    configuration: shopKeys,
    providerData: { access_token: 'old', refresh_token: 'refresh-1', expires_in: expiresIn, ...more },
  });

/** Refresh tokens that work once, as many providers have them; and books for the newest access token only. */
function shop(): { grants: number } {
  const state = { grants: 0, refresh: 'refresh-1', access: 'never' };
  provider.on({
    'POST /token': (request): ProviderReply => {
      if (request.form()['refresh_token'] !== state.refresh)
        return { status: 400, body: { error: 'invalid_grant', error_description: 'Token is dead' } };
      state.grants++;
      state.access = `access-${state.grants}`;
      state.refresh = `refresh-${state.grants + 1}`;
      return { body: { access_token: state.access, refresh_token: state.refresh, expires_in: 3600 } };
    },
    'GET /books': (request) => books(request, state.access),
    'POST /books': (request) => books(request, state.access),
  });
  return state;
}

function books(request: ReceivedRequest, access: string): ProviderReply {
  if (request.headers['authorization'] !== `Bearer ${access}`)
    return { status: 401, body: { message: 'Who are you?' } };
  return { body: request.method === 'POST' ? request.json() : [{ id: 1 }] };
}

const route = ({ method, path }: ReceivedRequest) => `${method} ${path}`;

describe('a token that is about to expire', () => {
  it('is refreshed before the call, once', async () => {
    const state = shop();
    const { call } = await connect(0.001);
    expect(await call('GET', '/books')).toMatchObject({ status: 200, body: [{ id: 1 }] });
    expect(provider.received.map(route)).toEqual(['POST /token', 'GET /books']);
    expect(provider.received[0]?.form()).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
      client_id: 'shop-client',
      client_secret: 'shop-secret',
    });
    expect(await call('GET', '/books')).toMatchObject({ status: 200 });
    expect(state.grants).toBe(1);
  });

  it('is refreshed once for many calls at the same moment', async () => {
    const state = shop();
    const { call } = await connect(0.001);
    const replies = await Promise.all(Array.from({ length: 40 }, () => call('GET', '/books')));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
    expect(state.grants).toBe(1);
  });

  it('is refreshed for many accounts at the same moment', async () => {
    shop();
    provider.on({
      'POST /token': (request) => ({
        body: { access_token: `new-${request.form()['refresh_token']}`, expires_in: 3600 },
      }),
      'GET /books': (request) => ({ body: [request.headers['authorization']] }),
    });
    const accounts = await Promise.all(
      Array.from({ length: 30 }, (_, index) => connect(0.001, { refresh_token: `r${index}` })),
    );
    const replies = await Promise.all(accounts.map(({ call }) => call('GET', '/books')));
    expect(replies.map(({ body }) => body?.[0])).toEqual(accounts.map((_, index) => `Bearer new-r${index}`));
  });

  it('lives as long as its provider has said, whatever the default of the element is', async () => {
    shop();
    const { call } = await app.connect('bookshop', {
      configuration: { ...shopKeys, expires_in: 0.001 },
      providerData: { access_token: 'old', refresh_token: 'refresh-1' },
    });
    expect((await call('GET', '/books')).status).toBe(200);
    expect(provider.received.map(({ path }) => path)).toEqual(['/token', '/books']);
  });

  it('keeps its refresh token when the provider sends no new one', async () => {
    const { call } = await connect(0.001);
    provider.on({
      'POST /token': { body: { access_token: 'a', expires_in: 0.001 } },
      'GET /books': { body: [] },
    });
    await call('GET', '/books');
    await call('GET', '/books');
    const asked = provider.received
      .filter(({ path }) => path === '/token')
      .map((request) => request.form()['refresh_token']);
    expect(new Set(asked)).toEqual(new Set(['refresh-1']));
  });

  it('goes to the refresh URL where there is one', async () => {
    const { id, call } = await connect(0.001);
    await app.call('PATCH', `/instances/${id}`, {
      json: { configuration: { 'oauth.token.refresh_url': '{base.url}/renew' } },
    });
    provider.on({
      'POST /renew': { body: { access_token: 'a', expires_in: 3600 } },
      'GET /books': { body: [] },
    });
    expect(await call('GET', '/books')).toMatchObject({ status: 200 });
    expect(provider.received.map(route)).toEqual(['POST /renew', 'GET /books']);
  });
});

describe('a 401 from the provider', () => {
  it('forces one refresh and one retry, with the same body', async () => {
    shop();
    const { call, id } = await connect(3600);
    const reply = await call('POST', '/books', { json: { title: 'Retry' } });
    expect(reply).toMatchObject({ status: 200, body: { title: 'Retry' } });
    expect(reply.headers['elements-element-instance-id']).toBe(String(id));
    expect(provider.received.map(route)).toEqual(['POST /books', 'POST /token', 'POST /books']);
  });

  it('is the caller’s answer when the new token is not accepted either', async () => {
    const { call } = await connect(3600);
    provider.on({
      'POST /token': { body: { access_token: 'new', refresh_token: 'r', expires_in: 3600 } },
      'GET /books': { status: 401, body: { message: 'Closed for you' } },
    });
    expect(await call('GET', '/books')).toMatchObject({
      status: 401,
      body: { providerMessage: 'Closed for you' },
    });
    expect(provider.received.map(route)).toEqual(['GET /books', 'POST /token', 'GET /books']);
  });

  it('does not use up a refresh token for each call, when new tokens are not accepted', async () => {
    const state = shop();
    provider.on({ 'GET /books': () => ({ status: 401, body: { message: 'Not for you' } }) });
    const { call } = await connect(3600);
    for (let round = 0; round < 4; round++) expect((await call('GET', '/books')).status).toBe(401);
    expect(state.grants).toBe(1);
  });

  it('is the caller’s answer where there is no refresh token', async () => {
    const { call } = await connect(3600, { refresh_token: undefined });
    provider.on({ 'GET /books': { status: 401, body: { message: 'No' } } });
    expect(await call('GET', '/books')).toMatchObject({ status: 401, body: { providerMessage: 'No' } });
    expect(provider.received.map(route)).toEqual(['GET /books']);
  });

  it('makes one refresh of many calls at the same moment', async () => {
    const state = shop();
    const { call } = await connect(3600);
    const replies = await Promise.all(Array.from({ length: 40 }, () => call('GET', '/books')));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(state.grants).toBe(1);
  });
});

describe('a dead refresh token', () => {
  it('makes the instance invalid and tells the caller to connect again, without asking the provider again', async () => {
    const { call, id } = await connect(0.001);
    provider.on({
      'POST /token': {
        status: 400,
        body: { error: 'invalid_grant', error_description: 'Revoked by the person' },
      },
    });
    const failed = await call('GET', '/books');
    expect(failed).toMatchObject({
      status: 401,
      body: {
        message: expect.stringContaining('Connect the account again'),
        providerMessage: 'Revoked by the person',
      },
    });
    expect(failed.headers['elements-element-instance-id']).toBe(String(id));
    expect((await app.call('GET', `/instances/${id}`)).body).toMatchObject({ valid: false });
    expect((await call('GET', '/books')).body.providerMessage).toBe('Revoked by the person');
    expect(provider.received.map(route)).toEqual(['POST /token']);
  });

  it('is forgotten when the account is connected again', async () => {
    const { call, id } = await connect(0.001);
    provider.on({ 'POST /token': { status: 400, body: { error: 'invalid_grant' } } });
    await call('GET', '/books');
    provider.on({
      'POST /token': { body: { access_token: 'again', refresh_token: 'r', expires_in: 3600 } },
      'GET /books': { body: [] },
    });
    expect(
      await app.call('PUT', `/instances/${id}`, { json: { providerData: { code: 'new' } } }),
    ).toMatchObject({ body: { valid: true } });
    expect((await call('GET', '/books')).status).toBe(200);
  });
});

describe('a provider whose token endpoint is in trouble', () => {
  it.each([
    ['fails', { status: 503, body: 'down' }],
    ['has too many calls', { status: 429, body: {} }],
    ['fails and says so as OAuth does', { status: 500, body: { error: 'invalid_grant' } }],
    ['is away for a moment', { status: 400, body: { error: 'temporarily_unavailable' } }],
    ['has moved', { status: 404, body: {} }],
    ['took too long', { status: 408, body: {} }],
    ['redirects to a page', { status: 302, headers: { location: '/login' }, body: '' }],
    ['cuts the connection', { fault: 'reset' as const }],
    ['answers nonsense', { body: '<html></html>' }],
  ])('costs the call but not the account: it %s', async (_what, answer) => {
    const { call, id } = await connect(0.001);
    provider.on({ 'POST /token': answer });
    expect(await call('GET', '/books')).toMatchObject({ status: 502 });
    expect((await app.call('GET', `/instances/${id}`)).body).toMatchObject({ valid: true });
    shop();
    expect(await call('GET', '/books')).toMatchObject({ status: 200 });
  });
});

describe('a value that a resource stores', () => {
  it('may hold anything', async () => {
    const { call, id } = await connect(3600);
    for (const session of ['a\u0000b', '\ud800', '€😀', 12, { nested: [1] }]) {
      provider.on({ 'GET /session': { body: { session } } });
      expect(await call('GET', '/session')).toMatchObject({ status: 200 });
      const { body } = await app.call('GET', `/instances/${id}`);
      const text = typeof session === 'object' ? JSON.stringify(session) : String(session);
      expect(body.configuration['shop.session']).toBe(text);
    }
  });
});

describe('a change of the configuration in the middle of a refresh', () => {
  it('loses neither the change nor the new tokens', async () => {
    const { call, id } = await connect(0.001);
    const asked = provider.next('POST /token');
    const { promise: mayAnswer, resolve: answerNow } = Promise.withResolvers<void>();
    const refreshed: ProviderReply = {
      body: { access_token: 'fresh', refresh_token: 'r2', expires_in: 3600 },
    };
    provider.on({
      'POST /token': async () => (await mayAnswer, refreshed),
      'GET /books': (request) => books(request, 'fresh'),
    });
    const calling = call('GET', '/books');
    await asked;
    const changing = app.call('PATCH', `/instances/${id}`, { json: { configuration: { note: 'changed' } } });
    // Either the change waits for the refresh, or it is through before: both must be there in the end.
    await Promise.race([changing, new Promise((resolve) => setTimeout(resolve, 100))]);
    answerNow();
    expect(await calling).toMatchObject({ status: 200 });
    expect(await changing).toMatchObject({ status: 200 });
    expect((await app.call('GET', `/instances/${id}`)).body.configuration).toMatchObject({ note: 'changed' });
    expect((await call('GET', '/books')).status).toBe(200);
    expect(provider.received.filter(({ path }) => path === '/token')).toHaveLength(1);
  });

  it('does the same for what a resource stores', async () => {
    const { call, id } = await connect(3600);
    const askedForSession = provider.next('GET /session');
    const { promise: mayAnswer, resolve: answerNow } = Promise.withResolvers<void>();
    shop();
    provider.on({ 'GET /session': async () => (await mayAnswer, { body: { session: 's-1' } }) });
    const storing = call('GET', '/session');
    await askedForSession;
    expect(await call('GET', '/books')).toMatchObject({ status: 200 });
    answerNow();
    expect(await storing).toMatchObject({ status: 200 });
    expect((await app.call('GET', `/instances/${id}`)).body.configuration).toMatchObject({
      'shop.session': 's-1',
    });
    expect((await call('GET', '/books')).status).toBe(200);
    expect(provider.received.filter(({ path }) => path === '/token')).toHaveLength(1);
  });
});

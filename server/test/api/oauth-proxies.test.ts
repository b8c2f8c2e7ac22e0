import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let provider: Provider;
let neighbour: Tenant;
let asNeighbour: string;
let stranger: Tenant;
let made = 0;

const application = 'https://tenant.example.com/auth?x=1';
const callback = () => `${app.origin}/elements/api-v2/oauth/callback`;

beforeAll(async () => {
  provider = await startProvider();
  const pkce = { id: 505, key: 'pkceshop', authentication: { type: 'oauth2', pkce: 'S256' } };
  const oauth1 = {
    id: 506,
    key: 'oldshop',
    authentication: { type: 'oauth1' },
    configuration: [
      ['base.url', provider.url],
      ['oauth.request.url', '{base.url}/request'],
      ['oauth.authorization.url', '{base.url}/authorize'],
    ].map(([key, defaultValue]) => ({ key, name: key, type: 'TEXTFIELD_1000', defaultValue })),
  };
  app = await startTestApp({
    elements: [bookshop(), { ...bookshop(), ...pkce }, { ...bookshop(), ...oauth1 }],
    elementDefaults: Object.fromEntries(
      ['bookshop', 'pkceshop'].map((key) => [key, { 'base.url': provider.url }]),
    ),
    allowHosts: [provider.host],
  });
  neighbour = await app.addTenant({ sameOrganization: true });
  asNeighbour = `User ${neighbour.userSecret}, Organization ${app.organizationSecret}`;
  stranger = await app.addTenant();
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

async function makeProxy(patterns = ['https://*.example.com/*'], authorization = app.asUser): Promise<Loose> {
  const { body } = await app.call('POST', '/elements/oauthProxies', {
    authorization,
    json: { name: `proxy ${++made}` },
  });
  for (const pattern of patterns) await allow(body.id, pattern, authorization);
  return body;
}
const allow = (id: number, pattern: string, authorization = app.asUser, method = 'POST') =>
  app.call(
    method,
    `/elements/oauthProxies/${id}/applicationUrl?applicationUrl=${encodeURIComponent(pattern)}`,
    {
      authorization,
      json: {},
    },
  );
const urlBy = (
  name: string,
  more: object = {},
  key = 'bookshop',
  authorization: string | null = app.asUser,
) =>
  app.call('POST', `/elements/${key}/oauth/url`, {
    authorization,
    json: {
      apiKey: 'client',
      apiSecret: 'secret',
      isOauthProxy: true,
      oauthProxyName: name,
      callbackProxy: application,
      ...more,
    },
  });
/** Where a person ends whom the provider sends back. */
const comeBack = (query: Record<string, string>) =>
  app.call('GET', `/oauth/callback?${new URLSearchParams(query)}`, { authorization: null });

describe('OAuth proxies', () => {
  it('are made, listed, given application URLs and deleted', async () => {
    const proxy = await makeProxy([]);
    expect(proxy).toEqual({
      id: expect.any(Number),
      name: `proxy ${made}`,
      callbackUrl: callback(),
      applicationUrls: [],
      createdDate: expect.any(String),
    });
    const path = `/elements/oauthProxies/${proxy.id}`;
    await allow(proxy.id, 'https://a.example.com');
    const twice = await allow(proxy.id, 'https://a.example.com');
    expect(twice).toMatchObject({ status: 200, body: { applicationUrls: ['https://a.example.com'] } });
    expect((await app.call('GET', path)).body).toEqual(twice.body);
    const list = await app.call('GET', '/elements/oauthProxies?pageSize=100');
    expect(list.body).toContainEqual(twice.body);
    expect(list.headers['elements-returned-count']).toBe(String(list.body.length));
    const gone = await allow(proxy.id, 'https://a.example.com', app.asUser, 'DELETE');
    expect(gone.body.applicationUrls).toEqual([]);
    expect(await app.call('DELETE', path)).toMatchObject({ status: 200 });
    expect(await app.call('GET', path)).toMatchObject({ status: 404 });
    expect(await app.call('DELETE', path)).toMatchObject({ status: 404 });
  });

  it.each([
    ['no name', {}, 400],
    ['an empty name', { name: ' ' }, 400],
    ['a zero byte', { name: 'a\u0000' }, 400],
    ['a callback that is none', { name: 'x', callbackUrl: 'javascript:1' }, 400],
  ])('are refused with %s', async (_what, json, status) => {
    expect(await app.call('POST', '/elements/oauthProxies', { json })).toMatchObject({ status });
  });

  it('have one name each', async () => {
    const { name } = await makeProxy();
    expect(await app.call('POST', '/elements/oauthProxies', { json: { name } })).toMatchObject({
      status: 409,
    });
    expect(
      await app.call('POST', '/elements/oauthProxies', { json: { name }, authorization: asNeighbour }),
    ).toMatchObject({ status: 200 });
  });

  it.each(['https://*', 'nothing', 'javascript://*.example.com', ''])(
    'take no application URL %j',
    async (url) => {
      const { id } = await makeProxy([]);
      expect(await allow(id, url)).toMatchObject({ status: 400 });
    },
  );

  it('belong to their account: others use those of the default account, and change none', async () => {
    const { id, name } = await makeProxy();
    expect(await urlBy(name, {}, 'bookshop', asNeighbour)).toMatchObject({ status: 200 });
    for (const authorization of [asNeighbour, stranger.asUser]) {
      expect(await app.call('DELETE', `/elements/oauthProxies/${id}`, { authorization })).toMatchObject({
        status: 404,
      });
      for (const method of ['POST', 'DELETE'])
        expect(await allow(id, 'https://evil.example', authorization, method)).toMatchObject({ status: 404 });
    }
    expect(await urlBy(name, {}, 'bookshop', stranger.asUser)).toMatchObject({ status: 400 });
    expect(
      await app.call('GET', `/elements/oauthProxies/${id}`, { authorization: stranger.asUser }),
    ).toMatchObject({ status: 404 });
    const own = await makeProxy(undefined, asNeighbour);
    expect(await app.call('GET', `/elements/oauthProxies/${own.id}`)).toMatchObject({ status: 404 });
    expect((await app.call('GET', `/elements/oauthProxies/${id}`)).body.applicationUrls).toEqual([
      'https://*.example.com/*',
    ]);
  });
});

describe('consent through a proxy', () => {
  it.each(['bookshop', 'pkceshop'])('comes back to the application and connects (%s)', async (key) => {
    const { name } = await makeProxy();
    const { body } = await urlBy(name, { state: 'app state' }, key);
    const sent = new URL(body.oauthUrl).searchParams;
    expect(sent.get('redirect_uri')).toBe(callback());
    const back = await comeBack({ code: 'c1', state: sent.get('state') ?? '', scope: 'a b' });
    expect(back.status).toBe(302);
    const place = new URL(back.headers['location'] ?? '');
    expect(place.origin + place.pathname).toBe('https://tenant.example.com/auth');
    expect(Object.fromEntries(place.searchParams)).toEqual({
      x: '1',
      code: 'c1',
      scope: 'a b',
      state: 'app state',
    });
    provider.on({ 'POST /token': { body: { access_token: 't' } } });
    const connected = await app.call('POST', '/instances', {
      json: {
        name: 'proxied',
        element: { key },
        configuration: { ...shopKeys, 'oauth.callback.url': undefined },
        providerData: { code: 'c1', state: 'app state' },
        oauthProxy: { isOauthProxy: true, oauthProxyName: name },
      },
    });
    expect(connected.status).toBe(200);
    expect(provider.received[0]?.form()).toMatchObject({ code: 'c1', redirect_uri: callback() });
  });

  it('tells the application of a refusal too', async () => {
    const { name } = await makeProxy();
    const { body } = await urlBy(name);
    const state = new URL(body.oauthUrl).searchParams.get('state') ?? '';
    const back = await comeBack({ error: 'access_denied', state });
    expect(Object.fromEntries(new URL(back.headers['location'] ?? '').searchParams)).toEqual({
      x: '1',
      error: 'access_denied',
      state: 'bookshop',
    });
  });

  it('carries the state of OAuth 1 in the callback', async () => {
    const { name } = await makeProxy();
    provider.on({ 'POST /request': { body: 'oauth_token=rt&oauth_token_secret=rs' } });
    const query = new URLSearchParams({
      apiKey: 'client',
      apiSecret: 'secret',
      isOauthProxy: 'true',
      oauthProxyName: name,
      callbackProxy: application,
    });
    expect((await app.call('GET', `/elements/oldshop/oauth/token?${query}`)).status).toBe(200);
    const header = provider.received[0]?.headers['authorization'] ?? '';
    const told = new URL(decodeURIComponent(/oauth_callback="([^"]+)"/.exec(header)?.[1] ?? ''));
    const back = await comeBack({
      oauth_token: 'rt',
      oauth_verifier: 'v',
      state: told.searchParams.get('state') ?? '',
    });
    expect(new URL(back.headers['location'] ?? '').searchParams.get('oauth_verifier')).toBe('v');
    expect(back.headers['location']).toMatch(/^https:\/\/tenant\.example\.com\/auth\?/);
  });

  it.each([
    ['an unknown proxy', { oauthProxyName: 'nosuch' }, /no OAuth proxy 'nosuch'/],
    ['no name', { oauthProxyName: undefined }, /'oauthProxyName' is missing/],
    ['no application', { callbackProxy: undefined }, /'callbackProxy' is missing/],
    [
      'an application that is not allowed',
      { callbackProxy: 'https://evil.example/' },
      /does not send people on/,
    ],
  ])('cannot begin with %s', async (_what, more, message) => {
    const { name } = await makeProxy();
    const { status, body } = await urlBy(name, more);
    expect({ status, message: body.message }).toEqual({
      status: 400,
      message: expect.stringMatching(message),
    });
  });

  it('cannot begin for nobody', async () => {
    const { name } = await makeProxy();
    expect(await urlBy(name, {}, 'bookshop', null)).toMatchObject({ status: 400 });
  });

  it('ends nowhere with a state that was not made here, or whose application is not allowed any more', async () => {
    const { id, name } = await makeProxy();
    const { body } = await urlBy(name);
    const state = new URL(body.oauthUrl).searchParams.get('state') ?? '';
    const [content = '', tag = ''] = state.split('.');
    const [organization, proxy, , own, ends] = JSON.parse(Buffer.from(content, 'base64url').toString());
    const forged = JSON.stringify([organization, proxy, 'https://evil.example.com/', own, ends]);
    const states = [
      '',
      'x',
      '.',
      `${content}.`,
      `${content}.${'A'.repeat(43)}`,
      `${Buffer.from(forged).toString('base64url')}.${tag}`,
    ];
    for (const bad of states) {
      const reply = await comeBack({ code: 'c', state: bad });
      expect({ bad, status: reply.status, location: reply.headers['location'] }).toEqual({
        bad,
        status: 400,
        location: undefined,
      });
    }
    expect((await comeBack({ code: 'c', state })).status).toBe(302);
    await allow(id, 'https://*.example.com/*', app.asUser, 'DELETE');
    expect((await comeBack({ code: 'c', state })).status).toBe(400);
    await allow(id, 'https://*.example.com/*');
    await app.call('DELETE', `/elements/oauthProxies/${id}`);
    expect((await comeBack({ code: 'c', state })).status).toBe(400);
  });
});

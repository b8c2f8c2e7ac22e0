import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, library, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;
const given = { apiKey: 'my-key', apiSecret: 'my-secret', callbackUrl: 'https://app.example/auth' };

beforeAll(async () => {
  provider = await startProvider();
  const authorizeUrl = (url: string) => ({
    key: 'oauth.authorization.url',
    name: 'Authorization URL',
    type: 'TEXTFIELD_1000',
    required: true,
    defaultValue: url,
  });
  const withUrl = (key: string, url: string, more = {}) => {
    const whole = bookshop([], { ...more, id: undefined, key, name: key });
    const rows = (whole['configuration'] as { key: string }[]).filter(
      (row) => row.key !== 'oauth.authorization.url',
    );
    return { ...whole, key, configuration: [...rows, authorizeUrl(url)] };
  };
  app = await startTestApp({
    elements: [
      bookshop(),
      library(),
      withUrl('pkceshop', '{base.url}/authorize', { authentication: { type: 'oauth2', pkce: 'S256' } }),
      withUrl('scopeshop', '{base.url}/authorize?rights={scope}'),
      withUrl('siteshop', 'https://{siteAddress}/authorize'),
      withUrl('fixedshop', '{base.url}/authorize?response_type=code&prompt=consent'),
    ],
    elementDefaults: Object.fromEntries(
      ['bookshop', 'pkceshop', 'scopeshop', 'siteshop', 'fixedshop'].map((key) => [
        key,
        { 'base.url': provider.url },
      ]),
    ),
    allowHosts: [provider.host],
  });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

type Parameters = Record<string, string>;
const ways: [string, (key: string, parameters: Parameters) => ReturnType<TestApp['call']>][] = [
  [
    'GET',
    (key, parameters) =>
      app.call('GET', `/elements/${key}/oauth/url?${new URLSearchParams(parameters)}`, {
        authorization: null,
      }),
  ],
  [
    'POST',
    (key, parameters) =>
      app.call('POST', `/elements/${key}/oauth/url`, { authorization: null, json: parameters }),
  ],
];

describe.each(ways)('%s /elements/{keyOrId}/oauth/url', (_method, ask) => {
  const urlOf = async (key: string, parameters: Parameters) => {
    const { status, body } = await ask(key, parameters);
    expect({ status, body }).toEqual({
      status: 200,
      body: { element: expect.any(String), oauthUrl: expect.any(String) },
    });
    return new URL(body.oauthUrl as string);
  };

  it('names the element and gives the URL with the parameters of RFC 6749', async () => {
    const { body } = await ask('bookshop', given);
    expect(body.element).toBe('bookshop');
    const url = new URL(body.oauthUrl as string);
    expect(url.origin + url.pathname).toBe(`${provider.url}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      audience: 'books',
      response_type: 'code',
      client_id: 'my-key',
      redirect_uri: 'https://app.example/auth',
      scope: 'read write',
      state: 'bookshop',
    });
  });

  it('finds the element by id too', async () => {
    expect((await ask('501', given)).body.element).toBe('bookshop');
  });

  it('never shows the client secret', async () => {
    expect((await ask('bookshop', given)).text).not.toContain('my-secret');
  });

  it('passes a state and a scope of the caller', async () => {
    const url = await urlOf('bookshop', { ...given, state: 'order-7', scope: 'read' });
    expect(url.searchParams.get('state')).toBe('order-7');
    expect(url.searchParams.get('scope')).toBe('read');
  });

  it.each(['a b+c&d=e?f#g%41', 'ü€😀', '{"json":"yes"}', '{name}', '\'"<>'])(
    'encodes the state %s so that it comes back',
    async (state) => {
      const url = await urlOf('bookshop', { ...given, state });
      expect(url.searchParams.get('state')).toBe(state);
      expect(url.hash).toBe('');
    },
  );

  it('encodes a callback URL that has a query of its own', async () => {
    const callbackUrl = 'https://app.example/auth?tenant=1&next=%2Fhome';
    expect((await urlOf('bookshop', { ...given, callbackUrl })).searchParams.get('redirect_uri')).toBe(
      callbackUrl,
    );
  });

  it('puts the scope where the definition wants it', async () => {
    const url = await urlOf('scopeshop', { ...given, scope: 'one two&three' });
    expect(url.searchParams.get('rights')).toBe('one two&three');
    expect(url.searchParams.has('scope')).toBe(false);
  });

  it('keeps what the authorization URL has already, once', async () => {
    const url = await urlOf('fixedshop', given);
    expect(url.searchParams.getAll('response_type')).toEqual(['code']);
    expect(url.searchParams.get('prompt')).toBe('consent');
  });

  it('takes parameters that the definition names', async () => {
    expect((await urlOf('siteshop', { ...given, siteAddress: 'eu.shop.example' })).host).toBe(
      'eu.shop.example',
    );
    const { status, body } = await ask('siteshop', given);
    expect({ status, message: body.message }).toEqual({
      status: 400,
      message: expect.stringContaining("'siteAddress'"),
    });
  });

  it('follows a base URL that the caller gives', async () => {
    expect((await urlOf('bookshop', { ...given, 'base.url': 'https://eu.shop.example' })).host).toBe(
      'eu.shop.example',
    );
  });

  it('asks for PKCE where the definition wants it, with a verifier that the second half knows', async () => {
    const url = await urlOf('pkceshop', { ...given, state: 'mine' });
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    provider.on({ 'POST /token': { body: { access_token: 'a', token_type: 'Bearer', expires_in: 3600 } } });
    const configuration = { ...shopKeys, 'oauth.api.key': 'my-key' };
    const made = await app.call('POST', '/instances', {
      json: {
        name: 'pkce',
        element: { key: 'pkceshop' },
        configuration,
        providerData: { code: 'c', state: 'mine' },
      },
    });
    expect(made.status).toBe(200);
    const verifier = provider.received.at(-1)?.form()['code_verifier'] ?? '';
    expect(verifier).toMatch(/^[\w.~-]{43,128}$/);
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(
      url.searchParams.get('code_challenge'),
    );
    expect((await urlOf('bookshop', given)).searchParams.has('code_challenge')).toBe(false);
  });

  it.each([
    ['apiKey', { apiSecret: 's', callbackUrl: 'https://app.example' }, ["'apiKey'"]],
    ['apiSecret', { apiKey: 'k', callbackUrl: 'https://app.example' }, ["'apiSecret'"]],
    ['callbackUrl', { apiKey: 'k', apiSecret: 's' }, ["'callbackUrl'"]],
    ['everything', {}, ["'apiKey'", "'apiSecret'", "'callbackUrl'"]],
    ['a usable callback URL', { ...given, callbackUrl: 'nonsense' }, ["'callbackUrl'"]],
    ['a callback URL that is a link', { ...given, callbackUrl: 'javascript:alert(1)' }, ["'callbackUrl'"]],
    ['a usable base URL', { ...given, 'base.url': 'nonsense' }, ['URL']],
  ])('refuses a call without %s and names what is wrong', async (_what, parameters, named) => {
    const { status, body } = await ask('bookshop', parameters as Parameters);
    expect(status).toBe(400);
    for (const name of named) expect(body.message).toContain(name);
  });

  it('refuses an element without OAuth, and one that does not exist', async () => {
    const basic = await ask('library', given);
    expect({ status: basic.status, message: basic.body.message }).toEqual({
      status: 400,
      message: expect.stringContaining('OAuth'),
    });
    expect(await ask('nosuch', given)).toMatchObject({ status: 404 });
  });
});

it('GET does not mind a content type without a body, as the documentation of old sends it', async () => {
  const query = new URLSearchParams(given).toString();
  const headers = { 'content-type': 'application/json' };
  const reply = await app.call('GET', `/elements/bookshop/oauth/url?${query}`, {
    authorization: null,
    headers,
  });
  expect(reply).toMatchObject({ status: 200, body: { element: 'bookshop' } });
});

describe('POST /elements/{keyOrId}/oauth/url', () => {
  it.each([
    ['no body', undefined, {}],
    ['a body that is no JSON', '{"apiKey":', { 'content-type': 'application/json' }],
    ['a parameter of another type', '{"apiKey": 7}', { 'content-type': 'application/json' }],
  ])('refuses %s', async (_case, body, headers) => {
    const reply = await app.call('POST', '/elements/bookshop/oauth/url', {
      authorization: null,
      ...(body ? { body } : {}),
      headers,
    });
    expect(reply).toMatchObject({ status: 400, body: { message: expect.any(String) } });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

// How accounts of each kind of authentication are connected, called and kept alive.

let app: TestApp;
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({ elements: [], allowHosts: [provider.host] });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

let made = 0;
const configurationRow = (key: string, defaultValue?: string, more: object = {}) => ({
  key,
  name: key,
  description: key,
  type: 'TEXTFIELD_1000',
  ...(defaultValue === undefined ? {} : { defaultValue }),
  ...more,
});
const hook = (type: string, body: string) => ({ type, mimeType: 'application/javascript', body });
const literal = (name: string, vendorType: string, vendorName: string) => ({
  ...parameter('value', name, vendorType, vendorName),
});

/** Imports an element of a kind and gives its key. */
async function element(type: string, configuration: object[], resources: object[] = [], more: object = {}) {
  const key = `${type.toLowerCase()}${++made}`;
  const { status, text } = await app.call('POST', '/elements', {
    json: {
      ...library(),
      key,
      name: 'Bank',
      authentication: { type },
      configuration: [configurationRow('base.url', provider.url), ...configuration],
      resources: [resource('GET', '/money'), resource('POST', '/money'), ...resources],
      ...more,
    },
  });
  if (status !== 200) throw new Error(text);
  return key;
}

const connect = (key: string, configuration: object = {}, providerData?: object, more: object = {}) =>
  app.call('POST', '/instances', {
    json: {
      name: 'Mine',
      element: { key },
      configuration,
      ...(providerData ? { providerData } : {}),
      ...more,
    },
  });

async function connected(...given: Parameters<typeof connect>) {
  const { status, body, text } = await connect(...given);
  if (status !== 200) throw new Error(text);
  const authorization = app.asElement(body.token);
  return {
    id: body.id as number,
    call: (method: string, path: string, options = {}) =>
      app.call(method, path, { ...options, authorization }),
  };
}
const last = () => provider.received.at(-1);

describe('an account with keys', () => {
  it.each([
    ['basic', [], { username: 'ann', password: 'p:w' }, `Basic ${btoa('ann:p:w')}`],
    ['basic without a name', [], { password: 'key' }, `Basic ${btoa(':key')}`],
  ])('sends %s', async (_, rows, configuration, header) => {
    const account = await connected(await element('basic', rows), configuration);
    provider.answer({ body: {} });
    await account.call('GET', '/money');
    expect(last()?.headers['authorization']).toBe(header);
  });

  it.each([
    [
      'a literal with CE.b64 and configuration',
      {
        ...parameter('header', 'Authorization', 'value'),
        vendorName: 'Basic CE.b64(${configuration.key}:x)',
      },
      { authorization: `Basic ${btoa('k1:x')}` },
    ],
    [
      'a header of a literal',
      literal('Token ${configuration.key}', 'header', 'X-Api-Key'),
      { 'x-api-key': 'Token k1' },
    ],
    [
      'a header of the configuration',
      parameter('configuration', 'key', 'header', 'X-Key'),
      { 'x-key': 'k1' },
    ],
  ])('puts its key where the element says: %s', async (_, row, headers) => {
    for (const type of ['apiKey', 'custom', 'basic']) {
      const key = await element(type, [configurationRow('key')], [], { parameters: [row] });
      const account = await connected(key, { key: 'k1' });
      provider.answer({ body: {} });
      await account.call('GET', '/money');
      expect(last()?.headers).toMatchObject(headers);
      if (!('authorization' in headers)) expect(last()?.headers).not.toHaveProperty('authorization');
    }
  });

  it('puts its key into the query', async () => {
    const key = await element('apiKey', [configurationRow('key')], [], {
      parameters: [parameter('configuration', 'key', 'query', 'api_key')],
    });
    const account = await connected(key, { key: 'a b&c' });
    provider.answer({ body: {} });
    await account.call('GET', '/money');
    expect(last()?.url).toBe('/money?api_key=a%20b%26c');
  });
});

describe('OAuth 1.0a', () => {
  const rows = () => [
    configurationRow('oauth.request.url', `${provider.url}/request`),
    configurationRow('oauth.token.url', `${provider.url}/access`),
    configurationRow('oauth.authorization.url', `${provider.url}/consent?scope={scope}`),
    configurationRow('scope', 'read,write'),
  ];
  const keys = {
    'oauth.api.key': 'client',
    'oauth.api.secret': 'hush',
    'oauth.callback.url': 'https://app.example/cb',
  };
  const query = 'apiKey=client&apiSecret=hush&callbackUrl=https%3A%2F%2Fapp.example%2Fcb';
  const form = (fields: Record<string, string>) => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  const consent = { oauth_token: 'temp', oauth_verifier: 'v1', secret: 'tempsecret' };
  const grant = () =>
    provider.on({
      'POST /request': form({ oauth_token: 'temp', oauth_token_secret: 'tempsecret' }),
      'POST /access': form({ oauth_token: 'token', oauth_token_secret: 'tokensecret' }),
      'GET /money': { body: { rich: true } },
      'POST /money': { body: {} },
    });

  it('gets a request token, sends the person to the consent, exchanges the verifier and signs calls', async () => {
    grant();
    const key = await element('oauth1', rows());
    const request = await app.call('GET', `/elements/${key}/oauth/token?${query}`);
    expect(request.body).toEqual({ token: 'temp', secret: 'tempsecret' });
    expect(last()?.headers['authorization']).toMatch(
      /^OAuth oauth_callback="https%3A%2F%2Fapp.example%2Fcb", oauth_consumer_key="client", oauth_nonce="\w+", oauth_signature="[^"]+", oauth_signature_method="HMAC-SHA1", oauth_timestamp="\d+", oauth_version="1.0"$/,
    );
    const url = await app.call('GET', `/elements/${key}/oauth/url?${query}&requestToken=temp`);
    expect(url.body.oauthUrl).toBe(`${provider.url}/consent?scope=read%2Cwrite&oauth_token=temp`);
    const account = await connected(key, keys, consent);
    expect(last()?.headers['authorization']).toMatch(/oauth_token="temp".*oauth_verifier="v1"/s);
    expect((await account.call('GET', '/money?x=1')).body).toEqual({ rich: true });
    expect(last()?.headers['authorization']).toMatch(/oauth_consumer_key="client".*oauth_token="token"/s);
    const shown = await app.call('GET', `/instances/${account.id}`);
    expect(shown.text).not.toMatch(/tokensecret|hush/);
  });

  it('signs in the query where the element says so', async () => {
    grant();
    const key = await element('oauth1', [
      ...rows(),
      configurationRow('oauth.request.authorization.type', 'query'),
    ]);
    const account = await connected(key, keys, consent);
    await account.call('GET', '/money');
    expect(last()?.headers).not.toHaveProperty('authorization');
    expect(last()?.query.get('oauth_token')).toBe('token');
    expect(last()?.query.get('oauth_signature')).toMatch(/=$/);
  });

  it.each([
    ['the verifier', { oauth_token: 'temp', secret: 's' }, /oauth_verifier is missing/],
    ['everything', {}, /oauth_token and providerData.oauth_verifier are missing/],
  ])('says what is missing: %s', async (_, data, message) => {
    const reply = await connect(await element('oauth1', rows()), keys, data);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toMatch(message);
    expect(provider.received).toEqual([]);
  });

  it.each([
    ['refuses', { status: 401, body: 'bad verifier' }, 400, 'bad verifier'],
    ['is away', { status: 503, body: 'later' }, 502, 'later'],
    ['answers rubbish', { body: '<html>' }, 502, undefined],
  ])('tells when the provider %s', async (_, answer, status, said) => {
    provider.answer(answer);
    const key = await element('oauth1', rows());
    const reply = await connect(key, keys, consent);
    expect(reply.status).toBe(status);
    if (said) expect(reply.body.providerMessage).toBe(said);
    expect((await app.call('GET', `/elements/${key}/instances`)).status).toBe(404);
  });

  it('has no request token for other elements, and needs one for its URL', async () => {
    expect(
      (await app.call('GET', `/elements/${await element('basic', [])}/oauth/token?${query}`)).status,
    ).toBe(400);
    const reply = await app.call('GET', `/elements/${await element('oauth1', rows())}/oauth/url?${query}`);
    expect(reply.body.message).toContain("'requestToken' is missing");
  });
});

describe('AWS signatures', () => {
  it('version 4 covers the request as it is sent', async () => {
    const account = await connected(await element('awsv4', [configurationRow('aws.region', 'eu-west-1')]), {
      'aws.access.key': 'AKID',
      'aws.secret.key': 'hush',
      'aws.service': 'execute-api',
    });
    provider.answer({ body: {} });
    await account.call('GET', '/money?b=2&a=1');
    expect(last()?.headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=accept;host;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
  });

  it('version 2 stands in the query', async () => {
    const account = await connected(await element('awsv2', []), {
      accessKeyId: 'AKID',
      secretAccessKey: 'hush',
    });
    provider.answer({ body: {} });
    await account.call('GET', '/money');
    expect(last()?.query.get('AWSAccessKeyId')).toBe('AKID');
    expect(last()?.query.get('Signature')).toMatch(/=$/);
  });

  it.each(['awsv2', 'awsv4'])('%s says which keys are missing before anything is called', async (type) => {
    const reply = await connect(await element(type, []));
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain('aws.access.key and aws.secret.key');
  });
});

describe('OAuth 2 without a person', () => {
  const rows = () => [
    configurationRow('oauth.token.url', `${provider.url}/token`),
    configurationRow('oauth.scope', 'money'),
    configurationRow('oauth.basic.header', 'true'),
  ];
  const app2 = { 'oauth.api.key': 'client', 'oauth.api.secret': 'hush' };

  it('exchanges the credentials of the app, and again when the token is refused', async () => {
    let tokens = 0;
    provider.on({
      'POST /token': () => ({ body: { access_token: `t${++tokens}`, expires_in: 3600 } }),
      'GET /money': (request) => {
        const token = request.headers['authorization'];
        return token === 'Bearer t1' && tokens === 1 && provider.received.length > 2
          ? { status: 401, body: {} }
          : { body: { token } };
      },
    });
    const account = await connected(await element('oauth2', rows()), app2);
    expect(provider.received[0]?.form()).toEqual({ grant_type: 'client_credentials', scope: 'money' });
    expect(provider.received[0]?.headers['authorization']).toBe(`Basic ${btoa('client:hush')}`);
    expect((await account.call('GET', '/money')).body).toEqual({ token: 'Bearer t1' });
    expect((await account.call('GET', '/money')).body).toEqual({ token: 'Bearer t2' });
  });
});

describe("the definition's own token resources", () => {
  const step = (type: string, vendorPath: string, more: object = {}) => ({
    ...resource('POST', `/${type}`),
    vendorPath,
    type,
    ...more,
  });
  const keep = (vendorName: string, name: string) => ({
    ...parameter('configuration', name, 'body', vendorName),
    source: 'response',
  });

  it('replace the exchange, the refresh and the revocation', async () => {
    provider.on({
      'POST /mytoken': { body: { data: { key: 'mine', renew: 'r1' } } },
      'POST /myrefresh': { body: { access_token: 'newer', expires_in: 60 } },
      'POST /myrevoke': { body: {} },
      'GET /money': (request) =>
        request.headers['authorization'] === 'Bearer newer'
          ? { body: { ok: true } }
          : { status: 401, body: {} },
    });
    const key = await element(
      'oauth2',
      [configurationRow('oauth.authorization.url', `${provider.url}/consent`)],
      [
        step('oauthOnTokenExchange', '/mytoken', {
          parameters: [
            parameter('query', 'code', 'form', 'authcode'),
            parameter('configuration', 'oauth.api.key', 'form', 'client'),
            literal('authorization_code', 'form', 'grant_type'),
            keep('data.key', 'oauth.user.token'),
            keep('data.renew', 'oauth.user.refresh_token'),
          ],
        }),
        step('oauthOnTokenRefresh', '/myrefresh', {
          parameters: [parameter('configuration', 'oauth.user.refresh_token', 'bodyField', 'renew')],
        }),
        step('oauthOnTokenRevoke', '/myrevoke', {
          parameters: [parameter('configuration', 'oauth.user.token', 'bodyField', 'token')],
        }),
      ],
    );
    const account = await connected(key, { 'oauth.api.key': 'client' }, { code: 'c1' });
    expect(last()?.form()).toEqual({ authcode: 'c1', client: 'client', grant_type: 'authorization_code' });
    expect(last()?.headers).not.toHaveProperty('authorization');
    expect((await account.call('GET', '/money')).body).toEqual({ ok: true });
    expect(provider.received.find(({ path }) => path === '/myrefresh')?.json()).toEqual({ renew: 'r1' });
    await app.call('DELETE', `/instances/${account.id}`);
    expect(last()).toMatchObject({ path: '/myrevoke' });
    expect(last()?.json()).toEqual({ token: 'newer' });
  });

  it('replace the OAuth URL, without a call', async () => {
    const key = await element(
      'oauth2',
      [],
      [
        {
          ...step('oauthOnAuthorizeUrl', `${provider.url}/myconsent`),
          method: 'GET',
          vendorMethod: 'GET',
          parameters: [
            parameter('query', 'apiKey', 'query', 'app'),
            parameter('query', 'state', 'query'),
            literal('code', 'query', 'kind'),
          ],
        },
      ],
    );
    const reply = await app.call(
      'GET',
      `/elements/${key}/oauth/url?apiKey=a&apiSecret=s&callbackUrl=https://x.example&state=s1`,
    );
    expect(reply.body).toEqual({
      element: key,
      oauthUrl: `${provider.url}/myconsent?app=a&state=s1&kind=code`,
    });
    expect(provider.received).toEqual([]);
  });

  it('exchange a password, by hooks that store the token', async () => {
    provider.on({ 'POST /login': { body: { access_token: 'p1' } }, 'GET /money': { body: {} } });
    const key = await element(
      'oauth2Password',
      [],
      [
        step('oauth2Password', '/login', {
          parameters: [
            literal('password', 'form', 'grant_type'),
            parameter('configuration', 'username', 'form'),
            parameter('configuration', 'password', 'form'),
          ],
          hooks: [
            hook(
              'preRequest',
              `done({ request_vendor_headers: { Authorization: 'Basic ' + CE.b64('a:b') } });`,
            ),
            hook(
              'postRequest',
              `done({ configuration: { 'oauth.user.token': response_body_map.access_token } });`,
            ),
          ],
        }),
      ],
    );
    const account = await connected(key, { username: 'ann', password: 'pw' });
    expect(last()?.form()).toEqual({ grant_type: 'password', username: 'ann', password: 'pw' });
    await account.call('GET', '/money');
    expect(last()?.headers['authorization']).toBe('Bearer p1');
  });

  it('tell the refusal in the words of the provider', async () => {
    provider.on({ 'POST /mytoken': { status: 400, body: { message: 'used already' } } });
    const key = await element('oauth2', [], [step('oauthOnTokenExchange', '/mytoken')]);
    expect(await connect(key, {}, { code: 'c1' })).toMatchObject({
      status: 400,
      body: { providerMessage: 'used already' },
    });
  });
});

describe('a session', () => {
  const session = () =>
    element(
      'custom',
      [
        configurationRow('username'),
        configurationRow('password'),
        configurationRow('session'),
        configurationRow('expires_in'),
      ],
      [
        {
          ...resource('POST', '/login'),
          type: 'provisionAuthValidation',
          parameters: [
            parameter('configuration', 'username', 'bodyField', 'user'),
            { ...parameter('configuration', 'session', 'header', 'x-session'), source: 'response' },
            { ...parameter('configuration', 'expires_in', 'body', 'lives'), source: 'response' },
          ],
        },
        {
          ...resource('POST', '/again'),
          type: 'onRefresh',
          nextResource: 'POST:/hubs/documents/login',
          hooks: [hook('preRequest', 'done({ continue: false });')],
        },
      ],
      { parameters: [parameter('configuration', 'session', 'header', 'X-Session')] },
    );
  const open = (lives: number | undefined) => {
    let sessions = 0;
    provider.on({
      'POST /login': () => ({ headers: { 'x-session': `s${++sessions}` }, body: { lives } }),
      'GET /money': (request) =>
        request.headers['x-session'] === `s${sessions}`
          ? { body: { ok: sessions } }
          : { status: 401, body: {} },
    });
    return {
      end: () => void sessions++,
      count: () => provider.received.filter(({ path }) => path === '/login').length,
    };
  };

  it('is opened at provisioning and used by calls', async () => {
    open(undefined);
    const account = await connected(await session(), { username: 'ann' });
    expect(last()?.json()).toEqual({ user: 'ann' });
    expect((await account.call('GET', '/money')).body).toEqual({ ok: 1 });
  });

  it('is renewed once when the provider refuses it, however many calls find out', async () => {
    const { end, count } = open(undefined);
    const account = await connected(await session(), { username: 'ann' });
    end();
    const replies = await Promise.all(Array.from({ length: 10 }, () => account.call('GET', '/money')));
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(count()).toBe(2);
  });

  it('is renewed before it ends, where the provider says how long it lives', async () => {
    const { count } = open(1);
    const account = await connected(await session(), { username: 'ann' });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await account.call('GET', '/money')).status).toBe(200);
    expect(count()).toBe(2);
    expect(provider.received.filter(({ path }) => path === '/money')).toHaveLength(1);
  });

  it('that cannot be renewed asks for new credentials', async () => {
    const { end } = open(undefined);
    const account = await connected(await session(), { username: 'ann' });
    end();
    provider.on({ 'POST /login': { status: 403, body: { message: 'locked' } } });
    const reply = await account.call('GET', '/money');
    expect(reply).toMatchObject({ status: 401, body: { providerMessage: 'locked' } });
    const shown: Loose = await app.call('GET', `/instances/${account.id}`);
    expect(shown.body).toMatchObject({ valid: false, invalidReason: 'locked' });
  });

  it('is no reason to give the account up while the provider is away', async () => {
    const { end } = open(undefined);
    const account = await connected(await session(), { username: 'ann' });
    end();
    provider.on({ 'POST /login': { status: 503, body: {} } });
    expect((await account.call('GET', '/money')).status).toBe(502);
    expect((await app.call('GET', `/instances/${account.id}`)).body.valid).toBe(true);
  });
});

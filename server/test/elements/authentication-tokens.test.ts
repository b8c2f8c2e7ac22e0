import { describe, expect, it } from 'vitest';
import type { Loose } from '#test/app';
import { configurationRow, hook, literal, setBank } from '#test/bank';
import { parameter, resource } from '#test/definition';

// How accounts that get their tokens without a person, or by resources of the definition, are connected and kept alive.

const { scene, element, connect, connected, last } = setBank();

describe('OAuth 2 without a person', () => {
  const rows = () => [
    configurationRow('oauth.token.url', `${scene.provider.url}/token`),
    configurationRow('oauth.scope', 'money'),
    configurationRow('oauth.basic.header', 'true'),
  ];
  const app2 = { 'oauth.api.key': 'client', 'oauth.api.secret': 'hush' };

  it('exchanges the credentials of the app, and again when the token is refused', async () => {
    let tokens = 0;
    scene.provider.on({
      'POST /token': () => ({ body: { access_token: `t${++tokens}`, expires_in: 3600 } }),
      'GET /money': (request) => {
        const token = request.headers['authorization'];
        return token === 'Bearer t1' && tokens === 1 && scene.provider.received.length > 2
          ? { status: 401, body: {} }
          : { body: { token } };
      },
    });
    const account = await connected(await element('oauth2', rows()), app2);
    expect(scene.provider.received[0]?.form()).toEqual({ grant_type: 'client_credentials', scope: 'money' });
    expect(scene.provider.received[0]?.headers['authorization']).toBe(`Basic ${btoa('client:hush')}`);
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
    scene.provider.on({
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
      [configurationRow('oauth.authorization.url', `${scene.provider.url}/consent`)],
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
    expect(scene.provider.received.find(({ path }) => path === '/myrefresh')?.json()).toEqual({
      renew: 'r1',
    });
    await scene.app.call('DELETE', `/instances/${account.id}`);
    expect(last()).toMatchObject({ path: '/myrevoke' });
    expect(last()?.json()).toEqual({ token: 'newer' });
  });

  it('replace the OAuth URL, without a call', async () => {
    const key = await element(
      'oauth2',
      [],
      [
        {
          ...step('oauthOnAuthorizeUrl', `${scene.provider.url}/myconsent`),
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
    const reply = await scene.app.call(
      'GET',
      `/elements/${key}/oauth/url?apiKey=a&apiSecret=s&callbackUrl=https://x.example&state=s1`,
    );
    expect(reply.body).toEqual({
      element: key,
      oauthUrl: `${scene.provider.url}/myconsent?app=a&state=s1&kind=code`,
    });
    expect(scene.provider.received).toEqual([]);
  });

  it('exchange a password, by hooks that store the token', async () => {
    scene.provider.on({ 'POST /login': { body: { access_token: 'p1' } }, 'GET /money': { body: {} } });
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
    scene.provider.on({ 'POST /mytoken': { status: 400, body: { message: 'used already' } } });
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
    scene.provider.on({
      'POST /login': () => ({ headers: { 'x-session': `s${++sessions}` }, body: { lives } }),
      'GET /money': (request) =>
        request.headers['x-session'] === `s${sessions}`
          ? { body: { ok: sessions } }
          : { status: 401, body: {} },
    });
    return {
      end: () => void sessions++,
      count: () => scene.provider.received.filter(({ path }) => path === '/login').length,
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
    expect(scene.provider.received.filter(({ path }) => path === '/money')).toHaveLength(1);
  });

  it('that cannot be renewed asks for new credentials', async () => {
    const { end } = open(undefined);
    const account = await connected(await session(), { username: 'ann' });
    end();
    scene.provider.on({ 'POST /login': { status: 403, body: { message: 'locked' } } });
    const reply = await account.call('GET', '/money');
    expect(reply).toMatchObject({ status: 401, body: { providerMessage: 'locked' } });
    const shown: Loose = await scene.app.call('GET', `/instances/${account.id}`);
    expect(shown.body).toMatchObject({ valid: false, invalidReason: 'locked' });
  });

  it('is no reason to give the account up while the provider is away', async () => {
    const { end } = open(undefined);
    const account = await connected(await session(), { username: 'ann' });
    end();
    scene.provider.on({ 'POST /login': { status: 503, body: {} } });
    expect((await account.call('GET', '/money')).status).toBe(502);
    expect((await scene.app.call('GET', `/instances/${account.id}`)).body.valid).toBe(true);
  });
});

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Answer, Provider } from '#test/provider';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let provider: Provider;
let neighbour: Tenant;
let asNeighbour: string;
let stranger: Tenant;

const client = { apiKey: 'org-client', apiSecret: 'org-secret', callbackUrl: 'https://app.example/org' };

beforeAll(async () => {
  provider = await startProvider();
  const oauth1 = {
    ...bookshop([resource('GET', '/books')]),
    id: 507,
    key: 'oldshop',
    authentication: { type: 'oauth1' },
    configuration: [
      ['base.url', provider.url],
      ['oauth.request.url', '{base.url}/request'],
      ['oauth.authorization.url', '{base.url}/authorize'],
      ['oauth.token.url', '{base.url}/token'],
    ].map(([key, defaultValue]) => ({ key, name: key, type: 'TEXTFIELD_1000', defaultValue })),
  };
  app = await startTestApp({
    elements: [bookshop([resource('GET', '/books')]), library([resource('GET', '/loans')]), oauth1 as never],
    elementDefaults: { bookshop: { 'base.url': provider.url }, library: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  neighbour = await app.addTenant({ sameOrganization: true });
  asNeighbour = `User ${neighbour.userSecret}, Organization ${app.organizationSecret}`;
  stranger = await app.addTenant();
});
afterEach(async () => {
  provider.reset();
  for (const authorization of [app.asUser, asNeighbour, stranger.asUser])
    for (const key of ['bookshop', 'oldshop'])
      await app.call('DELETE', `/elements/${key}/oauth/app`, { authorization });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const store = (json: object, authorization = app.asUser, key = 'bookshop') =>
  app.call('PUT', `/elements/${key}/oauth/app`, { json, authorization });
const connect = (more: Loose = {}, authorization = app.asUser) =>
  app.call('POST', '/instances', {
    authorization,
    json: { name: 'by app', element: { key: 'bookshop' }, providerData: { code: 'c' }, ...more },
  });
const tokens = (access = 't') => ({
  body: { access_token: access, refresh_token: `${access}-r`, expires_in: 3600 },
});

/** A provider that takes one access token alone. */
const accepting =
  (access: string): Answer =>
  ({ headers }) =>
    headers['authorization'] === `Bearer ${access}` ? { body: [] } : { status: 401, body: {} };
const lastExchange = () => provider.received.findLast(({ path }) => path === '/token')?.form();

describe('a stored OAuth app', () => {
  it('is made, changed, listed and deleted, and never shown', async () => {
    expect(await app.call('GET', '/elements/bookshop/oauth/app')).toMatchObject({ status: 404 });
    const made = await store({ ...client, scope: 'books' });
    expect(made).toMatchObject({
      status: 200,
      body: {
        elementKey: 'bookshop',
        apiKey: '********',
        apiSecret: '********',
        callbackUrl: client.callbackUrl,
        scope: 'books',
        shared: true,
      },
    });
    const changed = await store({ ...made.body, callbackUrl: 'https://app.example/new', scope: null });
    expect(changed.body).toMatchObject({ id: made.body.id, callbackUrl: 'https://app.example/new' });
    expect(changed.body).not.toHaveProperty('scope');
    const list = await app.call('GET', '/elements/oauthApps');
    expect(list).toMatchObject({ status: 200, body: [changed.body] });
    expect(list.headers).toMatchObject({ 'elements-returned-count': '1', 'elements-total-count': '1' });
    expect((await app.call('GET', '/elements/501/oauth/app')).body).toEqual(changed.body);
    const rows = await app.query(sql<Record<string, unknown>>`select * from oauth_app`);
    expect(JSON.stringify([made, list, rows, app.log])).not.toMatch(/org-client|org-secret/);
    provider.on({ 'POST /token': tokens() });
    await connect();
    expect(provider.received[0]?.form()).toMatchObject({ client_secret: 'org-secret' });
    expect(await app.call('DELETE', '/elements/bookshop/oauth/app')).toMatchObject({ status: 200 });
    expect(await app.call('DELETE', '/elements/bookshop/oauth/app')).toMatchObject({ status: 404 });
    expect((await app.call('GET', '/elements/oauthApps')).body).toEqual([]);
  });

  it('serves the OAuth URL and the connecting, so that callers send neither id nor secret', async () => {
    await store(client);
    provider.on({ 'POST /token': tokens(), 'GET /books': { body: [] } });
    for (const path of ['url', 'url/default']) {
      const { body } = await app.call('GET', `/elements/bookshop/oauth/${path}?state=s`);
      expect(Object.fromEntries(new URL(body.oauthUrl).searchParams)).toMatchObject({
        client_id: 'org-client',
        redirect_uri: client.callbackUrl,
        state: 's',
      });
    }
    const given = await app.call(
      'GET',
      '/elements/bookshop/oauth/url?callbackUrl=https%3A%2F%2Fapp.example%2Fother',
    );
    expect(new URL(given.body.oauthUrl).searchParams.get('redirect_uri')).toBe('https://app.example/other');
    const made = await connect();
    expect(made.status).toBe(200);
    expect(provider.received[0]?.form()).toMatchObject({
      client_id: 'org-client',
      client_secret: 'org-secret',
      redirect_uri: client.callbackUrl,
    });
    expect(JSON.stringify(made.body)).not.toMatch(/org-client|org-secret/);
    expect(made.body.configuration['oauth.api.key']).toBe('********');
    const echoed = await app.call('PUT', `/instances/${made.body.id}`, { json: made.body });
    expect(echoed.status).toBe(200);
    const again = await app.call('PUT', `/instances/${made.body.id}`, {
      json: { ...made.body, providerData: { code: 'd' } },
    });
    expect(again.status).toBe(200);
    expect(provider.received.at(-1)?.form()).toMatchObject({ code: 'd', client_secret: 'org-secret' });
  });

  it("lets a caller's own app win, whole", async () => {
    await store(client);
    provider.on({ 'POST /token': tokens() });
    await connect({
      configuration: {
        'oauth.api.key': 'mine',
        'oauth.api.secret': 'my-secret',
        'oauth.callback.url': 'https://app.example/mine',
      },
    });
    expect(provider.received[0]?.form()).toMatchObject({ client_id: 'mine', client_secret: 'my-secret' });
    const half = await connect({ configuration: { 'oauth.api.key': 'mine' } });
    expect(half).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('oauth.api.secret') },
    });
    expect(JSON.stringify(provider.received.map(({ text }) => text))).not.toContain('org-secret');
  });

  it('refreshes with a new secret from the next call on, and with the client of the connecting', async () => {
    await store(client);
    provider.on({ 'POST /token': tokens('first'), 'GET /books': accepting('first') });
    const { body } = await connect();
    const read = () => app.call('GET', '/books', { authorization: app.asElement(body.token) });
    expect((await read()).status).toBe(200);
    await store({ apiSecret: 'rotated' });
    provider.on({ 'POST /token': tokens('second'), 'GET /books': accepting('second') });
    expect((await read()).status).toBe(200);
    expect(lastExchange()).toMatchObject({
      grant_type: 'refresh_token',
      client_id: 'org-client',
      client_secret: 'rotated',
    });
  });

  it.each([
    ['no client id', { apiSecret: 'x' }],
    ['a callback that is no URL', { ...client, callbackUrl: 'nowhere' }],
    ['a callback that is a script', { ...client, callbackUrl: 'javascript:alert(1)' }],
    ['a zero byte', { ...client, apiSecret: 'a\u0000' }],
    ['numbers', { apiKey: 5 }],
    ['a mask for what is not there', { apiKey: '********' }],
  ])('is refused with %s', async (_what, json) => {
    expect(await store(json)).toMatchObject({ status: 400 });
    expect(await app.call('GET', '/elements/bookshop/oauth/app')).toMatchObject({ status: 404 });
  });

  it('is for elements that have OAuth, and that are there', async () => {
    expect(await store(client, app.asUser, 'library')).toMatchObject({ status: 400 });
    expect(await store(client, app.asUser, 'nosuch')).toMatchObject({ status: 404 });
    expect(await app.call('GET', '/elements/bookshop/oauth/url/default')).toMatchObject({ status: 404 });
  });

  it('goes with an element of your own', async () => {
    const own = await app.call('POST', '/elements', { json: { ...bookshop(), key: 'ownshop' } });
    await store(client, app.asUser, String(own.body.id));
    expect((await app.call('GET', '/elements/oauthApps')).body).toMatchObject([
      { elementKey: 'ownshop', elementId: own.body.id },
    ]);
    expect(await app.call('GET', '/elements/bookshop/oauth/app')).toMatchObject({ status: 404 });
    await app.call('DELETE', `/elements/${own.body.id}`);
    expect(await app.query(sql`select id from oauth_app`)).toEqual([]);
  });
});

describe('whose app counts', () => {
  it("is the account's own, else the one of the organization's default account", async () => {
    await store(client);
    provider.on({ 'POST /token': tokens() });
    const clientOf = async (authorization: string) => {
      const { body } = await app.call('GET', '/elements/bookshop/oauth/url', { authorization });
      return new URL(body.oauthUrl).searchParams.get('client_id');
    };
    expect(await clientOf(asNeighbour)).toBe('org-client');
    const own = await store({ ...client, apiKey: 'own-client', apiSecret: 'own-secret' }, asNeighbour);
    expect(own.body.shared).toBe(false);
    expect(await clientOf(asNeighbour)).toBe('own-client');
    expect(await clientOf(app.asUser)).toBe('org-client');
    expect((await app.call('GET', '/elements/oauthApps')).body).toHaveLength(1);
  });

  it('stays the one that an account was connected with', async () => {
    await store(client);
    provider.on({ 'POST /token': tokens('first') });
    const { body } = await connect({}, asNeighbour);
    await store({ ...client, apiKey: 'own-client', apiSecret: 'own-secret' }, asNeighbour);
    provider.on({ 'POST /token': tokens('second'), 'GET /books': accepting('second') });
    await app.call('GET', '/books', { authorization: neighbour.asElement(body.token) });
    expect(lastExchange()).toMatchObject({
      client_id: 'org-client',
      client_secret: 'org-secret',
    });
  });

  it('cannot be changed or deleted by an account that only uses it', async () => {
    await store(client);
    expect(
      await app.call('DELETE', '/elements/bookshop/oauth/app', { authorization: asNeighbour }),
    ).toMatchObject({ status: 404 });
    expect(await store({ apiSecret: 'stolen' }, asNeighbour)).toMatchObject({ status: 400 });
    expect((await app.call('GET', '/elements/bookshop/oauth/app')).status).toBe(200);
  });

  it('is never that of another organization, nor of nobody', async () => {
    await store(client);
    for (const authorization of [stranger.asUser, null])
      expect(await app.call('GET', '/elements/bookshop/oauth/url', { authorization })).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining("'apiKey' is missing") },
      });
    expect(
      await app.call('GET', '/elements/bookshop/oauth/url/default', { authorization: stranger.asUser }),
    ).toMatchObject({ status: 404 });
    expect(await connect({}, stranger.asUser)).toMatchObject({ status: 400 });
    expect((await app.call('GET', '/elements/oauthApps', { authorization: stranger.asUser })).body).toEqual(
      [],
    );
  });
});

describe('who only uses an app', () => {
  it.each(['base.url', 'oauth.token.url'])(
    'does not get its secret sent to a place of their own (%s)',
    async (key) => {
      await store(client);
      const thief = await startProvider();
      thief.on({ 'POST /token': tokens(), 'POST /': tokens() });
      const stolen = await connect({ configuration: { [key]: thief.url } }, asNeighbour);
      expect(stolen.status).toBe(400);
      expect(thief.received).toEqual([]);
      await thief.close();
    },
  );

  it('does not read it by resources of their own', async () => {
    await store(client);
    provider.on({ 'POST /token': tokens(), 'GET /echo': { body: {} } });
    await app.call('POST', '/elements/bookshop/resources', {
      authorization: asNeighbour,
      json: resource('GET', '/echo', {
        parameters: [
          parameter('configuration', 'oauth.api.secret', 'query', 'secret'),
          parameter('configuration', 'oauth.api.key', 'query', 'key'),
        ],
        hooks: [
          {
            type: 'preRequest',
            isLegacy: false,
            body: 'done({request_vendor_headers: {x: JSON.stringify(configuration)}})',
          },
        ],
      }),
    });
    const { body } = await connect({}, asNeighbour);
    const reply = await app.call('GET', '/echo', { authorization: neighbour.asElement(body.token) });
    expect(reply.status).toBe(200);
    const sent = provider.received.at(-1);
    expect(sent?.path).toBe('/echo');
    expect(JSON.stringify([sent?.url, sent?.headers])).not.toMatch(/org-secret/);
  });

  it('does not take it along to a clone', async () => {
    await store(client);
    provider.on({ 'POST /token': tokens() });
    const { body } = await connect({}, asNeighbour);
    const clone = await app.call('POST', '/elements/bookshop/clone', {
      authorization: asNeighbour,
      json: {},
    });
    const moved = await app.call('PATCH', `/instances/${body.id}`, {
      authorization: asNeighbour,
      json: { element: { id: clone.body.id }, configuration: { 'base.url': provider.url } },
    });
    expect(moved).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('oauth.api.secret') },
    });
  });
});

describe('the default app of an OAuth 1 element', () => {
  it('answers the URL with a request token, and its secret', async () => {
    await store(client, app.asUser, 'oldshop');
    provider.on({ 'POST /request': { body: 'oauth_token=rt&oauth_token_secret=rs' } });
    const { status, body } = await app.call('GET', '/elements/oldshop/oauth/url/default');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        element: 'oldshop',
        oauthUrl: `${provider.url}/authorize?oauth_token=rt`,
        configuration: { secret: 'rs' },
      },
    });
    expect(provider.received[0]?.headers['authorization']).toContain('oauth_consumer_key="org-client"');
  });
});

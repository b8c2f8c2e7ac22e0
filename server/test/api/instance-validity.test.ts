import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, library, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  const ofCheck = [
    resource('GET', '/check', { type: 'provisionAuthValidation' }),
    resource('GET', '/books'),
    resource('GET', '/ping', { vendorPath: '/never' }),
  ];
  app = await startTestApp({
    elements: [
      bookshop(ofCheck),
      library([resource('GET', '/loans'), resource('GET', '/ping', { vendorPath: '/me' })]),
      { ...library([resource('GET', '/loans')]), id: 503, key: 'silent', name: 'Silent' },
    ],
    elementDefaults: Object.fromEntries(
      ['bookshop', 'library', 'silent'].map((key) => [key, { 'base.url': provider.url }]),
    ),
    allowHosts: [provider.host],
  });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const login = { username: 'u', password: 'p' };
const validate = (id: number) => app.call('POST', `/instances/${id}/validate`);
const validOf = async (id: number) => {
  const { valid, invalidReason } = (await app.call('GET', `/instances/${id}`)).body;
  return { valid, invalidReason };
};

async function connectShop(providerData = {}) {
  provider.on({ 'GET /check': { body: {} } });
  const shop = await app.connect('bookshop', {
    configuration: shopKeys,
    providerData: { access_token: 'golden-token', ...providerData },
  });
  provider.reset();
  return shop;
}

describe('validating an account', () => {
  it("asks by the definition's check, with the account's credentials", async () => {
    const { id } = await connectShop();
    provider.on({ 'GET /check': { body: { ok: true } } });
    expect(await validate(id)).toMatchObject({
      status: 200,
      body: { id, valid: true, checked: true, message: 'Bookshop accepts the account.' },
    });
    expect(provider.received.map(({ path, headers }) => [path, headers['authorization']])).toEqual([
      ['/check', 'Bearer golden-token'],
    ]);
  });

  it.each([401, 403, 400])('says why not and remembers it (status %i)', async (status) => {
    const { id, call } = await connectShop();
    provider.on({
      'GET /check': { status, body: { message: 'account closed' } },
      'GET /books': { body: [] },
    });
    expect(await validate(id)).toMatchObject({
      status: 200,
      body: {
        valid: false,
        checked: true,
        message: expect.stringContaining('PUT /instances/{id}'),
        providerMessage: 'account closed',
      },
    });
    expect(await validOf(id)).toEqual({ valid: false, invalidReason: 'account closed' });
    expect(await call('GET', '/books')).toMatchObject({ status: 401 });
  });

  it('finds that a refused account works again', async () => {
    const { id, call } = await connectShop();
    provider.on({ 'GET /check': { status: 401, body: {} }, 'GET /books': { body: [] } });
    await validate(id);
    expect((await validOf(id)).valid).toBe(false);
    provider.on({ 'GET /check': { body: {} } });
    expect((await validate(id)).body.valid).toBe(true);
    expect(await validOf(id)).toEqual({ valid: true, invalidReason: undefined });
    expect((await call('GET', '/books')).status).toBe(200);
  });

  it.each([
    ['fails', { status: 503, body: {} }],
    ['is too busy', { status: 429, headers: { 'retry-after': '100' }, body: {} }],
    ['breaks the connection', { fault: 'reset' as const }],
  ])('changes nothing when the provider %s', async (_what, answer) => {
    for (const known of [true, false]) {
      const { id } = await connectShop();
      provider.on({ 'GET /check': { status: known ? 200 : 401, body: {} } });
      await validate(id);
      const before = await validOf(id);
      provider.on({ 'GET /check': answer });
      expect(await validate(id)).toMatchObject({ status: 502 });
      expect(await validOf(id)).toEqual(before);
      expect(before.valid).toBe(known);
    }
  });

  it('refreshes a token that is over, and says so when that is refused', async () => {
    const { id } = await connectShop({ refresh_token: 'r1', expires_in: 0.001 });
    provider.on({
      'POST /token': { body: { access_token: 'new', refresh_token: 'r2', expires_in: 0.001 } },
      'GET /check': { body: {} },
    });
    expect((await validate(id)).body.valid).toBe(true);
    expect(provider.received.at(-1)?.headers['authorization']).toBe('Bearer new');
    provider.on({
      'GET /check': { status: 401 },
      'POST /token': { status: 400, body: { error: 'invalid_grant' } },
    });
    expect((await validate(id)).body).toMatchObject({ valid: false, providerMessage: 'invalid_grant' });
    provider.on({ 'GET /check': { body: {} }, 'POST /token': { body: { access_token: 'newer' } } });
    expect((await validate(id)).body.valid).toBe(true);
  });

  it('asks by the ping of an element that has no check, where only a refused login counts', async () => {
    const { id } = await app.connect('library', { configuration: login });
    provider.on({ 'GET /me': { status: 404, body: { message: 'moved' } } });
    expect(await validate(id)).toMatchObject({ status: 502, body: { providerMessage: 'moved' } });
    expect((await validOf(id)).valid).toBe(true);
    provider.on({ 'GET /me': { status: 401, body: {} } });
    expect((await validate(id)).body).toMatchObject({ valid: false, checked: true });
  });

  it('says when there is no way to ask', async () => {
    const { id } = await app.connect('silent', { configuration: login });
    expect((await validate(id)).body).toMatchObject({ valid: true, checked: false });
    expect(provider.received).toEqual([]);
  });

  it('is refused for a disabled instance', async () => {
    const { id } = await connectShop();
    await app.call('DELETE', `/instances/${id}/enabled`);
    expect(await validate(id)).toMatchObject({ status: 403 });
    expect(provider.received).toEqual([]);
  });
});

describe('tokens that were got elsewhere', () => {
  const bring = (more: object) =>
    app.call('POST', '/instances', {
      json: {
        name: 'brought',
        element: { key: 'bookshop' },
        externalAuthentication: 'initial',
        configuration: shopKeys,
        ...more,
      },
    });

  it('may be a refresh token alone: it is used at once', async () => {
    provider.on({
      'POST /token': { body: { access_token: 'fresh', expires_in: 3600 } },
      'GET /check': { body: {} },
      'GET /books': { body: [] },
    });
    const { status, body } = await bring({ providerData: { refresh_token: 'mine' } });
    expect(status).toBe(200);
    expect(body.externalAuthentication).toBe('initial');
    expect(provider.received[0]?.form()).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'mine',
      client_secret: 'shop-secret',
    });
    await app.call('GET', '/books', { authorization: app.asElement(body.token) });
    expect(provider.received.at(-1)?.headers['authorization']).toBe('Bearer fresh');
  });

  it('are refused when the refresh token is dead, and nothing is stored', async () => {
    provider.on({ 'POST /token': { status: 400, body: { error: 'invalid_grant' } } });
    const before = (await app.call('GET', '/instances/count')).body;
    expect(await bring({ providerData: { refresh_token: 'dead' } })).toMatchObject({
      status: 400,
      body: {
        message: expect.stringContaining('refused the refresh token'),
        providerMessage: 'invalid_grant',
      },
    });
    expect((await app.call('GET', '/instances/count')).body).toEqual(before);
  });

  it('may come by the keys under which an instance keeps them, but never as a mask', async () => {
    provider.on({ 'GET /check': { body: {} } });
    const configuration = { ...shopKeys, 'oauth.user.token': 'own' };
    expect(await bring({ configuration })).toMatchObject({ status: 200 });
    expect(provider.received[0]?.headers['authorization']).toBe('Bearer own');
    const masked = { ...shopKeys, 'oauth.user.token': '********' };
    expect(await bring({ configuration: masked })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('providerData.access_token is missing') },
    });
  });
});

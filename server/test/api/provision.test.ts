import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, library, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

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
  app = await startTestApp({
    elements: [bookshop(), library([resource('GET', '/loans')]), listing()],
    elementDefaults: {
      bookshop: { 'base.url': provider.url },
      listing: { 'base.url': provider.url },
      library: { 'base.url': provider.url },
    },
    allowHosts: [provider.host],
  });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

/** A definition that lists what some of its values may be. */
function listing() {
  const plain = library([], { id: 503, key: 'listing' });
  const choice = (key: string, name: string, values: string[]) => ({
    key,
    name,
    description: name,
    type: 'COMBO',
    options: values.map((value) => ({ value, description: value })),
  });
  const choices = [choice('event.vendor.type', 'Events', ['webhook', 'polling'])];
  choices.push(choice('edition', 'Edition', ['new', 'used']));
  return { ...plain, configuration: [...(plain['configuration'] as object[]), ...choices] };
}

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

describe('POST /instances', () => {
  it('exchanges the code and answers every field of the documented reply', async () => {
    provider.on({ 'POST /token': { body: tokens } });
    const { status, body, headers } = await provision();
    expect({ status, body }).toEqual({
      status: 200,
      body: expect.objectContaining({
        id: expect.any(Number),
        name: 'my shop',
        token: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
        element: expect.objectContaining({
          id: 501,
          name: 'Bookshop',
          key: 'bookshop',
          description: 'Sells books.',
          hub: 'documents',
          active: true,
          deleted: false,
          typeOauth: true,
          trialAccount: false,
          configDescription: 'Ask the bookseller for an app.',
          signupURL: 'https://bookshop.example',
        }),
        elementId: 501,
        provisionInteractions: [],
        valid: true,
        disabled: false,
        eventsEnabled: false,
        maxCacheSize: 0,
        cacheTimeToLive: 0,
        cachingEnabled: false,
        traceLoggingEnabled: false,
        externalAuthentication: 'none',
        tags: ['my shop', 'mine'],
        createdDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        user: { id: expect.any(Number), emailAddress: app.email, firstName: 'First', lastName: 'User' },
        configuration: expect.objectContaining({
          'base.url': provider.url,
          'oauth.api.key': '********',
          'oauth.api.secret': '********',
          'oauth.user.token': '********',
          'oauth.user.refresh_token': '********',
          'oauth.callback.url': 'https://app.example/auth',
          'event.notification.enabled': 'false',
          'filter.response.nulls': 'true',
        }),
      }),
    });
    expect(body).not.toHaveProperty('providerData');
    expect(headers['elements-request-id']).toMatch(/^[0-9a-f]{24}$/);
    expect(provider.received).toHaveLength(1);
    expect(provider.received[0]?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(provider.received[0]?.form()).toEqual({
      grant_type: 'authorization_code',
      code: 'code-1',
      client_id: 'shop-client',
      client_secret: 'shop-secret',
      redirect_uri: 'https://app.example/auth',
    });
  });

  it('sends client id and secret as HTTP Basic where the configuration says so', async () => {
    provider.on({ 'POST /token': { body: tokens } });
    await provision({ configuration: { ...shopKeys, 'oauth.basic.header': 'true' } });
    expect(provider.received[0]?.headers['authorization']).toBe(
      `Basic ${btoa('shop%2Dclient:shop%2Dsecret')}`,
    );
    expect(provider.received[0]?.form()).not.toHaveProperty('client_secret');
  });

  it('keeps no secret in the clear', async () => {
    provider.on({ 'POST /token': { body: tokens } });
    const { body } = await provision({
      configuration: { ...shopKeys, 'my.password': 'hunter2', note: 'visible' },
    });
    const rows = await app.query(sql`select * from instance where id = ${body.id}`);
    const stored = JSON.stringify(rows);
    for (const secret of ['access-1', 'refresh-1', 'shop-secret', 'hunter2', body.token])
      expect(stored).not.toContain(secret);
    const shown = JSON.stringify(app.log);
    for (const secret of ['access-1', 'refresh-1', 'shop-secret', 'hunter2', body.token])
      expect(shown).not.toContain(secret);
    expect(body.configuration).toMatchObject({ note: 'visible', 'my.password': '********' });
  });

  it('names all missing configuration in one 400, by key and display name, before the provider is asked', async () => {
    const before = await instancesThere();
    const { status, body } = await provision({ configuration: {}, providerData: {} });
    expect(status).toBe(400);
    for (const words of [
      'oauth.api.key',
      'Client Id',
      'oauth.api.secret',
      'Client Secret',
      'oauth.callback.url',
      'Callback URL',
      'providerData.code',
    ]) {
      expect(body.message).toContain(words);
    }
    expect(body.message).not.toContain('oauth.user.token');
    expect(provider.received).toEqual([]);
    expect(await instancesThere()).toBe(before);
  });

  it.each([
    ['empty', { 'oauth.api.key': '' }],
    ['blank', { 'oauth.api.key': '   ' }],
    ['null', { 'oauth.api.key': null }],
  ])('takes a value that is %s for missing', async (_what, configuration) => {
    const { status, body } = await provision({ configuration: { ...shopKeys, ...configuration } });
    expect({ status, message: body.message }).toEqual({
      status: 400,
      message: expect.stringContaining('oauth.api.key (Client Id)'),
    });
    expect(provider.received).toEqual([]);
  });

  it.each([
    ['an unknown key', { element: { key: 'nosuch' } }, 404],
    ['an unknown id', { element: { id: 999_999 } }, 404],
    ['no key and no id', { element: {} }, 400],
    ['no element', { element: undefined }, 400],
  ])('answers an element with %s', async (_what, more, status) => {
    const reply = await provision(more);
    expect({ status: reply.status, message: reply.body.message }).toEqual({
      status,
      message: expect.stringMatching(/element/),
    });
    expect(provider.received).toEqual([]);
  });

  it.each([
    ['no name', { name: undefined }],
    ['an empty name', { name: '' }],
    ['a name of markup alone', { name: '<b></b>' }],
    ['a name that is no text', { name: 7 }],
    ['tags that are no list', { tags: 'mine' }],
    ['tags that are no texts', { tags: [7] }],
    ['configuration that is no object', { configuration: 'x' }],
    ['providerData that is no object', { providerData: 'x' }],
    ['another external authentication', { externalAuthentication: 'sometimes' }],
    ['a zero byte in the name', { name: 'a\u0000b' }],
    ['a zero byte in the configuration', { configuration: { ...shopKeys, note: 'a\u0000b' } }],
    ['a zero byte in a tag', { tags: ['a\u0000b'] }],
  ])('refuses %s with 400, before the provider is asked', async (_what, more) => {
    const before = await instancesThere();
    const reply = await provision(more);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status: 400,
      body: { requestId: expect.any(String), message: expect.any(String) },
    });
    expect(provider.received).toEqual([]);
    expect(await instancesThere()).toBe(before);
  });

  it.each([
    ['event.notification.enabled', 'maybe', 'true or false'],
    ['filter.response.nulls', 'perhaps', 'true or false'],
    ['event.vendor.type', 'pigeon', 'webhook or polling'],
    ['event.notification.type', 'pigeon', 'webhook or polling'],
    ['event.notification.callback.url', 'ftp://example.com', 'http or https URL'],
    ['event.notification.callback.url', 'nonsense', 'http or https URL'],
  ])('refuses %s = %s', async (key, value, words) => {
    const { status, body } = await provision({ configuration: { ...shopKeys, [key]: value } });
    expect(status).toBe(400);
    expect(body.message).toContain(key);
    expect(body.message).toContain(words);
    expect(provider.received).toEqual([]);
  });

  it('takes the common configuration, as text or as JSON types, and says that events are enabled', async () => {
    provider.on({ 'POST /token': { body: tokens } });
    const { status, body } = await provision({
      configuration: {
        ...shopKeys,
        'event.notification.enabled': true,
        'event.vendor.type': 'polling',
        'event.notification.type': 'webhook',
        'event.notification.callback.url': 'https://app.example/events',
        'filter.response.nulls': false,
        count: 7,
        nested: { a: [1] },
      },
    });
    expect(status).toBe(200);
    expect(body.eventsEnabled).toBe(true);
    expect(body.configuration).toMatchObject({
      'event.notification.enabled': 'true',
      'event.vendor.type': 'polling',
      'event.notification.callback.url': 'https://app.example/events',
      'filter.response.nulls': 'false',
      count: '7',
      nested: '{"a":[1]}',
    });
  });

  it('takes webhooks for webhook, also where a definition lists webhook alone', async () => {
    const connect = (configuration: object) =>
      provision({
        element: { key: 'listing' },
        configuration: { username: 'u', password: 'p', ...configuration },
      });
    const given = { 'event.vendor.type': 'webhooks', edition: 'used' };
    expect(await connect(given)).toMatchObject({ status: 200, body: { configuration: given } });
    expect(await connect({ 'event.vendor.type': 'pigeon', edition: 'rare' })).toMatchObject({
      status: 400,
      body: {
        message:
          'event.vendor.type (Events) must be webhook or polling; edition (Edition) must be one of new, used.',
      },
    });
  });

  it('names every fault together', async () => {
    const { body } = await provision({
      configuration: { 'oauth.api.key': 'k', 'event.vendor.type': 'x', 'filter.response.nulls': 'x' },
    });
    for (const key of [
      'oauth.api.secret',
      'oauth.callback.url',
      'event.vendor.type',
      'filter.response.nulls',
    ])
      expect(body.message).toContain(key);
  });

  it('takes markup out of name and tags, and makes the name the first tag', async () => {
    provider.on({ 'POST /token': { body: tokens } });
    const { body } = await provision({
      name: '<a href="http://x">@x</a>',
      tags: ['<b>one</b>', 'one', 'two'],
    });
    expect(body).toMatchObject({ name: '@x', tags: ['@x', 'one', 'two'] });
  });

  it('reads tokens of a provider that answers form-encoded', async () => {
    provider.on({
      'POST /token': { headers: { 'content-type': 'text/plain' }, body: 'access_token=form-1&expires_in=60' },
    });
    expect(await provision()).toMatchObject({ status: 200, body: { valid: true } });
  });

  it('may name the element in the path, and then needs a name only', async () => {
    provider.on({ 'POST /token': { body: tokens } });
    const reply = await app.call('POST', '/elements/bookshop/instances', {
      json: { ...seedBody(), element: undefined },
    });
    expect(reply).toMatchObject({ status: 200, body: { element: { key: 'bookshop' } } });
    expect(await app.call('POST', '/elements/nosuch/instances', { json: seedBody() })).toMatchObject({
      status: 404,
    });
  });

  it('finds the element by id as a number or as text', async () => {
    provider.on({ 'POST /token': { body: tokens } });
    for (const id of [501, '501']) {
      expect(await provision({ element: { id } })).toMatchObject({
        status: 200,
        body: { element: { key: 'bookshop' } },
      });
    }
  });

  it('connects an element without OAuth by its configuration alone', async () => {
    const reply = await provision({
      element: { key: 'library' },
      providerData: undefined,
      configuration: { username: 'ann', password: 'pw' },
    });
    expect(reply).toMatchObject({
      status: 200,
      body: { configuration: { username: 'ann', password: '********' } },
    });
    provider.on({ 'GET /loans': { body: [] } });
    await app.call('GET', '/loans', { authorization: app.asElement(reply.body.token as string) });
    expect(provider.received[0]?.headers['authorization']).toBe(`Basic ${btoa('ann:pw')}`);
  });
});

describe("POST /instances with externalAuthentication 'initial'", () => {
  it('takes tokens that were got elsewhere without asking the provider', async () => {
    const reply = await provision({
      externalAuthentication: 'initial',
      providerData: { access_token: 'brought', refresh_token: 'r', expires_in: 3600 },
    });
    expect(reply).toMatchObject({
      status: 200,
      body: { externalAuthentication: 'initial', configuration: { 'oauth.user.token': '********' } },
    });
    expect(provider.received).toEqual([]);
  });

  it('needs an access token', async () => {
    const reply = await provision({ externalAuthentication: 'initial', providerData: { code: 'x' } });
    expect(reply).toMatchObject({ status: 400, body: { message: expect.stringContaining('access_token') } });
  });
});

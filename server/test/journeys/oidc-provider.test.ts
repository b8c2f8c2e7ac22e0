import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { listenForCallback, openBrowser } from '../support/browser.ts';
import type { CallbackListener } from '../support/browser.ts';
import { startOidcServer } from '../support/oidc-server.ts';
import type { OidcServer } from '../support/oidc-server.ts';

// The flow against a certified provider that knows nothing of our simulators: PKCE, Basic client authentication,
// rotated refresh tokens.

const accessLifeSeconds = 3;
let browser: Browser;
let callback: CallbackListener;
let provider: OidcServer;
let app: TestApp;

beforeAll(async () => {
  browser = await openBrowser();
  callback = await listenForCallback();
  provider = await startOidcServer({
    id: 'app',
    secret: 's+cret/=%:',
    redirectUri: callback.url,
    accessLifeSeconds,
  });
  app = await startTestApp({
    elements: [definition(provider.url)],
    allowHosts: [new URL(provider.url).host],
  });
});

afterAll(async () => {
  await app?.close();
  await provider?.close();
  await callback?.close();
  await browser?.close();
});

function definition(url: string) {
  const row = (key: string, defaultValue?: string, required = false) => ({
    key,
    name: key,
    type: 'TEXTFIELD_1000',
    ...(defaultValue === undefined ? {} : { defaultValue }),
    required,
  });
  return {
    key: 'plainoauth',
    name: 'Plain OAuth',
    hub: 'general',
    authentication: { type: 'oauth2', pkce: 'S256' },
    configuration: [
      row('base.url', url, true),
      row('oauth.api.key', undefined, true),
      row('oauth.api.secret', undefined, true),
      row('oauth.callback.url', undefined, true),
      row('oauth.authorization.url', '{base.url}/auth?prompt=consent'),
      row('oauth.token.url', '{base.url}/token'),
      row('oauth.scope', 'openid offline_access'),
      row('oauth.basic.header', 'true'),
    ],
    resources: [
      { method: 'GET', path: '/hubs/general/me', vendorMethod: 'GET', vendorPath: '/me', type: 'api' },
    ],
  };
}

it('connects an account, calls the provider, and refreshes the token when it has expired', async () => {
  const query = new URLSearchParams({
    apiKey: 'app',
    apiSecret: 's+cret/=%:',
    callbackUrl: callback.url,
    state: 'a b&c',
  });
  const url = await app.call('GET', `/elements/plainoauth/oauth/url?${query.toString()}`, {
    authorization: null,
  });
  expect(url.status).toBe(200);

  const page = await browser.newPage();
  await page.goto(url.body.oauthUrl, { waitUntil: 'domcontentloaded' });
  await page.fill('input[name="login"]', 'ann');
  await page.fill('input[name="password"]', 'any');
  await page.click('button[type="submit"]');
  await page.click('button[type="submit"]');
  await page.waitForURL(`${callback.url}**`);
  const arrived = callback.arrived.at(-1);
  expect(arrived?.get('state')).toBe('a b&c');

  const created = await app.call('POST', '/instances', {
    json: {
      name: 'plain',
      element: { key: 'plainoauth' },
      providerData: { code: arrived?.get('code'), state: arrived?.get('state') },
      configuration: {
        'oauth.api.key': 'app',
        'oauth.api.secret': 's+cret/=%:',
        'oauth.callback.url': callback.url,
      },
    },
  });
  expect(created.body).toMatchObject({ valid: true, element: { key: 'plainoauth', typeOauth: true } });

  const authorization = app.asElement(created.body.token);
  expect((await app.call('GET', '/hubs/general/me', { authorization })).body).toEqual({ sub: 'ann' });
  expect(provider.grants).toEqual({ authorization_code: 1 });

  await sleep(accessLifeSeconds * 1000);
  const calls = await Promise.all(
    Array.from({ length: 10 }, () => app.call('GET', '/hubs/general/me', { authorization })),
  );
  expect(calls.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(provider.grants).toEqual({ authorization_code: 1, refresh_token: 1 });
});

it('tells that a code works once', async () => {
  const again = await app.call('POST', '/instances', {
    json: {
      name: 'again',
      element: { key: 'plainoauth' },
      providerData: { code: callback.arrived.at(-1)?.get('code'), state: 'a b&c' },
      configuration: {
        'oauth.api.key': 'app',
        'oauth.api.secret': 's+cret/=%:',
        'oauth.callback.url': callback.url,
      },
    },
  });
  expect(again.status).toBe(400);
  expect(again.body).toMatchObject({
    message: expect.stringContaining('A code works once'),
    providerMessage: expect.stringContaining('grant request is invalid'),
  });
});

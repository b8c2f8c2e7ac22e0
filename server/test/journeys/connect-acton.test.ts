import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogFolder, startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { listenForCallback, openBrowser } from '../support/browser.ts';
import type { CallbackListener } from '../support/browser.ts';
import { createClient } from '../support/client.ts';
import type { Client } from '../support/client.ts';
import { simulated, startActOn } from '../support/simulator.ts';
import type { SimulatedProvider } from '../support/simulator.ts';

// The main job, as an app does it: consent in a real browser, POST /instances, hub calls, and what goes wrong.

let provider: SimulatedProvider;
let callback: CallbackListener;
let app: TestApp;

beforeAll(async () => {
  provider = await startActOn();
  callback = await listenForCallback();
  app = await start();
});

afterAll(async () => {
  await app?.close();
  await callback?.close();
  await provider?.stop();
});

beforeEach(async () => {
  await provider.turn('reset');
  await provider.turn('limits', { perSecond: null, perDay: null, tokenCallsPerHour: null });
});

function start(more: Parameters<typeof startTestApp>[0] = {}): Promise<TestApp> {
  return startTestApp({
    elementsFolder: catalogFolder,
    elementDefaults: { acton: { 'base.url': provider.url } },
    allowHosts: [provider.host],
    ...more,
  });
}

async function oauthUrl(at: Client = app): Promise<string> {
  const query = new URLSearchParams({
    apiKey: simulated.apiKey,
    apiSecret: simulated.apiSecret,
    callbackUrl: callback.url,
    state: 'customer 7/ä',
  });
  const { body } = await at.call('GET', `/elements/acton/oauth/url?${query.toString()}`, {
    authorization: null,
  });
  return body.oauthUrl;
}

function provision(providerData: object, configuration: object = {}, at: Client = app) {
  return at.call('POST', '/instances', {
    json: {
      element: { key: 'acton' },
      providerData,
      configuration: {
        'oauth.callback.url': callback.url,
        'oauth.api.key': simulated.apiKey,
        'oauth.api.secret': simulated.apiSecret,
        ...configuration,
      },
      tags: ['journey'],
      name: 'journey',
    },
  });
}

async function connect(at: Client = app) {
  const arrived = await provider.consent(callback.url);
  const { body } = await provision({ code: arrived.get('code') }, {}, at);
  return { id: body.id as number, authorization: at.asElement(body.token) };
}

async function countInstances(): Promise<number> {
  const { status, body } = await app.call('GET', '/instances');
  return status === 404 ? 0 : body.length;
}

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await openBrowser()));
  afterAll(() => browser?.close());

  async function logIn(): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(await oauthUrl());
    await page.fill('input[type="email"], input[name="username"]', simulated.username);
    await page.fill('input[type="password"]', simulated.password);
    await page.press('input[type="password"]', 'Enter');
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    return page;
  }

  it('the person allows access, and the account is connected', async () => {
    const page = await logIn();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('heading', { name: 'Back in the app' }).waitFor();
    const arrived = callback.arrived.at(-1);
    expect(arrived?.get('state')).toBe('customer 7/ä');

    const created = await provision({ code: arrived?.get('code') });
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({ valid: true, element: { key: 'acton', id: 45 }, tags: ['journey'] });
    const authorization = app.asElement(created.body.token);
    const lists = await app.call('GET', '/hubs/marketing/lists', { authorization });
    expect(lists.body.length).toBeGreaterThan(1);
  });

  it('the person denies access, and nothing is connected', async () => {
    const before = await countInstances();
    const page = await logIn();
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByRole('heading', { name: 'Back in the app' }).waitFor();
    const arrived = callback.arrived.at(-1);
    expect([arrived?.get('error'), arrived?.get('code')]).toEqual(['access_denied', null]);

    const refused = await provision({ error: arrived?.get('error') });
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining('declined')]);
    expect(await countInstances()).toBe(before);
  });
});

describe('what goes wrong while connecting leaves nothing behind', () => {
  it.each<[string, () => Promise<{ status: number; body: { message: string } }>, number, RegExp]>([
    ['a wrong code', () => provision({ code: 'never-given' }), 400, /code/i],
    [
      'a code that has been used',
      async () => {
        const code = (await provider.consent(callback.url)).get('code');
        await provision({ code });
        await app.call('DELETE', `/instances/${(await app.call('GET', '/instances')).body.at(-1).id}`);
        return provision({ code });
      },
      400,
      /works once/,
    ],
    [
      'a wrong client secret',
      () => provision({ code: 'x' }, { 'oauth.api.secret': 'wrong' }),
      400,
      /oauth\.api\.secret/,
    ],
    [
      'missing configuration',
      () => provision({ code: 'x' }, { 'oauth.api.key': '', 'oauth.api.secret': null }),
      400,
      /oauth\.api\.key \(.+\), oauth\.api\.secret \(.+\)/,
    ],
    [
      'a provider that fails',
      async () => {
        await provider.turn('fail-next', { count: 1, status: 500, path: '/token' });
        return provision({ code: 'x' });
      },
      502,
      /try again/i,
    ],
    [
      'a provider that is down',
      async () => {
        await provider.turn('down', { on: true });
        return provision({ code: 'x' });
      },
      502,
      /try again/i,
    ],
  ])('%s', async (_, attempt, status, message) => {
    const before = await countInstances();
    const refused = await attempt();
    await provider.turn('down', { on: false });
    expect([refused.status, refused.body.message]).toEqual([status, expect.stringMatching(message)]);
    expect(await countInstances()).toBe(before);
  });
});

describe('a connected account', () => {
  it('goes on when its access token has expired, with one refresh for many calls', async () => {
    const { authorization } = await connect();
    await provider.turn('expire-access-tokens');
    const calls = await Promise.all(
      Array.from({ length: 8 }, () => app.call('GET', '/hubs/marketing/accounts', { authorization })),
    );
    expect(calls.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect((await provider.state()).refreshes).toBe(1);
  });

  it('says so when its refresh token is dead, and works again when it is connected again', async () => {
    const { id, authorization } = await connect();
    await provider.turn('expire-access-tokens');
    await provider.turn('expire-refresh-tokens');
    const refused = await app.call('GET', '/hubs/marketing/accounts', { authorization });
    expect([refused.status, refused.body.message]).toEqual([
      401,
      expect.stringContaining('Connect the account again'),
    ]);
    expect((await app.call('GET', `/instances/${id}`)).body.valid).toBe(false);

    const code = (await provider.consent(callback.url)).get('code');
    const again = await app.call('PUT', `/instances/${id}`, { json: { providerData: { code } } });
    expect([again.status, again.body.valid, again.body.id]).toEqual([200, true, id]);
    expect((await app.call('GET', '/hubs/marketing/accounts', { authorization })).status).toBe(200);
  });

  it('survives restarts in the middle: after the consent, and when its token has expired', async () => {
    const withServer = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
      const server = await start({ databaseUrl: app.databaseUrl, masterKey: app.masterKey });
      return work(createClient(server.origin, app)).finally(() => server.close());
    };
    const url = await withServer((client) => oauthUrl(client));
    expect(new URL(url).searchParams.get('redirect_uri')).toBe(callback.url);
    const { authorization } = await withServer((client) => connect(client));
    await provider.turn('expire-access-tokens');
    const reply = await withServer((client) =>
      client.call('GET', '/hubs/marketing/accounts', { authorization }),
    );
    expect([reply.status, (await provider.state()).refreshes]).toEqual([200, 1]);
  });

  it.each<[string, string, object, number]>([
    ['fails', 'fail-next', { count: 1, status: 503 }, 502],
    ['closes the connection', 'reset-next', { count: 1 }, 502],
    ['answers half a JSON', 'malformed-next', { count: 1 }, 502],
  ])('tells when the provider %s, and works with the next call', async (_, knob, setting, status) => {
    const { authorization } = await connect();
    await provider.turn(knob, { ...setting, path: '/api/1/account' });
    const refused = await app.call('GET', '/hubs/marketing/accounts', { authorization });
    expect([refused.status, refused.body.requestId]).toEqual([
      status,
      refused.headers['elements-request-id'],
    ]);
    expect((await app.call('GET', '/hubs/marketing/accounts', { authorization })).status).toBe(200);
  });
});

import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Client, createClient } from '../../server/test/support/client.ts';
import { type Scene, answerProvider, provider, setUp, startScene } from './scene.ts';
import { lookAt } from './walk.ts';

// A whole server, a provider and a browser share the machine with other tests.
vi.setConfig({ testTimeout: 90_000 });
const patience = { timeout: 40_000 };
let scene: Scene;
let page: Page;
let client: Client;
let shop: Server;
/** A page of somebody else: another host than the server's, so that the browser keeps the two apart. */
let shopOrigin: string;
const complaints: string[] = [];

const shopPage = (server: string) => `<!doctype html><title>Shop</title><h1>Shop</h1><div id="place"></div>
  <script src="${server}/widget.js"></script>
  <script>
    window.told = [];
    window.show = (token) => Ligand.connect({
      token,
      container: document.getElementById('place'),
      theme: { accent: 'rgb(120, 0, 90)', surface: 'url(x)' },
      onConnected: (result) => told.push(['connected', result]),
      onCancelled: () => told.push(['cancelled']),
      onFailed: (failure) => told.push(['failed', failure]),
    });
  </script>`;

beforeAll(async () => {
  scene = await startScene();
  const set = await scene.open();
  await setUp(scene, set.page);
  const secrets = await set.page.evaluate<{ userSecret: string; organizationSecret: string }>(`(async () => {
    const { csrfToken } = await (await fetch('/elements/api-v2/console/session')).json();
    const reply = await fetch('/elements/api-v2/console/secrets', { method: 'POST', headers: { 'ligand-csrf-token': csrfToken } });
    return reply.json();
  })()`);
  await set.context.close();
  client = createClient(scene.origin, secrets);
  shop = createServer((_request, reply) =>
    reply.setHeader('content-type', 'text/html').end(shopPage(scene.origin)),
  ).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  shopOrigin = `http://localhost:${(shop.address() as AddressInfo).port}`;
  // The widget's policy would refuse the script that looks at it.
  ({ page } = await scene.open({ bypassCSP: true }));
  page.on('pageerror', (error) => complaints.push(String(error)));
}, 180_000);
afterAll(async () => {
  shop.close();
  await scene.close();
});

async function begin(json: object = {}): Promise<{ id: string; token: string }> {
  const configuration = { 'oauth.api.key': provider.apiKey, 'oauth.api.secret': provider.apiSecret };
  const wish = { elements: [provider.key], origin: shopOrigin, name: 'Customer 17', configuration, ...json };
  const made = await client.call('POST', '/connect-sessions', { json: wish });
  expect([made.status, made.text]).toEqual([200, expect.any(String)]);
  return made.body as { id: string; token: string };
}

async function show(token: string, origin = shopOrigin) {
  await page.goto(origin);
  await page.evaluate(`show(${JSON.stringify(token)})`);
  return page.frameLocator('iframe');
}
const told = () => page.evaluate<unknown[]>('told');

/** What a page has besides; its types are not known to tests. */
interface Styles {
  getComputedStyle(node: unknown): { backgroundColor: string };
}

describe('the widget in a page of somebody else', () => {
  it('connects an account with consent in a window, and tells the page which; the server learns it too', async () => {
    const { id, token } = await begin();
    const frame = await show(token);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      frame.getByRole('button', { name: /^Go on at/ }).click(),
    ]);
    await answerProvider(popup, 'Allow');
    await expect
      .poll(told, patience)
      .toEqual([['connected', { sessionId: id, instanceId: expect.any(Number) }]]);
    const session = await client.call('GET', `/connect-sessions/${id}`);
    expect([['connected', { sessionId: id, instanceId: session.body.instanceId }]]).toEqual(await told());
    expect(await page.locator('iframe').count()).toBe(0);
  });

  it('connects an account again whose credentials have died, under the same id', async () => {
    const [{ id: instanceId }] = (await client.call('GET', '/instances')).body as [{ id: number }];
    const before = (await client.call('GET', `/instances/${instanceId}`)).body;
    for (const kind of ['access', 'refresh'])
      await fetch(`${before.configuration['base.url']}/_simulator/expire-${kind}-tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
    const authorization = client.asElement(before.token as string);
    expect((await client.call('GET', '/hubs/marketing/lists', { authorization })).status).toBe(401);
    expect((await client.call('GET', `/instances/${instanceId}`)).body).toMatchObject({ valid: false });
    const { id, token } = await begin({
      instanceId,
      elements: undefined,
      name: undefined,
      configuration: {},
    });
    const frame = await show(token);
    await frame.getByRole('heading', { name: 'Connect Customer 17 again' }).waitFor();
    expect(await frame.getByLabel('API Key').count()).toBe(0);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      frame.getByRole('button', { name: /^Go on at/ }).click(),
    ]);
    await answerProvider(popup, 'Allow');
    await expect.poll(told, patience).toEqual([['connected', { sessionId: id, instanceId }]]);
    const after = await client.call('GET', `/instances/${instanceId}`);
    expect(after.body).toMatchObject({ valid: true, name: 'Customer 17', token: before.token });
    expect((await client.call('GET', '/hubs/marketing/lists', { authorization })).status).toBe(200);
  });

  it('takes a token once', async () => {
    const { token } = await begin();
    const frame = await show(token);
    await frame.getByRole('button', { name: /^Go on at/ }).waitFor();
    const again = await show(token);
    await again.getByText('has been used', { exact: false }).waitFor();
    await again.getByRole('button', { name: 'Cancel' }).click();
    await expect
      .poll(told, patience)
      .toEqual([['failed', { message: expect.stringContaining('has been used') }]]);
  });

  it('tells soon that a session is over', async () => {
    const { id, token } = await begin();
    const frame = await show(token);
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(told, patience).toEqual([['cancelled']]);
    expect((await client.call('GET', `/connect-sessions/${id}`)).body).toMatchObject({ state: 'ended' });
    await show(token);
    await expect
      .poll(told, { timeout: 20_000 })
      .toEqual([['failed', { message: expect.stringContaining('its session is over') }]]);
    expect(await page.locator('iframe').count()).toBe(0);
  });

  it('tells of a consent that was denied, and of being cancelled', async () => {
    const { id, token } = await begin();
    const frame = await show(token);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      frame.getByRole('button', { name: /^Go on at/ }).click(),
    ]);
    await answerProvider(popup, 'Deny');
    await frame.getByText('The access was not allowed', { exact: false }).waitFor();
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(told, patience).toEqual([['cancelled']]);
    expect((await client.call('GET', `/connect-sessions/${id}`)).body).toMatchObject({ state: 'ended' });
  });

  it('wears the colours of the page, and takes nothing that is no colour', async () => {
    const { token } = await begin();
    const frame = await show(token);
    const button = frame.getByRole('button', { name: /^Go on at/ });
    await expect
      .poll(
        () =>
          button.evaluate((node) => (globalThis as unknown as Styles).getComputedStyle(node).backgroundColor),
        patience,
      )
      .toBe('rgb(120, 0, 90)');
    const surface = await frame
      .locator('html')
      .evaluate((node) => (node as unknown as { style: { cssText: string } }).style.cssText);
    expect(surface).not.toContain('url');
  });

  it('keeps nobody out: the form, the wait, a denial, the end and a token that was used', async () => {
    const { id, token } = await begin({ configuration: {}, elements: [provider.key] });
    // A page that lets the frame stay when all is done, and has no colours of its own.
    const stay = async (spent: string) => {
      await page.goto(shopOrigin);
      const address = `${scene.origin}/widget/${spent.replace('.', '#')}`;
      await page.evaluate(`document.body.append(Object.assign(document.createElement('iframe'), {
        src: ${JSON.stringify(address)}, title: 'Widget', style: 'width: 100%; height: 800px; border: 0' }))`);
      const inner = await (await page.waitForSelector('iframe')).contentFrame();
      if (!inner) throw new Error('The frame is empty');
      return inner;
    };
    const found: Record<string, string[]> = {};
    const frame = await stay(token);
    await frame.getByLabel('API Key').fill(provider.apiKey);
    await frame.getByLabel('API Secret (required)').fill(provider.apiSecret);
    found['form'] = await lookAt(page, frame);
    for (const [answer, text] of [
      ['Deny', 'The access was not allowed'],
      ['Allow', 'is connected'],
    ] as const) {
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        frame.getByRole('button', { name: /^Go on at/ }).click(),
      ]);
      await popup.locator('input[type=password]').waitFor();
      if (answer === 'Deny') found['wait'] = await lookAt(page, frame);
      await answerProvider(popup, answer);
      await frame.getByText(text, { exact: false }).waitFor();
      found[answer] = await lookAt(page, frame);
    }
    expect((await client.call('GET', `/connect-sessions/${id}`)).body).toMatchObject({ state: 'connected' });
    const { token: used } = await begin();
    await (await stay(used)).getByRole('button', { name: /^Go on at/ }).waitFor();
    const again = await stay(used);
    await again.getByText('has been used', { exact: false }).waitFor();
    found['used'] = await lookAt(page, again);
    expect(found).toEqual({ form: [], wait: [], Deny: [], Allow: [], used: [] });
  });

  it('is shown in no page of another origin', async () => {
    const { id, token } = await begin({ origin: 'https://elsewhere.example' });
    await show(token);
    await page.waitForTimeout(1000);
    const frame = page.frames().find((one) => one.parentFrame() !== null);
    expect(frame?.url()).not.toContain('/widget/');
    expect((await client.call('GET', `/connect-sessions/${id}`)).body).toMatchObject({ state: 'waiting' });
  });

  it('believes no message of another page', async () => {
    const { token } = await begin();
    const frame = await show(token);
    await frame.getByRole('button', { name: /^Go on at/ }).waitFor();
    await page.evaluate("window.postMessage({ ligand: 'connected', instanceId: 1 }, '*')");
    await page.waitForTimeout(300);
    expect(await told()).toEqual([]);
  });

  it('has broken nothing', () => expect(complaints).toEqual([]));
});

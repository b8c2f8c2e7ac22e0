import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deskElement, openDesk } from '../scripts/screenshots/provider.ts';
import { type OAuth1Server, startOAuth1Server } from '../../server/test/support/oauth1-server.ts';
import { configurationRow } from '../../server/test/support/bank.ts';
import { type Scene, setUp, startScene } from './scene.ts';

// A whole server and a browser share the machine with other tests.
vi.setConfig({ testTimeout: 90_000 });
let scene: Scene;
let page: Page;
let instanceId: number;
let shop: OAuth1Server;

/** A call of the page's own session. */
const ask = (method: string, path: string, json?: object, headers: Record<string, string> = {}) =>
  page.evaluate<{ status: number; requestId: string; body: { id: number } }>(`(async () => {
    const session = await (await fetch('/elements/api-v2/console/session')).json();
    const reply = await fetch('/elements/api-v2${path}', {
      method: '${method}',
      headers: { 'content-type': 'application/json', 'ligand-csrf-token': session.csrfToken, ...${JSON.stringify(headers)} },
      body: ${json ? `JSON.stringify(${JSON.stringify(json)})` : 'undefined'},
    });
    return { status: reply.status, requestId: reply.headers.get('elements-request-id'), body: await reply.json() };
  })()`);

beforeAll(async () => {
  const desk = await openDesk(0);
  shop = await startOAuth1Server();
  scene = await startScene({ allowHosts: [desk, new URL(shop.url).host] });
  ({ page } = await scene.open());
  await setUp(scene, page);
  await ask('POST', '/elements', deskElement(desk));
  const wish = { name: 'Lumen Books', configuration: { username: 'ann', password: 'desk-key' } };
  const made = await ask('POST', '/instances', { ...wish, element: { key: 'harbordesk' } });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  instanceId = made.body.id;
}, 180_000);
afterAll(async () => {
  shop.close();
  await scene.close();
});

const choose = async (deed: string) => {
  await page.getByRole('button', { name: 'What can be done with Lumen Books' }).click();
  await page.getByRole('menuitem', { name: deed }).click();
};

it('a call tells what each hook gave to done, when the account is logged', async () => {
  await ask('PUT', `/instances/${instanceId}/logging`, { minutes: 5 });
  const asAccount = { 'elements-instance-id': String(instanceId) };
  const { requestId } = await ask('GET', '/hubs/helpdesk/tickets', undefined, asAccount);
  await expect
    .poll(
      async () => {
        await page.goto(`${scene.origin}/activity/${requestId}`);
        await page.getByText('Request to the provider').first().waitFor();
        return page.getByRole('article', { name: /^Given to done by/ }).count();
      },
      { timeout: 30_000, interval: 1_000 },
    )
    .toBe(1);
  const given = await page.getByRole('article', { name: /^Given to done by/ }).textContent();
  expect(given).toContain('"requester": "Mara Lindqvist"');
});

describe('in the list of accounts', () => {
  it('those of one state are shown, and a way out where none is in it', async () => {
    const lumen = page.getByRole('link', { name: 'Lumen Books', exact: true });
    await page.goto(`${scene.origin}/instances`);
    for (const [label, state] of [
      ['Credentials have died', 'dead'],
      ['Disabled', 'disabled'],
    ] as const) {
      await page.getByLabel('State', { exact: true }).selectOption({ label });
      await page.waitForURL(`**/instances?state=${state}`);
      await page.getByText('No account like this').waitFor();
      await page.getByRole('link', { name: 'Show all accounts' }).click();
      await lumen.waitFor();
    }
    await page.goto(`${scene.origin}/instances?state=working`);
    await lumen.waitFor();
  });

  it('one is disabled after a question, and enabled without', async () => {
    await page.goto(`${scene.origin}/instances`);
    await choose('Disable …');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByText('The account is disabled').first().waitFor();
    await page.getByRole('table').getByText('Disabled').waitFor();
    await page.getByLabel('State', { exact: true }).selectOption('Disabled');
    await page.waitForURL(/state=disabled/);
    await choose('Enable');
    await page.getByText('No account like this').waitFor();
    await page.getByRole('link', { name: 'Show all accounts' }).click();
    await page.getByText('The account is enabled').first().waitFor();
    await page.getByRole('table').getByText('Working').waitFor();
  });

  it('one is connected again, which asks its provider also where there is no consent', async () => {
    await choose('Connect again');
    await page.getByRole('heading', { name: 'Connect Lumen Books again' }).waitFor();
    await page.getByLabel('API key', { exact: false }).first().fill('another-key');
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'PUT'),
      page.getByRole('button', { name: 'Connect', exact: true }).click(),
    ]);
    expect(sent.postDataJSON()).toMatchObject({ providerData: {} });
    await page.getByText('Lumen Books is connected').first().waitFor();
    await page.goto(`${scene.origin}/instances`);
  });

  it('one is deleted only when the person says so', async () => {
    await choose('Delete …');
    await page.getByRole('alertdialog').getByText('This cannot be undone', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Lumen Books', exact: true }).waitFor();
    await choose('Delete …');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No account is connected yet').waitFor();
  });
});

/** Its keys are asked for; where it is, the element knows. */
const signedElement = (url: string) => ({
  key: 'signedshop',
  name: 'Signed Shop',
  hub: 'documents',
  description: 'Sells books to those who sign.',
  authentication: { type: 'oauth1' },
  configuration: [
    configurationRow('base.url', url),
    configurationRow('oauth.api.key', undefined, { name: 'Consumer key', required: true }),
    configurationRow('oauth.api.secret', undefined, {
      name: 'Consumer secret',
      required: true,
      type: 'PASSWORD',
    }),
    configurationRow('oauth.request.url', `${url}/request`),
    configurationRow('oauth.authorization.url', `${url}/consent`),
    configurationRow('oauth.token.url', `${url}/access`),
  ],
  resources: [
    { method: 'GET', path: '/hubs/documents/books', vendorMethod: 'GET', vendorPath: '/books', type: 'api' },
  ],
});

describe('an account with OAuth 1', () => {
  const askShop = async () => {
    await page.goto(`${scene.origin}/catalog/signedshop/connect`);
    await page.getByLabel('Consumer key').fill(shop.consumer.key);
    await page.getByLabel('Consumer secret (required)').fill(shop.consumer.secret);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Go on at the provider' }).click(),
    ]);
    return popup;
  };

  it('is not connected where the person denies, or closes the window', async () => {
    const made = await ask('POST', '/elements', signedElement(shop.url));
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    await (await askShop()).getByRole('button', { name: 'Deny' }).click();
    await page.getByText('The access was not allowed').waitFor();
    const popup = await askShop();
    await popup.getByRole('button', { name: 'Allow' }).waitFor();
    await popup.close();
    await page.getByText('The window was closed').waitFor();
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await page.getByRole('button', { name: 'Go on at the provider' }).waitFor();
  });

  it('is connected with consent in a window, and its calls are signed', async () => {
    await (await askShop()).getByRole('button', { name: 'Allow' }).click();
    await page.getByText('Signed Shop is connected').first().waitFor();
    const id = /\d+/.exec(new URL(page.url()).pathname)?.[0] ?? '';
    const books = await ask('GET', '/hubs/documents/books', undefined, { 'elements-instance-id': id });
    expect([books.status, books.body]).toEqual([200, [{ id: 7, title: 'Signed and sealed' }]]);
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Scene, answerProvider, askProvider, logIn, setUp, startScene } from './scene.ts';

// A whole server, a provider and a browser share the machine with other tests.
vi.setConfig({ testTimeout: 90_000 });
let scene: Scene;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  scene = await startScene();
  ({ page } = await scene.open({ permissions: ['clipboard-read', 'clipboard-write'] }));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
}, 120_000);
afterAll(() => scene.close());

describe('the first minute, from an empty data folder', () => {
  it('sets up the first user by the link that the server has printed, and leaves no token in the address', async () => {
    await setUp(scene, page);
    expect(page.url()).toBe(`${scene.origin}/catalog`);
  });

  it('shows the catalog and what an element offers', async () => {
    await page.getByLabel('Search elements').fill('act');
    await page.waitForURL(/search=act/);
    await page.getByRole('link', { name: 'Act-On', exact: true }).click();
    await page
      .getByRole('table', { name: 'Resources' })
      .getByText('/hubs/marketing/accounts')
      .first()
      .waitFor();
    for (const tab of ['Configuration', 'Hooks', 'Events', 'Docs']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForURL(new RegExp(`tab=${tab.toLowerCase()}`));
    }
  });

  it('connects an account with consent in a window, and shows the first call', async () => {
    const popup = await askProvider(scene, page);
    await answerProvider(popup, 'Allow');
    await page.getByText('Act-On is connected').first().waitFor();
    await page.getByText('Answered in').waitFor();
    expect(await page.getByLabel('Reply', { exact: true }).textContent()).toContain('"id"');
  });

  it('shows token and snippets when the person asks, and they work', async () => {
    await page.getByRole('tab', { name: 'Use it' }).click();
    expect(await page.getByLabel('Call in curl', { exact: true }).textContent()).toContain('<element token>');
    await page.getByRole('button', { name: 'Show the secrets' }).click();
    await page.getByLabel('Element token', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Copy Call in curl' }).click();
    const curl = await page.evaluate<string>('navigator.clipboard.readText()');
    const [, url = '', authorization = ''] = /'(http[^']+)'[^]*'Authorization: ([^']+)'/.exec(curl) ?? [];
    const reply = await fetch(url, { headers: { authorization } });
    expect(reply.status).toBe(200);
  });

  it('has broken neither the policy nor anything else', () => expect(complaints).toEqual([]));
});

describe('consent that is not given', () => {
  it('is told as such, and can be tried again', async () => {
    await answerProvider(await askProvider(scene, page), 'Deny');
    await page.getByText('The access was not allowed').waitFor();
    expect(await page.getByRole('button', { name: 'Go on at the provider' }).isEnabled()).toBe(true);
  });

  it('tells of a window that was closed', async () => {
    await (await askProvider(scene, page)).close();
    await page.getByText('The window was closed').waitFor();
  });

  it('tells of a failure that the provider reports', async () => {
    const popup = await askProvider(scene, page);
    await popup.locator('input[type=password]').waitFor();
    await popup.goto(`${scene.origin}/consent?error=server_error&error_description=Down+for+repair`);
    await page.getByText('The provider says: Down for repair').waitFor();
  });
});

describe('instances', () => {
  it('are disabled and enabled, after a question', async () => {
    await page.goto(`${scene.origin}/instances`);
    await page.getByRole('link', { name: 'Act-On' }).first().click();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByRole('button', { name: 'Disable' }).waitFor();
  });

  it('are deleted only when the person says so', async () => {
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByText('This cannot be undone', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No account is connected yet').waitFor();
  });
});

describe('logging in', () => {
  it('comes back to the page that was asked for, and out again', async () => {
    const { page: other, context } = await scene.open();
    await logIn(scene, other);
    await context.clearCookies();
    await other.goto(`${scene.origin}/instances?search=x`);
    await other.getByLabel('E-mail').fill('ada@example.com');
    await other.getByLabel('Password').fill('wrong');
    await other.getByRole('button', { name: 'Log in' }).click();
    await other.getByText('The user name or the password is wrong.').waitFor();
    await other.getByLabel('Password').fill('Correct-horse7');
    await other.getByRole('button', { name: 'Log in' }).click();
    await other.waitForURL(/instances\?search=x/);
    await other
      .getByRole('button', { name: /Account of/ })
      .first()
      .click();
    await other.getByRole('menuitem', { name: 'Log out' }).click();
    await other.getByRole('heading', { name: 'Log in' }).waitFor();
    await context.close();
  });
});

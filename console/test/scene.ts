import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../server/test/support/browser.ts';
import { startServerProcess } from '../../server/test/support/server-process.ts';

/** A server with its simulators as `npm start -- --demo` starts it, on an empty folder, and a browser. */
export interface Scene {
  origin: string;
  browser: Browser;
  /** The link by which the first user is set up. */
  setUpUrl(): Promise<string>;
  /** A browser of somebody else. */
  open(options?: Parameters<Browser['newContext']>[0]): Promise<{ context: BrowserContext; page: Page }>;
  close(): Promise<void>;
}

export const person = {
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Lovelace',
  password: 'Correct-horse7',
};

/** What the simulated provider knows. */
export const provider = {
  key: 'acton',
  apiKey: 'ligand-demo',
  apiSecret: 'ligand-demo-secret',
  username: 'ann@example.com',
  password: 'correct horse',
};

export async function startScene(
  place: { port?: number; allowHosts?: string[]; databaseUrl?: string } = {},
): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'ligand-console-'));
  const { port = 0, allowHosts, databaseUrl } = place;
  const server = startServerProcess({
    folder,
    args: [
      '--demo',
      '--port',
      String(port),
      '--log-level',
      'warn',
      '--data',
      join(folder, 'data'),
      ...(allowHosts ? ['--allow-hosts', allowHosts.join(',')] : []),
    ],
    env: databaseUrl ? { DATABASE_URL: databaseUrl } : {},
  });
  const [origin, browser] = await Promise.all([server.ready(), openBrowser()]);
  return {
    origin,
    browser,
    setUpUrl: async () => /http:\S+/.exec(await server.line(/\/set-up#/))?.[0] ?? '',
    async open(options) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.setDefaultTimeout(40_000);
      return { context, page };
    },
    async close() {
      await browser.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function setUp(scene: Scene, page: Page): Promise<void> {
  await page.goto(await scene.setUpUrl());
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('First name').fill(person.firstName);
  await page.getByLabel('Last name').fill(person.lastName);
  await page.getByLabel('Password (required)').fill(person.password);
  await page.getByRole('button', { name: 'Set up and log in' }).click();
  await page.getByRole('heading', { name: 'Catalog' }).waitFor();
}

export async function logIn(
  scene: Scene,
  page: Page,
  { email, password }: { email: string; password: string } = person,
): Promise<void> {
  await page.goto(scene.origin);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Catalog' }).waitFor();
}

/** Fills the form and goes on to the provider, whose window this gives. */
export async function askProvider(scene: Scene, page: Page): Promise<Page> {
  await page.goto(`${scene.origin}/catalog/${provider.key}/connect`);
  await page.getByLabel('API Key').fill(provider.apiKey);
  await page.getByLabel('API Secret', { exact: false }).first().fill(provider.apiSecret);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Go on at the provider' }).click(),
  ]);
  return popup;
}

/** Logs in at the provider and says yes or no. */
export async function answerProvider(popup: Page, answer: 'Allow' | 'Deny'): Promise<void> {
  await popup.locator('input[type=password]').waitFor();
  await popup.locator('input[name=username]').fill(provider.username);
  await popup.locator('input[type=password]').fill(provider.password);
  await popup.locator('button, input[type=submit]').first().click();
  await popup.getByRole('button', { name: answer }).click();
}

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seriousFindings } from './axe.ts';
import { type Scene, answerProvider, askProvider, person, provider, setUp, startScene } from './scene.ts';

// A whole server, a provider and a browser share the machine with other tests.
vi.setConfig({ testTimeout: 90_000 });
let scene: Scene;
let page: Page;
let instancePath: string;
beforeAll(async () => {
  scene = await startScene();
  // The page's policy would refuse the script that looks at it.
  ({ page } = await scene.open({ bypassCSP: true }));
  await setUp(scene, page);
  await answerProvider(await askProvider(scene, page), 'Allow');
  await page.waitForURL(/\/instances\/\d+/);
  instancePath = new URL(page.url()).pathname;
}, 180_000);
afterAll(() => scene.close());

const pages = (): [name: string, path: string][] => [
  ['the log in', '/log-in'],
  ['the set-up', '/set-up#x'],
  ['the catalog', '/catalog'],
  ['an empty catalog', '/catalog?search=nothing-is-like-this'],
  ...['resources', 'configuration', 'hooks', 'events', 'docs'].map((tab): [string, string] => [
    `an element: ${tab}`,
    `/catalog/${provider.key}?tab=${tab}`,
  ]),
  ['connect', `/catalog/${provider.key}/connect`],
  ['the instances', '/instances'],
  ['no instances', '/instances?search=nothing-is-like-this'],
  ...['overview', 'explore', 'use', 'configuration'].map((tab): [string, string] => [
    `an instance: ${tab}`,
    `${instancePath}?tab=${tab}`,
  ]),
  ['a resource of an instance', `${instancePath}?tab=explore&op=createList`],
  [
    'the filter of a list',
    `${instancePath}?tab=explore&op=getLists&given=%7B%22where%22%3A%22a%20%3D%201%22%7D`,
  ],
  ['an unknown instance', '/instances/99999'],
  ['the activity', '/activity'],
  ['no activity', '/activity?search=nothing-is-like-this'],
  ['an unknown call', '/activity/000000000000000000000000'],
  ...['stream', 'deliveries', 'callbacks'].map((tab): [string, string] => [
    `events: ${tab}`,
    `/events?tab=${tab}`,
  ]),
  ['an unknown event', '/events/99999'],
  ['an unknown delivery', '/events/deliveries/99999'],
  ['nothing', '/nothing-here'],
];

describe('axe finds nothing serious', () => {
  it.each(['light', 'dark'] as const)('on any page, %s', { timeout: 240_000 }, async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const findings: Record<string, string[]> = {};
    for (const [name, path] of pages()) {
      await page.goto(`${scene.origin}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const found = await seriousFindings(page);
      if (found.length > 0) findings[name] = found;
    }
    expect(findings).toEqual({});
  });

  it.each([
    [1440, 900],
    [390, 844],
  ])('is wider than a screen of %d', { timeout: 120_000 }, async (width, height) => {
    await page.setViewportSize({ width, height });
    for (const [name, path] of pages()) {
      await page.goto(`${scene.origin}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const excess = () =>
        page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      // What is loaded after the heading may move once.
      await expect.poll(excess, { message: name, timeout: 10_000 }).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

describe('with the keyboard alone', () => {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () => page.evaluate<string>("document.activeElement?.textContent?.trim() ?? ''");

  it('the content is one key away from the top of the page', async () => {
    await page.goto(`${scene.origin}/catalog`);
    await page.getByRole('link', { name: 'Act-On', exact: true }).waitFor();
    await press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await press('Enter', 'Tab');
    expect(await page.evaluate<boolean>("document.activeElement?.closest('main') !== null")).toBe(true);
    const label = () => page.evaluate<string | null>('document.activeElement?.getAttribute("aria-label")');
    // After the title's own actions.
    for (let tab = 0; tab < 4 && (await label()) !== 'Search elements'; tab++) await press('Tab');
    expect(await label()).toBe('Search elements');
  });

  it('an element is found, opened and looked through; the focus is on the title of the new page', async () => {
    await page.keyboard.type('act-on');
    await page.waitForURL(/search=act-on/);
    for (let tab = 0; tab < 12 && (await focused()) !== 'Act-On'; tab++) await press('Tab');
    await press('Enter');
    await page.getByRole('tab', { name: 'Resources' }).waitFor();
    await expect.poll(focused).toBe('Act-On');
    for (let tab = 0; tab < 12 && (await focused()) !== 'Resources'; tab++) await press('Tab');
    await press('ArrowRight');
    await page.waitForURL(/tab=configuration/);
  });

  it('a question is answered, and the focus comes back', async () => {
    await page.goto(scene.origin + instancePath);
    await page.getByRole('button', { name: 'Delete' }).focus();
    await press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await press('Escape');
    await expect.poll(focused).toBe('Delete');
  });

  it('the theme is chosen, and kept without a flash of the other', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page
      .getByRole('button', { name: `Account of ${person.email}` })
      .first()
      .focus();
    await press('Enter');
    await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor();
    await page.getByRole('menuitemradio', { name: 'Dark' }).press('Enter');
    await page.reload({ waitUntil: 'commit' });
    await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' });
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Keyboard, keyboardOf } from './keyboard.ts';
import { type Scene, answerProvider, askProvider, person, provider, setUp, startScene } from './scene.ts';
import { walk } from './walk.ts';

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

const paths = () => [
  '/set-up#x',
  '/log-in',
  '/catalog',
  '/catalog?search=nothing-is-like-this',
  ...['resources', 'configuration', 'hooks', 'events', 'docs'].map(
    (tab) => `/catalog/${provider.key}?tab=${tab}`,
  ),
  `/catalog/${provider.key}/connect`,
  '/instances',
  '/instances?search=nothing-is-like-this',
  ...['overview', 'explore', 'use', 'configuration'].map((tab) => `${instancePath}?tab=${tab}`),
  `${instancePath}?tab=explore&find=createList&op=createList`,
  `${instancePath}?tab=explore&find=createList&op=getLists&given=%7B%22where%22%3A%22a%20%3D%201%22%7D`,
  '/instances/99999',
  '/activity',
  '/activity?search=nothing-is-like-this',
  '/activity/000000000000000000000000',
  ...['stream', 'deliveries', 'callbacks'].map((tab) => `/events?tab=${tab}`),
  '/events/99999',
  '/events/deliveries/99999',
  '/nothing-here',
];

it(
  'axe finds nothing serious on any page, and none is wider than the screen',
  { timeout: 240_000 },
  async () => {
    expect(await walk(page, scene.origin, paths())).toEqual([]);
  },
);

it('nothing moves for those who want no motion, neither when the theme changes', async () => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(`${scene.origin}/catalog`);
  await page.getByRole('link', { name: 'Act-On', exact: true }).waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate<number>('document.getAnimations().length')).toBe(0);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
});

describe('with the keyboard alone', () => {
  let keys: Keyboard;
  beforeAll(() => {
    keys = keyboardOf(page);
  });

  it('the content is one key away from the top of the page', async () => {
    await page.goto(`${scene.origin}/catalog`);
    await page.getByRole('link', { name: 'Act-On', exact: true }).waitFor();
    await keys.press('Tab');
    expect(await keys.focused()).toBe('Skip to the content');
    await keys.press('Enter', 'Tab');
    expect(await page.evaluate<boolean>("document.activeElement?.closest('main') !== null")).toBe(true);
    // After the title's own actions.
    await keys.tabTo('Search elements', 4);
  });

  it('an element is found, opened and looked through; the focus is on the title of the new page', async () => {
    await page.keyboard.type('act-on');
    await page.waitForURL(/search=act-on/);
    await keys.tabTo('Act-On', 12);
    await keys.press('Enter');
    await page.getByRole('tab', { name: 'Resources' }).waitFor();
    await expect.poll(keys.focused).toBe('Act-On');
    await keys.tabTo('Resources', 12);
    await keys.press('ArrowRight');
    await page.waitForURL(/tab=configuration/);
  });

  it('a question is answered, and the focus comes back', async () => {
    await page.goto(scene.origin + instancePath);
    await page.getByRole('button', { name: 'Delete' }).focus();
    await keys.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await keys.press('Escape');
    await expect.poll(keys.focused).toBe('Delete');
  });

  it('the theme is chosen, and kept without a flash of the other', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page
      .getByRole('button', { name: `Account of ${person.email}` })
      .first()
      .focus();
    await keys.press('Enter');
    await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor();
    await page.getByRole('menuitemradio', { name: 'Dark' }).press('Enter');
    await page.reload({ waitUntil: 'commit' });
    await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' });
  });
});

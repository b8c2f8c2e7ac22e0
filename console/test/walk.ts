import type { Page, Request } from 'playwright-core';
import { findingsOfColour, seriousFindings } from './axe.ts';

/** A page that is outside of the console's frame, so that nothing of another page stays while it is shown. */
const between = '/set-up';
const running = new WeakMap<Page, Set<Request>>();

function requestsOf(page: Page): Set<Request> {
  const known = running.get(page);
  if (known) return known;
  const requests = new Set<Request>();
  page.on('request', (request) => requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  running.set(page, requests);
  return requests;
}

/** Until all is loaded, drawn and at rest. */
async function settle(page: Page): Promise<void> {
  const requests = requestsOf(page);
  for (let quiet = 0; quiet < 2;) {
    const moving = await page.evaluate<number>(`new Promise((resolve) => requestIdleCallback(() =>
      resolve(document.querySelectorAll('.animate-pulse').length +
        document.getAnimations().filter(({ playState }) => playState === 'running').length), { timeout: 100 }))`);
    quiet = requests.size === 0 && moving === 0 ? quiet + 1 : 0;
  }
}

async function arrive(page: Page, path: string): Promise<void> {
  await page.evaluate("document.querySelector('h1').setAttribute('data-left', '')");
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`);
  await page.locator('h1:not([data-left])').waitFor();
}

/** Goes to a page as a link does, which spares to load the console anew: first to another, so that the page begins from nothing. */
async function follow(page: Page, path: string): Promise<void> {
  if (new URL(page.url()).pathname !== between) await arrive(page, between);
  await arrive(page, path);
}

const looks = [
  ['light', 1440, seriousFindings],
  ['dark', 1440, findingsOfColour],
  ['dark', 390, seriousFindings],
] as const;

/** What keeps people out of these pages, in both themes, and which of them are wider than a screen or a phone. */
export async function walk(page: Page, origin: string, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  requestsOf(page);
  for (const [index, path] of paths.entries()) {
    if (index > 0) await follow(page, path);
    else await page.goto(origin + path);
    await page.locator('h1').waitFor();
    for (const [colorScheme, width, look] of looks) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settle(page);
      const excess = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      const faults = await look(page);
      if (excess > 0) faults.push(`${excess} pixels too wide`);
      found.push(...faults.map((fault) => `${path} ${colorScheme} ${width}: ${fault}`));
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

import type { Frame, Page, Request } from 'playwright-core';
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

/** Until all is loaded and drawn. Nothing moves, as the walk wants no motion. */
async function settle(page: Page, shown: Page | Frame): Promise<void> {
  const requests = requestsOf(page);
  for (let quiet = 0; quiet < 2;) {
    const waiting = await shown.evaluate<number>(`new Promise((resolve) => requestIdleCallback(() =>
      resolve(document.querySelectorAll('.animate-pulse').length), { timeout: 100 }))`);
    quiet = requests.size === 0 && waiting === 0 ? quiet + 1 : 0;
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

/** What keeps people out of what is shown now, in the page or a frame of it, in both themes; and how much it is wider than a screen or a phone. */
export async function lookAt(page: Page, shown: Page | Frame = page): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, width, look] of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settle(page, shown);
    const excess = await shown.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    const faults = await look(shown);
    if (excess > 0) faults.push(`${excess} pixels too wide`);
    found.push(...faults.map((fault) => `${colorScheme} ${width}: ${fault}`));
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

/** The same of each of these pages. */
export async function walk(page: Page, origin: string, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  requestsOf(page);
  for (const [index, path] of paths.entries()) {
    if (index > 0) await follow(page, path);
    else await page.goto(origin + path);
    await page.locator('h1').waitFor();
    found.push(...(await lookAt(page)).map((fault) => `${path} ${fault}`));
  }
  return found;
}

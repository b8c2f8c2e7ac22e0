import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Scene, answerProvider, askProvider, setUp, startScene } from './scene.ts';

// A whole server, a provider and a browser share the machine with other tests.
vi.setConfig({ testTimeout: 90_000 });
let scene: Scene;
let page: Page;
let path: string;
beforeAll(async () => {
  scene = await startScene();
  ({ page } = await scene.open());
  await setUp(scene, page);
  await answerProvider(await askProvider(scene, page), 'Allow');
  await page.waitForURL(/\/instances\/\d+/);
  path = new URL(page.url()).pathname;
}, 180_000);
afterAll(() => scene.close());

const open = (search: string) => page.goto(`${scene.origin}${path}?tab=explore${search}`);
const call = () => page.getByRole('button', { name: 'Call', exact: true }).click();

describe('the API explorer', () => {
  it('shows each path whole, also on a phone', async () => {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await open('');
      await page.getByTitle('GET /lists', { exact: true }).waitFor();
      const shown = await page.evaluate<{ text: string; isCut: boolean }[]>(
        `[...document.querySelectorAll('nav[aria-label=Resources] code')].map((code) => ({
          text: code.textContent,
          isCut: code.scrollWidth > code.clientWidth,
        }))`,
      );
      expect(shown.map(({ text }) => text)).toContain('/lists/{id}/contacts/{contactId}');
      expect(shown.filter(({ isCut }) => isCut)).toEqual([]);
    }
  });

  it('finds a resource, and says in the address what was chosen', async () => {
    await open('');
    await page.getByLabel('Search resources').fill('get lists');
    await page.getByTitle('GET /lists', { exact: true }).click();
    await page.getByLabel('pageSize').fill('2');
    await page.waitForURL(/op=getLists.*pageSize/);
    await page.reload();
    expect(await page.getByLabel('pageSize').inputValue()).toBe('2');
  });

  it('calls it, shows the reply as tree, table and headers, and goes on to the next page', async () => {
    await call();
    await page.getByRole('group', { name: 'Tree' }).getByText('Newsletter').first().waitFor();
    await page.getByRole('tab', { name: 'Table' }).click();
    expect(await page.getByRole('row').count()).toBe(3);
    await page.getByRole('tab', { name: /Headers/ }).click();
    await page.getByText('elements-total-count').waitFor();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.waitForURL(/nextPage/);
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.getByRole('row').first().waitFor();
    expect(await page.getByRole('cell', { name: 'Newsletter', exact: true }).count()).toBe(0);
  });

  it('builds a filter of conditions, and conditions of a text', async () => {
    await open('&op=getLists');
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByLabel('Field of condition 1').fill('name');
    await page.getByLabel('Operator of condition 1').selectOption('LIKE');
    await page.getByLabel('Value of condition 1').fill('News%');
    const text = page.getByLabel('where, as text');
    expect(await text.inputValue()).toBe("name LIKE 'News%'");
    await call();
    await page.getByText('1 item', { exact: false }).first().waitFor();
    await text.fill("name = 'a' OR name = 'b'");
    await page.getByText('This text says more', { exact: false }).waitFor();
    await text.fill("id != 'x'");
    expect(await page.getByLabel('Value of condition 1').inputValue()).toBe('x');
  });

  it.each([
    ['getListById', { id: 'nothing' }, 'The provider refused the call'],
    ['getLists', { where: 'name =' }, 'The call has a fault'],
  ])('says whose fault it is: %s', async (op, given, words) => {
    await open(`&op=${op}&given=${encodeURIComponent(JSON.stringify(given))}`);
    await call();
    await page.getByRole('alert').getByText(words, { exact: false }).waitFor();
  });

  it('names what is missing, and begins a body with an example', async () => {
    await open('&op=updateHeaderById');
    await call();
    await page.getByText('Still missing: id').waitFor();
    await page.getByLabel('Body').fill('{');
    await page.getByText('This is no JSON', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Put in an example' }).click();
    expect(await page.getByText('This is no JSON', { exact: false }).count()).toBe(0);
  });

  it('shows the call as code, as it is now', async () => {
    await open(`&op=getListById&given=${encodeURIComponent('{"id":"l 1"}')}`);
    await page.getByRole('tab', { name: 'Python' }).click();
    const code = await page.getByLabel('Call in Python', { exact: true }).textContent();
    expect(code).toContain('/hubs/marketing/lists/l%201');
    expect(code).toContain('<element token>');
  });
});

describe('health', () => {
  it('is asked of the provider when the person wants, and leads to calls and events', async () => {
    await page.goto(`${scene.origin}${path}`);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('The account works').first().waitFor();
    expect(await page.getByRole('link', { name: 'Its calls' }).getAttribute('href')).toMatch(
      /^\/activity\?instance=/,
    );
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keyboardOf } from './keyboard.ts';
import { type Scene, answerProvider, askProvider, provider, setUp, startScene } from './scene.ts';
import { walk } from './walk.ts';

// A whole server, a provider and a browser share the machine with other tests.
vi.setConfig({ testTimeout: 90_000 });
let scene: Scene;
let page: Page;
let instanceId: string;
const complaints: string[] = [];
/** Pages with all that they can show. */
const filled: string[] = [];
// Of the customer; the server refuses to call it, as it is in a private network.
const callback = createServer((_request, reply) => reply.end());
beforeAll(async () => {
  callback.listen(0, '127.0.0.1');
  scene = await startScene();
  // The page's policy would refuse the script that looks at it.
  ({ page } = await scene.open({ bypassCSP: true }));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await setUp(scene, page);
}, 180_000);
afterAll(async () => {
  callback.close();
  await scene.close();
});

const keepForTheWalk = () => filled.push(page.url().replace(scene.origin, ''));
const open = (path: string) => page.goto(`${scene.origin}${path}`);
/** A call of the page's own session. */
const ask = (method: string, path: string, json?: object) =>
  page.evaluate<{ status: number; body: string }>(`(async () => {
    const session = await (await fetch('/elements/api-v2/console/session')).json();
    const reply = await fetch('/elements/api-v2${path}', {
      method: '${method}',
      headers: { 'content-type': 'application/json', 'ligand-csrf-token': session.csrfToken },
      body: ${json ? `JSON.stringify(${JSON.stringify(json)})` : 'undefined'},
    });
    return { status: reply.status, body: await reply.text() };
  })()`);

it('before anything has happened both pages say what to do', async () => {
  await open('/activity');
  await page.getByText('No call yet').waitFor();
  await open('/events');
  await page.getByText('No event yet').waitFor();
  await page.getByText('event.notification.enabled').waitFor();
});

describe('activity', () => {
  it('shows a call as it happens', async () => {
    await answerProvider(await askProvider(scene, page), 'Allow');
    await page.getByText('Answered in').waitFor();
    instanceId = /\d+/.exec(new URL(page.url()).pathname)?.[0] ?? '';
    await open('/activity');
    await page.getByRole('button', { name: 'Live' }).click();
    await page.waitForURL(/live=true/);
    await page.getByRole('table', { name: 'Calls' }).getByRole('link').first().waitFor();
  });

  it('filters by account, status and method, in the address', async () => {
    await page.getByRole('button', { name: 'Account All accounts' }).click();
    await page.getByRole('button', { name: /^Act-On/ }).click();
    await page.waitForURL(new RegExp(`instance=${instanceId}`));
    await page.getByLabel('Status', { exact: true }).selectOption('failed');
    await page.waitForURL(/status=failed/);
    await page.getByText('No call is like that').waitFor();
    await page.getByRole('link', { name: 'Clear the filters' }).click();
    await page.getByRole('table', { name: 'Calls' }).getByRole('link').first().waitFor();
  });

  it('has charts that can be read as a table', async () => {
    await page.getByRole('img', { name: /^Calls: [1-9].* calls, 0 of them failed/ }).waitFor();
    await page.getByText('As a table').click();
    await page.getByRole('table', { name: 'Calls over time, as numbers' }).waitFor();
  });

  it('opens a call: request, steps, and a log for those that come', async () => {
    await page.getByRole('table', { name: 'Calls' }).getByRole('link').first().click();
    await page.waitForURL(/\/activity\/[0-9a-f]{24}/);
    await page
      .getByRole('list', { name: 'Where the time went' })
      .getByText('Request to the provider')
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Keep a log for 15 minutes' }).click();
    await page.getByRole('button', { name: 'End the log now' }).waitFor();
    await open(`/instances/${instanceId}`);
    await page.getByText('Answered in').waitFor();
    // It is written two seconds after it is over, what was exchanged a moment later.
    await expect
      .poll(
        async () => {
          await open('/activity');
          await page.getByRole('table', { name: 'Calls' }).getByRole('link').first().click();
          await page.getByText('Request to the provider').first().waitFor();
          return page.getByLabel('Answered: body', { exact: true }).count();
        },
        { timeout: 40_000, interval: 1_000 },
      )
      .toBe(1);
    expect(await page.getByLabel('Sent: headers', { exact: true }).textContent()).toContain('[redacted]');
    keepForTheWalk();
  });

  it('is usage too, of elements and accounts by their names', async () => {
    await open('/organization/usage?range=day');
    for (const heading of ['By element', 'By connected account']) {
      const section = page.locator('section', { has: page.getByRole('heading', { name: heading }) });
      await section.getByText('Act-On', { exact: true }).first().waitFor();
      expect(await section.getByText(provider.key, { exact: true }).count()).toBe(0);
    }
  });
});

describe('events', () => {
  it('are shown with their deliveries and attempts', async () => {
    const { port } = callback.address() as AddressInfo;
    const patched = await ask('PATCH', `/instances/${instanceId}`, {
      configuration: {
        'event.notification.enabled': 'true',
        'event.vendor.type': 'webhook',
        'event.notification.callback.url': `http://127.0.0.1:${port}/events`,
      },
    });
    expect(patched.status, patched.body).toBe(200);
    const told = await ask('POST', `/events/${provider.key}/${btoa(instanceId)}`, {
      type: 'contact.updated',
      contactId: 'l-0001:12',
    });
    expect(told.status, told.body).toBe(200);
    await open('/events?live=true');
    await page.getByRole('link', { name: 'Updated: contacts l-0001:12' }).click();
    await page.getByRole('heading', { name: 'What the provider sent' }).waitFor();
    keepForTheWalk();
    await page.getByRole('link', { name: `http://127.0.0.1:${port}/events` }).click();
    await page.getByRole('heading', { name: 'Attempts' }).waitFor();
    await page.getByText('Dead letter').first().waitFor();
    keepForTheWalk();
  });

  it('are filtered and replayed, after a question', async () => {
    await open(`/events?tab=deliveries&instance=${instanceId}`);
    await page.getByRole('button', { name: 'Dead letters' }).click();
    await page.waitForURL(/status=failed/);
    await page.getByRole('table', { name: 'Deliveries' }).getByRole('link').first().waitFor();
    await page.getByRole('button', { name: 'Replay …' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Replay' }).click();
    await page.getByText('1 delivery goes out again').first().waitFor();
  });

  it('tell which callbacks are in trouble', async () => {
    await page.getByRole('tab', { name: 'Callbacks' }).click();
    await page.getByRole('table', { name: 'Callbacks' }).getByText('/events').first().waitFor();
    keepForTheWalk();
  });
});

describe('with the keyboard alone', () => {
  it('calls are filtered, one is opened, and the way back leads to the same list', async () => {
    const keys = keyboardOf(page);
    await open('/activity');
    await page.getByRole('table', { name: 'Calls' }).getByRole('link').first().waitFor();
    await keys.tabTo(/^All accounts/);
    await keys.press('Enter');
    await page.getByRole('list', { name: 'Account' }).waitFor();
    await keys.tabTo(/^Act-On/);
    await keys.press('Enter');
    await page.waitForURL(new RegExp(`instance=${instanceId}`));
    await expect.poll(keys.focused).toMatch(/^Act-On/);
    await keys.tabTo('Status');
    await keys.press('ArrowDown');
    await page.waitForURL(/status=/);
    const list = page.url();
    await page.getByRole('table', { name: 'Calls' }).getByRole('link').first().waitFor();
    await keys.tabTo(/^GET \/hubs/);
    await keys.press('Enter');
    await page.waitForURL(/\/activity\/[0-9a-f]{24}/);
    await expect.poll(keys.focused).toMatch(/^GET \/hubs/);
    // The key for this is the browser's, and pressed by no test.
    await page.goBack();
    await page.waitForURL(list);
    await page.getByRole('table', { name: 'Calls' }).getByRole('link').first().waitFor();
  });

  it('the question before a replay is asked, left, and answered', async () => {
    const keys = keyboardOf(page);
    await open('/events');
    await page.getByRole('table', { name: 'Events' }).getByRole('link').first().waitFor();
    // Past the line of the menu, which has the name of the tab.
    await keys.tabTo('Live');
    await keys.tabTo('Events');
    await keys.press('ArrowRight');
    await page.waitForURL(/tab=deliveries/);
    await page.getByRole('table', { name: 'Deliveries' }).getByRole('link').first().waitFor();
    await keys.tabTo('Replay …');
    await keys.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await keys.press('Escape');
    await expect.poll(keys.focused).toBe('Replay …');
    await keys.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await keys.tabTo('Replay');
    await keys.press('Enter');
    await page.getByText('1 delivery goes out again').first().waitFor();
  });
});

it(
  'axe finds nothing serious on a call, an event, a delivery and a callback in trouble, and none is too wide',
  { timeout: 180_000 },
  async () => {
    expect(filled).toHaveLength(4);
    expect(await walk(page, scene.origin, filled)).toEqual([]);
  },
);

it('nothing was thrown on any page', () => expect(complaints).toEqual([]));

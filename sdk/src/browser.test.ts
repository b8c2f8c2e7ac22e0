import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp } from '../../server/test/support/app.ts';
import type { TestApp } from '../../server/test/support/app.ts';
import { openBrowser } from '../../server/test/support/browser.ts';

// The client in a real browser.

let app: TestApp;
let browser: Awaited<ReturnType<typeof openBrowser>>;

beforeAll(async () => {
  app = await startTestApp();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const modules = new Map(
  readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => [name, stripTypeScriptTypes(readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))]),
);

const html = `<!doctype html><title>A page</title>
<script type="module">import * as sdk from './index.ts'; globalThis.sdk = sdk;</script>`;

it('works on a page of the server, which needs to name none', async () => {
  const page = await browser.newPage();
  await page.route(`${app.origin}/page/*`, (route) => {
    const name: string = route.request().url().split('/').at(-1) ?? '';
    const code = modules.get(name);
    return code === undefined
      ? route.fulfill({ contentType: 'text/html', body: html })
      : route.fulfill({ contentType: 'text/javascript', body: code });
  });
  await page.goto(`${app.origin}/page/`);
  const told = await page.evaluate(
    async ({ baseUrl, authorization }) => {
      const { createClient } = (globalThis as unknown as { sdk: typeof import('./index.ts') }).sdk;
      const client = createClient({ baseUrl, authorization });
      const { email } = await client.get('/users/{idOrEmail}', { path: { idOrEmail: 'me' } });
      const { rows } = await client.page('/accounts', { query: { pageSize: 1 } });
      const failure = await client
        .get('/instances/{id}', { path: { id: -1 } })
        .catch((error: unknown) => error);
      const { status, requestId } = failure as { status: number; requestId: string };
      return { email, rows: rows.length, status, requestId };
    },
    { baseUrl: '', authorization: app.asUser },
  );
  expect(told).toEqual({
    email: app.email,
    rows: 1,
    status: 404,
    requestId: expect.stringMatching(/^[0-9a-f]{24}$/),
  });
  await page.close();
});

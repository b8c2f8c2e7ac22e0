import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startTestApp } from '#test/app';

let folder: string;
let app: TestApp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ligand-console-'));
  await writeFile(join(folder, 'secret.js'), 'outside');
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  const files: Record<string, string> = {
    'index.html': '<!doctype html><meta nonce="__NONCE__"><title>Ligand</title>',
    'theme.js': 'theme()',
    'notes.txt': 'not for the world',
    'assets/index-1a2b.js': 'plain()',
    'assets/index-1a2b.js.br': 'as br',
    'assets/index-1a2b.js.gz': 'as gzip',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(dist, name), content);
  app = await startTestApp({ consoleFolder: dist });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

/** The path is sent byte for byte. */
async function get(path: string, headers: Record<string, string> = {}, origin = app.origin) {
  const { hostname, port } = new URL(origin);
  const sent = request({ hostname, port, path, headers }).end();
  const [reply] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: reply.statusCode ?? 0, headers: reply.headers, body: await text(reply) };
}
const browser = { accept: 'text/html,*/*;q=0.8' };

describe('the page', () => {
  it.each(['/', '/catalog', '/instances/12?tab=calls'])('is at %s', async (path) => {
    const page = await get(path, browser);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain('<title>Ligand</title>');
  });

  it('runs nothing that is written into it, and no other page frames it', async () => {
    const [one, other] = [await get('/', browser), await get('/', browser)];
    const policy = String(one.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}';/);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    const nonce = /'nonce-([\w-]+)'/.exec(policy)?.[1] ?? '';
    expect(one.body).toContain(`nonce="${nonce}"`);
    expect(other.body).not.toContain(nonce);
    expect(one.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('a file', () => {
  it.each([
    ['br, gzip', 'br', 'as br'],
    ['gzip', 'gzip', 'as gzip'],
    ['br;q=0, gzip', 'gzip', 'as gzip'],
    ['', undefined, 'plain()'],
  ])('goes out for "%s" as %s', async (accepted, encoding, body) => {
    const file = await get('/assets/index-1a2b.js', { 'accept-encoding': accepted });
    expect(file).toMatchObject({ status: 200, body });
    expect(file.headers['content-encoding']).toBe(encoding);
    expect(file.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'accept-encoding',
    });
  });

  it('without a hash in its name is asked for again, and not sent again', async () => {
    const file = await get('/theme.js');
    expect(file.headers['cache-control']).toBe('no-cache');
    const again = await get('/theme.js', { 'if-none-match': String(file.headers['etag']) });
    expect([again.status, again.body]).toEqual([304, '']);
  });
});

describe('nothing else', () => {
  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    '//../secret.js',
    '/..\\secret.js',
    '/secret.js%00.js',
    '/notes.txt',
    '/assets/index-1a2b.js.br',
    '/assets/',
    '/index.html',
    '/constructor',
  ])('is served: %s', async (path) => {
    const reply = await get(path);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(reply.body).not.toMatch(/outside|not for the world|as br/);
  });

  it('has a page in place of a script or a path of the API', async () => {
    expect((await get('/assets/gone-9z.js', browser)).status).toBe(404);
    expect((await get('/elements/api-v3/x', browser)).status).toBe(404);
  });
});

it('tells how to build the console when that was not done', async () => {
  const other = await startTestApp();
  try {
    const page = await get('/', browser, other.origin);
    expect([page.status, page.body]).toEqual([
      503,
      'The console is not built yet. Build it with: npm run build -w console\n',
    ]);
  } finally {
    await other.close();
  }
});

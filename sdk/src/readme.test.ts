import { readFile, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp } from '../../server/test/support/app.ts';
import type { TestApp } from '../../server/test/support/app.ts';
import { library, resource } from '../../server/test/support/definition.ts';
import { startProvider } from '../../server/test/support/provider.ts';
import type { Provider } from '../../server/test/support/provider.ts';

// The examples of the README, as somebody would run them who has copied them to a file.

let app: TestApp;
let provider: Provider;
let token: string;

beforeAll(async () => {
  provider = await startProvider();
  provider.answer({ body: [{ title: 'Notes', author: 'Ada' }] });
  app = await startTestApp({
    elements: [library([{ ...resource('GET', '/books'), path: '/hubs/library/books' }], { hub: 'library' })],
    elementDefaults: { library: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  ({ token } = await app.connect('library', { configuration: { username: 'u', password: 'p' } }));
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

async function run(example: string): Promise<string> {
  const file = fileURLToPath(new URL(`../example-${process.pid}.ts`, import.meta.url));
  await writeFile(file, example.replaceAll('http://127.0.0.1:8080', app.origin));
  try {
    const child = spawn(process.execPath, [file], {
      env: {
        LIGAND_USER_SECRET: app.userSecret,
        LIGAND_ORGANIZATION_SECRET: app.organizationSecret,
        ELEMENT_TOKEN: token,
      },
    });
    const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(errors).toBe('');
    return out;
  } finally {
    await rm(file);
  }
}

it('every example runs and says what it should', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [platform, hub, ...more] = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
  expect(more).toEqual([]);
  expect(await run(platform ?? '')).toMatch(
    /^1 accounts, no more\n(?:.*\n)*library\n(?:.*\n)*404 .*nothing.* [0-9a-f]{24}\n$/,
  );
  expect(await run(hub ?? '')).toBe(
    '[{"title":"Notes","author":"Ada"}]\napplication/json; charset=utf-8\ntrue\n',
  );
});

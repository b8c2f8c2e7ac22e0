import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestApp } from '../../server/test/support/app.ts';
import type { TestApp } from '../../server/test/support/app.ts';
import { library, parameter, resource } from '../../server/test/support/definition.ts';
import { startProvider } from '../../server/test/support/provider.ts';
import type { Provider } from '../../server/test/support/provider.ts';
import { runProgram } from './testing.ts';

// Connected accounts at the command line: connecting, calling, and what became of the calls.

// A run takes seconds on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 });

let app: TestApp;
let provider: Provider;
let id: string;

beforeAll(async () => {
  provider = await startProvider();
  provider.on({
    'GET /books': { body: [{ title: 'Notes' }] },
    'POST /books': ({ text }) => ({ body: JSON.parse(text) as unknown }),
  });
  app = await startTestApp({
    elements: [
      library([
        resource('GET', '/books'),
        resource('POST', '/books', { parameters: [parameter('body', 'body')] }),
        resource('GET', '/lost'),
      ]),
    ],
    elementDefaults: { library: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const ligand = (args: string[], input = '') =>
  runProgram(args, {
    input,
    env: {
      LIGAND_URL: app.origin,
      LIGAND_USER_SECRET: app.userSecret,
      LIGAND_ORGANIZATION_SECRET: app.organizationSecret,
    },
  });

async function json(args: string[]) {
  const { status, stdout, stderr } = await ligand([...args, '--json']);
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('ligand instances', () => {
  it('are none at first', async () => {
    expect(await json(['instances', 'list'])).toEqual([]);
  });

  it('are connected, shown, switched', async () => {
    const keys = ['-c', 'username=u', '-c', 'password=p=q'];
    const made = await json([
      'instances',
      'create',
      'library',
      '--name',
      'Reading room',
      ...keys,
      '--tag',
      'a',
    ]);
    id = String(made.id);
    expect(made).toMatchObject({ name: 'Reading room', tags: expect.arrayContaining(['a']) });
    const { stdout } = await ligand(['instances', 'list', '--search', 'reading']);
    expect(stdout).toMatch(
      /^id +element +state +tags +name\n\d+ +library +enabled +.*\ba\b.* Reading room\n$/,
    );
    expect((await ligand(['instances', 'show', id, '--token'])).stdout.trim()).toBe(made.token);
    await ligand(['instances', 'disable', id]);
    expect((await ligand(['instances', 'show', id])).stdout).toContain('disabled');
    expect(await json(['instances', 'enable', id])).toEqual({ id: Number(id), disabled: false });
  });
});

describe('ligand call', () => {
  it('calls through the account, by the path below its hub or the whole one', async () => {
    expect((await ligand(['call', id, 'get', '/books', '-q', 'pageSize=5'])).stdout).toBe(
      '[{"title":"Notes"}]',
    );
    expect(await json(['call', id, 'GET', '/hubs/documents/books'])).toEqual([{ title: 'Notes' }]);
  });

  it('sends what is given or comes in, and shows headers when asked', async () => {
    const { stdout, stderr } = await ligand(
      ['call', id, 'POST', '/books', '-d', '-', '-i'],
      '{"title":"New"}',
    );
    expect(JSON.parse(stdout)).toEqual({ title: 'New' });
    expect(stderr).toMatch(/^200\n(.*\n)*elements-request-id: [0-9a-f]{24}\n/);
  });

  it('says why one failed', async () => {
    const failed = await ligand(['call', id, 'GET', '/lost']);
    expect(failed).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/^ligand: .+\n$/) });
    expect(await ligand(['call', id, 'LOOK', '/books'])).toMatchObject({ status: 2 });
    expect(await ligand(['call', id, 'GET', '/books', '-q', 'x'])).toMatchObject({
      status: 2,
      stderr: "ligand: 'x' is no pair: write name=value.\n",
    });
  });
});

describe('what became of the calls', () => {
  it('is in the logs, the newest last', async () => {
    await expect
      .poll(async () => (await json(['logs', '--element', 'library'])).length, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(4);
    const { stdout } = await ligand(['logs', '--status', 'failed', '--element', 'library']);
    expect(stdout).toMatch(/ 404 .* GET \S+\/lost /);
    expect(stdout).not.toMatch(/ 200 /);
    expect((await ligand(['logs', '--limit', 'x'])).status).toBe(2);
  });

  it('is counted', async () => {
    const buckets = (await json(['usage', '--interval', 'day', '--element', 'library'])) as {
      failed: number;
    }[];
    expect(buckets.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThanOrEqual(1);
  });

  it('may be followed', async () => {
    const { stdout } = await runProgram(['logs', '--follow', '--search', 'lost'], {
      untilOutput: /\/lost/,
      env: {
        LIGAND_URL: app.origin,
        LIGAND_USER_SECRET: app.userSecret,
        LIGAND_ORGANIZATION_SECRET: app.organizationSecret,
      },
    });
    expect(stdout).toContain('/lost');
  });
});

it('an account is disconnected, and a clone made and deleted', async () => {
  expect((await ligand(['instances', 'delete', id])).status).toBe(0);
  expect(await ligand(['instances', 'show', id])).toMatchObject({ status: 1 });
  const { id: clone } = await json(['elements', 'clone', 'library']);
  expect((await ligand(['elements', 'show', String(clone)])).stdout).toContain('yours');
  expect(await json(['elements', 'delete', String(clone)])).toEqual({ deleted: String(clone) });
});

it.each(['bash', 'zsh', 'fish'])('%s gets a script that completes', async (shell) => {
  expect((await ligand(['complete', shell])).stdout).toContain('ligand');
  expect((await ligand(['complete', '--', 'instances', 'cr'])).stdout).toMatch(/^create\t/);
});

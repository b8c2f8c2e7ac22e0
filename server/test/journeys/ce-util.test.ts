import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, library, parameter, resource } from '#test/definition';

// The published command line tool of the old product, untouched, against a running server. It is no dependency of the
// project: it needs packages of years ago with known faults, which must not be in our lock file. So it is installed
// from its own lock file into a folder of its own, once, and kept there for the next run.

const run = promisify(execFile);
const wanted = fileURLToPath(new URL('ce-util', import.meta.url));
const kept = fileURLToPath(new URL('../../../node_modules/.cache/ce-util-2.1.5', import.meta.url));

let app: TestApp;
let home: string;

beforeAll(async () => {
  await install();
  app = await startTestApp({ elements: [bookshop([resource('GET', '/books')])] });
  home = await mkdtemp(join(tmpdir(), 'ligand-doctor-'));
  await mkdir(join(home, '.doctor'));
  await writeFile(join(home, '.doctor/config.json'), '[]');
  await doctor(
    'accounts',
    'add',
    '-n',
    'mine',
    '-u',
    app.userSecret,
    '-o',
    app.organizationSecret,
    '-b',
    app.origin,
  );
}, 300_000);
afterAll(async () => {
  await app.close();
  await rm(home, { recursive: true });
});

/** Other runs may do the same at the same time: whoever is first puts the folder in place. */
async function install(): Promise<void> {
  if (existsSync(kept)) return;
  const folder = `${kept}-${process.pid}`;
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) await cp(join(wanted, name), join(folder, name));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await run('npm', args, { cwd: folder });
  await rename(folder, kept).catch(() => rm(folder, { recursive: true }));
}

async function doctor(...args: string[]): Promise<string> {
  const file = join(kept, 'node_modules/ce-util/src/cli/doctor.js');
  const { PATH = '' } = process.env;
  const { stdout, stderr } = await run(process.execPath, ['--no-deprecation', file, ...args], {
    env: { PATH, HOME: home },
    timeout: 60_000,
  });
  // It tells of failed calls here, and ends as if nothing had been.
  expect(stderr).toBe('');
  return stdout;
}

const element = (key: string, more = {}): Loose => ({
  ...library([
    resource('GET', '/loans', {
      parameters: [parameter('query', 'where', 'query', 'filter')],
      hooks: [{ type: 'preRequest', mimeType: 'application/javascript', body: 'done({});', isLegacy: false }],
    }),
  ]),
  key,
  name: `Element ${key}`,
  parameters: [parameter('header', 'x')],
  hooks: [{ type: 'postRequest', mimeType: 'application/javascript', body: 'done();', isLegacy: false }],
  ...more,
});
const own = async (): Promise<Loose[]> =>
  (await app.call('GET', '/elements')).body.filter((one: Loose) => one.private === true);
const keysOf = (elements: Loose[]) => elements.map(({ key }) => key).sort();

describe('doctor', { timeout: 300_000 }, () => {
  it('uploads elements of a file, new ones and changed ones', async () => {
    const file = join(home, 'elements.json');
    await writeFile(file, JSON.stringify([element('one'), element('two')]));
    const created = await doctor('upload', 'elements', 'mine', '-f', file);
    expect(created).toContain('Created Element: one');
    expect(keysOf(await own())).toEqual(['one', 'two']);
    const before = await own();
    await writeFile(file, JSON.stringify([element('two', { description: 'changed' }), element('three')]));
    expect(await doctor('upload', 'elements', 'mine', '-f', file)).toContain('Updated Element: two');
    const after = await own();
    expect(keysOf(after)).toEqual(['one', 'three', 'two']);
    const two = after.find(({ key }) => key === 'two');
    expect(two).toMatchObject({ description: 'changed', id: before.find(({ key }) => key === 'two').id });
    expect(two.resources).toMatchObject([{ path: '/hubs/documents/loans', hooks: [{ body: 'done({});' }] }]);
  });

  it('uploads one by its name', async () => {
    const file = join(home, 'more.json');
    await writeFile(file, JSON.stringify([element('four'), element('five')]));
    await doctor('upload', 'elements', 'mine', '-f', file, '-n', 'element FOUR');
    expect(keysOf(await own())).toEqual(['four', 'one', 'three', 'two']);
  });

  it('downloads them into a file, equal to their exports', async () => {
    const file = join(home, 'saved.json');
    expect(await doctor('download', 'elements', 'mine', '-f', file)).toContain('Saved Element: Element one.');
    const saved = JSON.parse(await readFile(file, 'utf8')) as Loose[];
    expect(keysOf(saved)).toEqual(['four', 'one', 'three', 'two']);
    for (const one of saved) expect((await app.call('GET', `/elements/${one.id}/export`)).body).toEqual(one);
    await doctor('download', 'elements', 'mine', '-f', file, '-n', 'Element two');
    expect(keysOf(JSON.parse(await readFile(file, 'utf8')))).toEqual(['two']);
  });

  it('downloads them into a folder, also empty ones, and uploads them again from there', async () => {
    await app.call('POST', '/elements', {
      json: { name: 'Bare', key: 'bare', configuration: [], parameters: [], hooks: [], resources: [] },
    });
    const folder = join(home, 'folder');
    await doctor('download', 'elements', 'mine', '-d', folder);
    expect(await readdir(folder)).toHaveLength(5);
    const before = await Promise.all(
      keysOf(await own()).map((key) => app.call('GET', `/elements/${key}/export`)),
    );
    await app.call('DELETE', '/elements/one');
    await doctor('upload', 'elements', 'mine', '-d', folder);
    const after = await Promise.all(
      keysOf(await own()).map((key) => app.call('GET', `/elements/${key}/export`)),
    );
    const essence = ({ body: { key, resources, hooks, authentication } }: Loose) => ({
      key,
      authentication,
      hooks: hooks.map(({ body }: Loose) => body),
      resources: resources.map((row: Loose) => [
        row.method,
        row.path,
        row.hooks?.map(({ body }: Loose) => body),
      ]),
    });
    expect(after.map(essence)).toEqual(before.map(essence));
  });

  it('deletes one by its name, and all', async () => {
    expect(await doctor('delete', 'elements', 'mine', '-n', 'Element two')).toContain('Element two');
    expect(keysOf(await own())).toEqual(['bare', 'four', 'one', 'three']);
    await doctor('delete', 'elements', 'mine');
    expect(await own()).toEqual([]);
    expect((await app.call('GET', '/elements/keys')).body).toEqual(['bookshop']);
  });

  it('deletes instances, also when there are none', async () => {
    const configuration = {
      'base.url': 'https://shop.example',
      'oauth.api.key': 'k',
      'oauth.api.secret': 's',
    };
    for (const name of ['a', 'b'])
      await app.connect('bookshop', {
        name,
        configuration: { ...configuration, 'oauth.callback.url': 'https://app.example/auth' },
      });
    await doctor('delete', 'instances', 'mine');
    expect((await app.call('GET', '/instances')).status).toBe(404);
    await doctor('delete', 'instances', 'mine');
  });
});

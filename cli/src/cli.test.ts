import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestApp } from '../../server/test/support/app.ts';
import type { TestApp } from '../../server/test/support/app.ts';
import { library, resource } from '../../server/test/support/definition.ts';
import { type Run, runProgram } from './testing.ts';

// The program as its user runs it, against a real server.

// A run takes seconds on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 });

let app: TestApp;
let folder: string;

beforeAll(async () => {
  app = await startTestApp({ elements: [library([resource('GET', '/books')])] });
  folder = await mkdtemp(join(tmpdir(), 'ligand-cli-'));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function ligand(
  args: string[],
  options: { env?: Record<string, string>; input?: string } = {},
): Promise<Run> {
  const secrets = {
    LIGAND_URL: app.origin,
    LIGAND_USER_SECRET: app.userSecret,
    LIGAND_ORGANIZATION_SECRET: app.organizationSecret,
  };
  const env = { HOME: folder, ...(options.env ?? secrets) };
  return runProgram(args, { cwd: folder, env, ...(options.input && { input: options.input }) });
}

const write = async (name: string, value: unknown) => {
  const file = join(folder, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};
const element = (key: string, more = {}) => ({ ...library([resource('GET', '/books')]), key, ...more });
const yaml = `openapi: 3.1.0
info: { title: Mill }
servers: [{ url: 'https://mill.example' }]
paths: { /rolls: { get: { parameters: [{ name: page, in: query, schema: { type: integer } }], responses: {} } } }
`;

describe('ligand elements import', () => {
  it('takes a folder of elements and other documents, and tells what became of each', async () => {
    await write('all/one.json', element('one'));
    await write(
      'all/deep/two.json',
      element('two', { resources: [{ ...resource('GET', '/old'), kind: 'java' }] }),
    );
    await write('all/mill.yaml', yaml);
    await write(
      'all/shop.edmx',
      '<Edmx><DataServices><Schema Namespace="shop"><EntityType Name="Toy"/><EntityContainer Name="c"><EntitySet Name="Toys" EntityType="shop.Toy"/></EntityContainer></Schema></DataServices></Edmx>',
    );
    await write('all/pom.xml', '<project/>');
    await write('all/package.json', { name: 'no element', dependencies: {} });
    await write('all/broken.json', '{"name": "x", "resources": ');
    const { status, stdout } = await ligand(['elements', 'import', 'all']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^one +imported +all\/one.json$/m);
    expect(stdout).toMatch(/^two +imported +1 +all\/deep\/two.json$/m);
    expect(stdout).toMatch(/^mill +imported +all\/mill.yaml$/m);
    expect(stdout).toMatch(/^shop +imported +all\/shop.edmx$/m);
    expect(stdout).toMatch(/^- +failed +all\/broken.json$/m);
    expect(stdout).toContain('two: GET /old It was Java code');
    expect(stdout).toContain('mill: Paging by page is guessed');
    expect(stdout).toContain('2 other files passed over.');
  });

  it('takes an element in parts, as the catalog has them', async () => {
    const catalog = fileURLToPath(new URL('../../elements', import.meta.url));
    const { status, stdout } = await ligand(['elements', 'import', catalog]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^acton +imported +\S*elements\/acton$/m);
    const { body } = await app.call('GET', '/elements/acton');
    expect(body.resources.length).toBeGreaterThan(100);
    expect((await app.call('GET', '/elements/acton/report')).body).toEqual([]);
  });

  it('takes a list of elements, and files with a byte order mark', async () => {
    const list = JSON.stringify([element('listed1'), 'no element', element('listed2')]);
    await write('lists/list.json', list.replace('"id":502', '"weight":12345678901234567890.10'));
    await write('lists/wrapped.json', { elements: [element('listed3'), element('listed1')] });
    await write('lists/marked.json', `\uFEFF${JSON.stringify(element('marked'))}`);
    const { stdout, status } = await ligand(['elements', 'import', 'lists']);
    for (const key of ['listed1', 'listed2', 'listed3', 'marked'])
      expect(stdout).toMatch(new RegExp(`^${key} +imported +lists/`, 'm'));
    expect(stdout).toContain("key 'listed1' already");
    expect(status).toBe(1);
    expect((await ligand(['elements', 'export', 'listed1'])).stdout).toContain('12345678901234567890.10');
  });

  it('does not touch what is there, unless that is asked', async () => {
    const file = await write('again.json', element('again'));
    expect((await ligand(['elements', 'import', file])).status).toBe(0);
    await write('again.json', element('again', { name: 'Renamed' }));
    const refused = await ligand(['elements', 'import', file]);
    expect(refused).toMatchObject({ status: 1, stdout: expect.stringContaining("key 'again' already") });
    const updated = await ligand(['elements', 'import', file, '--update', '--json']);
    expect(JSON.parse(updated.stdout)).toMatchObject([{ key: 'again', outcome: 'updated', problems: [] }]);
    expect((await app.call('GET', '/elements/again')).body.name).toBe('Renamed');
  });

  it('reads standard input, and only looks where that is asked', async () => {
    const looked = await ligand(['elements', 'import', '-', '--dry-run'], {
      input: JSON.stringify(element('piped')),
    });
    expect(looked).toMatchObject({ status: 0, stdout: expect.stringContaining('would be imported') });
    expect((await app.call('GET', '/elements/piped')).status).toBe(404);
    const made = await ligand(['elements', 'import', '-'], { input: JSON.stringify(element('piped')) });
    expect(made.status).toBe(0);
    expect((await app.call('GET', '/elements/piped')).status).toBe(200);
  });

  it('sends digits as they are, and export gives them back', async () => {
    const text = JSON.stringify(element('digits')).replace(
      '"id":502',
      '"id":502,"weight":12345678901234567890.10',
    );
    await ligand(['elements', 'import', await write('digits.json', text)]);
    const { stdout } = await ligand(['elements', 'export', 'digits']);
    expect(stdout).toContain('"weight":12345678901234567890.10');
    await ligand(['elements', 'export', 'digits', '--out', 'out.json']);
    expect(await readFile(join(folder, 'out.json'), 'utf8')).toBe(stdout);
  });
});

describe('ligand elements', () => {
  it('lists and removes', async () => {
    await ligand(['elements', 'import', await write('gone.json', element('gone'))]);
    const { stdout } = await ligand(['elements', 'list']);
    expect(stdout).toMatch(/^502 +library +documents +shipped +Library$/m);
    expect(stdout).toMatch(/^\d{6} +gone +documents +yours +Library$/m);
    expect((await ligand(['elements', 'remove', 'gone'])).status).toBe(0);
    expect(await ligand(['elements', 'remove', 'gone'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('No element found'),
    });
  });
});

describe('ligand login', () => {
  it('keeps the secrets for this user alone, and for that server alone', async () => {
    const env = { LIGAND_PASSWORD: app.password, XDG_CONFIG_HOME: join(folder, 'config') };
    const made = await ligand(['login', '--url', app.origin, '--email', app.email], { env });
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const file = join(folder, 'config/ligand/credentials.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await ligand(['elements', 'list'], { env })).status).toBe(0);
    const elsewhere = await ligand(['elements', 'list', '--url', 'http://127.0.0.1:59999'], { env });
    expect(elsewhere).toMatchObject({ status: 2, stderr: expect.stringContaining('Nobody is logged in to') });
  });
});

describe('what goes wrong is said in one line', () => {
  it.each([
    ['nothing', [], {}, 2, /^$/],
    ['a command that there is not', ['dance'], {}, 2, /There is no command 'dance'/],
    ['an option that there is not', ['elements', 'list', '--fast'], {}, 2, /--fast/],
    [
      'a file that there is not',
      ['elements', 'import', 'nowhere.json'],
      {},
      2,
      /no file or folder 'nowhere.json'/,
    ],
    ['no credentials', ['elements', 'list'], { env: {} }, 2, /Nobody is logged in/],
    [
      'a server that is away',
      ['elements', 'import', 'one.json', '--url', 'http://127.0.0.1:59999'],
      {},
      1,
      /cannot be reached: ECONNREFUSED/,
    ],
    [
      'wrong secrets',
      ['elements', 'import', 'one.json'],
      { env: { LIGAND_USER_SECRET: 'x', LIGAND_ORGANIZATION_SECRET: 'y' } },
      1,
      /Authorization|secret/i,
    ],
  ])('%s', async (_, args, options, status, message) => {
    await write('one.json', element('single'));
    const env = 'env' in options ? { ...options.env, LIGAND_URL: app.origin } : undefined;
    const run = await ligand(args, env ? { env: { ...env, XDG_CONFIG_HOME: join(folder, 'none') } } : {});
    expect(run.status).toBe(status);
    expect(run.stderr.trim()).toMatch(message);
    expect(run.stderr.trim().split('\n').length).toBe(1);
  });

  it('--help tells all commands', async () => {
    const { status, stdout } = await ligand(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('elements');
    expect((await ligand(['elements', 'import', '--help'])).stdout).toContain('--dry-run');
  });
});

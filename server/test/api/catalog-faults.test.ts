import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openCatalog } from '#elements';
import { startTestApp, writeCatalog } from '#test/app';
import { bookshop, library, resource } from '#test/definition';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** The good library beside files of a broken bookshop. */
async function openBroken(files: Record<string, string>) {
  const folder = await writeCatalog([library()], files);
  folders.push(folder);
  return openCatalog(folder, {});
}

const shop = (resources: object[], more = {}) => JSON.stringify(bookshop(resources as never, more));
const element = 'bookshop/element.json';
const rows = 'bookshop/resources/rows.json';

const broken: [string, Record<string, string>, { file: string; path?: string; reason: RegExp }][] = [
  ['no JSON', { [element]: '{"key": "bookshop",' }, { file: element, reason: /JSON/ }],
  ['an empty file', { [element]: '' }, { file: element, reason: /JSON/ }],
  ['a list', { [element]: '[]' }, { file: element, reason: /must be an object/ }],
  ['null', { [element]: 'null' }, { file: element, reason: /object/ }],
  ['a text', { [element]: '"x"' }, { file: element, reason: /object/ }],
  ['no key', { [element]: '{"name": "Bookshop"}' }, { file: element, reason: /key/ }],
  [
    'resources that are no list',
    { [element]: shop([], {}).replace('"resources":[]', '"resources":5') },
    { file: element, path: '/resources', reason: /array/ },
  ],
  [
    'a row that is null',
    { [element]: shop([null as never]) },
    { file: element, path: '/resources/0', reason: /object/ },
  ],
  [
    'hooks that are no list',
    { [element]: shop([resource('GET', '/a', { hooks: 'x' })]) },
    { file: element, path: '/resources/0/hooks', reason: /array/ },
  ],
  [
    'a hook that is null',
    { [element]: shop([resource('GET', '/a', { hooks: [null] })]) },
    { file: element, path: '/resources/0/hooks/0', reason: /object/ },
  ],
  ['rows that are no list', { [element]: shop([]), [rows]: '{}' }, { file: rows, reason: /array/ }],
  ['rows that are no JSON', { [element]: shop([]), [rows]: '[' }, { file: rows, reason: /JSON/ }],
  [
    'rows with a null',
    { [element]: shop([]), [rows]: '[null]' },
    { file: rows, path: '/0', reason: /object/ },
  ],
  [
    'a missing hook file',
    {
      [element]: shop([]),
      [rows]: JSON.stringify([
        resource('GET', '/a', { hooks: [{ type: 'preRequest', bodyFile: '../hooks/no.js' }] }),
      ]),
    },
    { file: rows, reason: /no\.js does not exist/ },
  ],
  [
    'a hook file outside the catalog',
    {
      [element]: shop([
        resource('GET', '/a', { hooks: [{ type: 'preRequest', bodyFile: '../../../etc/hostname' }] }),
      ]),
    },
    { file: element, reason: /outside/ },
  ],
  [
    'a path that cannot be matched',
    { [element]: shop([resource('GET', '/a/{x}{y}')]) },
    { file: element, reason: /\/a\/\{x\}\{y\} cannot be matched/ },
  ],
  [
    'a method that there is not',
    { [element]: shop([resource('FETCH', '/a')]) },
    { file: element, reason: /./ },
  ],
  [
    'the key of another element',
    { [element]: JSON.stringify({ ...bookshop(), key: 'library', id: 77 }) },
    { file: 'library/element.json', reason: /key library/ },
  ],
  [
    'the id of another element',
    { [element]: JSON.stringify({ ...bookshop(), id: 502 }) },
    { file: 'library/element.json', reason: /id 502/ },
  ],
];

describe('a broken definition', () => {
  it.each(broken)(
    'stops only itself and is reported with file, path and reason: %s',
    async (_what, files, fault) => {
      const catalog = await openBroken(files);
      expect(catalog.faults).toContainEqual({
        file: fault.file,
        path: expect.any(String),
        reason: expect.stringMatching(fault.reason),
      });
      if (fault.path !== undefined) expect(catalog.faults.map(({ path }) => path)).toContain(fault.path);
      expect(catalog.all()).toHaveLength(1);
    },
  );

  it('is reported once the server starts, which serves the others', async () => {
    const app = await startTestApp({ elements: [library()], files: { [element]: '{"key": "bookshop",' } });
    const told = app.log.filter(
      ({ level, message }) => level === 'error' && message.includes('bookshop/element.json'),
    );
    expect(told).toHaveLength(1);
    expect((await app.call('GET', '/elements/keys')).body).toEqual(['library']);
    await app.close();
  });

  it('a folder without a definition is no fault', async () => {
    const catalog = await openBroken({ 'notes/README.md': 'nothing' });
    expect(catalog.faults).toEqual([]);
  });
});

describe('a catalog folder', () => {
  it('that is not there says so in one sentence', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'ligand-catalog-')), 'missing');
    folders.push(join(folder, '..'));
    expect(() => openCatalog(folder, {})).toThrow(
      expect.objectContaining({ name: 'AppError', message: expect.stringContaining(folder) }),
    );
  });

  it('is checked each time where nothing can be kept', async () => {
    const good = await writeCatalog([library()], {});
    folders.push(good);
    const catalog = openCatalog(good, {}, join(good, 'nowhere'));
    expect(catalog.faults).toEqual([]);
    expect(catalog.all()).toHaveLength(1);
  });

  it('is checked once: what was found good is not, and anything else is', async () => {
    const cacheFolder = await mkdtemp(join(tmpdir(), 'ligand-catalog-'));
    const good = await writeCatalog([library()], {});
    const bad = await writeCatalog([library()], { [element]: shop([{ path: 5 }]) });
    folders.push(cacheFolder, good, bad);
    expect(openCatalog(good, {}, cacheFolder).faults).toEqual([]);
    const known = await readdir(cacheFolder);
    expect(known).toHaveLength(1);
    for (const [folder, faults] of [
      [good, 0],
      [bad, 1],
      [bad, 1],
    ] as const) {
      const catalog = openCatalog(folder, {}, cacheFolder);
      expect(catalog.faults.length > 0).toBe(faults > 0);
      expect(catalog.all().map(({ key }) => key)).toEqual(['library']);
    }
    expect(await readdir(cacheFolder)).toEqual(known);
    // A schema that asks for more is asked again.
    const schemaFile = join(good, 'element.schema.json');
    const schema = JSON.parse(await readFile(schemaFile, 'utf8')) as { required: string[] };
    await writeFile(schemaFile, JSON.stringify({ ...schema, required: [...schema.required, 'shelf'] }));
    expect(openCatalog(good, {}, cacheFolder).faults).toMatchObject([
      { reason: expect.stringContaining('shelf') },
    ]);
  });

  it('takes rows of files in the order of their names, and hook files by their path', async () => {
    const catalog = await openBroken({
      [element]: shop([resource('GET', '/first')]),
      'bookshop/resources/2.json': JSON.stringify([resource('GET', '/third')]),
      'bookshop/resources/1.json': JSON.stringify([
        resource('GET', '/second', { hooks: [{ type: 'preRequest', bodyFile: '../hooks/a.js' }] }),
        resource('GET', '/shared', {
          hooks: [{ type: 'preRequest', bodyFile: ['../hooks/a.js', '../hooks/b.js'] }],
        }),
      ]),
      'bookshop/hooks/a.js': 'done();',
      'bookshop/hooks/b.js': 'function b() {}',
    });
    expect(catalog.faults).toEqual([]);
    const resources = catalog.find('bookshop')?.resources ?? [];
    expect(resources.map(({ path }) => path)).toEqual(['/first', '/second', '/shared', '/third']);
    expect(resources[1]?.preRequestHooks).toEqual([
      { name: 'bookshop/hooks/a.js', body: 'done();', legacy: false },
    ]);
    expect(resources[2]?.preRequestHooks).toMatchObject([
      { name: 'bookshop/hooks/a.js', body: 'done();\nfunction b() {}' },
    ]);
  });
});

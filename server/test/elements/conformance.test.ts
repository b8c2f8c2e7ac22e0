import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '#test/database';
import type { TestDatabase } from '#test/database';
import { library, parameter, resource } from '#test/definition';
import { findDifference } from '../../conformance/compare.ts';
import { findDefinitions } from '../../conformance/find-definitions.ts';
import { printTable, toSummary } from '../../conformance/report.ts';
import type { Summary } from '../../conformance/report.ts';
import { runElement } from '../../conformance/run-element.ts';
import { startConformanceServer } from '../../conformance/server.ts';
import type { ConformanceServer } from '../../conformance/server.ts';

let database: TestDatabase;
let server: ConformanceServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ligand-definitions-'));
  database = await createTestDatabase();
  server = await startConformanceServer(database.url);
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function run(place: string): Promise<{ summary: Summary; table: string }> {
  const outcomes = [];
  for (const found of await findDefinitions(place)) outcomes.push(await runElement(server, found));
  const summary = toSummary(outcomes);
  return { summary, table: printTable(outcomes, summary) };
}

const hook = (type: string, body: string) => ({ type, mimeType: 'application/javascript', body });

describe('the conformance run', () => {
  it('tells for each definition of a folder what works, and why not', async () => {
    const good = library([
      resource('GET', '/books', {
        rootKey: '|data',
        hooks: [hook('postRequest', 'done({ response_body: response_body.data.map((book) => book.id) });')],
      }),
      resource('GET', '/books/{id}', { parameters: [{ ...parameter('path', 'id'), required: true }] }),
      resource('POST', '/books', { parameters: [parameter('body', 'body')] }),
      { ...resource('GET', '/old'), kind: 'java' },
      { ...resource('GET', '/check'), type: 'provisionAuthValidation' },
    ]);
    const bad = {
      ...library([resource('GET', '/broken', { hooks: [hook('preRequest', 'undefinedThing();')] })]),
      key: 'bad',
    };
    await writeFile(join(folder, 'good.json'), JSON.stringify(good));
    await writeFile(join(folder, 'bad.json'), JSON.stringify(bad));
    await writeFile(join(folder, 'formula.json'), '{"name": "no element", "steps": [], "configuration": []}');
    await writeFile(join(folder, 'broken.json'), '{');
    const { summary, table } = await run(folder);
    expect(summary).toEqual({
      elements: 2,
      imported: 2,
      exportedEqual: 2,
      provisioned: 2,
      resources: 6,
      called: 5,
      passed: 4,
      failures: [
        {
          element: 'bad',
          resource: 'GET /hubs/documents/broken',
          reason: expect.stringContaining('undefinedThing is not defined'),
        },
      ],
    });
    expect(table).toContain(
      'library       yes           yes          yes          5       4       4       0',
    );
    expect(table).toContain('bad: GET /hubs/documents/broken: 500 Hook');
    expect(table).toContain('library: import report: GET /old It was Java code');
  });

  it('finds definitions however they lie there, and tells what cannot be read', async () => {
    const place = await mkdtemp(join(folder, 'found-'));
    const named = (key: string) => ({ ...library([resource('GET', '/books')]), key });
    const write = async (name: string, content: string | Buffer) => {
      await mkdir(join(place, name, '..'), { recursive: true });
      await writeFile(join(place, name), content);
    };
    const digits = JSON.stringify([named('a'), named('b')]).replace('"id":502', '"weight":1.10');
    await write('list.json', digits);
    await write('wrapped.json', JSON.stringify({ elements: [named('c'), 'no element'] }));
    await write('deep/er/MARK.JSON', `\uFEFF${JSON.stringify(named('d'))}`);
    await write('wide.json', Buffer.from(`\uFEFF${JSON.stringify(named('e'))}`, 'utf16le'));
    await write('parts/element.json', JSON.stringify({ ...named('f'), resources: undefined }));
    await write('parts/resources/books.json', JSON.stringify([resource('GET', '/books')]));
    await write('nameless.json', JSON.stringify({ ...named('g'), name: undefined }));
    await write('package.json', '{"name": "no element", "version": "1"}');
    await write('text.json', '"text"');
    await write('empty.json', '');
    const unread: string[] = [];
    const found = await findDefinitions(place, (file) => unread.push(file));
    expect(found.map(({ definition }) => definition['key']).sort()).toEqual([...'abcdefg']);
    expect(found.find(({ definition }) => definition['key'] === 'a')?.text).toContain('"weight":1.10');
    expect(found.find(({ definition }) => definition['key'] === 'f')?.definition['resources']).toHaveLength(
      1,
    );
    expect(unread).toEqual(['empty.json']);
  });

  it('tells of odd definitions like of any other', async () => {
    const place = await mkdtemp(join(folder, 'odd-'));
    const definitions = [
      { ...library([resource('GET', '/books')]), key: 'nameless', name: undefined },
      {
        ...library([
          resource('GET', '/heads', { parameters: [{ ...parameter('header', 'x-ä'), required: true }] }),
          resource('GET', '/snow', {
            parameters: [{ ...parameter('header', 'x-a'), required: true, sampleData: 'Schnee ☃' }],
          }),
          resource('TRACE', '/traces'),
          resource('GET', '/books', {
            path: 'books',
            rootKey: '|items[*]',
            parameters: [
              parameter('configuration', 'x', 'header', 'set cookie', { source: 'response' }),
              parameter('configuration', 'y', 'body', 'a[99999].b', { source: 'response' }),
            ],
          }),
        ]),
        key: 'odd',
      },
    ];
    await writeFile(join(place, 'both.json'), JSON.stringify(definitions));
    const { summary } = await run(place);
    expect(summary).toMatchObject({ elements: 2, imported: 1, exportedEqual: 1, called: 4, passed: 2 });
    expect(summary.failures.map(({ element, resource: what }) => [element, what])).toEqual([
      ['nameless', 'POST /elements'],
      ['odd', 'GET /hubs/documents/heads'],
      ['odd', 'TRACE /hubs/documents/traces'],
    ]);
  });

  it('gives an account what its resources use, though nobody asks for it', async () => {
    const script =
      "if (!configuration['shop.id'] || configuration['event.x']) throw new Error('unset'); done();";
    const { configuration, ...rest } = library([
      resource('GET', '/books', {
        parameters: [parameter('query', 'q', 'query', 'q', { type: 'Query', required: 'true' })],
        hooks: [hook('preRequest', script)],
      }),
    ]);
    const rows = ['shop.id', 'event.x'].map((key) => ({ key, name: key, type: 'TEXTFIELD_32' }));
    const file = join(folder, 'used.json');
    const definition = { ...rest, key: undefined, configuration: [...(configuration as object[]), ...rows] };
    await writeFile(file, JSON.stringify(definition));
    const { summary } = await run(file);
    expect(summary).toMatchObject({ exportedEqual: 1, called: 1, passed: 1, failures: [] });
  });

  it('gives a whole address where one begins with a value of the account', async () => {
    const definition = {
      ...library([resource('GET', '/books'), resource('GET', '/files', { vendorPath: '{file.host}/files' })]),
      configuration: [
        { key: 'base.url', name: 'Base', type: 'TEXTFIELD_1000', defaultValue: '${configuration.host}/api' },
        { key: 'host', name: 'Host', type: 'TEXTFIELD_1000', required: true },
        { key: 'file.host', name: 'Host of files', type: 'TEXTFIELD_1000' },
      ],
      authentication: { type: 'custom' },
    };
    const file = join(folder, 'hosts.json');
    await writeFile(file, JSON.stringify(definition));
    expect((await run(file)).summary).toMatchObject({ provisioned: 1, called: 2, passed: 2, failures: [] });
  });

  it('prints one object and nothing else, of a folder without definitions too', async () => {
    const place = await mkdtemp(join(folder, 'none-'));
    await writeFile(join(place, 'broken.json'), '{');
    const program = fileURLToPath(new URL('../../conformance/main.ts', import.meta.url));
    const ended = await promisify(execFile)(process.execPath, [program, place, '--json', '--strict']).catch(
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/broken\.json is passed over: .*line 1/),
    });
    expect(JSON.parse(ended.stdout)).toEqual({
      elements: 0,
      imported: 0,
      exportedEqual: 0,
      provisioned: 0,
      resources: 0,
      called: 0,
      passed: 0,
      failures: [],
    });
  });

  it.each([
    [{ a: 1, id: 3 }, { a: 1, id: 4 }, undefined],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, '/a/0/b'],
    [{ a: null }, {}, '/a'],
    [{ a: [] }, { a: {} }, '/a'],
    [{ a: [1] }, { a: [1, 2] }, '/a/1'],
  ])('compares what goes in and what comes out: %j and %j', (before, after, place) => {
    expect(findDifference(before, after)).toBe(place);
  });

  const samples = fileURLToPath(new URL('../../../../shared/samples/elements', import.meta.url));
  it('holds for real exports of the old product', { timeout: 120_000 }, async () => {
    if (!existsSync(samples)) {
      console.log(`Skipped: real definitions are expected in ${samples}, which is not there.`);
      return;
    }
    const { summary } = await run(samples);
    const { elements, imported, exportedEqual, provisioned, called, passed, failures } = summary;
    expect(failures).toEqual([]);
    expect([imported, exportedEqual, provisioned]).toEqual([elements, elements, elements]);
    expect(passed).toBe(called);
  });
});

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '#kernel/log';
import { newKey } from '#platform/crypto';
import { createTestDatabase } from '#test/database';
import { lint } from '#test/lint';
import type { TestDatabase } from '#test/database';
import { buildApp } from '../src/app.ts';
import type { App } from '../src/app.ts';
import { settings } from '../src/config.ts';
import {
  command,
  referenceFolder,
  typesFile,
  writeOpenapi,
  writeSettings,
  writeTypes,
} from '../scripts/reference.ts';

let database: TestDatabase;
let app: App;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await buildApp({
    log: silentLog,
    version: 'test',
    databaseUrl: database.url,
    masterKey: newKey(),
    elementsFolder: settings.elementsFolder.default,
    elementDefaults: {},
    allowHosts: [],
    pacingMaxWaitMs: 1000,
    auditDays: 1,
    consoleFolder: '',
    firstUser: {},
  });
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

interface Operation {
  operationId: string;
  parameters?: { in: string; name: string; required?: boolean }[];
}

async function operations(): Promise<{ path: string; operation: Operation }[]> {
  const document = JSON.parse(await writeOpenapi(app.http)) as {
    paths: Record<string, Record<string, Operation>>;
  };
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.values(item).map((operation) => ({ path, operation })),
  );
}

describe('the reference', () => {
  it.each([
    [join(referenceFolder, 'settings.md'), () => writeSettings()],
    [join(referenceFolder, 'openapi.json'), () => writeOpenapi(app.http)],
    [typesFile, async () => writeTypes(await writeOpenapi(app.http))],
  ])('%s says what the server says of itself', async (file, write) => {
    const committed = await readFile(file, 'utf8');
    expect(await write(), `${file} is not up to date: run '${command}' and commit it`).toBe(committed);
  });
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const document = JSON.parse(await writeOpenapi(app.http)) as Record<string, unknown>;
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('keeps the rules of a public linter, which would find a fault', async () => {
    const document = JSON.parse(await writeOpenapi(app.http)) as { paths: Record<string, { get: object }> };
    expect(await lint(document, 'platform')).toEqual([]);
    document.paths['/elements/api-v2/hubs']!.get = { responses: { 200: { content: { $ref: '#/nowhere' } } } };
    const faults = await lint(document, 'platform');
    expect(faults.map((fault) => fault.split(' ', 1)[0])).toEqual(
      expect.arrayContaining(['no-unresolved-refs', 'operation-summary', 'security-defined']),
    );
  });

  it('declares every parameter that a path has, and no other', async () => {
    for (const { path, operation } of await operations()) {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name).sort();
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name).sort(), path).toEqual(inPath);
    }
  });

  it('gives every operation a name of its own', async () => {
    const names = (await operations()).map(({ operation }) => operation.operationId);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

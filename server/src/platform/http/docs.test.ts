import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { silentLog } from '#kernel/log';
import { createHttp } from './create.ts';
import { openApiOf } from './docs.ts';
import { nameSchemas } from './name-schemas.ts';
import { apiBase, route } from './route.ts';
import { plain } from './testing.ts';

interface Operation {
  summary: string;
  tags: string[];
  operationId: string;
  security: unknown;
  parameters?: { name: string; in: string }[];
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}
interface Document {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, unknown>;
    responses: Record<string, { description: string }>;
    securitySchemes: Record<string, unknown>;
  };
}

let app: FastifyInstance;
beforeEach(async () => {
  app = await createHttp({ log: silentLog, version: '1.2.3' });
  route(app, {
    method: 'PATCH',
    path: '/things/:id',
    access: 'user:any',
    audit: 'thing.update',
    summary: 'Change a thing',
    tags: ['things'],
    schema: {
      params: Type.Object({ id: Type.Integer() }),
      querystring: Type.Object({ 'tags[]': Type.Optional(Type.Array(Type.String())) }),
      body: Type.Object({ name: Type.String() }),
      response: { 200: Type.Object({ id: Type.Integer() }) },
    },
    handler: () => ({ id: 1 }),
  });
});
afterEach(() => app.close());

async function readDocument(headers: Record<string, string> = {}, path = '/docs'): Promise<Document> {
  const reply = await app.inject({ url: apiBase + path, headers });
  expect(reply.headers['content-type']).toMatch(/^application\/json/);
  return reply.json();
}

describe('the OpenAPI document', () => {
  test('is written once and read once, for all who ask', async () => {
    await app.ready();
    const { text, value } = openApiOf(app);
    expect(openApiOf(app).value).toBe(value);
    expect(JSON.stringify(value)).toBe(text);
    expect(await readDocument()).toEqual(value);
  });

  test('describes each route in its own words, with parameters, credentials and failures', async () => {
    const document = await readDocument();
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
    const operation = document.paths[`${apiBase}/things/{id}`]?.['patch'];
    expect(operation).toMatchObject({
      summary: 'Change a thing',
      tags: ['things'],
      operationId: 'patchThingsById',
      security: [{ User: [], Organization: [] }],
    });
    expect(operation?.parameters?.map((one) => `${one.in} ${one.name}`)).toEqual(['query tags[]', 'path id']);
    expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '400', '401', '403', '404', '500']);
    expect(operation?.responses['403']?.content?.['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/Error',
    });
    expect(operation?.responses['400']).toEqual({ $ref: '#/components/responses/Invalid' });
    expect(document.components.responses['Invalid']?.description).toMatch(/faults/);
    expect(operation?.responses['200']).toMatchObject({
      description: 'Success',
      content: { 'application/json': { schema: { type: 'object', required: ['id'] } } },
    });
    expect(document.components.schemas['Error']).toMatchObject({
      type: 'object',
      required: ['requestId', 'message'],
    });
    expect(Object.keys(document.components.securitySchemes)).toEqual([
      'User',
      'Organization',
      'Element',
      'Bearer',
    ]);
  });

  test('gives every operation a summary, tags, an id of its own and failures', async () => {
    const { paths } = await readDocument();
    const operations = Object.values(paths).flatMap((one) => Object.values(one));
    expect(operations.length).toBeGreaterThan(2);
    for (const operation of operations) {
      expect(operation.summary).not.toBe('');
      expect(operation.tags.length).toBeGreaterThan(0);
      expect(operation.responses).toHaveProperty('500');
    }
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('writes a schema that has a title once, and refers to it', async () => {
    const thing = Type.Object({ title: Type.String() }, { title: 'Thing', description: 'A thing' });
    for (const path of ['/one', '/two'])
      route(app, {
        ...plain,
        method: 'GET',
        path,
        schema: { response: { 200: Type.Array(thing) } },
        handler: () => [],
      });
    const { paths, components } = await readDocument();
    for (const path of ['one', 'two'])
      expect(paths[`${apiBase}/${path}`]?.['get']?.responses['200']).toEqual({
        description: 'Success',
        content: {
          'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } },
        },
      });
    expect(components.schemas['Thing']).toEqual({
      type: 'object',
      title: 'Thing',
      description: 'A thing',
      required: ['title'],
      properties: { title: { type: 'string' } },
    });
  });

  test('refuses one title for two schemas that differ', () => {
    const paths = {
      '/a': { schema: { title: 'Thing', type: 'string' } },
      '/b': { schema: { title: 'Thing' } },
    };
    expect(() => nameSchemas({ components: {}, paths })).toThrow('Two schemas have the title Thing');
  });

  test('is JSON at /docs/json even for a browser', async () => {
    expect(await readDocument({ accept: 'text/html' }, '/docs/json')).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('the page to try the API', () => {
  test('is for browsers, and loads all it needs from this server', async () => {
    const page = await app.inject({
      url: `${apiBase}/docs`,
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.headers['x-frame-options']).toBe('DENY');
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files).toHaveLength(4);
    for (const file of files) expect((await app.inject({ url: file })).statusCode).toBe(200);
  });

  test('may be framed at /elements/api-docs only', async () => {
    const page = await app.inject({ url: '/elements/api-docs' });
    expect(page.statusCode).toBe(200);
    expect(page.headers).not.toHaveProperty('x-frame-options');
    expect(page.headers['content-security-policy']).not.toContain('frame-ancestors');
  });
});

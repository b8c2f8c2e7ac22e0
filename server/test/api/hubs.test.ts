import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { CallOptions, Loose, TestApp } from '#test/app';
import { bookshop, library, resource } from '#test/definition';
import { lint } from '#test/lint';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let provider: Provider;
let app: TestApp;

const model = (field: string) => ({
  name: 'book',
  swagger: { book: { properties: { [field]: { type: 'string' } } } },
});

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    allowHosts: [provider.host],
    elements: [
      library([resource('GET', '/books/{id}', { model: model('isbn') })]),
      bookshop([
        resource('GET', '/books/{number}', { model: model('title') }),
        resource('DELETE', '/books/{number}'),
        resource('GET', '/elements'),
        resource('GET', '/catalog/{id}', { model: model('title') }),
      ]),
      { ...library(), id: 503, key: 'notes', hub: 'notes' },
    ],
  });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const get = (path: string, options: CallOptions = {}) => app.call('GET', path, options);

describe('hubs', () => {
  it('are those that elements are in, to everybody', async () => {
    const nobody = { authorization: null };
    expect((await get('/hubs/keys', nobody)).body).toEqual(['documents', 'notes']);
    expect((await get('/hubs', nobody)).body).toEqual([
      expect.objectContaining({ key: 'documents', name: 'Documents', active: true }),
      expect.objectContaining({ key: 'notes', elements: [{ id: 503, name: 'Library', key: 'notes' }] }),
    ]);
  });

  it('are those of the caller too', async () => {
    await app.call('POST', '/elements', { json: { ...library(), key: 'mine', hub: 'private' } });
    expect((await get('/hubs/keys')).body).toContain('private');
    const other = { authorization: (await app.addTenant()).asUser };
    expect((await get('/hubs/keys', other)).body).not.toContain('private');
    for (const path of ['/hubs/private', '/hubs/private/elements', '/docs/private'])
      expect((await get(path, other)).status).toBe(404);
  });

  it('tell their objects when they are hydrated', async () => {
    const { body } = await get('/hubs?hydrate=true');
    expect(body[0].resources).toEqual(['books', 'catalog', 'elements']);
    expect((await get('/hubs/documents')).body.resources).toContain('books');
  });

  it('list their elements in pages', async () => {
    const first = await get('/hubs/documents/elements?pageSize=1');
    expect(first.body.map(({ key }: Loose) => key)).toEqual(['bookshop']);
    expect(first.body[0]).toHaveProperty('resources');
    expect(first.headers['elements-total-count']).toBe('2');
    const token = first.headers['elements-next-page-token'] ?? '';
    const second = await get(`/hubs/documents/elements?pageSize=1&nextPage=${encodeURIComponent(token)}`);
    expect(second.body.map(({ key }: Loose) => key)).toEqual(['library']);
    expect(second.headers['elements-next-page-token']).toBeUndefined();
    expect((await get('/hubs/nowhere/elements')).status).toBe(404);
  });

  it('leave the path of their elements to an account that has such a resource', async () => {
    const connection = { configuration: { 'base.url': provider.url, username: 'u', password: 'p' } };
    const shop = await app.connect('library', connection);
    expect((await shop.call('GET', '/hubs/documents/elements')).body).toHaveLength(2);
    const { body } = await app.call('POST', '/elements', {
      json: { ...library([resource('GET', '/elements')]), key: 'periodic' },
    });
    provider.answer({ body: [{ symbol: 'He' }] });
    const chemist = await app.connect(String(body.id), connection);
    const { body: found, headers } = await chemist.call('GET', '/hubs/documents/elements');
    expect(found).toEqual([{ symbol: 'He' }]);
    expect(headers['elements-element-instance-id']).toBe(String(chemist.id));
    const wrong = await get('/hubs/documents/elements', {
      authorization: `User ${app.userSecret}, Element nonsense`,
    });
    expect(wrong.status).toBe(401);
  });
});

describe('the document of a hub', () => {
  it('puts its elements together', async () => {
    const { body } = await get('/docs/documents', { authorization: null });
    expect((await new Validator().validate(structuredClone(body))).errors).toBeUndefined();
    // One path, though each names its variable as it likes.
    expect(Object.keys(body.paths)).not.toContain('/books/{id}');
    expect(Object.keys(body.paths['/books/{number}'])).toEqual(['get', 'delete']);
    const schemaOf = (path: string) => {
      const { $ref } = body.paths[path].get.responses[200].schema;
      return body.definitions[$ref.split('/').at(-1)].properties;
    };
    expect(schemaOf('/books/{number}')).toEqual({ title: { type: 'string' } });
    expect(schemaOf('/catalog/{id}')).toEqual({ title: { type: 'string' } });
    const ids = Object.values<Loose>(body.paths).flatMap((path) =>
      Object.values<Loose>(path).map(({ operationId }) => operationId as string),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys((await get('/docs/all')).body.paths)).toEqual(
      expect.arrayContaining(['/books/{number}', '/catalog/{id}']),
    );
  });

  it.each(['/docs/documents', '/elements/bookshop/docs', '/elements/bookshop/docs/getBookById'])(
    'is there as OpenAPI 3.1 too: %s',
    async (path) => {
      const { body } = await get(`${path}?version=3.1`);
      const validator = new Validator();
      expect((await validator.validate(structuredClone(body))).errors).toBeUndefined();
      expect(validator.version).toBe('3.1');
      expect(await lint(body, 'element')).toEqual([]);
      expect(body.servers).toEqual([{ url: `${app.origin}/elements/api-v2` }]);
      const operation = body.paths['/books/{number}'].get;
      expect(operation.parameters).toEqual([
        { name: 'number', in: 'path', required: true, schema: { type: 'string' } },
      ]);
      expect(operation.responses[200].content['application/json'].schema).toEqual({
        $ref: '#/components/schemas/book',
      });
    },
  );

  it('has no operation that nobody offers', async () => {
    const { status, body } = await get('/elements/bookshop/docs/getNothing');
    expect(status).toBe(404);
    expect(body.message).toContain('getNothing');
  });
});

describe('the document of an area of the platform', () => {
  const areas = [
    'accounts',
    'elements',
    'hubs',
    'instances',
    'organizations',
    'usage',
    'users',
    'authentication',
    'jobs',
    'notifications',
  ];
  it.each(areas)('is valid Swagger 2.0 of its paths: %s', async (area) => {
    const { status, body } = await get(`/docs/${area}?baseUrl=https://foo.bar`, { authorization: null });
    expect(status).toBe(200);
    expect((await new Validator().validate(structuredClone(body))).errors).toBeUndefined();
    expect(await lint(body, 'element')).toEqual([]);
    expect(body).toMatchObject({
      swagger: '2.0',
      host: 'foo.bar',
      basePath: '/elements/api-v2',
      schemes: ['https'],
    });
    const { body: whole } = await get('/docs/json');
    expect(Object.keys(body.paths)).toEqual(
      Object.keys(whole.paths)
        .map((path) => path.replace('/elements/api-v2', ''))
        .filter((path) => path === `/${area}` || path.startsWith(`/${area}/`)),
    );
  });

  it('says what its operations take and give', async () => {
    const { body } = await get('/docs/accounts');
    const { get: list, post } = body.paths['/accounts'];
    expect(list.parameters[0]).toMatchObject({ name: 'Authorization', in: 'header', required: true });
    expect(list.parameters.map(({ name }: Loose) => name)).toContain('pageSize');
    expect(list.responses[200].schema).toEqual({ type: 'array', items: { $ref: '#/definitions/Account' } });
    expect(list.responses[404].schema).toEqual({ $ref: '#/definitions/Error' });
    expect(post.parameters.at(-1)).toMatchObject({
      in: 'body',
      required: true,
      schema: { $ref: '#/definitions/NewAccount' },
    });
    expect(body.definitions.NewAccount.properties).toHaveProperty('externalId');
    expect((await get('/docs/health')).status).toBe(404);
    expect((await get('/docs/accounts?version=3.1')).body.openapi).toBe('3.1.0');
  });

  it.each(['accounts', 'documents'])('may be for calls by way of a gateway at AWS: %s', async (area) => {
    const { body } = await get(`/docs/${area}?provider=aws`);
    expect((await new Validator().validate(structuredClone(body))).errors).toBeUndefined();
    expect(body.basePath).toBe('/');
    const [first = {}] = Object.values<Loose>(body.paths);
    expect(Object.values<Loose>(first)[0].parameters.slice(0, 2)).toMatchObject([
      { name: 'Authorization' },
      { name: 'x-api-key', in: 'header', required: true },
    ]);
  });
});

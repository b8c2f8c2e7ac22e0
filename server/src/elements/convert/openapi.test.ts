import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertOpenApi } from './openapi.ts';
import { convert } from './testing.ts';
import type { Loose } from './testing.ts';

const pets = {
  openapi: '3.1.0',
  info: { title: 'Pet Store 2', description: 'Pets' },
  servers: [{ url: 'https://{region}.pets.example/v1/', variables: { region: { default: 'eu' } } }],
  security: [{ key: [] }],
  paths: {
    '/pets': {
      parameters: [{ name: 'X-Trace', in: 'header', schema: { type: 'string' } }],
      get: {
        operationId: 'listPets',
        summary: 'All pets',
        parameters: [
          { $ref: '#/components/parameters/limit' },
          { name: 'page', in: 'query', schema: { type: 'integer' } },
          { name: 'tag', in: 'query', required: true, schema: { type: ['string', 'null'] } },
        ],
        responses: {
          200: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } },
                },
              },
            },
          },
        },
      },
      post: {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
        },
        responses: {
          201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
        },
      },
    },
    '/pets/{petId}': {
      get: {
        parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {},
      },
      put: {
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: {
                properties: { photo: { type: 'string', format: 'binary' }, note: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  },
  components: {
    parameters: { limit: { name: 'limit', in: 'query', schema: { type: 'integer' } } },
    schemas: {
      Pet: {
        type: 'object',
        properties: { id: { type: 'integer' }, mother: { $ref: '#/components/schemas/Pet' } },
      },
    },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
};

describe('an OpenAPI document', () => {
  const { definition, notes } = convert(pets);
  const find = (method: string, path: string): Loose =>
    definition.resources.find((one: Loose) => one.method === method && one.path === path);

  it('gives the element its name, place and authentication', () => {
    expect(definition).toMatchObject({
      name: 'Pet Store 2',
      key: 'petstore2',
      authentication: { type: 'apiKey' },
    });
    expect(definition.configuration).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'base.url', defaultValue: 'https://{region}.pets.example/v1' }),
        expect.objectContaining({ key: 'region', defaultValue: 'eu' }),
        expect.objectContaining({ key: 'api.key', type: 'PASSWORD' }),
      ]),
    );
    expect(definition.parameters).toEqual([
      expect.objectContaining({
        name: 'api.key',
        type: 'configuration',
        vendorType: 'header',
        vendorName: 'X-Key',
      }),
    ]);
  });

  it('gives a resource for each operation', () => {
    expect(definition.resources).toHaveLength(4);
    expect(find('GET', '/pets')).toMatchObject({
      vendorPath: '/pets',
      description: 'All pets',
      operationId: 'listPets',
      rootKey: '|data',
      pagination: { type: 'page' },
    });
    const names = find('GET', '/pets').parameters.map((one: Loose) => [
      one.name,
      one.vendorName,
      one.required,
    ]);
    expect(names).toEqual([
      ['X-Trace', 'X-Trace', false],
      ['pageSize', 'limit', false],
      ['page', 'page', false],
      ['tag', 'tag', true],
    ]);
    expect(find('POST', '/pets')).toMatchObject({
      model: { name: 'Pet', requestName: 'Pet' },
      parameters: [{}, { type: 'body', required: true }],
    });
    expect(find('PUT', '/pets/{petId}').parameters).toEqual([
      expect.objectContaining({ name: 'petId', type: 'path', vendorType: 'path', required: true }),
      expect.objectContaining({
        name: 'photo',
        type: 'multipart',
        vendorType: 'multipart',
        dataType: 'file',
      }),
      expect.objectContaining({ name: 'note', vendorType: 'multipart' }),
    ]);
  });

  it('gives its schemas as models, and says what was guessed', () => {
    expect(definition.models.Pet.properties.mother).toEqual({ $ref: '#/definitions/Pet' });
    expect(notes.join(' ')).toMatch(/Paging by page is guessed/);
  });
});

it('a Swagger 2 document gives the same kind of element', () => {
  const { definition } = convert({
    swagger: '2.0',
    info: { title: '2024' },
    host: 'api.example',
    basePath: '/v2',
    schemes: ['http', 'https'],
    securityDefinitions: {
      login: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: 'https://a.example/auth',
        tokenUrl: 'https://a.example/token',
        scopes: { read: '', write: '' },
      },
    },
    paths: {
      '/things': {
        get: {
          parameters: [
            { name: 'offset', in: 'query', type: 'integer' },
            { name: 'count', in: 'query', type: 'integer' },
          ],
          responses: { 200: { schema: { type: 'array', items: { $ref: '#/definitions/Thing' } } } },
        },
        post: {
          parameters: [
            { name: 'thing', in: 'body', required: true, schema: { $ref: '#/definitions/Thing' } },
          ],
        },
      },
      '/upload': { post: { parameters: [{ name: 'file', in: 'formData', type: 'file' }] } },
    },
    definitions: { Thing: { type: 'object' } },
  });
  expect(definition).toMatchObject({ key: 'api2024', authentication: { type: 'oauth2' } });
  const values = Object.fromEntries(
    definition.configuration.map((row: Loose) => [row.key, row.defaultValue]),
  );
  expect(values).toMatchObject({
    'base.url': 'https://api.example/v2',
    'oauth.authorization.url': 'https://a.example/auth',
    'oauth.token.url': 'https://a.example/token',
    'oauth.scope': 'read write',
    'pagination.type': 'offset',
  });
  expect(definition.resources[1].model).toMatchObject({ requestName: 'Thing' });
  expect(definition.resources[2].parameters).toEqual([
    expect.objectContaining({ type: 'multipart', dataType: 'file' }),
  ]);
});

it.each([
  ['basic', { type: 'http', scheme: 'basic' }, 'basic'],
  ['bearer', { type: 'http', scheme: 'Bearer' }, 'apiKey'],
  ['a key in the query', { type: 'apiKey', in: 'query', name: 'k' }, 'apiKey'],
  ['a cookie', { type: 'apiKey', in: 'cookie', name: 'k' }, 'apiKey'],
  [
    'client credentials',
    { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.example' } } },
    'oauth2',
  ],
  [
    'a password',
    { type: 'oauth2', flows: { password: { tokenUrl: 'https://a.example' } } },
    'oauth2Password',
  ],
  ['OpenID Connect', { type: 'openIdConnect' }, 'custom'],
])('the security scheme %s becomes an authentication', (_, scheme, type) => {
  const { definition } = convert({
    openapi: '3.0.0',
    paths: {},
    components: { securitySchemes: { it: scheme } },
  });
  expect(definition.authentication.type).toBe(type);
});

it('follows the next page by a cursor that the reply names', () => {
  const { definition } = convert({
    openapi: '3.0.0',
    info: { title: 'x' },
    paths: {
      '/things': {
        get: {
          parameters: [{ name: 'after', in: 'query', schema: { type: 'string' } }],
          responses: {
            200: {
              content: {
                'application/json': {
                  schema: {
                    properties: {
                      items: { type: 'array', items: {} },
                      meta: { type: 'object', properties: { next_cursor: { type: 'string' } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  });
  expect(definition.resources[0]).toMatchObject({
    rootKey: '|items',
    nextPageKey: 'body.meta.next_cursor',
    pagination: { type: 'cursor' },
    parameters: [{ name: 'nextPage', vendorName: 'after' }],
  });
});

it.each([
  ['nothing', undefined],
  ['a list', []],
  ['an element', { name: 'x', resources: [] }],
  ['another version', { swagger: '1.2' }],
])('%s is refused', (_, document) => {
  expect(() => convertOpenApi(document)).toThrow(/cannot be made into an element/);
});

it('survives references in circles, to nowhere and out of the document', () => {
  const { notes } = convert({
    openapi: '3.0.0',
    info: { title: 'x' },
    paths: {
      '/a': {
        get: { parameters: [{ $ref: '#/components/parameters/a' }, { $ref: 'https://evil.example/x.json' }] },
      },
      '/b': { $ref: '#/nowhere' },
    },
    components: {
      parameters: { a: { $ref: '#/components/parameters/b' }, b: { $ref: '#/components/parameters/a' } },
    },
  });
  expect(notes.join(' ')).toContain('https://evil.example/x.json leads nowhere here');
});

it('makes an element of any document that calls itself one, or says why not', () => {
  const anything = fc.dictionary(
    fc.constantFrom(
      'info',
      'paths',
      'servers',
      'components',
      'security',
      'host',
      'definitions',
      '/a',
      'get',
      '$ref',
    ),
    fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>,
  );
  fc.assert(
    fc.property(anything, fc.constantFrom('3.0.1', '2.0'), (document, version) => {
      convert({ ...document, [version === '2.0' ? 'swagger' : 'openapi']: version });
    }),
    { numRuns: 300 },
  );
});

it('takes the document that this project has of itself', () => {
  const file = fileURLToPath(new URL('../../../../docs/reference/openapi.json', import.meta.url));
  expect(existsSync(file)).toBe(true);
  const { definition } = convert(JSON.parse(readFileSync(file, 'utf8')));
  expect(definition.resources.length).toBeGreaterThan(30);
});

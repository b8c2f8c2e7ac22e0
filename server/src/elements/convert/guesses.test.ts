import { describe, expect, it } from 'vitest';
import { convert } from './testing.ts';
import type { Loose } from './testing.ts';

const text = { type: 'string' };
const number = { type: 'integer' };
const list = { type: 'array', items: { $ref: '#/components/schemas/Pet' } };
const object = (properties: object, more = {}) => ({ type: 'object', properties, ...more });
const query = (name: string, schema: object = number) => ({ name, in: 'query', schema });

/** A document with one list that answers `schema`. */
function withList(schema: object, parameters: object[] = [], path = '/pets'): Loose {
  const responses = { 200: { content: { 'application/json': { schema } } } };
  const { definition, notes } = convert({
    openapi: '3.0.0',
    info: { title: 'x' },
    paths: { [path]: { get: { parameters, responses } } },
    components: { schemas: { Pet: object({ id: number }), Page: object({ data: list, total: number }) } },
  });
  return { resource: definition.resources[0], notes: notes.join('\n'), models: definition.models };
}

describe('where the records of a list are', () => {
  it.each([
    ['under a usual name', object({ items: list, anything: text })],
    ['under the name of the path', object({ pets: list, owner: text })],
    ['in the only list, when the rest is about pages', object({ animals: list, total: number, next: text })],
    ['beside errors and links', object({ data: list, errors: list, links: list })],
    ['in an object of a usual name', object({ data: object({ pets: list }), status: text })],
    ['behind a reference', { $ref: '#/components/schemas/Page' }],
    ['in a part of the whole', { allOf: [{ $ref: '#/components/schemas/Page' }, object({ more: text })] }],
  ])('%s', (_, schema) => {
    const { resource, notes, models } = withList(schema);
    expect(resource.rootKey).toMatch(/^\|(items|pets|animals|data|data\.pets)$/);
    expect(notes).toContain('Where the records are is guessed for 1 list: GET /pets');
    expect(models[resource.model.name]).toMatchObject({ type: 'array' });
  });

  it.each([
    ['the reply is a list', list],
    ['a thing has a list in it', object({ name: text, emails: list })],
    ['there are two lists', object({ cats: list, dogs: list })],
    ['nothing is said', {}],
  ])('is not guessed when %s', (_, schema) => {
    expect(withList(schema).resource.rootKey).toBeUndefined();
  });
});

describe('how a list goes on', () => {
  const page = object({ data: list, total_count: number });
  const cursor = object({ data: list, meta: object({ next_cursor: text }) });
  it.each([
    [
      'page and size',
      page,
      [query('page'), query('per_page')],
      { pagination: { type: 'page' }, totalCountKey: 'body.total_count' },
    ],
    [
      'a first page of 0',
      page,
      [query('page', { ...number, minimum: 0 })],
      { pagination: { type: 'page', startIndex: 0 } },
    ],
    [
      'a largest size',
      page,
      [query('page'), query('limit', { ...number, maximum: 50 })],
      { pagination: { type: 'page', max: 50 } },
    ],
    ['offset and limit', page, [query('offset'), query('limit')], { pagination: { type: 'offset' } }],
    [
      'a cursor',
      cursor,
      [query('after', text), query('limit')],
      { pagination: { type: 'cursor' }, nextPageKey: 'body.meta.next_cursor' },
    ],
    [
      'a bare next',
      object({ data: list, next: text }),
      [query('cursor', text)],
      { pagination: { type: 'cursor' }, nextPageKey: 'body.next' },
    ],
    [
      'the URL of the next page',
      object({ data: list, '@odata.nextLink': text }),
      [],
      { pagination: { type: 'cursor' }, nextPageKey: 'body.`@odata.nextLink`' },
    ],
    [
      'a link of HAL',
      object({ _embedded: object({ pets: list }), _links: object({ next: object({ href: text }) }) }),
      [],
      { rootKey: '|_embedded.pets', nextPageKey: 'body._links.next.href' },
    ],
  ])('by %s', (_, schema, parameters, expected) => {
    const { resource, notes } = withList(schema, parameters);
    expect(resource).toMatchObject(expected);
    expect(notes).toMatch(/Paging by (page|offset|cursor) is guessed for 1 list: GET \/pets/);
  });

  it('is not guessed when nothing looks like it, and a cursor that leads nowhere is named', () => {
    expect(withList(list, [query('colour')]).resource.paginationType).toBe('VENDOR_NOT_SUPPORTED');
    expect(withList(list, [query('cursor', text)]).notes).toContain('No nextPageKey is known for GET /pets');
  });
});

it('parameters of paths that a document forgets are there all the same', () => {
  const { resource } = withList(list, [], '/owners/{owner}/pets');
  expect(resource.parameters).toMatchObject([{ name: 'owner', type: 'path', required: true }]);
});

describe('credentials', () => {
  const withSecurity = (securitySchemes: object, more: object = {}): Loose =>
    convert({ openapi: '3.0.0', info: { title: 'x' }, paths: {}, components: { securitySchemes }, ...more });
  const key = (name: string, place = 'header') => ({ type: 'apiKey', in: place, name });

  it('of several schemes that go together are all sent', () => {
    const { definition } = withSecurity(
      { app: key('X-App'), user: key('X-User'), old: { type: 'http', scheme: 'basic' } },
      { security: [{ app: [], user: [] }] },
    );
    expect(definition.configuration).toMatchObject([{}, { key: 'api.key' }, { key: 'api.key.2' }, {}, {}]);
    expect(definition.parameters).toMatchObject([
      { name: 'api.key', vendorName: 'X-App' },
      { name: 'api.key.2', vendorName: 'X-User' },
    ]);
  });

  it('are those that most operations ask for', () => {
    const paths = { '/a': { get: { security: [{ two: [] }] }, put: { security: [{ two: [] }] } } };
    const schemes = { one: key('X-One'), two: { type: 'http', scheme: 'basic' } };
    expect(withSecurity(schemes, { paths }).definition.authentication.type).toBe('basic');
    expect(withSecurity(schemes, { paths, security: [{ one: [] }] }).notes.join()).toContain(
      "'two' is used, not one",
    );
  });

  it('by OAuth may be asked for at a URL that is relative to the server', () => {
    const flows = { clientCredentials: { tokenUrl: '/token', scopes: { a: '', b: '' } } };
    const { definition, notes } = withSecurity(
      { it: { type: 'oauth2', flows } },
      { servers: [{ url: 'https://api.example/v1' }] },
    );
    const row = definition.configuration.find((one: Loose) => one.key === 'oauth.token.url');
    expect(row.defaultValue).toBe('https://api.example/token');
    expect(notes.join()).toContain('all 2 scopes');
  });
});

describe('bodies', () => {
  const withBody = (type: string, schema: object = {}): Loose =>
    convert({
      openapi: '3.0.0',
      info: { title: 'x' },
      paths: { '/a': { post: { requestBody: { content: { [type]: { schema } } } } } },
    });
  it.each([
    [
      'application/merge-patch+json',
      {},
      [{ type: 'body' }, { vendorName: 'Content-Type', name: 'application/merge-patch+json' }],
    ],
    ['application/json; charset=utf-8', {}, [{ type: 'body', vendorType: 'body' }]],
    ['application/xml', {}, [{ type: 'body' }, { vendorName: 'Content-Type', name: 'application/xml' }]],
    [
      'application/x-www-form-urlencoded',
      object({ a: text }, { required: ['a'] }),
      [{ name: 'a', type: 'bodyField', vendorType: 'form', required: true }],
    ],
    ['application/x-www-form-urlencoded', {}, [{ type: 'body', vendorType: 'form' }]],
    ['multipart/form-data', {}, [{ name: 'file', type: 'multipart', vendorType: 'multipart' }]],
    ['application/pdf', {}, [{ type: 'body', vendorType: 'body', dataType: 'file' }]],
  ])('of type %s', (type, schema, parameters) => {
    const { definition } = withBody(type, schema);
    expect(definition.resources[0].parameters).toMatchObject(parameters);
    expect(definition.resources[0].parameters).toHaveLength(parameters.length);
  });
});

it('paths that only a query tells apart stay apart', () => {
  const { definition, notes } = convert({
    swagger: '2.0',
    info: { title: 'x' },
    host: 'a.example',
    paths: {
      '/?Action=List': { get: {} },
      '/?Action=Make': { get: {} },
      '/{a}': { get: {} },
      '/{b}': { get: {} },
    },
  });
  expect(definition.resources).toMatchObject([
    { path: '/Action/List', vendorPath: '/?Action=List' },
    { path: '/Action/Make' },
    { path: '/{a}' },
  ]);
  expect(notes.join()).toContain('GET /{b} is left out');
});

it('an operation with a server of its own is called there', () => {
  const { definition } = convert({
    openapi: '3.0.0',
    info: { title: 'x' },
    servers: [{ url: 'https://a.example' }],
    paths: { '/up': { post: { servers: [{ url: 'https://upload.example/v2/' }] } } },
  });
  expect(definition.resources[0]).toMatchObject({ path: '/up', vendorPath: 'https://upload.example/v2/up' });
});

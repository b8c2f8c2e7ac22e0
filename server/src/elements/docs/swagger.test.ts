import { describe, expect, it } from 'vitest';
import type { ElementDefinition } from '../element.ts';
import { writeSwagger } from './swagger.ts';
import { baseUrl, element, expectConsistent } from './testing.ts';
import type { Any } from './testing.ts';

type Row = Record<string, unknown>;

function resource(method: string, path: string, given: Row = {}): Row {
  return { method, path: `/hubs/crm${path}`, vendorMethod: method, vendorPath: path, type: 'api', ...given };
}

function swaggerOf(resources: Row[], given: Partial<ElementDefinition> = {}): Any {
  return writeSwagger(element({ resources, ...given }), { baseUrl });
}

describe('models', () => {
  const reply = (document: Any, path: string) => document.paths[path].get.responses[200].schema;

  it.each([
    ['a $ref with its path', { $ref: '#/definitions/address' }],
    ['a $ref that is the bare name', { $ref: 'address' }],
    ['the name as type', { type: 'address' }],
  ])('refer to others by %s', (_, address) => {
    const swagger = {
      contact: { properties: { address } },
      address: { properties: { city: { type: 'string' } } },
    };
    const document = swaggerOf([resource('GET', '/contacts/{id}', { model: { name: 'contact', swagger } })]);
    expect(document.definitions.contact.properties.address).toEqual({ $ref: '#/definitions/address' });
    expect(document.definitions.address.properties).toEqual({ city: { type: 'string' } });
  });

  it('of one name that refer to different ones are kept apart', () => {
    const contact = { properties: { address: { $ref: 'address' } } };
    const model = (city: string) => ({
      name: 'contact',
      swagger: { contact, address: { properties: { [city]: {} } } },
    });
    const document = swaggerOf([
      resource('GET', '/a/{id}', { model: model('city') }),
      resource('GET', '/b/{id}', { model: model('town') }),
      resource('GET', '/c/{id}', { model: model('city') }),
    ]);
    expect(reply(document, '/a/{id}')).toEqual(reply(document, '/c/{id}'));
    expect(reply(document, '/b/{id}')).toEqual({ $ref: '#/definitions/contact2' });
    expect(document.definitions.contact2.properties.address).toEqual({ $ref: '#/definitions/address2' });
    expect(document.definitions.address2.properties).toEqual({ town: {} });
  });

  it('called Error stand beside ours', () => {
    const document = swaggerOf([
      resource('GET', '/errors/{id}', {
        model: { name: 'Error', swagger: { Error: { properties: { code: {} } } } },
      }),
    ]);
    expect(reply(document, '/errors/{id}')).toEqual({ $ref: '#/definitions/Error2' });
    expect(document.definitions.Error.properties).toHaveProperty('requestId');
  });

  it('that are only names of each other say nothing', () => {
    const swagger = { a: { $ref: 'b' }, b: { type: 'a' } };
    const document = swaggerOf([resource('GET', '/a/{id}', { model: { name: 'a', swagger } })]);
    expect(document.definitions.a.type).toBe('object');
  });

  it('that nothing uses are left out', () => {
    const swagger = { contact: { properties: {} }, unused: { properties: {} } };
    const document = swaggerOf([resource('GET', '/contacts/{id}', { model: { name: 'contact', swagger } })]);
    expect(Object.keys(document.definitions).sort()).toEqual(['Error', 'contact']);
  });

  it('of a list may give the record alone', () => {
    const model = {
      name: 'contacts',
      swagger: { contactsObject: { properties: { id: {} } }, other: { properties: {} } },
    };
    const document = swaggerOf([resource('GET', '/contacts', { model })]);
    expect(reply(document, '/contacts')).toEqual({
      type: 'array',
      items: { $ref: '#/definitions/contactsObject' },
    });
  });

  it('of a path without records say what it is', () => {
    const model = { name: 'me', swagger: { me: { properties: { id: {} } } } };
    const document = swaggerOf([resource('GET', '/me', { model })]);
    expect(reply(document, '/me')).toEqual({ $ref: '#/definitions/me' });
    expect(document.paths['/me'].get.parameters).toHaveLength(1);
  });

  it('in the newer form are linked to resources, with what each method takes', () => {
    const field = (name: string, uses: [string, string][], more: Row = {}) => ({
      name,
      dataType: { jsonType: 'string', format: 'string' },
      fieldMethods: uses.map(([method, direction]) => ({ method, direction, populated: 'ALWAYS' })),
      ...more,
    });
    const both: [string, string][] = [
      ['POST', 'REQUEST'],
      ['GET', 'RESPONSE'],
    ];
    const models = [
      {
        id: 3,
        name: 'post',
        vendorName: 'Posting',
        resources: [{ id: 11 }, { id: 12 }],
        modelFields: [
          field('id', [['GET', 'RESPONSE']], { primaryKey: true }),
          field('title', both, { displayName: 'Title' }),
          field('author.name', both),
          field('tags[*].label', both),
          field('blog', both, { sampleValue: '$blog.id' }),
        ],
      },
      { id: 4, name: 'blog', modelFields: [field('url', both)] },
    ];
    const document = swaggerOf(
      [
        resource('GET', '/posts/{id}', { id: 11 }),
        resource('POST', '/posts', {
          id: 12,
          parameters: [{ name: 'body', type: 'body', vendorType: 'body' }],
        }),
      ],
      { models },
    );
    expect(document.definitions.post).toMatchObject({
      'x-vendor-objectname': 'Posting',
      properties: {
        id: { type: 'string', 'x-primary-key': true },
        title: { type: 'string', 'x-displayName': 'Title' },
        author: { type: 'object', properties: { name: { type: 'string' } } },
        tags: { type: 'array', items: { properties: { label: { type: 'string' } } } },
        blog: { $ref: '#/definitions/blog' },
      },
    });
    expect(document.paths['/posts'].post.parameters.at(-1).schema).toEqual({
      $ref: '#/definitions/postPost',
    });
    expect(Object.keys(document.definitions.postPost.properties)).toEqual([
      'title',
      'author',
      'tags',
      'blog',
    ]);
  });

  it('in the newer form say all that readers of documents look for', () => {
    const text = { jsonType: 'string', format: 'string' };
    const sku = {
      name: 'sku',
      dataType: text,
      primaryKey: true,
      readOnly: true,
      required: true,
      maxLength: '32',
      searchOperators: '=, LIKE',
      searchNames: 'code',
      subFormat: 'ean',
      conditionallyRequiredDescription: 'Without a name',
    };
    const models = [{ id: 1, name: 'item', customFields: true, resources: [{ id: 5 }], modelFields: [sku] }];
    const { item } = swaggerOf([resource('GET', '/items', { id: 5 })], { models }).definitions;
    expect(item).toMatchObject({ 'x-has-customfields': true, 'x-primary-key': ['sku'] });
    expect(item.properties.sku).toEqual({
      type: 'string',
      maxLength: 32,
      readOnly: true,
      'x-primary-key': true,
      'x-readOnly': true,
      'x-required': true,
      'x-searchable': true,
      'x-searchable-operators': '=, LIKE',
      'x-searchable-names': 'code',
      'x-sub-format': 'ean',
      'x-conditional-required': 'Without a name',
    });
  });

  it.each([['of the resource itself'], ['of the element']])('are the fields of an object %s', (owner) => {
    const object = {
      name: 'contacts',
      fields: [
        { name: 'id', type: 'string', primaryKey: true, readOnly: true },
        { name: 'secret', type: 'string', response: false },
        { name: 'address', type: 'object', reference: { name: 'address', fields: [{ name: 'city' }] } },
      ],
    };
    const isOwn = owner === 'of the resource itself';
    const about = isOwn ? { object } : { objectName: 'contacts' };
    const body = { name: 'body', type: 'body', vendorType: 'body' };
    const document = swaggerOf(
      [
        resource('GET', '/contacts', about),
        resource('POST', '/contacts', { ...about, parameters: [body] }),
        resource('DELETE', '/contacts/{id}', about),
      ],
      isOwn ? {} : { objects: [object] },
    );
    expect(reply(document, '/contacts')).toEqual({
      type: 'array',
      items: { $ref: '#/definitions/contacts' },
    });
    const { contacts, contactsRequest } = document.definitions;
    expect(Object.keys(contacts.properties)).toEqual(['id', 'address']);
    expect(contacts.properties.address.properties).toEqual({ city: { type: 'string' } });
    expect(contacts['x-primary-key']).toEqual(['id']);
    expect(Object.keys(contactsRequest.properties)).toEqual(['secret', 'address']);
    expect(document.paths['/contacts/{id}'].delete.responses[200]).not.toHaveProperty('schema');
  });

  it('have from the objects of the element what they do not say themselves', () => {
    const model = { name: 'contact', swagger: { contact: { properties: { id: { type: 'string' } } } } };
    const document = swaggerOf([resource('GET', '/contacts', { model })], {
      objects: [{ name: 'contacts', vendorName: 'Person', customFields: false, primaryKeyName: 'id' }],
    });
    expect(document.definitions.contact).toMatchObject({
      'x-vendor-objectname': 'Person',
      'x-has-customfields': false,
      'x-primary-key': ['id'],
    });
  });
});

describe('operations', () => {
  it.each([
    ['GET', '/accounts', 'getAccounts'],
    ['GET', '/accounts/{id}', 'getAccountById'],
    ['POST', '/accounts', 'createAccount'],
    ['PUT', '/accounts/{id}', 'replaceAccountById'],
    ['PATCH', '/accounts/{id}', 'updateAccountById'],
    ['DELETE', '/accounts/{id}', 'deleteAccountById'],
    ['GET', '/workers/{id}/paycomponents', 'getWorkersPaycomponents'],
    ['POST', '/accounts/{id}/recipients', 'createAccountRecipient'],
    ['GET', '/audio-features', 'getAudioFeatures'],
  ])('%s %s is called %s', (method, path, name) => {
    expect(swaggerOf([resource(method, path)]).paths[path][method.toLowerCase()].operationId).toBe(name);
  });

  it('keep the name that the definition gives, though another would have got it', () => {
    const document = swaggerOf([
      resource('GET', '/contacts'),
      resource('GET', '/people', { operationId: 'getContacts' }),
    ]);
    expect(document.paths['/people'].get.operationId).toBe('getContacts');
    expect(document.paths['/contacts'].get.operationId).toBe('getContacts2');
  });

  it('have the same name in the document of their object', () => {
    const resources = [resource('GET', '/contacts'), resource('GET', '/con-tacts')];
    const whole = swaggerOf(resources);
    const part: Any = writeSwagger(element({ resources }), { baseUrl, objectName: 'con-tacts' });
    expect(part.paths).toEqual({ '/con-tacts': whole.paths['/con-tacts'] });
  });

  it('that cannot run, or that nobody calls, are not documented', () => {
    const document = swaggerOf([
      resource('GET', '/old', { kind: 'java' }),
      resource('GET', '/hidden', { type: 'apiNoDocumentation' }),
      resource('GET', '/session', { type: 'onRefresh' }),
      resource('GET', '/hidden'),
    ]);
    expect(Object.keys(document.paths)).toEqual([
      '/ping',
      '/objects',
      '/objects/{objectName}/metadata',
      '/objects/{objectName}/docs',
    ]);
  });

  it('tell apart variables of one name', () => {
    const document = swaggerOf([resource('GET', '/a/{id}/b/{id}')]);
    const [path = ''] = Object.keys(document.paths);
    expect(path).toBe('/a/{id}/b/{id2}');
    expectConsistent(document);
  });

  it('say what their parameters are, and what a file is', () => {
    const document = swaggerOf([
      resource('GET', '/files/{id}', {
        response: { contentType: 'application/pdf' },
        parameters: [
          {
            name: 'id',
            type: 'path',
            vendorType: 'path',
            description: 'Number of the file',
            dataType: 'integer',
          },
          { name: 'since', type: 'query', vendorType: 'query', dataType: 'date', sampleData: '2020-01-31' },
        ],
      }),
      resource('POST', '/people', {
        parameters: [
          { name: 'address.city', type: 'bodyField', vendorType: 'bodyField', required: true },
          { name: 'age', type: 'bodyField', vendorType: 'bodyField', dataType: 'integer' },
        ],
      }),
    ]);
    const { get } = document.paths['/files/{id}'];
    expect(get.produces).toEqual(['application/pdf']);
    expect(get.responses[200].schema).toEqual({ type: 'file' });
    expect(get.parameters.slice(1)).toEqual([
      { name: 'id', in: 'path', required: true, description: 'Number of the file', type: 'integer' },
      {
        name: 'since',
        in: 'query',
        required: false,
        'x-samplevalue': '2020-01-31',
        type: 'string',
        format: 'date',
      },
    ]);
    expect(document.paths['/people'].post.parameters.at(-1)).toMatchObject({
      required: true,
      schema: {
        required: ['address'],
        properties: {
          age: { type: 'integer' },
          address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
        },
      },
    });
  });
});

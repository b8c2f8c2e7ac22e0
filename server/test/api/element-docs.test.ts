import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogFolder, startTestApp } from '#test/app';
import type { Connected, Loose, TestApp } from '#test/app';
import { library, parameter, resource } from '#test/definition';
import { lint } from '#test/lint';

let app: TestApp;
let account: Connected;

const contact = {
  type: 'object',
  required: ['id', 'not there'],
  properties: {
    id: { type: 'integer', 'x-primary-key': true },
    name: { type: 'string', required: true, title: 'Name' },
    born: { type: 'string', format: 'date' },
    address: { $ref: '#/definitions/address' },
    emails: { type: 'array', items: { type: 'object', properties: { value: { type: 'string' } } } },
    odd: { type: 'map', enum: [], $schema: 'x' },
    lost: { $ref: '#/definitions/nowhere' },
    self: { $ref: '#/definitions/contact' },
  },
};
const models = { contact, address: { properties: { city: { type: 'string' } } } };
const model = { name: 'contact', swagger: models };
const definition = {
  ...library(),
  key: 'documented',
  authentication: { type: 'custom' },
  configuration: [{ key: 'base.url', name: 'URL', defaultValue: 'https://books.example' }],
  resources: [
    resource('GET', '/contacts', {
      description: 'Lists contacts',
      model,
      parameters: [
        parameter('query', 'where', 'query', 'q'),
        parameter('query', 'limit', 'query', 'limit', { dataType: 'integer', required: true }),
        parameter('header', 'X-Trace', 'header', 'X-Trace'),
      ],
    }),
    resource('POST', '/contacts', {
      model: {
        ...model,
        requestName: 'contactNew',
        requestSwagger: { contactNew: { properties: { name: { type: 'string' } } } },
      },
      parameters: [parameter('body', 'body')],
    }),
    resource('GET', '/contacts/{id}', { model, parameters: [parameter('path', 'id')] }),
    resource('PATCH', '/contacts/{id}', {
      model,
      parameters: [parameter('path', 'id'), parameter('body', 'body')],
    }),
    resource('DELETE', '/contacts/{id}'),
    resource('GET', '/companies', {
      model: { name: 'contact', swagger: { contact: { properties: { vat: { type: 'string' } } } } },
    }),
    resource('POST', '/files', {
      parameters: [
        parameter('multipart', 'file', 'form', 'file', { dataType: 'file' }),
        parameter('multipart', 'note', 'form', 'note'),
      ],
    }),
    { ...resource('GET', '/secret'), type: 'apiNoDocumentation' },
    { ...resource('POST', '/hooks'), type: 'onProvisionWebhook' },
    resource('GET', '/x{a}{b}'),
  ],
};

beforeAll(async () => {
  app = await startTestApp({ elements: [library([resource('GET', '/books')])] });
  const { status, text } = await app.call('POST', '/elements', { json: definition });
  if (status !== 200) throw new Error(text);
  account = await app.connect('documented');
});
afterAll(() => app.close());

const get = (path: string) => app.call('GET', path);

async function expectValid(document: Loose): Promise<void> {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(document));
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('2.0');
  expect(await lint(document, 'element')).toEqual([]);
}

describe('the Swagger document of an element', () => {
  it('is valid, and has exactly what callers can call', async () => {
    const { status, body } = await get('/elements/documented/docs');
    expect(status).toBe(200);
    await expectValid(body);
    expect(body).toMatchObject({
      swagger: '2.0',
      basePath: '/elements/api-v2',
      host: new URL(app.origin).host,
      schemes: ['http'],
      info: { title: 'Library', version: 'api-v2' },
    });
    expect(Object.keys(body.paths).sort()).toEqual([
      '/companies',
      '/contacts',
      '/contacts/{id}',
      '/files',
      '/objects',
      '/objects/{objectName}/docs',
      '/objects/{objectName}/metadata',
      '/ping',
      '/{objectName}',
      '/{objectName}/{objectId}',
    ]);
    // Of the generic calls, those that some object answers.
    expect(Object.keys(body.paths['/{objectName}/{objectId}'])).toEqual(['get', 'patch', 'delete']);
    const ids = Object.values(body.paths as Loose).flatMap((path: Loose) =>
      Object.values(path).map((one: Loose) => one.operationId as string),
    );
    expect(ids).toEqual(
      expect.arrayContaining([
        'getContacts',
        'getContactById',
        'createContact',
        'updateContactById',
        'deleteContactById',
      ]),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes parameters, bodies and replies', async () => {
    const { body } = await get('/elements/documented/docs');
    const list = body.paths['/contacts'].get;
    expect(list.parameters[0]).toMatchObject({ name: 'Authorization', in: 'header', required: true });
    const names = list.parameters.map(({ name }: Loose) => name);
    expect(names).toEqual([
      'Authorization',
      'where',
      'limit',
      'X-Trace',
      'fields',
      'page',
      'pageSize',
      'nextPage',
    ]);
    expect(list.parameters[2]).toMatchObject({ in: 'query', type: 'integer', required: true });
    expect(list.responses[200].schema).toEqual({ type: 'array', items: { $ref: '#/definitions/contact' } });
    expect(Object.keys(list.responses)).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '405',
      '406',
      '409',
      '415',
      '500',
      '502',
    ]);
    const create = body.paths['/contacts'].post.parameters.at(-1);
    expect(create).toMatchObject({ in: 'body', schema: { $ref: '#/definitions/contactNew' } });
    expect(body.paths['/contacts/{id}'].get.responses[200].schema).toEqual({ $ref: '#/definitions/contact' });
    const upload = body.paths['/files'].post;
    expect(upload.consumes).toEqual(['multipart/form-data']);
    expect(upload.parameters.at(-2)).toMatchObject({ name: 'file', in: 'formData', type: 'file' });
  });

  it('repairs models, and keeps two of one name apart', async () => {
    const { body } = await get('/elements/documented/docs');
    expect(body.definitions.contact).toMatchObject({
      required: ['id', 'name'],
      properties: {
        id: { type: 'integer', 'x-primary-key': true },
        lost: { type: 'object' },
        self: { $ref: '#/definitions/contact' },
        address: { $ref: '#/definitions/address' },
      },
    });
    expect(body.definitions.contact2.properties).toEqual({ vat: { type: 'string' } });
  });

  it.each(['getContactById', 'GET-contacts/{id}'])('is there for one operation: %s', async (id) => {
    const { body } = await get(`/elements/documented/docs/${encodeURIComponent(id)}`);
    expect(Object.keys(body.paths)).toEqual(['/contacts/{id}']);
    expect(Object.keys(body.paths['/contacts/{id}'])).toEqual(['get']);
  });

  it('is that of a connected account too, with its own resources', async () => {
    await app.call('POST', '/elements/library/resources', { json: resource('GET', '/mine') });
    const shipped = await app.connect('library', {
      configuration: { 'base.url': 'https://l.example', username: 'u', password: 'p' },
    });
    const byId = await get(`/instances/${shipped.id}/docs`);
    expect(Object.keys(byId.body.paths)).toEqual(expect.arrayContaining(['/books', '/mine']));
    await expectValid(byId.body);
    const byToken = await shipped.call('GET', '/instances/docs');
    expect(byToken.body).toEqual(byId.body);
    const one = await get(`/instances/${shipped.id}/docs/getBooks`);
    expect(Object.keys(one.body.paths)).toEqual(['/books']);
  });

  it('takes the place of the API from baseUrl', async () => {
    const { body } = await get('/elements/documented/docs?baseUrl=https://api.example');
    expect(body).toMatchObject({ host: 'api.example', schemes: ['https'] });
  });

  it('is there for a hub', async () => {
    const { body } = await get('/docs/documents');
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/books', '/contacts']));
    await expectValid(body);
    expect((await get('/docs/nowhere')).status).toBe(404);
  });
});

describe('the objects of an account', () => {
  it('are named, and described where that is asked', async () => {
    expect((await account.call('GET', '/objects')).body).toEqual(['companies', 'contacts', 'files']);
    const { body } = await account.call('GET', '/hubs/documents/objects', {
      headers: { 'elements-version': 'Helium' },
    });
    expect(body[0]).toEqual({ name: 'companies', vendorName: 'companies', type: 'ceCanonical' });
  });

  it('have fields, flat, with where they are used', async () => {
    const { body } = await account.call('GET', '/objects/contacts/metadata');
    const byPath = Object.fromEntries(body.fields.map((field: Loose) => [field.vendorPath, field]));
    expect(byPath).toMatchObject({
      id: { type: 'number', vendorNativeType: 'integer', vendorRequired: true },
      name: { type: 'string', createable: true, updateable: true },
      born: { type: 'date' },
      address: { type: 'object' },
      'address.city': { type: 'string', path: 'address.city' },
      emails: { type: 'array' },
      'emails[*].value': { type: 'string' },
    });
    expect(byPath['name'].method).toEqual([
      { name: 'PATCH', response: true, request: true },
      { name: 'GET', response: true },
      { name: 'POST', response: true, request: true },
    ]);
  });

  it('are documented one by one', async () => {
    const { body } = await account.call('GET', '/objects/contacts/docs');
    expect(Object.keys(body.paths).sort()).toEqual(['/contacts', '/contacts/{id}']);
    await expectValid(body);
  });

  it('that are not there are not found', async () => {
    for (const path of ['/objects/nowhere/metadata', '/objects/nowhere/docs', '/objects/__proto__/metadata'])
      expect((await account.call('GET', path)).status).toBe(404);
  });

  it('come from newer models too', async () => {
    const fields = [
      {
        name: 'slug',
        displayName: 'Slug',
        dataType: { jsonType: 'string', format: 'string' },
        nullable: false,
        searchOperators: '=',
        fieldMethods: [
          { method: 'POST', direction: 'REQUEST', populated: 'ALWAYS' },
          { method: 'GET', direction: 'RESPONSE', populated: 'ALWAYS' },
        ],
      },
      {
        name: 'at',
        dataType: { jsonType: 'string', format: 'date-time' },
        fieldMethods: [{ method: 'GET', direction: 'RESPONSE', populated: 'ALWAYS' }],
      },
    ];
    await app.call('POST', '/elements', {
      json: {
        ...definition,
        key: 'newer',
        objects: [{ name: 'posts' }],
        models: [{ id: 1, name: 'posts', fields }],
        resources: [resource('GET', '/posts')],
      },
    });
    const one = await app.connect('newer');
    const { body } = await one.call('GET', '/objects/posts/metadata');
    expect(body.fields).toEqual([
      expect.objectContaining({
        vendorPath: 'slug',
        type: 'string',
        displayName: 'Slug',
        vendorRequired: true,
        createable: true,
        updateable: false,
        filterable: true,
      }),
      expect.objectContaining({ vendorPath: 'at', type: 'date', vendorReadOnly: true, createable: false }),
    ]);
  });
});

describe('the catalog', () => {
  it('tells what an element can do', async () => {
    const { body } = await get('/elements/documented/metadata');
    expect(body).toMatchObject({
      key: 'documented',
      name: 'Library',
      events: { supported: true, methods: ['webhook'] },
    });
    const expanded = await get('/elements/documented/metadata?expand=true');
    expect(expanded.body).toMatchObject({
      authenticationType: 'custom',
      hub: 'documents',
      bulk: { upload: false, download: false },
      discovery: { customFields: false },
    });
    const contacts = expanded.body.resources.find(({ canonicalName }: Loose) => canonicalName === 'contacts');
    expect(contacts.operations.sort()).toEqual(['DELETE', 'GET', 'PATCH', 'POST']);
    expect((await get('/elements/metadata')).body.length).toBeGreaterThan(1);
    expect((await get('/elements/nowhere/metadata')).status).toBe(404);
  });

  it('tells the hubs', async () => {
    expect((await get('/hubs/keys')).body).toEqual(['documents']);
    const { body } = await get('/hubs?hydrate=true');
    expect(body[0]).toMatchObject({ key: 'documents', name: 'Documents', active: true });
    expect(body[0].resources).toEqual(expect.arrayContaining(['contacts']));
    expect((await get('/hubs/documents')).body.elements.map(({ key }: Loose) => key)).toContain('documented');
    expect((await get('/hubs/nowhere')).status).toBe(404);
  });
});

describe('real definitions', () => {
  const samples = fileURLToPath(new URL('../../../../shared/samples/elements', import.meta.url));

  it('have valid documents: the shipped ones', async () => {
    const real = await startTestApp({ elementsFolder: catalogFolder });
    try {
      for (const key of (await real.call('GET', '/elements/keys')).body as string[]) {
        const { body } = await real.call('GET', `/elements/${key}/docs`);
        await expectValid(body);
      }
    } finally {
      await real.close();
    }
  });

  it('have valid documents: exports of the old product', async () => {
    if (!existsSync(samples)) {
      console.log(`Skipped: real definitions are expected in ${samples}, which is not there.`);
      return;
    }
    for (const name of await readdir(samples)) {
      if (!existsSync(join(samples, name, 'element.json'))) continue;
      const text = await readFile(join(samples, name, 'element.json'), 'utf8');
      const made = await app.call('POST', '/elements', {
        body: text,
        headers: { 'content-type': 'application/json' },
      });
      expect(made.status).toBe(200);
      const { body } = await get(`/elements/${made.body.id}/docs`);
      await expectValid(body);
      expect((await get(`/elements/${made.body.id}/metadata?expand=true`)).status).toBe(200);
    }
  });
});

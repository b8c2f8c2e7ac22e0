import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, Loose, TestApp } from '#test/app';
import { library, parameter, resource } from '#test/definition';
import { lint } from '#test/lint';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let provider: Provider;
let app: TestApp;
let account: Connected;

const swagger = {
  contact: {
    properties: {
      id: { type: 'string', description: 'Number of the contact', 'x-samplevalue': '7' },
      owner: { $ref: '#/definitions/person' },
      friends: { type: 'array', items: { $ref: '#/definitions/contact' } },
    },
  },
  person: { properties: { name: { type: 'string' } } },
};
const model = { name: 'contact', swagger };

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    allowHosts: [provider.host],
    elements: [
      library(
        [
          resource('GET', '/contacts', { model }),
          resource('POST', '/contacts', { model, parameters: [parameter('body', 'body')] }),
          resource('GET', '/contacts/{id}', { model }),
          resource('GET', '/notes'),
          resource('GET', '/objects/{objectName}/metadata', {
            vendorPath: '/fields/{objectName}',
            parameters: [parameter('path', 'objectName')],
            type: 'apiNoDocumentation',
          }),
        ],
        { objects: [{ name: 'contacts', vendorName: 'Person' }] },
      ),
    ],
  });
  account = await app.connect('library', {
    configuration: { 'base.url': provider.url, username: 'u', password: 'p' },
  });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

async function read(path: string): Promise<Loose> {
  const { status, body, text } = await account.call('GET', path);
  expect(status, text).toBe(200);
  const result = await new Validator().validate(structuredClone(body));
  expect(result.errors).toBeUndefined();
  expect(await lint(body, 'element')).toEqual([]);
  return body;
}

describe('the documentation of an object', () => {
  it('has its paths, and the models that these use', async () => {
    const body = await read('/hubs/any/objects/contacts/docs');
    expect(Object.keys(body.paths)).toEqual(['/contacts', '/contacts/{id}']);
    expect(Object.keys(body.definitions).sort()).toEqual(['Error', 'contact', 'person']);
    expect(body.definitions.contact['x-vendor-objectname']).toBe('Person');
  });

  it('has with discovery the fields that the provider tells of', async () => {
    const fields = [
      { vendorPath: 'id', type: 'string' },
      { vendorPath: 'loyalty', type: 'number', custom: true, displayName: 'Loyalty' },
      { path: 'custom.shoe.size', vendorPath: 'c.s.s', type: 'number' },
      { path: 'custom.since', type: 'date' },
      { path: 'owner.phone', type: 'string' },
      { path: 'labels[*].text', type: 'string' },
      { path: '__proto__.polluted', type: 'string' },
      { type: 'string' },
      'odd',
    ];
    provider.answer({ body: { fields } });
    const body = await read('/objects/contacts/docs?discovery=true');
    expect(provider.received.at(-1)).toMatchObject({ method: 'GET', path: '/fields/contacts' });
    const { contact, person, custom, shoe, labels } = body.definitions;
    expect(contact.properties).toMatchObject({
      id: { description: 'Number of the contact' },
      loyalty: { type: 'number', 'x-displayName': 'Loyalty', 'x-custom': true },
      custom: { $ref: '#/definitions/custom' },
      owner: { $ref: '#/definitions/person' },
      labels: { type: 'array', items: { $ref: '#/definitions/labels' } },
    });
    expect(custom.properties).toEqual({
      shoe: { $ref: '#/definitions/shoe' },
      since: { type: 'string', format: 'date-time' },
    });
    expect(shoe.properties).toEqual({ size: { type: 'number' } });
    expect(labels.properties).toEqual({ text: { type: 'string' } });
    expect(Object.keys(person.properties)).toEqual(['name', 'phone']);
    // What was found for this account is not shown to others.
    expect((await read('/objects/contacts/docs')).definitions.contact.properties).not.toHaveProperty(
      'loyalty',
    );
  });

  it('gets a shape by discovery where the definition has none', async () => {
    provider.answer({ body: { fields: [{ vendorPath: 'text', type: 'string' }] } });
    const body = await read('/objects/notes/docs?discovery=true');
    expect(body.paths['/notes'].get.responses[200].schema).toEqual({
      type: 'array',
      items: { $ref: '#/definitions/notes' },
    });
    expect(body.definitions.notes.properties).toEqual({ text: { type: 'string' } });
  });

  it('says what the provider says when it cannot be asked', async () => {
    provider.answer({ status: 404, body: { message: 'No such object' } });
    const { status, body } = await account.call('GET', '/objects/contacts/docs?discovery=true');
    expect(status).toBe(404);
    expect(body.providerMessage ?? body.message).toContain('No such object');
  });

  it('has schemas where they are used, when references are to be resolved', async () => {
    const body = await read('/objects/contacts/docs?resolveReferences=true&basic=true');
    // What refers to itself stays a definition.
    expect(Object.keys(body.definitions)).toEqual(['contact', 'person']);
    const schema = body.paths['/contacts/{id}'].get.responses[200].schema;
    expect(schema.properties.owner).toMatchObject({ properties: { name: { type: 'string' } } });
    expect(schema.properties.friends).toEqual({ type: 'array', items: { $ref: '#/definitions/contact' } });
    expect(schema.properties.id).toEqual({ type: 'string' });
    expect(body.definitions.contact.properties.id).toEqual({ type: 'string' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let stranger: Tenant;

beforeAll(async () => {
  app = await startTestApp();
  stranger = await app.addTenant();
});
afterAll(() => app.close());

const sample = [
  {
    id: 1,
    name: 'Ann, "the" first',
    born: '1990-01-31',
    score: 1,
    address: { postalCode: '1234', geo: null },
  },
  {
    id: 2,
    name: 'Bob',
    seen: '2024-05-01T10:00:00Z',
    score: 1.5,
    tags: ['a'],
    orders: [{ total: 3, paid: true }],
  },
];

describe('the model of a sample', () => {
  it('has each field that one of the records has', async () => {
    const { status, body } = await app.call('POST', '/models/people/schema', { json: sample });
    expect(status).toBe(200);
    expect(body.name).toBe('people');
    const shown = body.modelFields.map((field: Record<string, any>) => [
      field['name'],
      [field['dataType'].jsonType, field['dataType'].format].filter(Boolean).join(' '),
      field['sampleValue'],
    ]);
    expect(shown).toEqual([
      ['id', 'integer', '1'],
      ['name', 'string', 'Ann, "the" first'],
      ['born', 'string date', '1990-01-31'],
      ['score', 'number', '1'],
      ['address', 'object', undefined],
      ['address.postalCode', 'string', '1234'],
      ['address.geo', 'string', undefined],
      ['seen', 'string date-time', '2024-05-01T10:00:00Z'],
      ['tags', 'array', undefined],
      ['orders', 'array', undefined],
      ['orders[*].total', 'integer', '3'],
      ['orders[*].paid', 'boolean', 'true'],
    ]);
    expect(body.modelFields[0].primaryKey).toBe(true);
    expect(body.modelFields[5].displayName).toBe('Postal Code');
    expect(body.modelFields[6].nullable).toBe(true);
  });

  it('is the same for one record and for a list of it', async () => {
    const one = await app.call('POST', '/models/x/schema', { json: sample[0] });
    expect((await app.call('POST', '/models/x/schema', { json: [sample[0]] })).body).toEqual(one.body);
  });

  it('ends for samples that are deep or large', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) as object;
    expect((await app.call('POST', '/models/x/schema', { json: deep })).body.modelFields).toHaveLength(20);
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`f${at}`, at]));
    expect((await app.call('POST', '/models/x/schema', { json: wide })).body.modelFields).toHaveLength(
      10_000,
    );
  });

  it.each([['a text'], [5], [null], [true]])('is none of %j', async (json) => {
    for (const path of ['/models/x/schema', '/models/x/csv'])
      expect((await app.call('POST', path, { json })).status).toBe(400);
  });
});

describe('the table of a model', () => {
  const csvOf = async (json: unknown, query = '') => app.call('POST', `/models/people/csv${query}`, { json });

  it('is the same from a sample and from its model, and leads back to the model', async () => {
    const model = (await app.call('POST', '/models/people/schema', { json: sample })).body;
    const fromSample = await csvOf(sample);
    expect(fromSample.headers).toMatchObject({
      'content-type': 'text/csv',
      'content-disposition': 'attachment; filename="people.csv"',
    });
    expect((await csvOf(model, '?fromSchema=true')).text).toBe(fromSample.text);
    const form = new FormData();
    form.set('file', new Blob([fromSample.text], { type: 'text/csv' }), 'people.csv');
    for (const body of [form, fromSample.text])
      expect((await app.call('POST', '/models/people/schema/csv', { body })).body).toEqual(model);
  });

  it('has the columns that clients know', async () => {
    const [header] = (await csvOf({})).text.split('\n');
    expect(header).toBe(
      'sampleValue,name,type,format,subFormat,displayName,description,request,response,defaultValue,max,min,precision,' +
        'nullable,searchOperators,searchNames,mask,enums,conditionalDescription,reference,hidden,primaryKey,readOnly,' +
        'required,vendorReferenceName,vendorName,customFields,searchable,whereFields,searchableJoins',
    );
  });

  it('keeps all that a model says', async () => {
    const model = {
      name: 'people',
      customFields: true,
      searchableJoins: ['AND', 'OR'],
      modelFields: [
        {
          name: 'id',
          dataType: { jsonType: 'string', format: 'uuid' },
          fieldMethods: [
            { method: 'POST', direction: 'REQUEST', populated: true },
            { method: 'GET', direction: 'RESPONSE', populated: true },
          ],
          maxLength: 36,
          enumValues: ['a', 'b'],
          required: true,
          description: 'Line one\nline two',
        },
        { name: 'two', dataType: { jsonType: 'number' }, precision: 2 },
      ],
    };
    const { text } = await csvOf(model, '?fromSchema=true');
    expect((await app.call('POST', '/models/people/schema/csv', { body: text })).body).toEqual(model);
  });

  it.each([
    ['a row without a name', 'name,type\n,string\n'],
    ['a number that is none', 'name,max\na,many\n'],
    ['a quote that does not end', 'name,type\n"a,b\n'],
  ])('may not have %s', async (_what, body) => {
    expect(await app.call('POST', '/models/x/schema/csv', { body })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('cannot be read as a model') },
    });
  });

  it('is made for nobody without secrets', async () => {
    for (const path of ['schema', 'csv', 'schema/csv'])
      expect((await app.call('POST', `/models/x/${path}`, { json: {}, authorization: null })).status).toBe(
        401,
      );
  });
});

describe('the fields of a model of an element', () => {
  it('are added, and changed by their id or name', async () => {
    await app.call('POST', '/elements', { json: { name: 'Modelled', key: 'modelled' } });
    const { id } = (
      await app.call('POST', '/elements/modelled/models', {
        json: { name: 'people', modelFields: [{ id: 4, name: 'id' }] },
      })
    ).body;
    const path = `/elements/modelled/models/${id}/fields`;
    const put = (data: unknown, authorization = app.asUser) =>
      app.call('PUT', path, { json: { data, commitMessage: 'more' }, authorization });
    const { status, body } = await put([
      { name: 'id', primaryKey: true },
      { name: 'mail', id: undefined },
    ]);
    expect(status).toBe(200);
    expect(body.modelFields).toEqual([
      { id: 4, name: 'id', primaryKey: true },
      { id: 5, name: 'mail' },
    ]);
    expect((await put([{ id: 5, name: 'email' }])).body.modelFields[1]).toEqual({ id: 5, name: 'email' });
    expect((await app.call('GET', `/elements/modelled/models/${id}`)).body.modelFields).toHaveLength(2);
    for (const data of [undefined, 'x', [5], [{ name: '' }], [{}]])
      expect((await put(data)).status).toBe(400);
    expect((await put([], stranger.asUser)).status).toBe(404);
    expect(
      (await app.call('PUT', '/elements/modelled/models/-1/fields', { json: { data: [] } })).status,
    ).toBe(404);
  });
});

import { describe, expect, it } from 'vitest';
import { type Condition, readWhere, writeWhere } from '../src/explorer/ceql.ts';
import { exampleOf } from '../src/explorer/example.ts';
import { type Swagger, fieldsOf, matching, operationsOf } from '../src/explorer/operations.ts';
import { ExactNumber, blameOf, parseExactly } from '../src/explorer/reply.ts';
import { missing, toRequest } from '../src/explorer/request.ts';

const document: Swagger = {
  paths: {
    '/lists/{id}': {
      patch: {
        operationId: 'changeList',
        tags: ['lists'],
        summary: 'Change a list',
        parameters: [
          { name: 'Authorization', in: 'header', required: true, type: 'string' },
          { name: 'id', in: 'path', required: true, type: 'string' },
          { name: 'deep', in: 'query', type: 'boolean' },
          { name: 'X-Tag', in: 'header', type: 'string' },
          { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/List' } },
        ],
        responses: { 200: { schema: { type: 'array', items: { $ref: '#/definitions/List' } } } },
      },
    },
  },
  definitions: {
    List: {
      type: 'object',
      properties: {
        id: { type: 'string', 'x-samplevalue': 'l-1' },
        size: { type: 'integer' },
        open: { type: 'boolean' },
        changed: { type: 'string', format: 'date-time' },
        parts: { type: 'array', items: { $ref: '#/definitions/List' } },
      },
    },
  },
};
const [operation] = operationsOf(document);
if (!operation) throw new Error('the document has one operation');

describe('conditions and CEQL', () => {
  it.each<[string, Condition[]]>([
    ['', []],
    ["name = 'x'", [{ field: 'name', operator: '=', value: 'x' }]],
    ["name = 'O''Hara'", [{ field: 'name', operator: '=', value: "O'Hara" }]],
    [
      'size >= 12 AND open = true',
      [
        { field: 'size', operator: '>=', value: '12' },
        { field: 'open', operator: '=', value: 'true' },
      ],
    ],
    ["a.b LIKE '%x and y%'", [{ field: 'a.b', operator: 'LIKE', value: '%x and y%' }]],
    ["kind IN ('a', 'b')", [{ field: 'kind', operator: 'IN', value: 'a, b' }]],
    ['gone IS NOT NULL', [{ field: 'gone', operator: 'IS NOT NULL', value: '' }]],
    ["`first name` = 'x'", [{ field: 'first name', operator: '=', value: 'x' }]],
  ])('%s is read and written back', (text, conditions) => {
    expect(readWhere(text)).toEqual(conditions);
    expect(writeWhere(conditions)).toBe(text);
  });

  it.each(["a = 'x' OR b = 'y'", "NOT a = 'x'", "(a = 'x')", "a = 'x' AND", 'a =', "a IN 'x'"])(
    '%s stays text',
    (text) => expect(readWhere(text)).toBeUndefined(),
  );

  it('leaves out what is not finished', () =>
    expect(writeWhere([{ field: ' ', operator: '=', value: 'x' }])).toBe(''));
});

describe('a resource', () => {
  it('is read without what the console adds by itself', () => {
    expect(operation.parameters.map(({ name }) => name)).toEqual(['id', 'deep', 'X-Tag']);
    expect(fieldsOf(operation, document.definitions)).toContain('size');
    expect(matching([operation], 'patch list')).toHaveLength(1);
    expect(matching([operation], 'patch contact')).toHaveLength(0);
  });

  it('has an example of its model, also of one that holds itself', () =>
    expect(exampleOf({ $ref: '#/definitions/List' }, document.definitions)).toMatchObject({
      id: 'l-1',
      size: 0,
      open: false,
      parts: [{ id: 'l-1' }],
    }));

  it('becomes a request with its parts where they belong', () => {
    const choice = {
      operation,
      hub: 'marketing',
      given: { id: 'a/b', deep: 'true', 'X-Tag': 't' },
      body: '{}',
      files: {},
    };
    expect(toRequest(choice)).toEqual({
      method: 'PATCH',
      path: '/hubs/marketing/lists/a%2Fb?deep=true',
      headers: { 'X-Tag': 't' },
      body: '{}',
      form: undefined,
    });
    expect(missing({ ...choice, given: {}, body: '' })).toEqual(['id', 'body']);
  });
});

describe('a reply', () => {
  it('keeps every digit', () => {
    const { id, size } = parseExactly('{"id":12345678901234567890,"size":3}') as Record<string, unknown>;
    expect([(id as ExactNumber).source, size]).toEqual(['12345678901234567890', 3]);
  });

  it.each([
    [200, {}, undefined],
    [400, {}, 'caller'],
    [404, { providerMessage: 'none' }, 'refused'],
    [401, { providerMessage: 'no' }, 'credentials'],
    [429, {}, 'limits'],
    [500, {}, 'server'],
    [502, { providerMessage: 'down' }, 'provider'],
    [504, {}, 'provider'],
  ])('of status %d with %j is the fault of: %s', (status, value, blame) =>
    expect(blameOf({ status, content: { kind: 'json', value, text: '' } })).toBe(blame),
  );
});

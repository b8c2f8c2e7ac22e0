import { describe, expect, it } from 'vitest';
import { parseDocument } from './document.ts';
import { convert } from './testing.ts';

const start = 'openapi: 3.0.0\ninfo: { title: x }\n';
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('a document that means harm', () => {
  it.each([
    [
      'YAML that holds itself',
      `${start}components: &c { schemas: { a: *c }, securitySchemes: *c }\npaths: *c`,
    ],
    ['a model that is nested deeply', `{"openapi":"3.0.0","components":{"schemas":{"a":${deep(900)}}}}`],
    [
      'keys of prototypes',
      `{"openapi":"3.0.0","__proto__":{"polluted":1},"paths":{"__proto__":{"get":{}},"constructor":{"get":{}}},"components":{"schemas":{"__proto__":{"a":1},"toString":{}},"securitySchemes":{"__proto__":{"type":"apiKey"},"constructor":{"type":"apiKey"}}}}`,
    ],
    [
      'models that refer to themselves',
      `${start}paths: { /a: { get: { responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/a' } } } } } } } }\ncomponents: { schemas: { a: { allOf: [{ $ref: '#/components/schemas/a' }], properties: { a: { $ref: '#/components/schemas/a' } } } } }`,
    ],
    ['a reference to itself', `${start}paths: { /a: { $ref: '#/paths/~1a' } }`],
    [
      'names of every kind',
      `${start}paths: { '': { get: { operationId: 5, parameters: [{ name: '', in: query }, { name: "a\\r\\nb", in: header }] } } }`,
    ],
    [
      'nulls where objects stand',
      `${start}paths: { /a: null, /b: { get: null, put: { parameters: [null], requestBody: null, responses: { 200: null } } } }\nservers: [null]`,
    ],
  ])('%s gives an element', (_, text) => {
    convert(parseDocument(text));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    ['no JSON', '{"openapi": '],
    ['no YAML', 'a: [1'],
    ['endless depth', '['.repeat(100_000)],
    ['endless depth in YAML', `a: ${'['.repeat(20_000)}`],
    [
      'an alias of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join(',')}]`).join('\n')}`,
    ],
  ])('%s is refused', (_, text) => {
    expect(() => convert(parseDocument(text))).toThrow(/cannot be made into an element/);
  });
});

it('keeps digits', () => {
  const { definition } = convert(
    parseDocument('{"openapi":"3.0.0","components":{"schemas":{"a":{"maximum":9223372036854775807}}}}'),
  );
  expect(JSON.stringify(definition.models.a)).toBe('{"maximum":9223372036854775807}');
});

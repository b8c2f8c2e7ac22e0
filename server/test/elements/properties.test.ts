import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/error';
import { stringifyJson } from '#kernel/json';
import { createCalls, fillTemplate, resolveConfiguration } from '#calls';
import type { CallInput, InputBody } from '#calls';
import { compileElement } from '#elements';
import { converters, parseCeql, toConditions, toPredicate } from '#platform/ceql';
import { OutboundError } from '#platform/outbound';
import type { Outbound, OutboundRequest } from '#platform/outbound';
import { createScripting } from '#platform/scripting';

// Whatever a definition, a caller and a provider say: a call works, or fails in a way that says whose fault it was.

const types = ['path', 'query', 'header', 'body', 'bodyField', 'form', 'multipart', 'configuration', 'value', 'prevBody', 'prevBodyField']; // prettier-ignore
const vendorTypes = ['path', 'query', 'header', 'body', 'bodyField', 'bodyToken', 'form', 'multipart', 'configuration', 'value', 'no-op']; // prettier-ignore
const dataTypes = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'file', 'date', 'Whatever'];

/** Texts that somebody would try, and any other. */
const text = fc.oneof(
  fc.constantFrom('', 'a', 'id', 'a.b', 'a[0]', 'items[*]', '__proto__', 'constructor.prototype', 'toString', 'length', '..', '.', '/', '%', '%2e', '{id}', '{', '}', '${configuration.shop}', '${shop', '{{id}}', 'CE.b64(x)', 'CE.b64(', 'CE.nothing(a)', '$', '$&', '|', 'a|b', '||', '[', ']', '`', "'", '"', '<a>', '<a', '<?xml', '&x;', '\0', '\r\n', '\u2028', '\uD800', 'ü€😀', 'http://x/', 'body.next?c', 'header.link', '0', '-1', '1e999', 'NaN', 'null'), // prettier-ignore
  fc.string({ maxLength: 20, unit: 'binary' }),
);
const literal = fc.oneof(
  text,
  fc.array(text, { maxLength: 4 }).map((parts) => parts.join('')),
);
const json = fc.jsonValue({ maxDepth: 3 });

const parameter = fc.record(
  {
    name: literal,
    vendorName: literal,
    type: fc.constantFrom(...types),
    vendorType: fc.constantFrom(...vendorTypes),
    source: fc.constantFrom('request', 'request', 'request', 'response'),
    dataType: fc.constantFrom(...dataTypes),
    required: fc.boolean(),
    converter: fc.constantFrom(...Object.keys(converters), 'toNothing', '__proto__'),
  },
  { requiredKeys: ['name', 'type', 'vendorType'] },
);

const resource = fc.record(
  {
    method: fc.constantFrom('GET', 'POST', 'DELETE'),
    path: fc.constantFrom('/hubs/x/things', '/hubs/x/things/{id}', '/things/{id}/{a.b}'),
    vendorMethod: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    vendorPath: literal,
    rootKey: literal,
    nextPageKey: literal,
    totalCountKey: literal,
    parameters: fc.array(parameter, { maxLength: 6 }),
    response: fc.record({
      contentType: fc.constantFrom('application/json', 'application/xml', 'text/csv', ''),
    }),
  },
  { requiredKeys: ['method', 'path', 'parameters'] },
);

const file = (content: string) => ({
  filename: content,
  contentType: 'text/plain',
  open: () => Readable.from([Buffer.from(content)]),
  sizeBytes: Buffer.byteLength(content),
});

const inputBody: fc.Arbitrary<InputBody> = fc.oneof(
  fc.constant<InputBody>({ kind: 'none' }),
  json.map((value): InputBody => ({ kind: 'json', value, text: stringifyJson(value) })),
  fc.dictionary(text, text, { maxKeys: 4 }).map((fields): InputBody => ({ kind: 'form', fields })),
  fc
    .array(fc.oneof(fc.record({ name: text, value: text }), fc.tuple(text, text).map(([name, content]) => ({ name, ...file(content) }))), { maxLength: 3 })
    .map((parts): InputBody => ({ kind: 'multipart', parts })),
  text.map((content): InputBody => ({ kind: 'raw', ...file(content) })),
); // prettier-ignore

const values = fc.dictionary(literal, text, { maxKeys: 4 });
const input = fc.record({
  variables: values,
  query: values,
  headers: values,
  body: inputBody,
  previous: json,
});
const reply = fc.record({
  status: fc.constantFrom(200, 201, 204, 302, 400, 404, 500),
  type: fc.constantFrom('application/json', 'text/xml', 'text/plain', 'application/octet-stream', ''),
  link: literal,
  body: fc.oneof(json.map(stringifyJson), text, literal.map((inside) => `<a b="1">${inside}</a>`)),
}); // prettier-ignore

/** Takes what an HTTP client would take, and nothing else. */
function takes({
  url,
  headers,
  body,
}: OutboundRequest): string | Buffer | (() => Readable) | null | undefined {
  if (!URL.canParse(url)) throw new OutboundError('invalid-url', 'no URL');
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value as string);
    }
  } catch (error) {
    throw new OutboundError('invalid-url', 'not a header', error);
  }
  return body;
}

type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;

const scripting = createScripting();

async function callWith(row: unknown, asked: Drawn<typeof input>, given: Drawn<typeof reply>, shop: string) {
  const outbound: Pick<Outbound, 'send'> = {
    async send(request) {
      const body = takes(request);
      if (typeof body === 'function') await buffer(body());
      const headers: Record<string, string> = { 'content-type': given.type, link: given.link };
      return { status: given.status, headers, body: Readable.from([Buffer.from(given.body)]) };
    },
  };
  const element = compileElement({
    key: 'any',
    name: 'Any',
    hub: 'x',
    authentication: { type: 'custom' },
    configuration: [
      { key: 'base.url', name: 'b', type: 'TEXTFIELD_32', defaultValue: 'http://provider.example/{shop}' },
    ],
    resources: [row as Record<string, unknown>],
  });
  const calls = createCalls({ outbound: outbound as Outbound, scripting });
  const call: CallInput = {
    method: 'GET',
    path: '/things',
    pathVariables: { id: 'v', ...asked.variables },
    query: asked.query,
    headers: asked.headers,
    body: asked.body,
    previous: { body: asked.previous, headers: {} },
  };
  const configuration = { 'base.url': 'http://provider.example/{shop}', shop };
  const [compiled] = element.resources;
  if (!compiled) return;
  const outcome = await calls.execute(compiled, call, { element, configuration, tenant: 'one' });
  if (outcome.body.kind === 'stream') await buffer(outcome.body.stream);
  else if (outcome.body.kind === 'json') stringifyJson(outcome.body.value);
}

/** What may be thrown: the caller's fault, or the provider's. */
function expectHonest(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
  expect(error.status === 502 || (error.status >= 400 && error.status < 500), error.message).toBe(true);
}

describe('no input ends in an internal error', () => {
  it('of a call: parameters, templates, bodies, root keys, replies', async () => {
    await fc.assert(
      fc.asyncProperty(resource, input, reply, text, async (row, asked, given, shop) => {
        await callWith(row, asked, given, shop).catch(expectHonest);
      }),
      { numRuns: 3_000 },
    );
  }, 60_000);

  it('of a template', () => {
    fc.assert(
      fc.property(literal, values, (template, known) => {
        const filled = fillTemplate(template, (name) =>
          Object.hasOwn(known, name) ? known[name] : undefined,
        );
        expect(typeof filled).toBe('string');
        for (const key of Object.keys(known)) expect(typeof resolveConfiguration(known, key)).toBe('string');
      }),
    );
  });

  it('of a template: what a value holds is never filled', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(fillTemplate('<{a}|${a}>', () => value)).toBe(`<${value}|${value}>`);
      }),
    );
  });

  const names = fc.constantFrom('a', 'b.c', '`x y`', 'AND', '__proto__');
  const operators = fc.constantFrom(
    '=',
    '!=',
    '<',
    '>=',
    'LIKE',
    'IN',
    'IS NULL',
    'NOT',
    'and',
    'OR',
    '(',
    ')',
    ',',
  );
  const operands = fc.oneof(fc.constantFrom("'x'", '3', 'null', 'true', "'it''s'", "('a', 'b')", "'"), text);
  const where = fc.oneof(
    text,
    fc.array(fc.oneof(names, operators, operands), { maxLength: 12 }).map((words) => words.join(' ')),
  );

  it.each(Object.keys(converters))('of a where that %s converts', (name) => {
    fc.assert(
      fc.property(where, (given) => {
        try {
          converters[name]?.(given);
        } catch (error) {
          expectHonest(error);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of a where that is applied here, to any record', () => {
    fc.assert(
      fc.property(where, json, (given, record) => {
        try {
          const expression = parseCeql(given);
          toConditions(expression);
          expect(typeof toPredicate(expression)(record)).toBe('boolean');
        } catch (error) {
          expectHonest(error);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

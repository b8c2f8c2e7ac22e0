import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ElementDefinition } from '../element.ts';
import { objectFields } from './fields.ts';
import { mergeDocuments } from './hub-document.ts';
import { objectNames } from './objects.ts';
import { toOpenApi } from './open-api.ts';
import { withReferencesResolved, withShapesOnly } from './select.ts';
import { writeSwagger } from './swagger.ts';
import { baseUrl, element, expectConsistent, faultsOf } from './testing.ts';

describe('any definition', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'contact',
      'contacts',
      'id',
      'Error',
      'a/b',
      '__proto__',
      'constructor',
      '$ref',
      'type',
      'x',
      '',
    ),
    fc.string({ maxLength: 6 }),
  );
  const { schema } = fc.letrec((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4 },
      fc.anything({ maxDepth: 1 }),
      fc.record(
        {
          type: fc.oneof(
            fc.constantFrom('string', 'object', 'array', 'contact', 'map', 'null'),
            fc.anything({ maxDepth: 1 }),
          ),
          format: fc.oneof(fc.constantFrom('date', 'int32'), fc.anything({ maxDepth: 0 })),
          description: fc.anything({ maxDepth: 0 }),
          required: fc.oneof(fc.boolean(), fc.array(name)),
          properties: fc.oneof(fc.dictionary(name, tie('schema')), fc.anything({ maxDepth: 1 })),
          items: fc.oneof(tie('schema'), fc.array(tie('schema'), { maxLength: 2 })),
          $ref: fc.oneof(
            name.map((one) => `#/definitions/${one}`),
            name,
          ),
          enum: fc.oneof(fc.array(fc.anything({ maxDepth: 1 }), { maxLength: 3 }), fc.boolean()),
          minLength: fc.oneof(fc.integer(), fc.double(), fc.string()),
          maximum: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string()),
          allOf: fc.array(tie('schema'), { maxLength: 2 }),
          additionalProperties: fc.oneof(tie('schema'), fc.boolean()),
          'x-samplevalue': fc.anything({ maxDepth: 1 }),
          readOnly: fc.anything({ maxDepth: 0 }),
        },
        { requiredKeys: [] },
      ),
    ),
  }));
  const models = fc.dictionary(name, schema, { maxKeys: 4 });
  const rows = fc.array(
    fc.record(
      {
        id: fc.nat(5),
        name: fc.oneof(name, fc.constant('a.b'), fc.constant('a[*].b'), fc.constant('a')),
        dataType: fc.oneof(fc.record({ jsonType: name, format: name }), fc.anything({ maxDepth: 0 })),
        resources: fc.constant([{ id: 1 }]),
        sampleValue: fc.oneof(
          name.map((one) => `$${one}.id`),
          fc.anything({ maxDepth: 1 }),
        ),
        enumValues: fc.anything({ maxDepth: 1 }),
      },
      { requiredKeys: ['name'] },
    ),
    { maxLength: 4 },
  );
  const modelRows = rows.chain((own) => rows.map((fields) => own.map((row) => ({ ...row, fields }))));
  const parameterName = fc.oneof(
    name,
    fc.constant('body'),
    fc.constant('a.b.c'),
    fc.constant('Authorization'),
  );
  const parameters = fc.array(
    fc.record({
      name: parameterName,
      type: fc.constantFrom(
        'path',
        'query',
        'header',
        'body',
        'bodyField',
        'form',
        'multipart',
        'value',
        'configuration',
      ),
      vendorType: fc.constantFrom('path', 'query', 'body', 'form', 'multipart', 'value', 'no-op'),
      required: fc.boolean(),
      dataType: fc.constantFrom('string', 'integer', 'array', 'object', 'file', 'date', 'Whatever'),
      description: fc.anything({ maxDepth: 0 }),
      sampleData: fc.anything({ maxDepth: 1 }),
    }),
    { maxLength: 6 },
  );
  const resources = fc.array(
    fc.record(
      {
        id: fc.nat(3),
        method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'get'),
        path: fc.oneof(
          fc.constantFrom(
            '/hubs/crm/a',
            '/hubs/crm/a/{id}',
            '/hubs/crm/a/{other}',
            '/a/{id}/b/{id}',
            '/{x}',
            '/{}',
            '/',
            '/hubs/crm/a?b={c}',
          ),
          fc.string({ maxLength: 8 }),
        ),
        type: fc.constantFrom('api', 'apiNoDocumentation', 'onProvision'),
        operationId: fc.oneof(name, fc.anything({ maxDepth: 0 })),
        objectName: fc.oneof(name, fc.constant(undefined)),
        parameters,
        model: fc.record(
          {
            name: fc.oneof(name, fc.anything({ maxDepth: 0 })),
            swagger: models,
            requestName: name,
            requestSwagger: models,
          },
          { requiredKeys: [] },
        ),
        response: fc.record({ contentType: fc.constantFrom('application/json', 'text/csv', 'odd', '') }),
        object: fc.record({ name, fields: rows }),
      },
      { requiredKeys: ['method', 'path', 'type'] },
    ),
    { maxLength: 5 },
  );
  const definition = fc.record(
    {
      description: fc.string(),
      resources,
      models: fc.oneof(models, modelRows),
      objects: fc.array(fc.record({ name, vendorName: fc.anything({ maxDepth: 0 }), fields: rows }), {
        maxLength: 2,
      }),
    },
    { requiredKeys: ['resources'] },
  );

  it('has a valid document, whole and of each object, and fields', async () => {
    await fc.assert(
      fc.asyncProperty(definition, async (given) => {
        // What an import stores went through JSON.
        const one = element(JSON.parse(JSON.stringify(given)) as Partial<ElementDefinition>);
        const whole = writeSwagger(one, { baseUrl });
        expect(await faultsOf(whole)).toBeUndefined();
        expectConsistent(whole);
        expect(await faultsOf(toOpenApi(whole))).toBeUndefined();
        for (const objectName of objectNames(one)) {
          const part = writeSwagger(one, { baseUrl, objectName });
          const basic = withShapesOnly(withReferencesResolved(part));
          for (const document of [part, basic]) {
            expect(await faultsOf(document)).toBeUndefined();
            expectConsistent(document);
          }
          expect(objectFields(one, objectName)).toBeInstanceOf(Array);
        }
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it('can be in one document with any others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(definition, { maxLength: 4 }), async (given) => {
        const all = given.map((one) =>
          element(JSON.parse(JSON.stringify(one)) as Partial<ElementDefinition>),
        );
        const document = mergeDocuments('crm', [
          writeSwagger(element({}), { baseUrl }),
          ...all.map((one) => writeSwagger(one, { baseUrl })),
        ]);
        expect(await faultsOf(document)).toBeUndefined();
        expectConsistent(document);
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});

import { Type, route, withRawBodies } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { modelInvalid } from '../errors.ts';
import { readDocument } from '../convert/routes.ts';
import { isRow } from '../row-ids.ts';
import { fromCsv, toCsv } from './csv.ts';
import { modelOfSample } from './sample-model.ts';

const common = { method: 'POST', access: 'user:viewElements', audit: 'none', tags: ['Models'] } as const;
const params = Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) });
const modelReply = Type.Object(
  { name: Type.String(), modelFields: Type.Array(Type.Object({}, { additionalProperties: true })) },
  { additionalProperties: true },
);
const sampleBody = Type.Unknown({ description: 'A record as a provider gives it, or a list of such' });

/** Makes models of samples, for tables that people fill in. Nothing is stored. */
export function mountSamples(app: FastifyInstance): void {
  route(app, {
    ...common,
    path: '/models/:name/schema',
    summary: 'Make a model of a sample record',
    schema: { params, body: sampleBody, response: { 200: modelReply } },
    handler: ({ params: { name }, body }) => modelOfSample(name, checked(body)),
  });
  route(app, {
    ...common,
    path: '/models/:name/csv',
    summary: 'Make a table of the fields of a model, as CSV',
    schema: {
      params,
      querystring: Type.Object(
        { fromSchema: Type.Optional(Type.String({ description: 'true: the body is a model, no sample' })) },
        { additionalProperties: true },
      ),
      body: sampleBody,
    },
    handler: ({ params: { name }, body, query }, reply) => {
      const given = checked(body);
      const model = query.fromSchema === 'true' && isRow(given) ? given : modelOfSample(name, given);
      return reply
        .header('content-type', 'text/csv')
        .header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]+/g, '_')}.csv"`)
        .send(Buffer.from(toCsv(model)));
    },
  });
  withRawBodies(app, (scope) => {
    route(scope, {
      ...common,
      path: '/models/:name/schema/csv',
      summary: 'Make a model of a table of fields',
      description: 'The table is the body, or the file of a multipart body.',
      schema: { params, response: { 200: modelReply } },
      handler: async (request) => fromCsv(request.params.name, await readDocument(request)),
    });
  });
}

function checked(body: unknown): unknown {
  if (typeof body !== 'object' || body === null)
    throw modelInvalid('the body must be a record, or a list of records');
  return body;
}

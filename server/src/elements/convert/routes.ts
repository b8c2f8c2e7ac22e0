import { text as readText } from 'node:stream/consumers';
import { Type, rawBody, route, withRawBodies } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { documentTooLarge } from '../errors.ts';
import { toKind } from './convert.ts';
import { convertApart } from './convert-apart.ts';
import { fileOf } from './upload.ts';

const limitBytes = 32 * 1024 * 1024;

/** Makes a draft of an element out of another kind of document. Nothing is stored. */
export function mountConvert(app: FastifyInstance): void {
  withRawBodies(app, (scope) => {
    route(scope, {
      method: 'POST',
      path: '/elements/convert',
      access: 'user:createElements',
      audit: 'none',
      summary: 'Make an element of an OpenAPI, Swagger, WSDL or OData document, to be sent to POST /elements',
      description:
        'The document is the body, or the file of a multipart body. importNotes say what was guessed.',
      tags: ['Elements'],
      schema: {
        querystring: Type.Object(
          {
            type: Type.Optional(
              Type.String({ description: 'swagger, soap or odata; by default the document tells' }),
            ),
          },
          { additionalProperties: true },
        ),
        response: { 200: Type.Object({ name: Type.String() }, { additionalProperties: true }) },
      },
      handler: async (request) => {
        const { type } = request.query;
        const kind = type === undefined ? undefined : toKind(type);
        const stream = rawBody(request);
        const given = stream ? await readText(limited(stream)) : '';
        const text = fileOf(given, String(request.headers['content-type'] ?? ''));
        const { definition, notes } = await convertApart(text, kind);
        return { ...definition, name: String(definition['name']), importNotes: notes };
      },
    });
  });
}

/** @throws 413 where a document is too large to be worked on in memory. */
export async function* limited(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limitBytes) throw documentTooLarge(limitBytes);
    yield chunk;
  }
}

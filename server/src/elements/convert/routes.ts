import { Type, collectBody, rawBody, route, withRawBodies } from '#platform/http';
import type { FastifyInstance, FastifyRequest } from '#platform/http';
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
        const { definition, notes } = await convertApart(await readDocument(request), kind);
        return { ...definition, name: String(definition['name']), importNotes: notes };
      },
    });
  });
}

/**
 * The document that a request in a raw scope brings: its body, or the file of a multipart one.
 *
 * @throws 413 where it is too large to be worked on in memory.
 */
export async function readDocument(request: FastifyRequest): Promise<string> {
  const body = rawBody(request);
  const sent = body
    ? await collectBody(body, limitBytes, () => documentTooLarge(limitBytes))
    : Buffer.alloc(0);
  return fileOf(new TextDecoder().decode(sent), String(request.headers['content-type'] ?? ''));
}

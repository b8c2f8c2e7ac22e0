import { parse as parseYaml } from 'yaml';
import { text as readText } from 'node:stream/consumers';
import { parseJson } from '#kernel/json';
import { Type, rawBody, route, withRawBodies } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { notConvertible, documentTooLarge } from '../errors.ts';
import { convertOpenApi } from './openapi.ts';
import { fileOf } from './upload.ts';

const limitBytes = 32 * 1024 * 1024;

/** Makes a draft of an element out of another kind of document. Nothing is stored. */
export function mountConvert(app: FastifyInstance): void {
  withRawBodies(app, (scope) => {
    route(scope, {
      method: 'POST',
      path: '/elements/convert',
      access: 'user',
      audit: 'none',
      summary: 'Make an element of an OpenAPI 3 or Swagger 2 document, to be sent to POST /elements',
      description:
        'The document is the body, or the file of a multipart body; JSON or YAML. importNotes say what was guessed.',
      tags: ['Elements'],
      schema: {
        querystring: Type.Object(
          { type: Type.Optional(Type.String({ description: 'swagger (the default)' })) },
          { additionalProperties: true },
        ),
        response: { 200: Type.Object({ name: Type.String() }, { additionalProperties: true }) },
      },
      handler: async (request) => {
        const type = request.query.type ?? 'swagger';
        if (!/^(swagger|openapi)$/.test(type))
          throw notConvertible(`documents of type '${type}' are not known; swagger is`);
        const stream = rawBody(request);
        const given = stream ? await readText(limited(stream)) : '';
        const text = fileOf(given, String(request.headers['content-type'] ?? ''));
        const { definition, notes } = convertOpenApi(parseDocument(text));
        return { ...definition, name: String(definition['name']), importNotes: notes };
      },
    });
  });
}

async function* limited(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limitBytes) throw documentTooLarge(limitBytes);
    yield chunk;
  }
}

/** @throws 400 with the place of the fault. */
export function parseDocument(text: string): unknown {
  try {
    // Aliases make a small document a huge one.
    return /^\s*[{[]/.test(text) ? parseJson(text) : (parseYaml(text, { maxAliasCount: 100 }) as unknown);
  } catch (error) {
    throw notConvertible(`it is neither JSON nor YAML: ${(error as Error).message.split('\n')[0] ?? ''}`);
  }
}

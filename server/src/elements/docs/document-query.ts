import { Type } from '#platform/http';
import type { FastifyRequest } from '#platform/http';
import { rowsOf } from '../row-ids.ts';
import { toOpenApi } from './open-api.ts';

type Row = Record<string, unknown>;

export const anything = Type.Object({}, { additionalProperties: true });
/** What the query of a documentation route may say. */
export const docsQuery = Type.Object(
  {
    baseUrl: Type.Optional(Type.String({ description: 'Where the API is reached; this host by default' })),
    version: Type.Optional(
      Type.String({ description: '3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0' }),
    ),
    provider: Type.Optional(
      Type.String({
        description: 'aws documents calls by way of a gateway there, which wants a key of its own',
      }),
    ),
  },
  { additionalProperties: true },
);

/** A Swagger document in the version that the query asks for. */
export function writeDocument(request: FastifyRequest, document: Row): Record<never, never> {
  const { version, provider } = request.query as { version?: unknown; provider?: unknown };
  const swagger = provider === 'aws' ? behindGateway(document) : document;
  return typeof version === 'string' && /^3(\.|$)/.test(version) ? toOpenApi(swagger) : swagger;
}

const gatewayKey = {
  name: 'x-api-key',
  in: 'header',
  description: 'Key of the gateway',
  type: 'string',
  required: true,
};

/** The gateway has our base path in its own settings, and asks for its key beside our header. */
function behindGateway(document: Row): Row {
  const paths = Object.entries(document['paths'] as Record<string, Record<string, Row>>).map(
    ([path, verbs]) => [
      path,
      Object.fromEntries(
        Object.entries(verbs).map(([verb, one]) => [
          verb,
          { ...one, parameters: rowsOf(one['parameters']).toSpliced(1, 0, gatewayKey) },
        ]),
      ),
    ],
  );
  return { ...document, basePath: '/', paths: Object.fromEntries(paths) };
}

/** `baseUrl` of the query, else where this request came to. */
export function baseUrlOf(request: FastifyRequest): string {
  const given = (request.query as { baseUrl?: string }).baseUrl;
  if (given && URL.canParse(given) && /^https?:/.test(given)) return given;
  return `${request.protocol}://${request.host || 'localhost'}`;
}

import { Type } from '#platform/http';
import type { FastifyRequest } from '#platform/http';
import { toOpenApi } from './open-api.ts';

export const anything = Type.Object({}, { additionalProperties: true });
/** What the query of a documentation route may say. */
export const docsQuery = Type.Object(
  {
    baseUrl: Type.Optional(Type.String({ description: 'Where the API is reached; this host by default' })),
    version: Type.Optional(
      Type.String({ description: '3.1 gives OpenAPI 3.1; anything else, such as -1, Swagger 2.0' }),
    ),
  },
  { additionalProperties: true },
);

/** A Swagger document in the version that the query asks for. */
export function writeDocument(
  request: FastifyRequest,
  swagger: Record<string, unknown>,
): Record<never, never> {
  const { version } = request.query as { version?: unknown };
  return typeof version === 'string' && /^3(\.|$)/.test(version) ? toOpenApi(swagger) : swagger;
}

/** `baseUrl` of the query, else where this request came to. */
export function baseUrlOf(request: FastifyRequest): string {
  const given = (request.query as { baseUrl?: string }).baseUrl;
  if (given && URL.canParse(given) && /^https?:/.test(given)) return given;
  return `${request.protocol}://${request.host || 'localhost'}`;
}

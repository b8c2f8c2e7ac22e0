import type { FastifySchema } from 'fastify';
import { Type } from 'typebox';
import { type Access, partsOf } from './state.ts';
import type { RequestSchemas } from './validate.ts';

/** The body of every reply that tells of a failure. */
export const errorBody = Type.Object(
  {
    requestId: Type.String({
      description: 'Also in the header elements-request-id',
      pattern: '^[0-9a-f]{24}$',
    }),
    message: Type.String({ description: 'What is wrong and what to do' }),
    providerMessage: Type.Optional(
      Type.String({ description: 'What the provider said, when a call to it failed' }),
    ),
  },
  { $id: 'Error', title: 'Error' },
);

interface Described {
  method: string | readonly string[];
  path: string;
  access: Access;
  summary: string;
  description?: string;
  tags: readonly string[];
  operationId?: string;
  needs?: string;
  undocumented?: boolean;
  failures?: Record<number, string>;
  schema?: RequestSchemas & { response?: Record<number, unknown> };
}

const securityOf: Record<string, Record<string, string[]>[]> = {
  public: [],
  anyone: [{}, { User: [], Organization: [] }],
  login: [{ Bearer: [] }],
  user: [{ User: [], Organization: [] }],
  element: [{ User: [], Element: [] }],
};

/** Failures that any route can have; those of public ones are not about credentials. */
export const usualFailures = {
  400: { name: 'Invalid', text: 'The request has faults; the message names all of them' },
  401: { name: 'Unauthenticated', text: 'Credentials are missing or not valid' },
  404: { name: 'NotFound', text: 'There is no such thing' },
  500: { name: 'Fault', text: 'A fault of the server; quote the request id' },
} as const;

const failure = (description: string): object => ({ description, $ref: 'Error#' });

/** What the documentation tells of a route: its own words and schemas, and the failures that any route can have. */
export function describeRoute(route: Described): FastifySchema {
  const { schema } = route;
  const { who, oneOf } = partsOf(route.access);
  return {
    ...(schema?.params && { params: schema.params }),
    ...(schema?.querystring && { querystring: schema.querystring }),
    ...(schema?.headers && { headers: schema.headers }),
    ...(schema?.body && { body: schema.body }),
    ...(schema?.bodyOptional && { 'x-body-optional': true }),
    ...(route.undocumented && { hide: true }),
    ...(route.description !== undefined && { description: route.description }),
    summary: route.summary,
    tags: [...route.tags],
    operationId: route.operationId ?? operationIdOf(route),
    security: securityOf[who] ?? [],
    ...(oneOf.length > 0 && { 'x-privileges': oneOf }),
    ...(route.needs !== undefined && { 'x-needs': route.needs }),
    response: {
      200: { description: 'Success' },
      ...withDescriptions(schema?.response ?? {}),
      400: failure(usualFailures[400].text),
      ...(route.access !== 'public' && {
        401: failure(usualFailures[401].text),
        403: failure(
          `The caller may not do this${oneOf.length > 0 ? `: it needs ${oneOf.join(' or ')}` : ''}`,
        ),
      }),
      404: failure(usualFailures[404].text),
      ...Object.fromEntries(
        Object.entries(route.failures ?? {}).map(([status, text]) => [status, failure(text)]),
      ),
      500: failure(usualFailures[500].text),
    },
  };
}

/** Each reply needs a description of its own: that of its schema is for the schema. */
function withDescriptions(replies: Record<number, unknown>): Record<string, object> {
  const described = Object.entries(replies).map(([status, schema]) => [
    status,
    { 'x-response-description': 'Success', ...(schema as object) },
  ]);
  return Object.fromEntries(described) as Record<string, object>;
}

/** `GET /instances/:id/docs` → `getInstancesByIdDocs`. */
function operationIdOf({ method, path }: Described): string {
  const words = path.split(/[/.*]+/).filter((word) => word !== '');
  const named = words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word)));
  return `${[method].flat().join('Or').toLowerCase()}${named.join('')}`;
}

function capital(word: string): string {
  const letters = word.replaceAll(/\W+(\w?)/g, (_all, next: string) => next.toUpperCase());
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

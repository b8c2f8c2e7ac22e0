import type { Readable } from 'node:stream';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HTTPMethods,
  RouteOptions,
  onRequestAsyncHookHandler,
} from 'fastify';
import type { Static, TObject, TSchema } from 'typebox';
import { selectFields } from '#kernel/select-fields';
import { identify } from './access.ts';
import { answerAsResource } from './resource-calls.ts';
import { describeRoute } from './describe.ts';
import type { Principal } from './principal.ts';
import { type Access, stateOf } from './state.ts';
import { compileValidation, type RequestSchemas } from './validate.ts';

/** Where the API lives. `path` of a route is below it. */
export const apiBase = '/elements/api-v2';

/**
 * What a successful call leaves in the audit trail: `'none'` (it only reads), or noun and verb such as
 * `'instance.remove'`.
 */
export type Audit = 'none' | `${string}.${string}`;

export interface RouteSchema extends RequestSchemas {
  /** By status. Describes the reply (types, docs); replies are written as they are, without null properties. */
  response?: Record<number, TSchema>;
}

export interface Route<S extends RouteSchema, A extends Access> {
  method: HTTPMethods | readonly HTTPMethods[];
  /** Below `/elements/api-v2`, such as `/instances/:id`; with `outsideApi` from the root of the server. */
  path: string;
  outsideApi?: boolean;
  /** Required: who may call, and with which privilege: `user:editThings`. */
  access: A;
  /** Required: what a success leaves in the audit trail. */
  audit: Audit;
  /** One line for the documentation. */
  summary: string;
  description?: string;
  tags: readonly string[];
  /** Made from method and path when it is not given. */
  operationId?: string;
  /**
   * What a call needs besides what its schemas ask for, such as a person who comes back from a provider: `x-needs` of the
   * OpenAPI document. Whoever calls all operations cannot make it up.
   */
  needs?: string;
  /** Leave it out of the OpenAPI document. */
  undocumented?: boolean;
  bodyLimitBytes?: number;
  /** For the documentation: failures of its own, besides those that any route can have. */
  failures?: Record<number, string>;
  /**
   * Elements may have resources of this path, such as `/accounts`: with the token of an account whose element has it,
   * the call is that of the resource (see `setResourceCalls`).
   */
  mayBeResource?: boolean;
  schema?: S;
  /**
   * Throws 404 for what is not there, before the body and the query are looked at: whoever asks for nothing need not be
   * told how to ask better. The path has been checked.
   */
  exists?: (request: RequestOf<S, A>) => unknown;
  handler: (request: RequestOf<S, A>, reply: FastifyReply) => ReplyOf<S> | Promise<ReplyOf<S>>;
}

type PartOf<S, P extends string, Otherwise> =
  S extends Record<P, infer T> ? (T extends TSchema ? Static<T> : Otherwise) : Otherwise;

/** The request as a handler sees it: parts typed by their schemas, and who is calling unless the route is public. */
export type RequestOf<S, A extends Access> = FastifyRequest<{
  Params: PartOf<S, 'params', Record<string, string>>;
  Querystring: PartOf<S, 'querystring', Record<string, string | string[] | undefined>>;
  Headers: PartOf<S, 'headers', Record<never, never>>;
  Body: PartOf<S, 'body', unknown> | (S extends { bodyOptional: true } ? undefined : never);
}> &
  (A extends 'public'
    ? unknown
    : A extends `anyone:${string}`
      ? { principal: Principal | null }
      : { principal: Principal });

type ReplyOf<S> =
  (S extends { response: { 200: infer T extends TSchema } } ? Outgoing<Static<T>> : unknown) | Direct;
// oxlint-disable-next-line typescript/no-invalid-void-type -- "returns nothing" is what it says
type Direct = FastifyReply | Readable | void;

/** What may be handed over where T goes out: null where T has an optional property, since nulls are left out. */
export type Outgoing<T> = T extends readonly (infer E)[]
  ? readonly Outgoing<E>[]
  : T extends object
    ? {
        [K in keyof T]: Record<never, never> extends Pick<T, K>
          ? Outgoing<T[K]> | null | undefined
          : Outgoing<T[K]>;
      }
    : T;

/**
 * Adds one route. The order of checks is: who is calling (401, 403), then the body is read (413, 415, bad JSON), then
 * what `exists` says (404), then all parts are validated together (400), then the handler runs.
 */
export function route<const S extends RouteSchema = Record<never, never>, A extends Access = Access>(
  app: FastifyInstance,
  definition: Route<S, A>,
): void {
  const { access, audit, handler, schema } = definition;
  const validate = schema && compileValidation(schema);
  const takesFields = 'fields' in ((schema?.querystring as TObject | undefined)?.properties ?? {});
  const options: RouteOptions = {
    method: typeof definition.method === 'string' ? definition.method : [...definition.method],
    url: urlOf(definition),
    // Validation is ours: one check for all parts. Schemas are for the document only, which few servers are asked for.
    config: { swaggerTransform: ({ url }) => ({ url, schema: describeRoute(definition) }) },
    handler: async (request, reply) => {
      const result = await handler(request as unknown as RequestOf<S, A>, reply);
      if (audit !== 'none') writeAudit(request, audit);
      const { fields } = request.query as { fields?: string };
      if (takesFields && fields && Array.isArray(result)) return selectFields(result, fields);
      return result === undefined && !reply.sent ? reply.send() : result;
    },
  };
  if (definition.bodyLimitBytes !== undefined) options.bodyLimit = definition.bodyLimitBytes;
  const first: onRequestAsyncHookHandler[] = [];
  if (definition.mayBeResource) first.push(answerAsResource);
  if (access !== 'public') first.push(identify(access));
  if (first.length > 0) options.onRequest = first;
  const { exists } = definition;
  if (exists) {
    const validatePath = schema?.params && compileValidation({ params: schema.params });
    options.preHandler = async (request) => {
      validatePath?.(request);
      await exists(request as unknown as RequestOf<S, A>);
      validate?.(request);
    };
  } else if (validate) options.preHandler = async (request) => validate(request);
  app.route(options);
}

function urlOf({ path, outsideApi }: { path: string; outsideApi?: boolean }): string {
  if (outsideApi || path === apiBase || path.startsWith(`${apiBase}/`)) return path;
  return apiBase + path;
}

function writeAudit(request: FastifyRequest, action: Exclude<Audit, 'none'>): void {
  const principal = request.getDecorator<Principal | null>('principal');
  const { method, id: requestId } = request;
  const path = (request.url.split('?', 1)[0] ?? '').replace(apiBase, '');
  stateOf(request.server).auditor({ action, requestId, method, path, principal: principal ?? undefined });
}

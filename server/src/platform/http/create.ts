import fastify, { type FastifyInstance, LogController } from 'fastify';
import { newRequestId } from '#kernel/id';
import type { Log } from '#kernel/log';
import { allowOtherOrigins } from './cors.ts';
import { hostMissing, noSuchPath, shuttingDown } from './errors.ts';
import { replyToBrokenRequest, replyWithFailure } from './failures.ts';
import { acceptJson } from './json-body.ts';
import { serveDocs } from './docs.ts';
import { observeCalls } from './observe.ts';
import { toReplyJson } from './reply-json.ts';
import { logRequests, toFastifyLogger } from './request-log.ts';
import { attachState, type HttpState, type NotFoundHandler, stateOf } from './state.ts';

/** Largest JSON body that a platform route takes, unless the route says another `bodyLimitBytes`. */
export const defaultBodyLimitBytes = 5 * 1024 * 1024;

export interface HttpOptions {
  log: Log;
  /** Shown in the OpenAPI document. */
  version: string;
  bodyLimitBytes?: number;
  /** Time that a client has to send the headers of a request. */
  headersTimeoutMs?: number;
}

/**
 * The HTTP server: request ids, error replies, JSON without lost digits, CORS, security headers, documentation.
 * Add routes with `route(app, …)`, then `app.listen(…)`. `app.close()` lets running calls finish, refuses new ones
 * and drops idle connections.
 */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { log } = options;
  const state: HttpState = {
    log,
    authenticator: undefined,
    sessionAuthenticator: undefined,
    notFound: (request) => {
      throw noSuchPath(request.method, pathOf(request.url));
    },
    auditor: ({ action, requestId }) => log.info({ audit: action, requestId }, 'audit'),
    observer: undefined,
    closing: false,
    resourceCalls: undefined,
  };
  const app = fastify({
    loggerInstance: toFastifyLogger(log),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    bodyLimit: options.bodyLimitBytes ?? defaultBodyLimitBytes,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false, // below
    return503OnClosing: false, // ours has the usual body and the request id
    // Node's own refusal of a request without host is an empty reply.
    http: { headersTimeout: options.headersTimeoutMs ?? 30_000, requireHostHeader: false },
    // An element token or an encoded id is longer than Fastify's 100 characters.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 4096 },
    // HEAD is answered as GET, and Node sends no body then: routes of its own would be a third more at each start.
    rewriteUrl: (request) => {
      if (request.method === 'HEAD') request.method = 'GET';
      return request.url ?? '/';
    },
    frameworkErrors: (error, request, reply) => {
      reply.headers(headersOfEveryReply(request.id));
      replyWithFailure(error, request, reply, log);
    },
    clientErrorHandler: replyToBrokenRequest,
  });
  attachState(app, state);
  app.decorateRequest('principal', null);
  acceptJson(app, options.bodyLimitBytes ?? defaultBodyLimitBytes);
  app.setReplySerializer(toReplyJson);
  app.setSerializerCompiler(() => toReplyJson);
  app.setErrorHandler((error, request, reply) => {
    request.setDecorator('failure', replyWithFailure(error, request, reply, log).body);
  });
  app.setNotFoundHandler((request, reply) => state.notFound(request, reply));
  addHooks(app, state);
  await serveDocs(app, options.version);
  return app;
}

/** What answers a path that no route has. The default is 404. */
export function setNotFound(app: FastifyInstance, handler: NotFoundHandler): void {
  stateOf(app).notFound = handler;
}

/** With callbacks, not promises: these run for every hub call. */
function addHooks(app: FastifyInstance, state: HttpState): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headersOfEveryReply(request.id));
    done();
  });
  allowOtherOrigins(app);
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') return done(hostMissing());
    done(state.closing ? shuttingDown() : undefined);
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // Without this a kept-alive connection outlives its last call and holds up the close.
    if (state.closing) reply.header('connection', 'close');
    done();
  });
  app.addHook('preClose', async () => {
    state.closing = true;
  });
  logRequests(app, state.log);
  observeCalls(app, state);
}

function headersOfEveryReply(requestId: string): Record<string, string> {
  return {
    'elements-request-id': requestId,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}

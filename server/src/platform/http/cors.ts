import type { FastifyInstance } from 'fastify';

/** The headers that a page may read; the text is part of the API's contract. */
export const exposedHeaders =
  'Elements-Returned-Count, Elements-Total-Count, Elements-Request-Id, Elements-Next-Page-Token, ' +
  'Elements-Trace-Id, Elements-Error, Content-Disposition';

/**
 * Pages of every origin may call with credentials in explicit headers. Cookies are never allowed to them, so a foreign page
 * has nothing to ride on. Preflights are answered for every path, with 200 like every other success.
 */
export function allowOtherOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers.origin === undefined) return done();
    reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', exposedHeaders);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
      return done();
    }
    const wanted = request.headers['access-control-request-headers'];
    if (typeof wanted === 'string' && /^[\w\-, !#$%&'*+.^`|~]+$/.test(wanted)) {
      reply.header('access-control-allow-headers', wanted);
    }
    void reply
      .header('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE')
      .header('access-control-max-age', '86400')
      .header('vary', 'Origin, Access-Control-Request-Headers')
      .code(200)
      .send();
  });
}

import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { stringifyJson } from '#kernel/json';

/**
 * A scope whose routes receive the body as it arrives: `rawBody(request)` is the stream, nothing is parsed, collected
 * or limited; the handler must read it or leave it to the end of the request. Objects that they reply are written
 * as they are, nulls too.
 */
export function withRawBodies(app: FastifyInstance, mount: (scope: FastifyInstance) => void): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.setReplySerializer((value) => stringifyJson(value));
    mount(scope);
  });
}

/** The unread body of a request in a raw scope; undefined when it has none. */
export function rawBody(request: FastifyRequest): Readable | undefined {
  return (request.body ?? undefined) as Readable | undefined;
}

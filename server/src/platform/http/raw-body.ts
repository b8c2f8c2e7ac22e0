import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppError } from '#kernel/error';
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

/**
 * A request's body piece by piece. When its reader gives up, the rest is thrown away: ended there, the connection would take the reply
 * with it, and a body that nobody reads would hold its connection, and with it the end of the server.
 */
export async function* chunksOf(body: Readable): AsyncGenerator<Buffer> {
  try {
    yield* body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } finally {
    body.resume();
  }
}

/**
 * A request's body as a whole.
 *
 * @param tooLarge makes what is thrown for one of more than `limitBytes`.
 */
export async function collectBody(
  body: Readable,
  limitBytes: number,
  tooLarge: () => AppError,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunksOf(body)) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

import { EventEmitter } from 'node:events';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from '#kernel/log';

/** One line for each request: method, path without its query, status, duration, request id. */
export function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', (request, reply, done) => {
    const details = {
      ...about(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (reply.statusCode >= 500) log.warn(details, 'request');
    else log.info(details, 'request');
    done();
  });
  app.addHook('onRequestAbort', async (request) => {
    log.info({ ...about(request), status: 499 }, 'request: the caller went away');
  });
}

function about({ method, raw, id }: FastifyRequest): { method: string; path: string; requestId: string } {
  const url = raw.url ?? '';
  const end = url.search(/[?#]/);
  return { method, path: end < 0 ? url : url.slice(0, end), requestId: id };
}

/**
 * Our log as Fastify wants one. Children are the log itself: making a logger for each request costs more than all
 * its lines, and each line of ours names the request id anyway.
 */
export function toFastifyLogger(log: Log): FastifyBaseLogger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (details: unknown, message?: string): void => {
      if (typeof details === 'string') log[level]({}, details);
      else log[level]((details ?? {}) as object, message ?? 'http');
    };
  const logger = {
    level: 'info',
    silent() {},
    trace() {},
    debug: at('debug'),
    info: at('debug'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('error'),
    child: () => logger,
  };
  return Object.assign(new EventEmitter(), logger) as unknown as FastifyBaseLogger;
}

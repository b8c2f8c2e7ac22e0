import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { parseJson } from '#kernel/json';
import { findJsonFault } from '#kernel/json-fault';
import { invalidEncoding, invalidJson } from './errors.ts';

/**
 * Parses JSON bodies without losing digits of numbers. An empty body is no body: clients send
 * `content-type: application/json` with PUT and DELETE requests that carry nothing.
 */
export function acceptJson(app: FastifyInstance, bodyLimitBytes: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    /^application\/(?:[\w.+-]+\+)?json/i,
    { parseAs: 'buffer', bodyLimit: bodyLimitBytes },
    (_request, body, done) => {
      try {
        done(null, toJsonBody(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function toJsonBody(body: Buffer): unknown {
  if (!isUtf8(body)) throw invalidEncoding();
  const text = withoutByteOrderMark(body.toString('utf8'));
  if (text.trim() === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    // V8's own message may quote the body, which may hold a secret, and often has no position.
    throw invalidJson(findJsonFault(text));
  }
}

function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

import { Transform, pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Outbound, OutboundReply, OutboundRequest } from './outbound.ts';

/** One request that went out and what came of it. Nothing in it is redacted. */
export interface Exchange {
  method: string;
  url: string;
  requestHeaders: OutboundRequest['headers'];
  /** Undefined unless bodies are kept; then at most the beginning. */
  requestBody: string | undefined;
  startedAtMs: number;
  /** Until the reply's headers, or until it was known that there are none. */
  durationMs: number;
  /** Undefined where there was no reply. */
  status: number | undefined;
  replyHeaders: OutboundReply['headers'];
  replyBody: string | undefined;
  /** Why there was no reply, or why it broke off. */
  failure: string | undefined;
}

/**
 * The same way out, which tells of each exchange: at the reply's headers, or with `bodyBytes` when its body has ended, with as
 * much of both bodies. Bodies pass as they come, none is held back.
 */
export function watchOutbound(
  outbound: Outbound,
  tell: (exchange: Exchange) => void,
  { bodyBytes = 0 } = {},
): Outbound {
  return {
    async send(request) {
      const startedAtMs = Date.now();
      const begun = performance.now();
      const exchange: Exchange = {
        method: request.method,
        url: request.url,
        requestHeaders: request.headers,
        requestBody: bodyBytes > 0 ? beginningOf(request.body, bodyBytes) : undefined,
        startedAtMs,
        durationMs: 0,
        status: undefined,
        replyHeaders: {},
        replyBody: undefined,
        failure: undefined,
      };
      let reply: OutboundReply;
      try {
        reply = await outbound.send(request);
      } catch (error) {
        exchange.durationMs = performance.now() - begun;
        exchange.failure = (error as Error).message;
        tell(exchange);
        throw error;
      }
      exchange.durationMs = performance.now() - begun;
      exchange.status = reply.status;
      exchange.replyHeaders = reply.headers;
      if (bodyBytes > 0) return { ...reply, body: tapped(reply, bodyBytes, exchange, tell) };
      tell(exchange);
      return reply;
    },
    close: () => outbound.close(),
  };
}

function tapped(
  reply: OutboundReply,
  bodyBytes: number,
  exchange: Exchange,
  tell: (exchange: Exchange) => void,
): Readable {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let sizeBytes = 0;
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      if (keptBytes < bodyBytes) {
        const part = chunk.subarray(0, bodyBytes - keptBytes);
        keptBytes += part.length;
        kept.push(part);
      }
      done(null, chunk);
    },
  });
  return pipeline(reply.body, tap, (error) => {
    exchange.replyBody = isText(reply.headers['content-type'])
      ? shorten(Buffer.concat(kept), sizeBytes)
      : sizeBytes === 0
        ? ''
        : `[${sizeBytes} bytes]`;
    // Whoever needs no more of a reply closes it; that is no failure.
    if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') exchange.failure = error.message;
    tell(exchange);
  });
}

function beginningOf(body: OutboundRequest['body'], bodyBytes: number): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'function') return '[a stream]';
  const bytes = Buffer.from(body);
  if (typeof body !== 'string' && bytes.includes(0)) return `[${bytes.length} bytes]`;
  return shorten(bytes.subarray(0, bodyBytes), bytes.length);
}

function shorten(beginning: Buffer, sizeBytes: number): string {
  const text = beginning.toString('utf8');
  return sizeBytes > beginning.length ? `${text}… [${sizeBytes} bytes in all]` : text;
}

function isText(contentType: string | string[] | undefined): boolean {
  return contentType === undefined || /json|xml|text|form-urlencoded|javascript/i.test(String(contentType));
}

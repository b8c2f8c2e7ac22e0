import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
import { endOfTurn } from '#kernel/turn';
import { createAllowedHosts } from './allowed-hosts.ts';
import { createConnector } from './connector.ts';
import { acceptedEncodings, decode } from './decode.ts';
import { dispatch } from './dispatch.ts';
import type { Outbound, OutboundOptions, OutboundReply, OutboundRequest } from './outbound.ts';
import { followRedirect } from './redirect.ts';
import { toTargetUrl } from './target-url.ts';

/** How long close() waits for replies that nobody reads to their end. */
const closeGraceMs = 5_000;

/** The one way out of the process over HTTP. Makes no connection before the first call. */
export function createOutbound(options: OutboundOptions): Outbound {
  const agent = new Agent({
    connect: createConnector({
      isAllowed: createAllowedHosts(options.allowHosts),
      timeoutMs: options.connectTimeoutMs ?? 10_000,
    }),
    connections: options.connectionsPerOrigin ?? 64,
    pipelining: 1,
    headersTimeout: options.headersTimeoutMs ?? 60_000,
    bodyTimeout: options.bodyTimeoutMs ?? 60_000,
  });
  return {
    async send(request) {
      let current = request;
      let reply = await sendOnce(agent, current);
      for (let left = request.followRedirects ?? 0; left > 0; left--) {
        const next = followRedirect(current, reply);
        if (!next) break;
        reply.body.destroy();
        current = next;
        reply = await sendOnce(agent, current);
      }
      return reply;
    },
    async close() {
      const grace = new AbortController();
      const waited = sleep(closeGraceMs, 'late', { signal: grace.signal, ref: false }).catch(() => 'closed');
      const outcome = await Promise.race([agent.close().then(() => 'closed'), waited]);
      grace.abort();
      if (outcome === 'late') await agent.destroy();
    },
  };
}

async function sendOnce(agent: Agent, request: OutboundRequest): Promise<OutboundReply> {
  const url = toTargetUrl(request.url);
  const { signal, headersTimeoutMs, bodyTimeoutMs } = request;
  signal?.throwIfAborted();
  const decompress = request.decompress ?? true;
  const options: Dispatcher.DispatchOptions = {
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method as Dispatcher.HttpMethod,
    headers: toHeaders(request.headers, decompress),
    body: typeof request.body === 'function' ? request.body() : (request.body ?? null),
  };
  if (headersTimeoutMs !== undefined) options.headersTimeout = headersTimeoutMs;
  if (bodyTimeoutMs !== undefined) options.bodyTimeout = bodyTimeoutMs;
  const reply = await dispatch(agent, options, { host: url.host, signal });
  await endOfTurn();
  const { status, headers, body } = reply;
  const bodyless = request.method === 'HEAD' || status === 204 || status === 304;
  if (bodyless || !decompress || headers['content-encoding'] === undefined) return reply;
  return { status, ...decode(headers, body, url.host) };
}

/** Belong to one connection (RFC 9110 §7.6.1); undici sets what it needs. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

function toHeaders(
  given: OutboundRequest['headers'],
  decompress: boolean,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  let encodingChosen = !decompress;
  for (const name of Object.keys(given)) {
    const key = name.toLowerCase();
    const value = given[name];
    if (hopByHop.has(key) || value === undefined) continue;
    if (key === 'accept-encoding') encodingChosen = true;
    headers[name] = value;
  }
  if (!encodingChosen) headers['accept-encoding'] = acceptedEncodings;
  return headers;
}

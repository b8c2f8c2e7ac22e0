import type { OutboundReply, OutboundRequest } from './outbound.ts';
import { toTargetUrl } from './target-url.ts';

/** Headers that say nothing about the caller; all others stay with the origin that they were meant for. */
const harmless = /^(accept(-.*)?|content-(type|language|encoding|length)|user-agent)$/;

/** The next call of a redirect (RFC 9110 §15.4), or undefined when the reply is none. */
export function followRedirect(request: OutboundRequest, reply: OutboundReply): OutboundRequest | undefined {
  const location = [reply.headers['location'] ?? []].flat()[0];
  if (location === undefined || ![301, 302, 303, 307, 308].includes(reply.status)) return undefined;
  const from = toTargetUrl(request.url);
  const to = toTargetUrl(location, from);
  const becomesGet =
    (reply.status === 303 && request.method !== 'HEAD') || (reply.status < 303 && request.method === 'POST');
  const headers = Object.entries(request.headers).filter(([name]) => {
    const key = name.toLowerCase();
    if (key === 'host' || (becomesGet && key.startsWith('content-'))) return false;
    return from.origin === to.origin || harmless.test(key);
  });
  return {
    ...request,
    url: to.href,
    headers: Object.fromEntries(headers),
    ...(becomesGet && { method: 'GET', body: null }),
  };
}

import { parseJson } from '#kernel/json';
import { canFail } from '#kernel/error';
import { OutboundError, readText } from '#platform/outbound';
import type { OutboundReply } from '#platform/outbound';
import { parseXml } from './xml.ts';
import { providerFailed, providerReplyUnreadable, replyTooLarge } from './errors.ts';

/** Largest reply that is taken into memory to be mapped; anything that needs no mapping streams past. */
export const mappedReplyLimitBytes = 64 * 1024 * 1024;

/** Provider headers that a caller may see. */
const shown =
  /^(link|retry-after|etag|last-modified|content-disposition|content-language|x-?rate-?limit.*|ratelimit.*)$/;

export function shownHeaders(headers: OutboundReply['headers']): Record<string, string | string[]> {
  const seen: Record<string, string | string[]> = {};
  for (const name of Object.keys(headers)) if (shown.test(name)) seen[name] = headers[name] ?? '';
  return seen;
}

export function contentTypeOf(reply: OutboundReply): string {
  const value = reply.headers['content-type'];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

export function isJson(contentType: string): boolean {
  return /[/+]json\b/i.test(contentType);
}

/** Reads a whole reply as text. @throws 502 when the provider breaks off or the reply is too large. */
export async function readReplyText(reply: OutboundReply): Promise<string> {
  try {
    return await readText(reply.body, mappedReplyLimitBytes);
  } catch (error) {
    if (error instanceof OutboundError && error.kind === 'too-large')
      throw replyTooLarge(mappedReplyLimitBytes);
    throw providerFailed(
      'The provider broke off in the middle of its reply. Try again later.',
      undefined,
      error,
    );
  }
}

/** Throws away a reply that nobody will read, so that its socket is free again. */
export async function discard(reply: OutboundReply): Promise<void> {
  await canFail(
    (async () => {
      reply.body.resume();
      reply.body.destroy();
    })(),
    'the reply is not wanted any more',
  );
}

export function parseReply(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw providerReplyUnreadable('JSON', (error as Error).message, error);
  }
}

export function parseXmlReply(text: string): unknown {
  try {
    return parseXml(text);
  } catch (error) {
    throw providerReplyUnreadable('XML', (error as Error).message, error);
  }
}

import { toText } from '#kernel/json';
import { getPath } from '#kernel/path';
import type { WebhookCall } from './payload.ts';

/** What is answered to a provider that wants to know whether we expect its calls. */
export interface HandshakeAnswer {
  body: string;
  contentType: string;
  headers: Record<string, string>;
}

/** Query parameters whose value is to be sent back as it is. */
const echoed = [
  'hub.challenge',
  'validationToken',
  'validationtoken',
  'challenge',
  'echostr',
  'verification',
];
const longestChallenge = 1000;

/**
 * The handshakes that providers use: a challenge in the query (WebSub, Microsoft Graph and many others), a challenge in a
 * JSON body of type `url_verification` (Slack and others), a secret in a header that is to be sent back (`X-Hook-Secret`).
 * A definition's event hook can answer any other. A call that brings something is no handshake by its query: the URL that
 * the provider knows may have such a parameter for good.
 */
export function answerHandshake(call: WebhookCall): HandshakeAnswer | undefined {
  // Some providers send an empty object where they mean nothing.
  const isEmpty = call.body.length <= 2;
  for (const name of echoed) {
    const challenge = call.method === 'GET' || isEmpty ? call.query[name] : undefined;
    if (challenge && challenge.length <= longestChallenge) return plain(challenge);
  }
  const challenge = getPath(call.payload, 'challenge');
  const isVerification = /verification|challenge|handshake/i.test(toText(getPath(call.payload, 'type')));
  if (typeof challenge === 'string' && challenge.length <= longestChallenge) {
    if (isVerification || Object.keys(call.payload).length <= 2)
      return { ...plain(JSON.stringify({ challenge })), contentType: 'application/json' };
  }
  const secret = call.headers['x-hook-secret'];
  if (secret && secret.length <= longestChallenge && isEmpty)
    return { ...plain(''), headers: { 'x-hook-secret': secret } };
  return undefined;
}

/** A challenge is a stranger's text: it must never be taken for a page. */
function plain(body: string): HandshakeAnswer {
  return { body, contentType: 'text/plain; charset=utf-8', headers: { 'x-content-type-options': 'nosniff' } };
}

import { readProviderMessage, resolveConfiguration, toCallError, withOAuth1 } from '#calls';
import type { Element } from '#elements';
import { readText } from '#platform/outbound';
import type { Outbound } from '#platform/outbound';
import { clientRefused, tokenCallFailed, tokenReplyUnusable, verifierRefused } from '../errors.ts';
import type { TokenSet } from './token-call.ts';

const replyLimitBytes = 1024 * 1024;

/** Before the person's consent: temporary credentials (RFC 5849 §2.1). */
export interface RequestToken {
  token: string;
  secret: string;
}

/**
 * Asks `oauth.request.url` for a request token.
 *
 * @throws 400 when the provider does not accept the app, 502 when it fails.
 */
export async function getRequestToken(
  outbound: Outbound,
  element: Element,
  configuration: Record<string, string>,
): Promise<RequestToken> {
  const fields = { oauth_callback: configuration['oauth.callback.url'] || 'oob' };
  const reply = await ask(outbound, element, configuration, 'oauth.request.url', { token: '', fields });
  if (reply.status >= 400) throw clientRefused(element.name, reply.providerMessage);
  return toToken(element, reply);
}

/**
 * After the person's consent: the verifier for the account's own token (RFC 5849 §2.3).
 *
 * @throws 400 when the provider refuses, 502 when it fails.
 */
export async function exchangeVerifier(
  outbound: Outbound,
  element: Element,
  configuration: Record<string, string>,
  given: { token: string; verifier: string; secret: string },
): Promise<TokenSet> {
  const reply = await ask(outbound, element, configuration, 'oauth.token.url', {
    token: given.token,
    tokenSecret: given.secret,
    fields: { oauth_verifier: given.verifier },
  });
  if (reply.status >= 400) throw verifierRefused(element.name, reply.providerMessage);
  const { token, secret } = toToken(element, reply);
  return { 'oauth.user.token': token, 'oauth.user.token.secret': secret };
}

interface FormReply {
  status: number;
  fields: URLSearchParams;
  providerMessage: string | undefined;
}

async function ask(
  outbound: Outbound,
  element: Element,
  configuration: Record<string, string>,
  urlKey: 'oauth.request.url' | 'oauth.token.url',
  { token, ...more }: { token: string; tokenSecret?: string; fields: Record<string, string> },
): Promise<FormReply> {
  const url = resolveConfiguration(configuration, urlKey);
  if (!/^https?:/.test(url)) throw tokenReplyUnusable(element.name, `${urlKey} is no URL: '${url}'`);
  // Tokens of an account that is connected again must not sign this.
  const { 'oauth.user.token': _token, 'oauth.user.token.secret': _secret, ...app } = configuration;
  const headers = { accept: '*/*', 'content-length': '0' };
  const signed = withOAuth1(
    app,
    { method: 'POST', url, headers, body: null },
    token ? { token, ...more } : more,
  );
  try {
    const reply = await outbound.send(signed);
    const text = await readText(reply.body, replyLimitBytes);
    const providerMessage = readProviderMessage(parse(text), text);
    if (reply.status >= 500 || reply.status === 429)
      throw tokenCallFailed(element.name, reply.status, providerMessage);
    return { status: reply.status, fields: new URLSearchParams(text.trim()), providerMessage };
  } catch (error) {
    throw toCallError(error, element.name);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toToken(element: Element, { fields, providerMessage }: FormReply): RequestToken {
  const token = fields.get('oauth_token');
  const secret = fields.get('oauth_token_secret');
  if (!token || secret === null)
    throw tokenReplyUnusable(element.name, 'it holds no oauth_token and oauth_token_secret', providerMessage);
  return { token, secret };
}

import * as oauth from 'oauth4webapi';
import { parseJson } from '#kernel/json';
import { OutboundError, readText } from '#platform/outbound';
import type { Outbound } from '#platform/outbound';
import { readProviderMessage, resolveConfiguration, toCallError } from '#calls';
import type { Element } from '#elements';
import { clientIncomplete, tokenCallFailed, tokenReplyUnusable } from '../errors.ts';

/** Tokens by the configuration keys under which an instance keeps them. */
export type TokenSet = Record<string, string>;

/** A token endpoint's `4xx`: the caller of this function knows what it means. */
export interface TokenRefusal {
  status: number;
  /** The `error` field of RFC 6749 §5.2, where there is one. */
  error: string | undefined;
  providerMessage: string | undefined;
}

export type TokenResult = { kind: 'tokens'; tokens: TokenSet } | { kind: 'refused'; refusal: TokenRefusal };

export interface TokenGrant {
  grantType: 'authorization_code' | 'client_credentials' | 'password' | 'refresh_token';
  parameters: Record<string, string>;
  /** Configuration key of the endpoint. */
  urlKey: 'oauth.token.url' | 'oauth.token.refresh_url';
}

const replyLimitBytes = 1024 * 1024;

/**
 * Asks an element's token endpoint (RFC 6749 §4.1.3 and §6).
 *
 * @throws 400 when nobody has said where it is, or who asks; 502 when the provider cannot be reached, fails, or answers something that holds no token.
 */
export async function callTokenEndpoint(
  outbound: Outbound,
  element: Element,
  configuration: Record<string, string>,
  grant: TokenGrant,
  nowMs: number,
): Promise<TokenResult> {
  const url =
    resolveConfiguration(configuration, grant.urlKey) ||
    resolveConfiguration(configuration, 'oauth.token.url');
  const missing = [
    ...(configuration['oauth.api.key'] ? [] : ['oauth.api.key']),
    ...(URL.canParse(url) ? [] : ['oauth.token.url']),
  ];
  if (missing.length > 0) throw clientIncomplete(element.name, missing);
  const reply = await post(outbound, element, configuration, grant, url);
  const body = readBody(reply.text);
  const providerMessage = readProviderMessage(body, reply.text);
  const error = typeof body?.['error'] === 'string' ? body['error'] : undefined;
  if (isOutage(reply.status, error)) throw tokenCallFailed(element.name, reply.status, providerMessage);
  if (reply.status >= 400 || (error && !body?.['access_token'])) {
    return { kind: 'refused', refusal: { status: reply.status, error, providerMessage } };
  }
  if (!body) throw tokenReplyUnusable(element.name, 'it is not JSON', providerMessage);
  if (typeof body['access_token'] !== 'string' || body['access_token'] === '') {
    throw tokenReplyUnusable(element.name, 'it holds no access_token', providerMessage);
  }
  return { kind: 'tokens', tokens: toTokens(body, nowMs) };
}

async function post(
  outbound: Outbound,
  element: Element,
  configuration: Record<string, string>,
  grant: TokenGrant,
  url: string,
): Promise<{ status: number; text: string }> {
  const server: oauth.AuthorizationServer = { issuer: url, token_endpoint: url };
  const client: oauth.Client = { client_id: configuration['oauth.api.key'] ?? '' };
  const secret = configuration['oauth.api.secret'] ?? '';
  const authentication =
    secret === ''
      ? oauth.None()
      : configuration['oauth.basic.header'] === 'true'
        ? oauth.ClientSecretBasic(secret)
        : oauth.ClientSecretPost(secret);
  try {
    const response = await oauth.genericTokenEndpointRequest(
      server,
      client,
      authentication,
      grant.grantType,
      grant.parameters,
      {
        [oauth.customFetch]: (to, init) => fetchThrough(outbound, to, init as FetchInit),
        [oauth.allowInsecureRequests]: true,
      },
    );
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof OutboundError ? error.cause : error;
    throw toCallError(cause, element.name);
  }
}

interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: URLSearchParams | string;
}

/** The library's fetch, made of our outbound client: its time limits, its protection of private networks. */
async function fetchThrough(outbound: Outbound, url: string, init: FetchInit): Promise<Response> {
  const reply = await outbound.send({
    method: init.method,
    url,
    headers: { ...init.headers, accept: 'application/json' },
    body: init.body === undefined ? null : String(init.body),
  });
  const text = await readText(reply.body, replyLimitBytes);
  const bodiless = reply.status === 204 || reply.status === 304;
  return new Response(bodiless ? null : text, { status: reply.status });
}

/** Says nothing about the grant: the endpoint is down, moved or too busy, and the account must not be given up for it. */
function isOutage(status: number, error: string | undefined): boolean {
  if (status >= 500 || status === 408 || status === 429) return true;
  if (error !== undefined) return error === 'server_error' || error === 'temporarily_unavailable';
  return status >= 300 && ![400, 401, 403].includes(status);
}

/** Some providers answer form-encoded in spite of the standard. */
function readBody(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    if (/^[\w.-]+=[^<>\s]*$/.test(text.trim())) return Object.fromEntries(new URLSearchParams(text.trim()));
  }
  return undefined;
}

/** The fields of RFC 6749 §5.1 under the keys of an instance. */
export function toTokens(body: Record<string, unknown>, nowMs: number): TokenSet {
  const tokens: TokenSet = {
    'oauth.user.token': String(body['access_token']),
    'oauth.user.refresh_time': String(nowMs),
  };
  const refresh = body['refresh_token'];
  if (typeof refresh === 'string' && refresh !== '') tokens['oauth.user.refresh_token'] = refresh;
  const seconds = Number(body['expires_in']);
  if (Number.isFinite(seconds) && seconds > 0)
    tokens['oauth.user.refresh_interval'] = String(Math.floor(seconds));
  return tokens;
}

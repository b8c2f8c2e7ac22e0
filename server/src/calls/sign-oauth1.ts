import { createHmac, randomBytes } from 'node:crypto';
import OAuth from 'oauth-1.0a';

/** What an OAuth 1.0a signature covers: the request as it will be sent. */
export interface SignableRequest {
  method: string;
  /** With its query. */
  url: string;
  /** The body where it is `application/x-www-form-urlencoded`: it is part of the signature (RFC 5849 §3.4.1.3). */
  form: string | undefined;
}

export interface OAuth1Credentials {
  consumerKey: string;
  consumerSecret: string;
  /** Of the account, or of the pending authorization; absent for the first of the three calls. */
  token?: string | undefined;
  tokenSecret?: string | undefined;
  /** `oauth_callback`, `oauth_verifier`: fields that belong to the protocol, not to the request. */
  more?: Record<string, string>;
}

interface Fixed {
  nonce: string;
  /** Seconds since 1970. */
  timestamp: string;
  /** May be left out (RFC 5849 §3.1). */
  version?: '1.0';
}

/**
 * Signs by HMAC-SHA1 (RFC 5849 §3.4.2).
 *
 * @returns the `oauth_…` fields, the signature among them, in the order of their names.
 */
export function signOAuth1(
  request: SignableRequest,
  credentials: OAuth1Credentials,
  fixed: Fixed = now(),
): Record<string, string> {
  const signer = new OAuth({
    consumer: { key: credentials.consumerKey, secret: credentials.consumerSecret },
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  });
  const fields: Record<string, string> = {
    oauth_consumer_key: credentials.consumerKey,
    oauth_nonce: fixed.nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: fixed.timestamp,
    ...(fixed.version ? { oauth_version: fixed.version } : {}),
    ...credentials.more,
    ...(credentials.token === undefined ? {} : { oauth_token: credentials.token }),
  };
  const { address, parameters } = takeApart(request);
  // The library reads neither names nor plus signs of a query as the RFC wants: it gets them decoded.
  const signed = { url: address, method: request.method, data: parameters };
  const signature = signer.getSignature(signed, credentials.tokenSecret, fields as never);
  return { ...fields, oauth_signature: signature };
}

function now(): Fixed {
  return {
    nonce: randomBytes(16).toString('hex'),
    timestamp: String(Math.floor(Date.now() / 1000)),
    version: '1.0',
  };
}

/** Address as RFC 5849 §3.4.1.2 wants it, and the decoded parameters of query and form, with all values of a name. */
function takeApart({ url, form }: SignableRequest): {
  address: string;
  parameters: Record<string, string | string[]>;
} {
  const parsed = new URL(url);
  const parameters = new Map<string, string[]>();
  for (const [name, value] of [...parsed.searchParams, ...new URLSearchParams(form ?? '')]) {
    parameters.set(name, [...(parameters.get(name) ?? []), value]);
  }
  const data: [string, string | string[]][] = [...parameters].map(([name, values]) => [
    name,
    values.length > 1 ? values : (values[0] ?? ''),
  ]);
  return { address: `${parsed.origin}${parsed.pathname}`, parameters: Object.fromEntries(data) };
}

/** `Authorization: OAuth …` (RFC 5849 §3.5.1). */
export function toAuthorizationHeader(fields: Record<string, string>): string {
  const pairs = Object.entries(fields)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${percentEncode(name)}="${percentEncode(value)}"`);
  return `OAuth ${pairs.join(', ')}`;
}

/** The fields as query parameters (RFC 5849 §3.5.3). */
export function withQueryFields(url: string, fields: Record<string, string>): string {
  const query = Object.entries(fields)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** RFC 5849 §3.6. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

import { createHmac } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
  /** Read off the host where they are not given. */
  region?: string | undefined;
  service?: string | undefined;
}

export interface AwsRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | Buffer | null;
}

/**
 * Signs by AWS Signature Version 4.
 *
 * @param datetime `20150830T123600Z`; now by default.
 * @returns the headers to send, the signature among them.
 */
export async function signAwsV4(
  request: AwsRequest,
  credentials: AwsCredentials,
  datetime?: string,
): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken, region, service } = credentials;
  const signer = new AwsV4Signer({
    method: request.method,
    url: request.url,
    headers: request.headers,
    ...(request.body === null ? {} : { body: request.body }),
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(region ? { region } : {}),
    ...(service ? { service } : {}),
    ...(datetime ? { datetime } : {}),
  });
  const { headers } = await signer.sign();
  return Object.fromEntries(headers);
}

/**
 * Signs by AWS Signature Version 2 (HMAC-SHA256 over method, host, path and sorted query).
 *
 * @param timestamp ISO 8601; now by default.
 * @returns the URL to call, with the signature in its query.
 */
export function signAwsV2(
  request: Pick<AwsRequest, 'method' | 'url'>,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  timestamp = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z'),
): string {
  const url = new URL(request.url);
  const fields = {
    AWSAccessKeyId: accessKeyId,
    SignatureMethod: 'HmacSHA256',
    SignatureVersion: '2',
    Timestamp: timestamp,
    ...(sessionToken ? { SecurityToken: sessionToken } : {}),
  };
  const pairs = [...url.searchParams, ...Object.entries(fields)]
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map((pair) => pair.join('='));
  const query = pairs.join('&');
  const text = [request.method, url.host.toLowerCase(), url.pathname || '/', query].join('\n');
  const signature = createHmac('sha256', secretAccessKey).update(text).digest('base64');
  return `${url.origin}${url.pathname}?${query}&Signature=${encode(signature)}`;
}

/** RFC 3986: everything but letters, digits, `-`, `_`, `.` and `~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

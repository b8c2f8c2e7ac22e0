import type { Readable } from 'node:stream';
import type { Element, Resource } from '#elements';
import type { OutboundRequest } from '#platform/outbound';
import { readBuffer } from '#platform/outbound';
import type { Target } from './call.ts';
import { credentialsMissing } from './errors.ts';
import { signAwsV2, signAwsV4 } from './sign-aws.ts';
import type { AwsCredentials } from './sign-aws.ts';
import { signOAuth1, toAuthorizationHeader, withQueryFields } from './sign-oauth1.ts';
import type { VendorRequest } from './vendor-request.ts';

/** Kinds of authentication in one spelling: real definitions differ in capitals. */
export function authenticationKind(element: Element): string {
  return element.authentication.type.toLowerCase();
}

/** Resources that get or end credentials say themselves what they send. */
const credentialSteps = /^oauth/;

/**
 * Adds the account's credentials, unless the definition places them itself: by a parameter that writes
 * `Authorization`, or one that uses the token anywhere.
 */
export function authorize(resource: Resource, target: Target, request: VendorRequest): void {
  if (credentialSteps.test(resource.type)) return;
  if (Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization')) return;
  const { configuration } = target;
  switch (authenticationKind(target.element)) {
    case 'oauth2':
    case 'oauth2password': {
      const token = configuration['oauth.user.token'];
      if (token && !usesToken(resource)) request.headers['Authorization'] = `Bearer ${token}`;
      return;
    }
    case 'basic': {
      const pair = `${configuration['username'] ?? ''}:${configuration['password'] ?? ''}`;
      if (pair === ':') return; // The definition has credentials of other names, and places them itself.
      request.headers['Authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
      return;
    }
    default: // custom, apiKey: only what parameters and hooks do; what is signed comes last
  }
}

function usesToken(resource: Resource): boolean {
  return resource.requestParameters.some(({ name }) => name.includes('oauth.user.token'));
}

type Signer = (request: OutboundRequest, target: Target) => OutboundRequest | Promise<OutboundRequest>;

/** By kind of authentication. */
const signers: Record<string, Signer> = {
  oauth1: (request, { configuration }) => withOAuth1(configuration, request),
  async awsv4(request, target) {
    const body = await wholeBody(request.body);
    const { method, url } = request;
    const headers = request.headers as Record<string, string>;
    const signed = await signAwsV4({ method, url, headers, body }, awsCredentials(target));
    return { ...request, body, headers: signed };
  },
  awsv2: (request, target) => ({ ...request, url: signAwsV2(request, awsCredentials(target)) }),
};

/** Whether the element's authentication is a signature of the request. */
export function isSigned(element: Element): boolean {
  return Object.hasOwn(signers, authenticationKind(element));
}

/**
 * Signs the request as it will be sent, where the element's authentication is a signature.
 *
 * @throws 400 when the account has no keys to sign with.
 */
export async function sign(
  resource: Resource,
  target: Target,
  request: OutboundRequest,
): Promise<OutboundRequest> {
  if (credentialSteps.test(resource.type)) return request;
  if (Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization')) return request;
  return signers[authenticationKind(target.element)]?.(request, target) ?? request;
}

/** Signs for the account of a configuration; `oauth.request.authorization.type` says where the fields go. */
export function withOAuth1(
  configuration: Record<string, string>,
  request: OutboundRequest,
  more: { token?: string; tokenSecret?: string; fields?: Record<string, string> } = {},
): OutboundRequest {
  const headers = request.headers as Record<string, string>;
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const isForm = typeof request.body === 'string' && type.startsWith('application/x-www-form-urlencoded');
  const fields = signOAuth1(
    { method: request.method, url: request.url, form: isForm ? String(request.body) : undefined },
    {
      consumerKey: configuration['oauth.api.key'] ?? '',
      consumerSecret: configuration['oauth.api.secret'] ?? '',
      token: more.token ?? (configuration['oauth.user.token'] || undefined),
      tokenSecret: more.tokenSecret ?? (configuration['oauth.user.token.secret'] || undefined),
      ...(more.fields ? { more: more.fields } : {}),
    },
  );
  if (configuration['oauth.request.authorization.type']?.toLowerCase() === 'query')
    return { ...request, url: withQueryFields(request.url, fields) };
  return { ...request, headers: { ...headers, Authorization: toAuthorizationHeader(fields) } };
}

/** Configuration keys under which definitions keep an AWS account, the more telling first. */
const awsKeys = {
  accessKeyId: [
    'aws.access.key',
    'aws.access.key.id',
    'aws.accessKeyId',
    'access.key',
    'accessKeyId',
    'accessKey',
    'access_key',
    'username',
    'oauth.api.key',
  ],
  secretAccessKey: [
    'aws.secret.key',
    'aws.secret.access.key',
    'aws.secretAccessKey',
    'secret.key',
    'secretAccessKey',
    'secretKey',
    'secret_key',
    'password',
    'oauth.api.secret',
  ],
  sessionToken: ['aws.session.token', 'session.token', 'sessionToken'],
  region: ['aws.region', 'aws.region.name', 'region', 'regionName'],
  service: ['aws.service', 'aws.service.name', 'service', 'serviceName'],
} as const;

/** @throws 400 when the account has no keys. */
export function awsCredentials({
  configuration,
  element,
}: Pick<Target, 'configuration' | 'element'>): AwsCredentials {
  const find = (keys: readonly string[]) => keys.map((key) => configuration[key]).find(Boolean);
  const accessKeyId = find(awsKeys.accessKeyId);
  const secretAccessKey = find(awsKeys.secretAccessKey);
  if (!accessKeyId || !secretAccessKey)
    throw credentialsMissing(element.name, 'aws.access.key', 'aws.secret.key');
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: find(awsKeys.sessionToken),
    region: find(awsKeys.region),
    service: find(awsKeys.service),
  };
}

const signedBodyLimitBytes = 64 * 1024 * 1024;

/** The signature covers the body's hash, so a stream has to be read first. */
async function wholeBody(body: OutboundRequest['body']): Promise<string | Buffer | null> {
  if (typeof body !== 'function') return body ?? null;
  const stream: Readable = body();
  return readBuffer(stream, signedBodyLimitBytes);
}

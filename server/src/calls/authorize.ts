import type { AuthenticationType, Resource } from '#elements';
import type { Target } from './call.ts';
import { authenticationUnsupported } from './errors.ts';
import type { VendorRequest } from './vendor-request.ts';

/** Kinds of authentication that calls can be made with. */
const supported = new Set<AuthenticationType>(['oauth2', 'oauth2Password', 'basic', 'custom', 'apiKey']);

/** @throws 400 when an account of this kind cannot be called, so that it is not connected in vain. */
export function requireAuthentication(type: AuthenticationType): void {
  if (!supported.has(type)) throw authenticationUnsupported(type);
}

/**
 * Adds the account's credentials, unless the definition places them itself: by a parameter that writes
 * `Authorization`, or one that uses the token anywhere.
 */
export function authorize(resource: Resource, target: Target, request: VendorRequest): void {
  const { type } = target.element.authentication;
  requireAuthentication(type);
  if (Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization')) return;
  const { configuration } = target;
  switch (type) {
    case 'oauth2':
    case 'oauth2Password': {
      const token = configuration['oauth.user.token'];
      if (token && !usesToken(resource)) request.headers['Authorization'] = `Bearer ${token}`;
      return;
    }
    case 'basic': {
      const pair = `${configuration['username'] ?? ''}:${configuration['password'] ?? ''}`;
      request.headers['Authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
      return;
    }
    default: // custom, apiKey: only what parameters and hooks do
  }
}

function usesToken(resource: Resource): boolean {
  return resource.requestParameters.some(({ name }) => name.includes('oauth.user.token'));
}

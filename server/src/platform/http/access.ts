import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from './principal.ts';
import { type Access, type Authenticator, type CredentialKind, partsOf, stateOf } from './state.ts';

/** Sets what the `access` of every route calls. Without it, each route that is not public fails with 500. */
export function setAuthenticator(app: FastifyInstance, authenticator: Authenticator): void {
  stateOf(app).authenticator = authenticator;
}

/** Runs the authenticator; for handlers that decide by themselves, such as the one for unknown paths. */
export function authenticate(
  request: FastifyRequest,
  access: Extract<Access, `user:${string}` | `element:${string}`>,
): Promise<Principal> {
  const { who, oneOf } = partsOf(access);
  return ask(request, who as CredentialKind, oneOf);
}

/** What a route does before anything else: finds the caller, and stops one that may not do this. */
export function identify(access: Exclude<Access, 'public'>): (request: FastifyRequest) => Promise<void> {
  const { who, oneOf } = partsOf(access);
  const isOpen = who === 'anyone';
  const kind = isOpen ? 'user' : (who as CredentialKind);
  return async (request) => {
    if (isOpen && !request.headers.authorization) return;
    request.setDecorator('principal', await ask(request, kind, oneOf));
  };
}

async function ask(
  request: FastifyRequest,
  kind: CredentialKind,
  oneOf: readonly string[],
): Promise<Principal> {
  const { authenticator } = stateOf(request.server);
  if (!authenticator) throw new Error('No authenticator is set: call setAuthenticator(app, …) first');
  return authenticator(request.headers.authorization, kind, oneOf);
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from './principal.ts';
import { type Authenticator, type IdentifiedAccess, stateOf } from './state.ts';

/** Sets what the `access` of every route calls. Without it, each route that is not public fails with 500. */
export function setAuthenticator(app: FastifyInstance, authenticator: Authenticator): void {
  stateOf(app).authenticator = authenticator;
}

/** Runs the authenticator; for handlers that decide by themselves, such as the one for unknown paths. */
export async function authenticate(request: FastifyRequest, access: IdentifiedAccess): Promise<Principal> {
  const { authenticator } = stateOf(request.server);
  if (!authenticator) throw new Error('No authenticator is set: call setAuthenticator(app, …) first');
  return authenticator(request.headers.authorization, access, request);
}

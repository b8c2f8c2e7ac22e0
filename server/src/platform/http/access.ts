import type { FastifyInstance, FastifyRequest } from 'fastify';
import { endOfTurn } from '#kernel/turn';
import type { Principal } from './principal.ts';
import {
  type Access,
  type Authenticator,
  type CredentialKind,
  type SessionAuthenticator,
  partsOf,
  stateOf,
} from './state.ts';

type CallerAccess = Extract<Access, `user:${string}` | `element:${string}`>;

/** Sets what the `access` of every route calls. Without it, each route that is not public fails with 500. */
export function setAuthenticator(app: FastifyInstance, authenticator: Authenticator): void {
  stateOf(app).authenticator = authenticator;
}

/** Sets who is asked about calls without an Authorization header. */
export function setSessionAuthenticator(app: FastifyInstance, authenticator: SessionAuthenticator): void {
  stateOf(app).sessionAuthenticator = authenticator;
}

/** Runs the authenticator; for handlers that decide by themselves, such as the one for unknown paths. */
export function authenticate(request: FastifyRequest, access: CallerAccess): Promise<Principal> {
  const { who, oneOf } = partsOf(access);
  return ask(request, who as CredentialKind, oneOf);
}

/** The same where credentials may be absent: null then. */
export async function authenticateIfAny(
  request: FastifyRequest,
  access: CallerAccess,
): Promise<Principal | null> {
  if (request.headers.authorization) return authenticate(request, access);
  const { who, oneOf } = partsOf(access);
  return (await askSession(request, who as CredentialKind, oneOf)) ?? null;
}

/** What a route does before anything else: finds the caller, and stops one that may not do this. */
export function identify(access: Exclude<Access, 'public'>): (request: FastifyRequest) => Promise<void> {
  const { who, oneOf } = partsOf(access);
  if (who === 'anyone') {
    const ofUser = access.replace('anyone', 'user') as CallerAccess;
    return async (request) => request.setDecorator('principal', await authenticateIfAny(request, ofUser));
  }
  return async (request) => {
    await endOfTurn();
    request.setDecorator('principal', await ask(request, who as CredentialKind, oneOf));
  };
}

function ask(request: FastifyRequest, kind: CredentialKind, oneOf: readonly string[]): Promise<Principal> {
  const { authenticator } = stateOf(request.server);
  if (!authenticator) throw new Error('No authenticator is set: call setAuthenticator(app, …) first');
  const { authorization } = request.headers;
  if (authorization !== undefined) return authenticator(authorization, kind, oneOf);
  return askSession(request, kind, oneOf).then((known) => known ?? authenticator(undefined, kind, oneOf));
}

async function askSession(
  request: FastifyRequest,
  kind: CredentialKind,
  oneOf: readonly string[],
): Promise<Principal | undefined> {
  return stateOf(request.server).sessionAuthenticator?.(request, kind, oneOf);
}

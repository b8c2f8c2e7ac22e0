import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from './principal.ts';
import type { Log } from '#kernel/log';

/**
 * Who may call a route: anybody; anybody, but credentials that are sent must be right; the holder of a login token;
 * User + Organization; User + Element.
 */
export type Access = 'public' | 'anyone' | 'login' | 'user' | 'element';

/** What the authenticator is asked for. */
export type IdentifiedAccess = Exclude<Access, 'public' | 'anyone'>;

/**
 * Finds out who is calling from the text of the Authorization header, or throws an AppError (401).
 * `access` says which kind of credentials the route asks for.
 */
export type Authenticator = (
  authorization: string | undefined,
  access: IdentifiedAccess,
  request: FastifyRequest,
) => Promise<Principal>;

export type NotFoundHandler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** One entry of the audit trail: a call that changed something and succeeded. */
export interface AuditEntry {
  /** Noun and verb, such as `instance.remove`. */
  action: string;
  requestId: string;
  principal: Principal | undefined;
}

/** What the parts of one HTTP app share; it is filled after the app was made, by the composition root. */
export interface HttpState {
  log: Log;
  authenticator: Authenticator | undefined;
  notFound: NotFoundHandler;
  auditor: (entry: AuditEntry) => void;
  closing: boolean;
}

const stateKey = Symbol('platform/http');

export function attachState(app: FastifyInstance, state: HttpState): void {
  app.decorate(stateKey, state);
}

/** Works on the app and on every plugin scope below it. */
export function stateOf(app: FastifyInstance): HttpState {
  return app.getDecorator<HttpState>(stateKey);
}

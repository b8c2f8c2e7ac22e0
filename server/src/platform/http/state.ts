import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Observer } from './observe.ts';
import type { Principal, Privileges } from './principal.ts';
import type { Log } from '#kernel/log';

export type Privilege = keyof Privileges & string;

/** What the caller must be allowed: one privilege, one of two, or none: `any` user will do. */
export type Need = 'any' | Privilege | `${Privilege}|${Privilege}`;

/**
 * Who may call a route: anybody (`public`), the holder of a login token (`login`), or a user that has a privilege:
 * `user:…` asks for User + Organization, `element:…` for User + Element, and `anyone:…` lets also those in who send no
 * credentials.
 */
export type Access = 'public' | 'login' | `${'anyone' | 'user' | 'element'}:${Need}`;

/** The credentials that the authenticator is asked for. */
export type CredentialKind = 'login' | 'user' | 'element';

/**
 * Finds out who is calling from the text of the Authorization header, or throws an AppError: 401 for nobody that is
 * known, 403 when the caller has none of the privileges that are asked for. An empty list asks for none.
 */
export type Authenticator = (
  authorization: string | undefined,
  kind: CredentialKind,
  oneOf: readonly string[],
) => Promise<Principal>;

/**
 * Finds out who is calling without an Authorization header, as a browser does with a cookie: undefined for nobody.
 * Throws as an `Authenticator` does.
 */
export type SessionAuthenticator = (
  request: FastifyRequest,
  kind: CredentialKind,
  oneOf: readonly string[],
) => Promise<Principal | undefined>;

/** The parts of an access: whom it asks for, and the privileges of which the caller needs one. */
export function partsOf(access: Access): { who: string; oneOf: readonly string[] } {
  const [who = '', need = 'any'] = access.split(':');
  return { who, oneOf: need === 'any' ? [] : need.split('|') };
}

/**
 * Answers a call with an Element token as that of a resource, where the account's element has it; else undefined. The
 * body has not been read.
 */
export type ResourceCalls = (
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply | undefined>;

export type NotFoundHandler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** One entry of the audit trail: a call that changed something and succeeded. */
export interface AuditEntry {
  /** Noun and verb, such as `instance.remove`. */
  action: string;
  requestId: string;
  method: string;
  /** Below the API's base, without the query. */
  path: string;
  principal: Principal | undefined;
}

/** What the parts of one HTTP app share; it is filled after the app was made, by the composition root. */
export interface HttpState {
  log: Log;
  authenticator: Authenticator | undefined;
  sessionAuthenticator: SessionAuthenticator | undefined;
  notFound: NotFoundHandler;
  auditor: (entry: AuditEntry) => void;
  observer: Observer | undefined;
  closing: boolean;
  resourceCalls: ResourceCalls | undefined;
}

const stateKey = Symbol('platform/http');

export function attachState(app: FastifyInstance, state: HttpState): void {
  app.decorate(stateKey, state);
}

/** Works on the app and on every plugin scope below it. */
export function stateOf(app: FastifyInstance): HttpState {
  return app.getDecorator<HttpState>(stateKey);
}

export { authenticate, authenticateIfAny, setAuthenticator, setSessionAuthenticator } from './access.ts';
export { createHttp, defaultBodyLimitBytes, type HttpOptions, setNotFound } from './create.ts';
export { openApiOf } from './docs.ts';
export { errorBody } from './describe.ts';
export { toFailure, type Failure } from './failures.ts';
export { pageOnly, pagingQuery, replyPage } from './paging.ts';
export { type ServedCall, setDetails, setObserver } from './observe.ts';
export type * from './call-details.ts';
export { type Image, readImage, sendImage } from './image.ts';
export { integerText, noZeroByte } from './patterns.ts';
export type * from './principal.ts';
export { chunksOf, collectBody, rawBody, withRawBodies } from './raw-body.ts';
export { csrfHeader, instanceIdHeader, namesInstance, setResourceCalls } from './resource-calls.ts';
export {
  type Audit,
  apiBase,
  type Outgoing,
  type RequestOf,
  type Route,
  route,
  type RouteSchema,
} from './route.ts';
export type {
  Access,
  AuditEntry,
  Authenticator,
  CredentialKind,
  NotFoundHandler,
  SessionAuthenticator,
} from './state.ts';
export { noSuchPath } from './errors.ts';
export { setAuditor } from './audit.ts';
export type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
export { Type, type Static, type TSchema } from 'typebox';

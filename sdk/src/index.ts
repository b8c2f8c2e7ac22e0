export type * from './api-types.ts';
export type {
  ArgumentsOf,
  CallOptions,
  ListPath,
  Method,
  PathOf,
  QueryValue,
  ReplyOf,
  RowOf,
} from './calls.ts';
export { authorizationOf, createClient } from './client.ts';
export type { Client, Draft, Page } from './client.ts';
export { LigandError } from './error.ts';
export type { ClientOptions } from './send.ts';

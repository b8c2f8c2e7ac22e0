import type { paths } from './api-types.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths of the API that have this method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, unknown> ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends PathOf<M>> = paths[P] extends Record<M, infer O> ? O : never;

export type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[];

/** What any call may say besides what its operation asks for. */
export interface CallOptions {
  query?: Record<string, QueryValue>;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, in place of `json`: a text that is JSON already, a form, a file. */
  body?: NonNullable<RequestInit['body']>;
  /** Ends the call. */
  signal?: AbortSignal;
  /** Time for one try; else that of the client. */
  timeoutMs?: number;
}

type PathPart<O> = O extends { parameters: { path: infer T } }
  ? { path: { [K in keyof T]: string | number } }
  : unknown;

/** Queries are text in the end: numbers and booleans will do. */
type QueryPart<O> = O extends { parameters: { query?: infer Q } }
  ? { query?: { [K in keyof Q]?: Q[K] | QueryValue } }
  : unknown;

type BodyPart<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { json: B } | { json?: never; body: NonNullable<CallOptions['body']> }
  : O extends { requestBody?: { content: { 'application/json': infer B } } }
    ? { json?: B }
    : unknown;

type Options<O> = CallOptions & PathPart<O> & QueryPart<O> & BodyPart<O>;

/** The arguments of a call after its path: options, which may be left out where none is required. */
export type ArgumentsOf<M extends Method, P extends PathOf<M>> =
  Record<never, never> extends Options<Operation<M, P>>
    ? [options?: Options<Operation<M, P>>]
    : [options: Options<Operation<M, P>>];

/** What a call answers. */
export type ReplyOf<M extends Method, P extends PathOf<M>> =
  Operation<M, P> extends { responses: { 200: { content: { 'application/json': infer T } } } } ? T : unknown;

/** The paths of lists. */
export type ListPath = {
  [P in PathOf<'get'>]: ReplyOf<'get', P> extends readonly unknown[] ? P : never;
}[PathOf<'get'>];

export type RowOf<P extends ListPath> = ReplyOf<'get', P> extends readonly (infer T)[] ? T : never;

/**
 * `/users/{idOrEmail}` with its values. Those of `{path}`, the rest of a path, keep their slashes.
 *
 * @throws TypeError when a value is missing, or would lead elsewhere.
 */
export function fillPath(template: string, values: Record<string, string | number> = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined || value === '') throw new TypeError(`The path ${template} needs '${name}'.`);
    const text = String(value);
    const parts = name === 'path' ? text.replace(/^\/+/, '').split('/') : [text];
    if (parts.some((part) => part === '.' || part === '..'))
      throw new TypeError(`'${text}' cannot be '${name}' of ${template}.`);
    return parts.map(encodeURIComponent).join('/');
  });
}

export function toQuery(query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) parameters.append(name, String(one));
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

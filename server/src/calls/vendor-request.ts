import type { FilePart, InputBody, Part } from './call.ts';

type RawBody = Omit<Extract<InputBody, { kind: 'raw' }>, 'kind'>;

/** The request to the provider while parameters and hooks are at work on it. */
export interface VendorRequest {
  method: string;
  /** Template below the base URL, or absolute: `/api/1/list/{id}`. */
  path: string;
  pathValues: Record<string, string>;
  /** The caller's own, for names in the path that no parameter fills. */
  pathVariables: Record<string, string>;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  /** JSON value, or the text of a template; undefined is no body. */
  body: unknown;
  /** The caller's own text of `body`, as long as nothing has changed it. */
  bodyText: string | undefined;
  /** Whether `body` was made here, and may be changed. */
  ownsBody: boolean;
  /** Fill `{name}` in a text body. */
  tokens: Record<string, string>;
  form: Record<string, unknown>;
  parts: Part[];
  /** A body that is passed on without being read. */
  raw: RawBody | FilePart | undefined;
  /** What a converter made for hooks only. */
  unsent: Record<string, unknown>;
  /** Configuration that parameters store. */
  configuration: Record<string, string>;
  /** Whole URL, where a hook has set it. */
  url: string | undefined;
}

export function newVendorRequest(
  method: string,
  path: string,
  pathVariables: Record<string, string> = {},
): VendorRequest {
  return {
    method,
    path,
    pathValues: {},
    pathVariables,
    query: {},
    headers: {},
    body: undefined,
    bodyText: undefined,
    ownsBody: false,
    tokens: {},
    form: {},
    parts: [],
    raw: undefined,
    unsent: {},
    configuration: {},
    url: undefined,
  };
}

import { type Client, LigandError, createClient } from '@ligand/sdk';

/*
 * The only way to the server. Everything goes through the client of `sdk/`; what a browser adds to a call, the proof that it comes from
 * this page and the account that it is for, is added here.
 */

export { LigandError };

const baseUrl = window.location.origin;
const client: Client = createClient({ baseUrl });

let csrfToken: string | undefined;

/** Told by the session; `undefined` when nobody is logged in. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

type Query = Record<string, string | number | boolean | undefined>;

export interface CallOptions {
  query?: Query;
  json?: unknown;
  /** Sent as it is. */
  body?: string;
  headers?: Record<string, string>;
}

function headersOf(method: string, headers: Record<string, string> = {}): Record<string, string> {
  return {
    ...(method === 'GET' || csrfToken === undefined ? {} : { 'ligand-csrf-token': csrfToken }),
    ...headers,
  };
}

/** Any call below `/elements/api-v2`. @throws LigandError */
export function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  return client.request<T>(method, path, { ...options, headers: headersOf(method, options.headers) });
}

/** The reply as its text: no digit of a number is lost. @throws LigandError */
export function callText(method: string, path: string, options: CallOptions = {}): Promise<string> {
  return client.requestText(method, path, { ...options, headers: headersOf(method, options.headers) });
}

/** One page of a list, and how many there are in all. */
export interface ListPage<T> {
  rows: T[];
  total: number;
}

/** A page of a list; the platform answers 404 to a list of instances without any, which is an empty page here. */
export async function callPage<T>(path: string, query: Query): Promise<ListPage<T>> {
  let whole;
  try {
    whole = await callWhole<T[]>('GET', path, { query });
  } catch (error) {
    if (error instanceof LigandError && error.status === 404) return { rows: [], total: 0 };
    throw error;
  }
  const { reply, body } = whole;
  return { rows: body, total: Number(reply.headers.get('elements-total-count') ?? body.length) };
}

/** A page of a list that only goes on: by a token, without numbers. */
export interface CursorPage<T> {
  rows: T[];
  next: string | undefined;
}

/** @throws LigandError */
export async function callCursor<T>(path: string, query: Query): Promise<CursorPage<T>> {
  const { reply, body } = await callWhole<T[]>('GET', path, { query });
  return { rows: body, next: reply.headers.get('elements-next-page-token') ?? undefined };
}

/** A call whose status and headers matter too. @throws LigandError */
export async function callWhole<T>(
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<{ reply: Response; body: T }> {
  const reply = await client.open(method, path, { ...options, headers: headersOf(method, options.headers) });
  return { reply, body: (await reply.json()) as T };
}

/** A hub call of one connected account, whose token the server knows. The reply as its text. */
export function callInstance(
  instanceId: number,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<string> {
  return client.requestText(method, path, {
    ...options,
    headers: headersOf(method, { ...options.headers, 'elements-instance-id': String(instanceId) }),
  });
}

/**
 * A hub call as an application makes it: whatever the reply is, it is given back unread and never asked for again. A body may be a form
 * with files. @throws LigandError only when the server is not reached.
 */
export async function callInstanceRaw(
  instanceId: number,
  method: string,
  path: string,
  {
    headers,
    body,
    signal,
  }: { headers: Record<string, string>; body: BodyInit | undefined; signal: AbortSignal },
): Promise<{ reply: Response; ms: number }> {
  let seen: { reply: Response; ms: number } | undefined;
  const watching = createClient({
    baseUrl,
    async fetch(input, init) {
      const sent = new Headers(init?.headers);
      sent.set('accept', '*/*');
      // A form says its own type, with what separates its parts.
      if (typeof body === 'string') sent.set('content-type', 'application/json');
      const begun = performance.now();
      try {
        const reply = await fetch(input, { ...init, headers: sent, body: body ?? null, signal });
        seen = { reply, ms: Math.round(performance.now() - begun) };
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      return new Response();
    },
  });
  await watching.requestText(method, path, {
    headers: headersOf(method, { ...headers, 'elements-instance-id': String(instanceId) }),
  });
  signal.throwIfAborted();
  return seen as { reply: Response; ms: number };
}

/** Where the API is, for what is shown to be copied. */
export const apiUrl = `${window.location.origin}/elements/api-v2`;

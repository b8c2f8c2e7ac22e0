import type { CallOptions } from './calls.ts';
import { toQuery } from './calls.ts';
import { LigandError, toError } from './error.ts';

/** A value, or what gives it for each try. */
type Given<T> = T | (() => T | Promise<T>);

export interface ClientOptions {
  /** Of the server: `http://127.0.0.1:8080`. A page that comes from the server may say ''. */
  baseUrl: string;
  /**
   * The header that says who calls: see `authorizationOf`. Without it none is sent; in a browser the cookies of the
   * page's own server are.
   */
  authorization?: Given<string | undefined>;
  /** Sent with every call. */
  headers?: Given<Record<string, string>>;
  /** In place of the global one. */
  fetch?: typeof globalThis.fetch;
  /** Of one try: until its reply is read, or has begun where it streams. 60,000 by default. */
  timeoutMs?: number;
}

/** Sends one call, again where that is safe; gives the reply when it is a success. */
export type Send = (method: string, path: string, options: CallOptions, whole: boolean) => Promise<Response>;

const tries = 3;
const longestWaitMs = 10_000;

export function createSend(client: ClientOptions): Send {
  const base = `${client.baseUrl.replace(/\/+$/, '')}/elements/api-v2`;
  const where = client.baseUrl || 'this address';
  const given = { ...client };

  async function once(method: string, path: string, options: CallOptions, whole: boolean): Promise<Response> {
    const timeoutMs = options.timeoutMs ?? given.timeoutMs ?? 60_000;
    const time = new AbortController();
    const timer = setTimeout(() => time.abort(), timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, time.signal]) : time.signal;
    const init = { method, signal, headers: await headersOf(given, options), ...bodyOf(options) };
    try {
      const reply = await (given.fetch ?? globalThis.fetch)(`${base}${path}${toQuery(options.query)}`, init);
      if (!reply.ok) throw toError(reply, await reply.text());
      // Read while the time runs; a stream may take as long as it takes.
      return whole ? new Response(await reply.arrayBuffer(), reply) : reply;
    } catch (cause) {
      if (cause instanceof LigandError || options.signal?.aborted) throw cause;
      const reason = time.signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(cause);
      const message = `The server at ${where} cannot be reached: ${reason}.`;
      throw new LigandError(message, { status: 0, cause, timedOut: time.signal.aborted });
    } finally {
      clearTimeout(timer);
    }
  }

  return async (method, path, options, whole) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(method, path, options, whole);
      } catch (error) {
        if (attempt === tries || !(error instanceof LigandError) || !mayRepeat(method, options, error))
          throw error;
        const waitMs = error.retryAfterMs ?? 200 * 2 ** attempt;
        if (waitMs > longestWaitMs) throw error;
        await pause(waitMs, options.signal);
      }
    }
  };
}

/**
 * What was refused for its number (429) was not done. Who is told 503 cannot know, so the call must be one that may be
 * done twice; and one whose reply was lost must only read.
 */
function mayRepeat(method: string, { body }: CallOptions, { status, timedOut }: LigandError): boolean {
  if (body instanceof ReadableStream) return false; // it is used up
  if (status === 429) return true;
  if (status === 503) return ['GET', 'HEAD', 'PUT', 'DELETE'].includes(method);
  return status === 0 && !timedOut && ['GET', 'HEAD'].includes(method);
}

async function headersOf(client: ClientOptions, options: CallOptions): Promise<Headers> {
  const { authorization, headers } = client;
  const who = typeof authorization === 'function' ? await authorization() : authorization;
  const always = typeof headers === 'function' ? await headers() : headers;
  const all = new Headers({ accept: 'application/json', ...(who ? { authorization: who } : {}) });
  if (options.json !== undefined || typeof options.body === 'string')
    all.set('content-type', 'application/json');
  for (const [name, value] of Object.entries({ ...always, ...options.headers })) all.set(name, value);
  return all;
}

function bodyOf({ json, body }: CallOptions): RequestInit {
  if (body === undefined) return json === undefined ? {} : { body: JSON.stringify(json) };
  // A stream is sent while it is read, which fetch wants to be told.
  return body instanceof ReadableStream ? ({ body, duplex: 'half' } as RequestInit) : { body };
}

function pause(waitMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, waitMs);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}

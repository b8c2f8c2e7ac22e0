import { LigandError } from './error.ts';
import type { Element, Instance, Login } from './shapes.ts';

export interface ClientOptions {
  /** Of the server: `http://127.0.0.1:8080`. */
  baseUrl: string;
  userSecret?: string | undefined;
  organizationSecret?: string | undefined;
  /** For calls of a connected account; the organization's secret is not sent then. */
  elementToken?: string | undefined;
  /** Of one try. */
  timeoutMs?: number;
  /** In place of the global one. */
  fetch?: typeof fetch;
}

export interface RequestOptions {
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  text?: string;
  headers?: Record<string, string>;
}

export interface Client {
  /**
   * Any call below `/elements/api-v2`; its reply parsed. GET, PUT and DELETE are tried again when the server is not
   * reached or is busy (429, 503).
   *
   * @throws LigandError
   */
  request<T = unknown>(method: string, path: string, options?: RequestOptions): Promise<T>;
  /** The same, the reply as its text: no digit of a number is lost. */
  requestText(method: string, path: string, options?: RequestOptions): Promise<string>;
  /** Exchanges e-mail and password for the user's secrets. */
  login(email: string, password: string): Promise<Login>;
  elements: {
    list(query?: RequestOptions['query']): Promise<Element[]>;
    get(keyOrId: string | number): Promise<Element>;
    /** @param definition an export or a draft, as text: it is sent as it is. */
    create(definition: string): Promise<Element>;
    update(id: number, definition: string): Promise<Element>;
    remove(keyOrId: string | number): Promise<void>;
    /** The definition as text. */
    export(keyOrId: string | number): Promise<string>;
    /** A draft made of an OpenAPI or Swagger document. */
    convert(document: string): Promise<Element>;
  };
  instances: {
    list(query?: RequestOptions['query']): Promise<Instance[]>;
  };
}

const tries = 3;
const isRepeatable = new Set(['GET', 'PUT', 'DELETE']);

export function createClient(options: ClientOptions): Client {
  const base = `${options.baseUrl.replace(/\/+$/, '')}/elements/api-v2`;

  async function requestText(method: string, path: string, more: RequestOptions = {}): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(method, path, more);
      } catch (error) {
        const again = error instanceof LigandError && [0, 429, 503].includes(error.status);
        if (!again || !isRepeatable.has(method) || attempt === tries) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
      }
    }
  }

  async function once(method: string, path: string, more: RequestOptions): Promise<string> {
    const url = `${base}${path}${toQuery(more.query)}`;
    const body = more.text ?? (more.json === undefined ? undefined : JSON.stringify(more.json));
    let reply: Response;
    let text: string;
    try {
      reply = await (options.fetch ?? fetch)(url, {
        method,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...authorization(options),
          ...more.headers,
        },
        body: body ?? null,
        signal: AbortSignal.timeout(options.timeoutMs ?? 60_000),
      });
      text = await reply.text();
    } catch (cause) {
      throw new LigandError(`The server at ${options.baseUrl} cannot be reached: ${reasonOf(cause)}.`, {
        status: 0,
        cause,
      });
    }
    if (!reply.ok) throw toError(reply.status, text);
    return text;
  }

  async function request<T>(method: string, path: string, more?: RequestOptions): Promise<T> {
    const text = await requestText(method, path, more);
    try {
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch (cause) {
      throw new LigandError(`The server at ${options.baseUrl} did not answer JSON: is it Ligand?`, {
        status: 200,
        cause,
      });
    }
  }

  const one = (keyOrId: string | number) => `/elements/${encodeURIComponent(String(keyOrId))}`;
  return {
    request,
    requestText,
    async login(email, password) {
      const { token } = await request<{ token: string }>('POST', '/authentication', {
        json: { username: email, password },
      });
      const headers = { authorization: `Bearer ${token}` };
      return request<Login>('GET', '/authentication/secrets', { headers });
    },
    elements: {
      list: (query) => request('GET', '/elements', query ? { query } : {}),
      get: (keyOrId) => request('GET', one(keyOrId)),
      create: (definition) => request('POST', '/elements', { text: definition }),
      update: (id, definition) => request('PUT', one(id), { text: definition }),
      remove: (keyOrId) => request('DELETE', one(keyOrId)),
      export: (keyOrId) => requestText('GET', `${one(keyOrId)}/export`),
      convert: (document) =>
        request('POST', '/elements/convert', { text: document, headers: { 'content-type': 'text/plain' } }),
    },
    instances: {
      list: (query) => request('GET', '/instances', query ? { query } : {}),
    },
  };
}

function authorization({
  userSecret,
  organizationSecret,
  elementToken,
}: ClientOptions): Record<string, string> {
  if (!userSecret) return {};
  const second = elementToken ? `Element ${elementToken}` : `Organization ${organizationSecret ?? ''}`;
  return { authorization: `User ${userSecret}, ${second}` };
}

function toQuery(query: RequestOptions['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value));
  return parameters.size > 0 ? `?${parameters.toString()}` : '';
}

function toError(status: number, text: string): LigandError {
  try {
    const { message, providerMessage, requestId } = JSON.parse(text) as Record<string, string | undefined>;
    if (message) return new LigandError(message, { status, providerMessage, requestId });
  } catch {
    // Something between us and the server may answer for it.
  }
  return new LigandError(`The server answered with status ${status}: ${text.slice(0, 200)}`, { status });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}

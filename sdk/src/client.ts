import type { Definition, Element, Instance, SavedElement } from './api-types.ts';
import { fillPath } from './calls.ts';
import type {
  ArgumentsOf,
  CallOptions,
  ListPath,
  Method,
  PathOf,
  QueryValue,
  ReplyOf,
  RowOf,
} from './calls.ts';
import { LigandError } from './error.ts';
import { createSend } from './send.ts';
import type { ClientOptions } from './send.ts';

type Query = Record<string, QueryValue>;

/** One page of a list. */
export interface Page<T> {
  rows: T[];
  /** Of the whole list, where the server says it. */
  totalCount: number | undefined;
  /** For the query `nextPage`; undefined on the last page. */
  nextPage: string | undefined;
}

type Typed<M extends Method> = <P extends PathOf<M>>(
  path: P,
  ...options: ArgumentsOf<M, P>
) => Promise<ReplyOf<M, P>>;

/** Each call throws a LigandError when it does not succeed. */
export interface Client {
  /** A call of the API, its path as the OpenAPI document has it: `get('/instances/{id}', { path: { id: 7 } })`. */
  get: Typed<'get'>;
  post: Typed<'post'>;
  put: Typed<'put'>;
  patch: Typed<'patch'>;
  delete: Typed<'delete'>;
  /** One page of a list. */
  page<P extends ListPath>(path: P, ...options: ArgumentsOf<'get', P>): Promise<Page<RowOf<P>>>;
  /** All rows of a list; pages are read as they are needed. */
  each<P extends ListPath>(path: P, ...options: ArgumentsOf<'get', P>): AsyncGenerator<RowOf<P>, void>;
  /** Any call below `/elements/api-v2`, such as one of a connected account; its reply parsed. */
  request<T = unknown>(method: string, path: string, options?: CallOptions): Promise<T>;
  /** The same, the reply as its text: no digit of a number is lost. */
  requestText(method: string, path: string, options?: CallOptions): Promise<string>;
  /** The same, the reply with its headers and its body unread: for downloads. */
  open(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** Exchanges e-mail and password for the user's secrets. */
  login(email: string, password: string): Promise<ReplyOf<'get', '/authentication/secrets'>>;
  elements: {
    list(query?: Query): Promise<Element[]>;
    get(keyOrId: string | number): Promise<Element>;
    /** @param definition an export or a draft, as text: it is sent as it is. */
    create(definition: string): Promise<SavedElement>;
    update(id: number, definition: string): Promise<SavedElement>;
    remove(keyOrId: string | number): Promise<void>;
    /** The definition as text. */
    export(keyOrId: string | number): Promise<string>;
    /** A draft made of an OpenAPI, Swagger, WSDL or OData document. */
    convert(document: string): Promise<Draft>;
  };
  instances: {
    list(query?: Query): Promise<Instance[]>;
  };
}

/** A definition that a conversion made. */
export interface Draft extends Definition {
  /** What was guessed. */
  importNotes?: string[];
}

type AnyCall = CallOptions & { path?: Record<string, string | number> };

/** A client of one server. It keeps no state but its options. */
export function createClient(options: ClientOptions): Client {
  const send = createSend(options);

  const typed = (method: Method) =>
    (async (path: string, call: AnyCall = {}) =>
      request(method.toUpperCase(), fillPath(path, call.path), call)) as Typed<never>;

  async function requestText(method: string, path: string, call: CallOptions = {}): Promise<string> {
    return (await send(method.toUpperCase(), path, call, true)).text();
  }

  async function request<T>(method: string, path: string, call?: CallOptions): Promise<T> {
    return parse<T>(await requestText(method, path, call), options.baseUrl);
  }

  async function page(path: string, call: AnyCall = {}): Promise<Page<never>> {
    const reply = await send('GET', fillPath(path, call.path), call, true);
    const total = reply.headers.get('elements-total-count');
    return {
      rows: parse(await reply.text(), options.baseUrl),
      totalCount: total === null ? undefined : Number(total),
      nextPage: reply.headers.get('elements-next-page-token') ?? undefined,
    };
  }

  async function* each(path: string, call: AnyCall = {}) {
    let query = call.query ?? {};
    for (;;) {
      const { rows, nextPage } = await page(path, { ...call, query });
      yield* rows;
      if (nextPage === undefined) return;
      query = { ...query, nextPage };
    }
  }

  const calls = { request, requestText };
  return {
    get: typed('get') as Typed<'get'>,
    post: typed('post') as Typed<'post'>,
    put: typed('put') as Typed<'put'>,
    patch: typed('patch') as Typed<'patch'>,
    delete: typed('delete') as Typed<'delete'>,
    page: page as Client['page'],
    each: each as Client['each'],
    ...calls,
    open: (method, path, call = {}) => send(method.toUpperCase(), path, call, false),
    async login(email, password) {
      const { token } = await request<{ token: string }>('POST', '/authentication', {
        json: { username: email, password },
      });
      return request('GET', '/authentication/secrets', { headers: { authorization: `Bearer ${token}` } });
    },
    ...conveniences(calls),
  };
}

function conveniences({
  request,
  requestText,
}: Pick<Client, 'request' | 'requestText'>): Pick<Client, 'elements' | 'instances'> {
  const one = (keyOrId: string | number) => fillPath('/elements/{keyOrId}', { keyOrId });
  return {
    elements: {
      list: (query = {}) => request('GET', '/elements', { query }),
      get: (keyOrId) => request('GET', one(keyOrId)),
      create: (definition) => request('POST', '/elements', { body: definition }),
      update: (id, definition) => request('PUT', one(id), { body: definition }),
      remove: (keyOrId) => request('DELETE', one(keyOrId)),
      export: (keyOrId) => requestText('GET', `${one(keyOrId)}/export`),
      convert: (document) =>
        request('POST', '/elements/convert', { body: document, headers: { 'content-type': 'text/plain' } }),
    },
    instances: {
      list: (query = {}) => request('GET', '/instances', { query }),
    },
  };
}

function parse<T>(text: string, baseUrl: string): T {
  try {
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch (cause) {
    throw new LigandError(`The server at ${baseUrl} did not answer JSON: is it Ligand?`, {
      status: 200,
      cause,
    });
  }
}

/** The secrets of a user, with that of the organization for the platform, or the token of a connected account for hub calls. */
export function authorizationOf(
  secrets: { userSecret: string } & ({ organizationSecret: string } | { elementToken: string }),
): string {
  const second =
    'elementToken' in secrets
      ? `Element ${secrets.elementToken}`
      : `Organization ${secrets.organizationSecret}`;
  return `User ${secrets.userSecret}, ${second}`;
}

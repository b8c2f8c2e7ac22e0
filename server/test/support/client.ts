import { request as send } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { Readable } from 'node:stream';

export interface CallOptions {
  /** The whole header; the first user's secrets by default, null for none. */
  authorization?: string | null;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: string | Buffer | FormData | Readable;
  headers?: Record<string, string>;
}

// Tests read fields of replies without stating each shape first.
// oxlint-disable-next-line typescript/no-explicit-any
export type Loose = any;

export interface Reply {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  /** Parsed when it is JSON, else undefined. */
  body: Loose;
}

export interface Client {
  /** `User …, Organization …` of the first user. */
  asUser: string;
  /** `User …, Element …` of the first user. */
  asElement(token: string): string;
  /** One call below `/elements/api-v2`; the path is sent byte for byte, `..` too. */
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  /** The same with the reply's body unread. */
  open(method: string, path: string, options?: CallOptions): Promise<IncomingMessage>;
  /** Makes an instance with tokens that were got elsewhere, so that no provider is asked for them. */
  connect(elementKey: string, more?: ConnectOptions): Promise<Connected>;
}

export interface ConnectOptions {
  name?: string;
  configuration?: Record<string, unknown>;
  /** In place of an access token that never expires. */
  providerData?: Record<string, unknown>;
}

export interface Connected {
  id: number;
  token: string;
  /** Header for hub calls. */
  authorization: string;
  /** A hub call of this instance. */
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
}

let connectedSoFar = 0;

export function createClient(
  origin: string,
  user: { userSecret: string; organizationSecret: string },
): Client {
  const asUser = `User ${user.userSecret}, Organization ${user.organizationSecret}`;
  const asElement = (token: string) => `User ${user.userSecret}, Element ${token}`;
  const open: Client['open'] = async (method, path, options = {}) => {
    const { content, headers } = await toContent(options);
    const authorization = options.authorization === undefined ? asUser : options.authorization;
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(origin);
      const request = send(
        {
          hostname,
          port,
          method,
          path: path.startsWith('/health') ? path : `/elements/api-v2${path}`,
          headers: { ...headers, ...(authorization === null ? {} : { authorization }), ...options.headers },
        },
        resolve,
      );
      request.on('error', reject);
      if (content !== undefined && !Buffer.isBuffer(content)) content.pipe(request);
      else request.end(content);
    });
  };
  const call: Client['call'] = async (method, path, options) => {
    const message = await open(method, path, options);
    const text = await readText(message);
    const headers = Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    );
    const isJson = /json/.test(headers['content-type'] ?? '');
    return { status: message.statusCode ?? 0, headers, text, body: isJson ? JSON.parse(text) : undefined };
  };
  return {
    asUser,
    asElement,
    open,
    call,
    async connect(elementKey, more = {}) {
      const { status, body } = await call('POST', '/instances', {
        json: {
          name: more.name ?? `test ${(connectedSoFar += 1)}`,
          element: { key: elementKey },
          externalAuthentication: 'initial',
          providerData: more.providerData ?? { access_token: 'golden-token' },
          configuration: more.configuration ?? {},
        },
      });
      if (status !== 200) throw new Error(`The instance was not made (${status}): ${JSON.stringify(body)}`);
      const authorization = asElement(body.token as string);
      return {
        id: body.id as number,
        token: body.token as string,
        authorization,
        call: (method, path, options = {}) => call(method, path, { authorization, ...options }),
      };
    },
  };
}

interface Content {
  content: Buffer | Readable | undefined;
  headers: Record<string, string | number>;
}

async function toContent({ json, body }: CallOptions): Promise<Content> {
  if (json !== undefined) return sized(JSON.stringify(json), 'application/json');
  if (body instanceof FormData) {
    const encoded = new Response(body);
    return sized(Buffer.from(await encoded.arrayBuffer()), encoded.headers.get('content-type') ?? '');
  }
  return typeof body === 'string' || Buffer.isBuffer(body) ? sized(body) : { content: body, headers: {} };
}

/** Node announces no length for the body of a GET or DELETE by itself. */
function sized(body: string | Buffer, contentType?: string): Content {
  const content = Buffer.from(body);
  return {
    content,
    headers: { 'content-length': content.length, ...(contentType ? { 'content-type': contentType } : {}) },
  };
}

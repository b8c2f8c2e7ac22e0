import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** A request as the provider got it. */
export interface ReceivedRequest {
  method: string;
  /** With its query, exactly as it was sent: `/books?limit=2`. */
  url: string;
  /** Without its query. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  /** The body as UTF-8. */
  text: string;
  json(): unknown;
  form(): Record<string, string>;
  multipart(): Promise<Record<string, string | ReceivedFile>>;
}

export interface ReceivedFile {
  filename: string;
  contentType: string;
  content: Buffer;
}

export interface ProviderReply {
  status?: number;
  headers?: Record<string, string | string[]>;
  /** A string or a Buffer goes out as it is, anything else as JSON. */
  body?: unknown;
  /** So many zero bytes in place of a body, sent as fast as they are taken. */
  streamBytes?: number;
  /**
   * `reset`: the connection is cut in place of a reply; `break-off`: in the middle of the body; `silent`: no reply ever;
   * `stall`: the body never ends.
   */
  fault?: 'reset' | 'break-off' | 'silent' | 'stall';
}

/** Answers a request; a promise that is kept back delays the reply. */
export type Answer = ProviderReply | ((request: ReceivedRequest) => ProviderReply | Promise<ProviderReply>);

export interface Provider {
  url: string;
  /** For the list of private hosts that may be called. */
  host: string;
  /** What was received, in order, except what the test has cleared. */
  received: ReceivedRequest[];
  /** Answers everything from now on. */
  answer(answer: Answer): void;
  /** Answers by method and path (`GET /books`), everything else with 404. Keys that are there stay unless given anew. */
  on(routes: Record<string, Answer>): void;
  /** Resolves when the next request (of this method and path) has come in, before it is answered. */
  next(route?: string): Promise<ReceivedRequest>;
  /** Forgets what was received and all answers. */
  reset(): void;
  close(): Promise<void>;
}

/** A provider on this machine that says what a test wants it to say and keeps what it hears. */
export async function startProvider(): Promise<Provider> {
  const routes = new Map<string, Answer>();
  const waiting: { route: string | undefined; resolve: (request: ReceivedRequest) => void }[] = [];
  let fallback: Answer = { status: 404, body: { error: 'no such route in this test' } };
  const received: ReceivedRequest[] = [];

  const server = createServer((message, response) => {
    void (async () => {
      const request = await receive(message);
      received.push(request);
      const route = `${request.method} ${request.path}`;
      for (const one of waiting.splice(0)) {
        if (one.route === undefined || one.route === route) one.resolve(request);
        else waiting.push(one);
      }
      const answer = routes.get(route) ?? fallback;
      await write(response, typeof answer === 'function' ? await answer(request) : answer);
    })().catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(599, { 'content-type': 'text/plain' })
          .end(`The provider of this test failed: ${String(error)}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    received,
    answer(answer) {
      routes.clear();
      fallback = answer;
    },
    on(more) {
      for (const [route, answer] of Object.entries(more)) routes.set(route, answer);
    },
    next: (route) => new Promise((resolve) => waiting.push({ route, resolve })),
    reset() {
      received.length = 0;
      routes.clear();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
  const body = await buffer(message);
  const url = message.url ?? '/';
  const [path = '', query] = url.split('?', 2);
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return {
    method: message.method ?? 'GET',
    url,
    path,
    query: new URLSearchParams(query),
    headers,
    body,
    text: body.toString('utf8'),
    json: () => JSON.parse(body.toString('utf8')) as unknown,
    form: () => Object.fromEntries(new URLSearchParams(body.toString('utf8'))),
    multipart: () => readMultipart(body, headers['content-type'] ?? ''),
  };
}

async function readMultipart(
  body: Buffer,
  contentType: string,
): Promise<Record<string, string | ReceivedFile>> {
  const parts = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const entries = await Promise.all(
    [...parts].map(async ([name, part]) => {
      if (typeof part === 'string') return [name, part] as const;
      const content = Buffer.from(await part.arrayBuffer());
      return [name, { filename: part.name, contentType: part.type, content }] as const;
    }),
  );
  return Object.fromEntries(entries);
}

async function write(response: ServerResponse, reply: ProviderReply): Promise<void> {
  const { status = 200, headers = {}, body, streamBytes, fault } = reply;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === 'silent') return;
  if (streamBytes !== undefined) {
    response.writeHead(status, {
      'content-type': 'application/octet-stream',
      'content-length': streamBytes,
      ...headers,
    });
    await pipeline(Readable.from(zeros(streamBytes)), response);
    return;
  }
  const isJson = body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body);
  const content = isJson ? JSON.stringify(body) : ((body ?? '') as string | Buffer);
  const type = isJson ? { 'content-type': 'application/json' } : {};
  if (fault === 'break-off' || fault === 'stall') {
    response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(content) + 1000, ...headers });
    response.write(content, () => fault === 'break-off' && response.socket?.resetAndDestroy());
    return;
  }
  response.writeHead(status, { ...type, ...headers }).end(content);
}

function* zeros(sizeBytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(256 * 1024);
  for (let left = sizeBytes; left > 0; left -= chunk.length)
    yield left < chunk.length ? chunk.subarray(0, left) : chunk;
}

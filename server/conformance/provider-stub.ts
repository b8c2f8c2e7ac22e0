import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';

export interface StubRequest {
  method: string;
  /** With its query. */
  url: string;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

export interface StubReply {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

export interface ProviderStub {
  host: string;
  /** The same request, to the stub in place of the provider. */
  redirect(url: string): string;
  /** What was asked since the last `answer`. */
  received: StubRequest[];
  /** How everything is answered from now on. */
  answer(answer: (request: StubRequest) => StubReply): void;
  close(): Promise<void>;
}

/** Stands in for every provider: nothing leaves this machine. */
export async function startProviderStub(): Promise<ProviderStub> {
  let current: (request: StubRequest) => StubReply = () => ({ status: 404, body: '' });
  const stub: ProviderStub = {
    host: '',
    received: [],
    redirect(url) {
      // As text: what a URL parser would tidy up is part of what is tried.
      return url.replace(/^https?:\/\/[^/?#]*/i, `http://${stub.host}`);
    },
    answer(answer) {
      current = answer;
      stub.received = [];
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = createServer((message, response) => {
    void (async () => {
      const { method = 'GET', url = '/', headers } = message;
      const request = { method, url, headers, text: await readText(message) };
      stub.received.push(request);
      const reply = current(request);
      const fields = Object.entries({ 'content-type': 'application/json', ...reply.headers });
      response.writeHead(reply.status ?? 200, Object.fromEntries(fields.filter(isHeader)));
      response.end(reply.body);
    })();
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stub.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return stub;
}

/** Names are a definition's: what is no header's name cannot be sent. */
function isHeader([name, value]: [string, string]): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Log } from '#kernel/log';
import { createHttp } from './create.ts';

/** For tests: an app that listens on the first call, and what it has logged. */
export interface TestHttp {
  app: FastifyInstance;
  lines: { details: Record<string, unknown>; message: string }[];
  address(): Promise<string>;
  /** Calls over the network. */
  call(path: string, init?: RequestInit): Promise<TestReply>;
}

export interface TestReply {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

/** Its body limit is 1000 bytes. */
export async function startTestHttp(): Promise<TestHttp> {
  const lines: TestHttp['lines'] = [];
  const write = (details: object, message: string): void => {
    lines.push({ details: details as Record<string, unknown>, message });
  };
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const app = await createHttp({ log, version: '1.2.3', bodyLimitBytes: 1000 });
  const address = async (): Promise<string> => {
    if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  };
  return {
    app,
    lines,
    address,
    async call(path, init = {}) {
      const reply = await fetch((await address()) + path, init);
      const text = await reply.text();
      const { status, headers } = reply;
      return { status, headers, text, json: text.startsWith('{') ? JSON.parse(text) : undefined };
    },
  };
}

/** The decisions of a route that a test does not care about. */
export const plain = { access: 'public', audit: 'none', summary: 'A test', tags: ['test'] } as const;

export const jsonBody = (method: string, body: string): RequestInit => ({
  method,
  body,
  headers: { 'content-type': 'application/json' },
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { expect } from 'vitest';
import { createOutbound } from './create.ts';
import { OutboundError } from './errors.ts';
import type { Outbound, OutboundOptions, OutboundRequest } from './outbound.ts';

const closers: (() => Promise<unknown>)[] = [];
/** Call it after each test. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

/** May call this machine, unless the test says another list. */
export function outbound(options: Partial<OutboundOptions> = {}): Outbound {
  const made = createOutbound({ allowHosts: ['127.0.0.1'], ...options });
  closers.push(() => made.close());
  return made;
}

export async function serve(
  answer: (request: IncomingMessage, reply: ServerResponse) => void,
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, reply) => void answer(request, reply));
  const url = await listen(server);
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url, server };
}

/** A server that speaks what it likes. */
export async function serveRaw(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  return listen(server);
}

async function listen(server: Server | TcpServer): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function failureOf(action: () => Promise<unknown>): Promise<OutboundError> {
  const failure: unknown = await action().then(
    () => new Error('It did not fail'),
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(OutboundError);
  return failure as OutboundError;
}

export const get = (url: string): OutboundRequest => ({ method: 'GET', url, headers: {} });

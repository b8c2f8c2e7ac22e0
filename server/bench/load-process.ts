/**
 * The load of the benches, as a process of its own, on bare sockets: 1/5 of the work of an HTTP client, which would
 * measure itself. Takes one order at a time over IPC.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface LoadOrder {
  port: number;
  path: string;
  headers: Record<string, string>;
  /** Posted; GET without one. */
  body?: string;
  connections: number;
  durationMs: number;
  /** Of all connections together, evenly; as fast as replies come without it. */
  callsPerSecond?: number;
  /** What `{turn}` in the headers stands for: numbers one after the other, from the first on and again. */
  turn?: { first: number; count: number };
}

export interface LoadResult {
  calls: number;
  callsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** The first reply that was no success; the order failed with it. */
  fault?: string;
}

process.on('message', async (order: LoadOrder) => process.send?.(await run(order)));
process.on('disconnect', () => process.exit());

async function run(order: LoadOrder): Promise<LoadResult> {
  const next = createRequests(order);
  const times: number[] = [];
  const begun = performance.now();
  const untilMs = begun + order.durationMs;
  const faults = await Promise.all(
    Array.from({ length: order.connections }, (_, index) =>
      call(order.port, next, createPace(order, begun, index), untilMs, times),
    ),
  );
  const tookMs = performance.now() - begun;
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const fault = faults.find((one) => one !== undefined);
  return {
    calls: times.length,
    callsPerSecond: (times.length * 1000) / tookMs,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    ...(fault === undefined ? {} : { fault }),
  };
}

function createRequests(order: LoadOrder): () => string | Buffer {
  const text = toText(order);
  const bytes = Buffer.from(text);
  const { turn } = order;
  if (!turn) return () => bytes;
  const [before = '', after = ''] = text.split('{turn}');
  let made = 0;
  return () => `${before}${turn.first + (made++ % turn.count)}${after}`;
}

function toText({ path, headers, body }: LoadOrder): string {
  const lines = [
    `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

/** When the next call of a connection is due: its calls are spread over time, and those of all connections too. */
function createPace(
  { connections, callsPerSecond }: LoadOrder,
  begunMs: number,
  index: number,
): () => number {
  if (callsPerSecond === undefined) return () => 0;
  let made = 0;
  return () => begunMs + ((made++ * connections + index) * 1000) / callsPerSecond;
}

/** One connection: calls one after the other until the time is over. One that is late counts from when it was due. */
function call(
  port: number,
  next: () => string | Buffer,
  dueMs: () => number,
  untilMs: number,
  times: number[],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let sentMs = 0;
    const reader = createReader();
    const send = () => {
      const due = dueMs();
      const waitMs = due - performance.now();
      if (waitMs > 0) return void setTimeout(sendNow, waitMs);
      sendNow();
      if (due > 0) sentMs = due;
    };
    const sendNow = () => {
      if (socket.destroyed) return;
      sentMs = performance.now();
      socket.write(next());
    };
    const end = (fault?: string) => {
      socket.destroy();
      resolve(fault);
    };
    socket.on('connect', send);
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => end('the connection was closed'));
    socket.on('data', (chunk) => {
      if (!reader.take(chunk as Buffer)) return;
      const now = performance.now();
      if (reader.status !== 200) return end(`${reader.status} ${reader.text}`);
      times.push(now - sentMs);
      if (now < untilMs) send();
      else end();
    });
  });
}

/** Tells when a reply is complete: by its length, or by the last chunk of a chunked one. */
function createReader() {
  let head = '';
  let left = -1;
  let isChunked = false;
  let tail = '';
  const reader = {
    status: 0,
    text: '',
    take(chunk: Buffer): boolean {
      let size = chunk.length;
      if (left < 0) {
        const text = head + chunk.toString('latin1', 0, Math.min(chunk.length, 4096));
        const end = text.indexOf('\r\n\r\n');
        if (end < 0) {
          head = text;
          return false;
        }
        size -= end + 4 - head.length;
        head = '';
        reader.status = Number(text.slice(9, 12));
        reader.text = text.slice(end + 4, end + 300);
        const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
        isChunked = length === undefined;
        left = length === undefined ? Number.MAX_SAFE_INTEGER : Number(length);
      }
      left -= size;
      if (isChunked) {
        tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - 5))).slice(-5);
        if (tail === '0\r\n\r\n') left = 0;
      }
      if (left > 0) return false;
      left = -1;
      tail = '';
      return true;
    },
  };
  return reader;
}

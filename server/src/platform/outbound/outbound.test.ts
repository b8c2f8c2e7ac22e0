import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createOutbound } from './create.ts';
import { OutboundError } from './errors.ts';
import type { Outbound, OutboundOptions } from './outbound.ts';
import { readBuffer, readText } from './read.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

function outbound(options: Partial<OutboundOptions> = {}): Outbound {
  const made = createOutbound({ allowHosts: ['127.0.0.1'], ...options });
  closers.push(() => made.close());
  return made;
}

async function serve(
  answer: (request: IncomingMessage, reply: ServerResponse) => void,
): Promise<{ url: string; server: Server }> {
  const server = createServer(answer);
  const url = await listen(server);
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url, server };
}

/** A server that speaks what it likes. */
async function serveRaw(onSocket: (socket: Socket) => void): Promise<string> {
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

async function failureOf(action: () => Promise<unknown>): Promise<OutboundError> {
  const failure: unknown = await action().then(
    () => new Error('It did not fail'),
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(OutboundError);
  return failure as OutboundError;
}

/** Includes pieces that are read and not yet collected, so it can only be compared loosely. */
function heldBytes(): number {
  const { external, heapUsed } = process.memoryUsage();
  return external + heapUsed;
}

const get = (url: string) => ({ method: 'GET', url, headers: {} });

describe('a call', () => {
  test('sends method, path, query, headers and body, and gives the reply', async () => {
    const { url } = await serve((request, reply) => {
      void readText(request, 1000).then((body) => {
        reply.writeHead(201, { 'X-Thing': 'a', 'set-cookie': ['b', 'c'] });
        reply.end(
          JSON.stringify({ method: request.method, url: request.url, own: request.headers['x-own'], body }),
        );
      });
    });
    const reply = await outbound().send({
      method: 'POST',
      url: `${url}/p%20q?x=1&y=%2F`,
      headers: { 'X-Own': '1', connection: 'close' },
      body: () => Readable.from(['he', 'llo']),
    });
    expect(reply.status).toBe(201);
    expect(reply.headers).toMatchObject({ 'x-thing': 'a', 'set-cookie': ['b', 'c'] });
    expect(JSON.parse(await readText(reply.body, 1000))).toEqual({
      method: 'POST',
      url: '/p%20q?x=1&y=%2F',
      own: '1',
      body: 'hello',
    });
  });

  test('uses its connections again for calls one after the other', async () => {
    let connections = 0;
    const { url, server } = await serve((_request, reply) => reply.end('ok'));
    server.on('connection', () => connections++);
    const out = outbound();
    for (let calls = 0; calls < 20; calls++) await readText((await out.send(get(url))).body, 10);
    // The second one: a call may begin in the same tick in which the one before it ends.
    expect(connections).toBeLessThanOrEqual(2);
  });

  test('opens no more connections to an origin than it may', async () => {
    let connections = 0;
    const { url, server } = await serve((_request, reply) => void setImmediate(() => reply.end('ok')));
    server.on('connection', () => connections++);
    const out = outbound({ connectionsPerOrigin: 2 });
    const texts = Array.from({ length: 20 }, async () => readText((await out.send(get(url))).body, 10));
    expect(await Promise.all(texts)).toEqual(Array.from({ length: 20 }, () => 'ok'));
    expect(connections).toBe(2);
  });

  test('ends with the reason of its signal when it is aborted', async () => {
    const { url } = await serve(() => {});
    const reason = new Error('enough');
    const abort = new AbortController();
    const call = outbound().send({ ...get(url), signal: abort.signal });
    abort.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect(outbound().send({ ...get(url), signal: abort.signal })).rejects.toBe(reason);
  });

  test("hands on the failure of the caller's own body as it is", async () => {
    const { url } = await serve((request) => void request.resume());
    const own = new Error('my disk broke');
    const body = () =>
      Readable.from(
        (async function* () {
          yield 'a';
          throw own;
        })(),
      );
    await expect(outbound().send({ method: 'POST', url, headers: {}, body })).rejects.toBe(own);
  });
});

describe('a failure has a kind and tells no secrets:', () => {
  const secret = '/path?access_token=hunter2';

  test.each<[string, (socket: Socket) => void, Partial<OutboundOptions>, OutboundError['kind']]>([
    [
      'the connection is reset before the headers',
      (s) => s.once('data', () => s.resetAndDestroy()),
      {},
      'reset',
    ],
    ['the connection ends before the headers', (s) => s.once('data', () => s.end()), {}, 'reset'],
    [
      'reset amid the headers',
      (s) => s.once('data', () => s.write('HTTP/1.1 200 OK\r\nx-a: ', () => s.resetAndDestroy())),
      {},
      'reset',
    ],
    ['the reply is not HTTP', (s) => s.once('data', () => s.end('SSH-2.0-OpenSSH\r\n\r\n')), {}, 'reset'],
    ['no headers come in time', () => {}, { headersTimeoutMs: 60 }, 'timeout'],
    [
      'the headers are too large',
      (s) => s.once('data', () => s.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`)),
      {},
      'too-large',
    ],
  ])('%s', async (_what, onSocket, options, kind) => {
    const url = await serveRaw(onSocket);
    const failure = await failureOf(() => outbound(options).send(get(url + secret)));
    expect(failure.kind).toBe(kind);
    expect(failure.message).not.toContain('hunter2');
  });

  test.each<[string, (socket: Socket) => void, Partial<OutboundOptions>, OutboundError['kind']]>([
    ['the connection is reset amid the body', (s) => s.resetAndDestroy(), {}, 'reset'],
    ['the connection ends amid the body', (s) => s.end(), {}, 'reset'],
    ['the body stops', () => {}, { bodyTimeoutMs: 60 }, 'timeout'],
  ])('%s', async (_what, afterHalf, options, kind) => {
    const url = await serveRaw((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'));
      socket.once('data', () => setTimeout(() => afterHalf(socket), 20));
    });
    const reply = await outbound(options).send(get(url + secret));
    expect(reply.status).toBe(200);
    const failure = await failureOf(() => readText(reply.body, 100));
    expect(failure.kind).toBe(kind);
    expect(failure.message).not.toContain('hunter2');
  });

  test('nobody listens', async () => {
    const { url, server } = await serve(() => {});
    await new Promise((done) => server.close(done));
    expect((await failureOf(() => outbound().send(get(url + secret)))).kind).toBe('connect');
  });

  test('a name that does not exist', async () => {
    const failure = await failureOf(() => outbound().send(get(`http://no-such-name.invalid${secret}`)));
    expect(failure.kind).toBe('dns');
    expect(failure.message).toContain('no-such-name.invalid');
    expect(failure.message).not.toContain('hunter2');
  });

  test('TLS is spoken to a server that has none', async () => {
    const url = await serveRaw((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n')));
    expect((await failureOf(() => outbound().send(get(url.replace('http', 'https'))))).kind).toBe('tls');
  });

  test('headers that cannot be sent', async () => {
    const { url } = await serve((_request, reply) => reply.end());
    const call = { method: 'GET', url, headers: { 'x-a': 'b\r\nx-smuggled: 1' } };
    expect((await failureOf(() => outbound().send(call))).kind).toBe('invalid-url');
  });
});

describe('an address that is not public is refused', () => {
  test.each([
    ['a literal address', (port: string) => `http://127.0.0.1:${port}/`],
    ['a decimal one', (port: string) => `http://2130706433:${port}/`],
    ['a mapped one', (port: string) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['all zeros', (port: string) => `http://0.0.0.0:${port}/`],
    ['a name that resolves to it', (port: string) => `http://localhost:${port}/`],
    ['the metadata service', () => 'http://169.254.169.254/latest/meta-data/'],
  ])('%s', async (_what, toUrl) => {
    let called = false;
    const { url } = await serve((_request, reply) => {
      called = true;
      reply.end();
    });
    const port = new URL(url).port;
    const strict = outbound({ allowHosts: ['elsewhere.example', `127.0.0.1:1`] });
    expect((await failureOf(() => strict.send(get(toUrl(port))))).kind).toBe('refused-address');
    expect(called).toBe(false);
  });

  test('unless its host is allowed, with that port where one is named', async () => {
    const { url } = await serve((_request, reply) => reply.end('ok'));
    const port = new URL(url).port;
    const named = outbound({ allowHosts: [`localhost:${port}`] });
    expect(await readText((await named.send(get(`http://localhost:${port}/`))).body, 10)).toBe('ok');
    expect((await failureOf(() => named.send(get(url)))).kind).toBe('refused-address');
  });
});

describe('a redirect', () => {
  test('is a reply like any other when nothing else is asked for', async () => {
    const { url } = await serve((_request, reply) => reply.writeHead(302, { location: '/next' }).end());
    const reply = await outbound().send(get(url));
    expect([reply.status, reply.headers['location']]).toEqual([302, '/next']);
    reply.body.destroy();
  });

  test('is followed as often as asked for, and no further', async () => {
    const { url } = await serve((request, reply) => {
      reply.writeHead(302, { location: `/${Number(request.url?.slice(1)) + 1}` }).end();
    });
    const reply = await outbound().send({ ...get(`${url}/1`), followRedirects: 3 });
    expect([reply.status, reply.headers['location']]).toEqual([302, '/5']);
    reply.body.destroy();
  });

  test('to an address that is not public is refused', async () => {
    const { url } = await serve((_request, reply) =>
      reply.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    expect((await failureOf(() => outbound().send({ ...get(url), followRedirects: 1 }))).kind).toBe(
      'refused-address',
    );
  });

  test('to another origin does not take credentials along, to the same one it does', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const second = await serve((request, reply) => {
      seen.push(request.headers);
      reply.end();
    });
    const first = await serve((request, reply) => {
      seen.push(request.headers);
      reply.writeHead(307, { location: request.url === '/' ? '/again' : second.url }).end();
    });
    const headers = { Authorization: 'Bearer x', cookie: 'y', 'x-api-key': 'z', accept: 'text/plain' };
    const reply = await outbound().send({ method: 'GET', url: first.url, headers, followRedirects: 2 });
    reply.body.destroy();
    expect(seen).toHaveLength(3);
    expect(seen[1]).toMatchObject({ authorization: 'Bearer x', cookie: 'y', 'x-api-key': 'z' });
    expect(Object.keys(seen[2] ?? {})).not.toEqual(expect.arrayContaining(['authorization']));
    expect(seen[2]).not.toHaveProperty('cookie');
    expect(seen[2]).not.toHaveProperty('x-api-key');
    expect(seen[2]).toMatchObject({ accept: 'text/plain' });
  });

  test.each([
    [301, 'POST', 'GET', ''],
    [302, 'PUT', 'PUT', 'abc'],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'abc'],
    [308, 'PATCH', 'PATCH', 'abc'],
  ])('%i after %s becomes %s with the body "%s"', async (status, method, expectedMethod, expectedBody) => {
    const { url } = await serve((request, reply) => {
      if (request.url === '/')
        return void request.resume().on('end', () => reply.writeHead(status, { location: '/to' }).end());
      void readText(request, 100).then((body) => reply.end(`${request.method} ${body}`));
    });
    const body = () => Readable.from(['a', 'bc']);
    const reply = await outbound().send({ method, url, headers: {}, body, followRedirects: 1 });
    expect(await readText(reply.body, 100)).toBe(`${expectedMethod} ${expectedBody}`);
  });
});

describe('a compressed reply', () => {
  const text = 'Grüße, '.repeat(1000);
  test.each([
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
  ])('in %s arrives decoded', async (encoding, bytes) => {
    const { url } = await serve((request, reply) => {
      expect(request.headers['accept-encoding']).toContain('gzip');
      reply.writeHead(200, { 'content-encoding': encoding, 'content-length': bytes.length }).end(bytes);
    });
    const reply = await outbound().send(get(url));
    expect(reply.headers).not.toHaveProperty('content-encoding');
    expect(reply.headers).not.toHaveProperty('content-length');
    expect(await readText(reply.body, 100_000)).toBe(text);
  });

  test('arrives as it is where decoding is not wanted', async () => {
    const { url } = await serve((_request, reply) =>
      reply.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text)),
    );
    const reply = await outbound().send({ ...get(url), decompress: false });
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(await readBuffer(reply.body, 100_000)).toEqual(gzipSync(text));
  });

  test('that unpacks to more than the reader takes is too large', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const { url } = await serve((_request, reply) =>
      reply.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const reply = await outbound().send(get(url));
    expect((await failureOf(() => readText(reply.body, 1_000_000))).kind).toBe('too-large');
  });

  test.each([
    ['damaged', Buffer.from('this is not gzip')],
    ['cut off', gzipSync(text).subarray(0, 40)],
  ])('that is %s fails as such', async (_what, bytes) => {
    const { url } = await serve((_request, reply) =>
      reply.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes),
    );
    const reply = await outbound().send(get(url));
    expect((await failureOf(() => readText(reply.body, 1_000_000))).kind).toBe('reset');
  });

  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('to %s with status %i has no body to decode', async (method, status) => {
    const { url } = await serve((_request, reply) =>
      reply.writeHead(status, { 'content-encoding': 'gzip' }).end(),
    );
    const reply = await outbound().send({ method, url, headers: {} });
    expect(await readText(reply.body, 10)).toBe('');
  });
});

describe('a long body', () => {
  test('waits for a reader that is slower than the network: 50 MB never pile up', async () => {
    const piece = Buffer.alloc(64 * 1024, 1);
    let sentBytes = 0;
    const { url } = await serve((_request, reply) => {
      const pieces = function* () {
        for (; sentBytes < 800 * piece.length; sentBytes += piece.length) yield piece;
      };
      Readable.from(pieces()).pipe(reply);
    });
    const reply = await outbound().send(get(url));
    const heldBefore = heldBytes();
    let readBytes = 0;
    let mostUnderway = 0;
    for await (const bytes of reply.body) {
      readBytes += (bytes as Buffer).length;
      mostUnderway = Math.max(mostUnderway, sentBytes - readBytes);
      await new Promise((next) => setImmediate(next));
    }
    expect(readBytes).toBe(800 * piece.length);
    // What is underway is mostly in the buffers of the two sockets.
    expect(mostUnderway).toBeLessThan(20_000_000);
    expect(heldBytes() - heldBefore).toBeLessThan(100_000_000);
  });

  test('that nobody wants any more can be destroyed without an error, and the next call works', async () => {
    const { url } = await serve((request, reply) => {
      if (request.url === '/long')
        Readable.from(
          (function* () {
            for (;;) yield 'more';
          })(),
        )
          .on('error', () => {})
          .pipe(reply);
      else reply.end('ok');
    });
    const out = outbound({ connectionsPerOrigin: 1 });
    const { body } = await out.send(get(`${url}/long`));
    const closed = new Promise((done, failed) => body.once('close', done).once('error', failed));
    body.destroy();
    await closed;
    expect(await readText((await out.send(get(url))).body, 10)).toBe('ok');
  });
});

test('after close no connection is left, and no call is made', async () => {
  const { url, server } = await serve((_request, reply) => reply.end('ok'));
  const out = createOutbound({ allowHosts: ['127.0.0.1'] });
  await Promise.all(Array.from({ length: 5 }, async () => readText((await out.send(get(url))).body, 10)));
  await out.close();
  await expect
    .poll(() => new Promise((done) => server.getConnections((_error, count) => done(count))))
    .toBe(0);
  expect((await failureOf(() => out.send(get(url)))).kind).toBe('connect');
});

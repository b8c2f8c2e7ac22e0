import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import type { OutboundError } from './errors.ts';
import type { OutboundOptions } from './outbound.ts';
import { readText } from './read.ts';
import { closeAll, failureOf, get, outbound, serve, serveRaw } from './testing.ts';

afterEach(closeAll);

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

  test.each([
    ['nobody listens', 'POST', 'http://127.0.0.1:1/', 'connect'],
    ['the address is refused', 'POST', 'http://10.0.0.1/', 'refused-address'],
    ['the method is none', 'NO METHOD', 'http://127.0.0.1:1/', 'invalid-url'],
  ])('of a call with a stream, which is closed: %s', async (_what, method, to, kind) => {
    const stream = Readable.from(['a', 'file']);
    const call = { method, url: to, headers: {}, body: () => stream };
    expect((await failureOf(() => outbound().send(call))).kind).toBe(kind);
    expect(stream.destroyed).toBe(true);
    // An error of a stream that nobody listens to would end the process, a moment later.
    await new Promise(setImmediate);
  });

  test('of a call with a stream that is aborted before its turn has come, which is closed', async () => {
    const { url } = await serve(() => {});
    const out = outbound({ connectionsPerOrigin: 1 });
    const first = new AbortController();
    const underway = out.send({ ...get(url), signal: first.signal });
    const stream = Readable.from(['a', 'file']);
    const abort = new AbortController();
    const waiting = out.send({ method: 'POST', url, headers: {}, body: () => stream, signal: abort.signal });
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(stream.destroyed).toBe(true);
    first.abort(reason);
    await expect(underway).rejects.toBe(reason);
    await new Promise(setImmediate);
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

import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createOutbound } from './create.ts';
import { readBuffer, readText } from './read.ts';
import { closeAll, failureOf, get, outbound, serve, serveRaw } from './testing.ts';

afterEach(closeAll);

/** Includes pieces that are read and not yet collected, so it can only be compared loosely. */
function heldBytes(): number {
  const { external, heapUsed } = process.memoryUsage();
  return external + heapUsed;
}

/** Answers with 50 MB, as fast as they are taken. */
async function serveLong(): Promise<{ url: string; bytes: number; sentBytes(): number }> {
  const piece = Buffer.alloc(64 * 1024, 1);
  let sentBytes = 0;
  const { url } = await serve((_request, reply) => {
    const pieces = Array.from({ length: 800 }, () => piece).values();
    const counted = pieces.map((one) => {
      sentBytes += one.length;
      return one;
    });
    Readable.from(counted).pipe(reply);
  });
  return { url, bytes: 800 * piece.length, sentBytes: () => sentBytes };
}

describe('a call', () => {
  test('sends method, path, query, headers and body, and gives the reply', async () => {
    const { url } = await serve(async (request, reply) => {
      const body = await readText(request, 1000);
      reply.writeHead(201, { 'X-Thing': 'a', 'set-cookie': ['b', 'c'] });
      reply.end(
        JSON.stringify({ method: request.method, url: request.url, own: request.headers['x-own'], body }),
      );
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

describe('a body that nobody has begun to read', () => {
  test('holds up its connection, and is whole when it is read late', async () => {
    const long = await serveLong();
    const reply = await outbound().send(get(long.url));
    let before = -1;
    while (before !== long.sentBytes()) {
      before = long.sentBytes();
      await sleep(100);
    }
    // What is underway is in the buffers of the two sockets.
    expect(long.sentBytes()).toBeLessThan(20_000_000);
    expect(await readBuffer(reply.body, 60_000_000)).toHaveLength(long.bytes);
  });

  test('and is here whole is read once, as a whole or as a stream', async () => {
    const { url } = await serve((_request, reply) => reply.end('small'));
    const out = outbound();
    const whole = await out.send(get(url));
    await sleep(20);
    expect(await readText(whole.body, 5)).toBe('small');
    const tooLarge = await out.send(get(url));
    await sleep(20);
    expect((await failureOf(() => readText(tooLarge.body, 4))).kind).toBe('too-large');
    const stream = await out.send(get(url));
    await sleep(20);
    const pieces: string[] = [];
    for await (const piece of stream.body) pieces.push(String(piece));
    expect(pieces.join('')).toBe('small');
  });

  test('tells that it has broken off when it is read, and not before', async () => {
    const url = await serveRaw((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
        setTimeout(() => socket.resetAndDestroy(), 20);
      }),
    );
    const out = outbound();
    for (const read of [(body: Readable) => readText(body, 10), (body: Readable) => body.toArray()]) {
      const { body } = await out.send(get(url));
      await sleep(60);
      expect((await failureOf(() => read(body))).kind).toBe('reset');
    }
  });

  test('ends with the reason of its signal', async () => {
    const { url } = await serve((_request, reply) => {
      reply.writeHead(200, { 'content-length': 10 }).write('half');
    });
    const reason = new Error('enough');
    const abort = new AbortController();
    const { body } = await outbound().send({ ...get(url), signal: abort.signal });
    abort.abort(reason);
    await expect(readText(body, 10)).rejects.toBe(reason);
  });
});

describe('a long body', () => {
  test('waits for a reader that is slower than the network: 50 MB never pile up', async () => {
    const long = await serveLong();
    const reply = await outbound().send(get(long.url));
    const heldBefore = heldBytes();
    let readBytes = 0;
    let mostUnderway = 0;
    for await (const bytes of reply.body) {
      readBytes += (bytes as Buffer).length;
      mostUnderway = Math.max(mostUnderway, long.sentBytes() - readBytes);
      await new Promise((next) => setImmediate(next));
    }
    expect(readBytes).toBe(long.bytes);
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

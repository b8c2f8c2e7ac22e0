import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { readBuffer, readText } from './read.ts';
import { closeAll, failureOf, get, outbound, serve } from './testing.ts';

afterEach(closeAll);

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

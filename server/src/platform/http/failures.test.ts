import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#kernel/error';
import { apiBase, route } from './route.ts';
import { jsonBody, plain, startTestHttp, type TestHttp } from './testing.ts';

let http: TestHttp;
let app: FastifyInstance;
beforeEach(async () => {
  http = await startTestHttp();
  ({ app } = http);
});
afterEach(() => app.close());

const requestId = expect.stringMatching(/^[0-9a-f]{24}$/);

describe('a failure', () => {
  test('of the application shows its message, the provider message and its headers', async () => {
    route(app, {
      ...plain,
      method: 'GET',
      path: '/x',
      handler: () => {
        throw new AppError('slow', 429, 'Please wait.', {
          providerMessage: 'too fast',
          headers: { 'retry-after': '3' },
        });
      },
    });
    const reply = await http.call(`${apiBase}/x`);
    expect(reply).toMatchObject({
      status: 429,
      json: { requestId, message: 'Please wait.', providerMessage: 'too fast' },
    });
    expect(reply.headers.get('retry-after')).toBe('3');
    expect((reply.json as { requestId: string }).requestId).toBe(reply.headers.get('elements-request-id'));
  });

  test.each([
    [
      'an error',
      () => {
        throw new Error('connection to db-7 with password hunter2 failed');
      },
    ],
    [
      'an error with a status',
      () => {
        throw Object.assign(new Error('hunter2'), { statusCode: 404 });
      },
    ],
    [
      'no error at all',
      () => {
        throw 'hunter2';
      },
    ], // oxlint-disable-line no-throw-literal
    [
      'nothing',
      () => {
        throw undefined;
      },
    ], // oxlint-disable-line no-throw-literal
    [
      'a reply that cannot be written',
      () => {
        const circle: Record<string, unknown> = {};
        circle['circle'] = circle;
        return circle;
      },
    ],
  ])('that nobody foresaw (%s) shows the request id and nothing else', async (_what, handler) => {
    route(app, { ...plain, method: 'GET', path: '/x', handler: handler as () => unknown });
    const reply = await http.call(`${apiBase}/x`);
    expect(reply.status).toBe(500);
    const id = reply.headers.get('elements-request-id');
    expect(reply.json).toEqual({
      requestId: id,
      message: expect.stringContaining(`quote the request id ${id}`),
    });
    expect(reply.text).not.toContain('hunter2');
    expect(http.lines.find(({ details }) => 'err' in details)?.details).toMatchObject({ requestId: id });
  });

  test.each([
    ['no comma', '{"a":1\n "b":2}', "'\"' at line 2, column 2"],
    ['a comma too many', '[1,]', "']' at line 1, column 4"],
    ['a cut off text', '{"a": "b', "'\"' at line 1, column 7"],
    ['an end too early', '{"a":', 'end of the text at line 1, column 6'],
    ['a word', '{"a": hunter2}', "'h' at line 1, column 7"],
    ['a number with a leading zero', '[01]', "'0' at line 1, column 2"],
    ['more than one value', '{} {}', "'{' at line 1, column 4"],
    ['a raw newline in a string', '"a\nb"', "'\"' at line 1, column 1"],
    ['the wrong bracket', '[{"a":[]]', "']' at line 1, column 9"],
  ])('of JSON (%s) says where', async (_what, body, where) => {
    route(app, { ...plain, method: 'POST', path: '/x', handler: () => ({}) });
    const reply = await http.call(`${apiBase}/x`, jsonBody('POST', body));
    expect(reply).toMatchObject({
      status: 400,
      json: { requestId, message: expect.stringContaining(where) },
    });
    expect(reply.text).not.toContain('hunter2');
  });

  test.each<[string, RequestInit, number]>([
    ['a body over the limit', jsonBody('POST', `"${'x'.repeat(1000)}"`), 413],
    [
      'an announced body over the limit',
      {
        ...jsonBody('POST', ''),
        body: Readable.from(['"', 'x'.repeat(2000)]) as never,
        duplex: 'half',
      } as RequestInit,
      413,
    ],
    ['another content type', { method: 'POST', body: 'a=b', headers: { 'content-type': 'text/csv' } }, 415],
    [
      'bytes that are not UTF-8',
      {
        method: 'POST',
        body: new Uint8Array([0x22, 0xff, 0x22]),
        headers: { 'content-type': 'application/json' },
      },
      400,
    ],
    ['JSON nested too deep to be real', jsonBody('POST', '['.repeat(900)), 400],
  ])('of the request (%s) has the usual body', async (_what, init, status) => {
    route(app, { ...plain, method: 'POST', path: '/x', handler: () => ({}) });
    expect(await http.call(`${apiBase}/x`, init)).toMatchObject({
      status,
      json: { requestId, message: expect.any(String) },
    });
  });

  test.each([
    ['invalid percent-encoding', '/elements/api-v2/%zz', 400],
    ['percent-encoding that is not UTF-8', '/elements/api-v2/things/%ff', 400],
    ['a very long parameter', `/elements/api-v2/things/${'x'.repeat(5000)}`, 414],
    ['an unknown path', '/elements/api-v2/nothing?secret=1', 404],
    ['double slashes', '//', 404],
  ])('of the path (%s) has the usual body and a request id', async (_what, path, status) => {
    route(app, { ...plain, method: 'GET', path: '/things/:id', handler: () => ({}) });
    const reply = await http.call(path);
    expect(reply).toMatchObject({ status, json: { requestId, message: expect.any(String) } });
    expect(reply.headers.get('elements-request-id')).toBe((reply.json as { requestId: string }).requestId);
    expect(reply.text).not.toContain('secret');
  });

  test.each([
    ['headers without an end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`, 431],
    ['something else than HTTP', 'hello\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['an absolute URL that is none', 'GET http://[ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
  ])('below HTTP (%s) gets a reply too', async (_what, bytes, status) => {
    const socket = connect(Number(new URL(await http.address()).port), '127.0.0.1');
    socket.write(bytes);
    const reply = await readAll(socket);
    expect(reply).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(reply).toMatch(/elements-request-id: [0-9a-f]{24}\r\n/);
  });
});

import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#kernel/error';
import { exposedHeaders } from './cors.ts';
import { setNotFound } from './create.ts';
import { collectBody, rawBody, withRawBodies } from './raw-body.ts';
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

describe('a page of another origin', () => {
  test('may read exactly the headers of the contract, also on failures', async () => {
    for (const path of [`${apiBase}/docs/json`, `${apiBase}/nothing`]) {
      const { headers } = await http.call(path, { headers: { origin: 'https://a.example' } });
      expect(headers.get('access-control-expose-headers')).toBe(exposedHeaders);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
    expect((await http.call(`${apiBase}/docs/json`)).headers.get('access-control-expose-headers')).toBeNull();
  });

  test('gets its preflight answered for every path', async () => {
    const reply = await http.call(`${apiBase}/hubs/crm/contacts`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://a.example',
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,elements-version',
      },
    });
    expect([reply.status, reply.text]).toEqual([200, '']);
    expect(reply.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(reply.headers.get('access-control-allow-headers')).toBe('authorization,elements-version');
    expect(reply.headers.get('elements-request-id')).toEqual(requestId);
  });
});

describe('a scope with raw bodies', () => {
  test.each(['application/json', 'text/csv', 'multipart/form-data; boundary=x', undefined])(
    'hands over %s unread and unlimited',
    async (type) => {
      withRawBodies(app, (scope) => {
        route(scope, {
          ...plain,
          method: ['GET', 'POST'],
          path: '/raw/*',
          handler: async (request) => {
            const body = rawBody(request);
            return { length: body ? (await readAll(body)).length : null };
          },
        });
      });
      const body = new Blob(['{'.repeat(100_000)]);
      const reply = await http.call(`${apiBase}/raw/x`, {
        method: 'POST',
        body,
        headers: type === undefined ? {} : { 'content-type': type },
      });
      expect(reply.text).toBe('{"length":100000}');
      expect((await http.call(`${apiBase}/raw/x`)).text).toBe('{"length":null}');
    },
  );

  test('leaves the routes outside of it alone', async () => {
    withRawBodies(app, () => {});
    route(app, { ...plain, method: 'POST', path: '/x', handler: ({ body }) => ({ body }) });
    expect((await http.call(`${apiBase}/x`, jsonBody('POST', '{"a":null}'))).text).toBe('{"body":{}}');
  });
});

test('an unknown path is what the application says', async () => {
  setNotFound(app, (request) => {
    throw new AppError('unauthorized', 401, `Not for you: ${request.method}`);
  });
  expect(await http.call(`${apiBase}/nothing`, { method: 'PATCH' })).toMatchObject({
    status: 401,
    json: { requestId, message: 'Not for you: PATCH' },
  });
});

test('each request is one line in the log, without its query', async () => {
  route(app, { ...plain, method: 'GET', path: '/x', handler: () => ({}) });
  const reply = await http.call(`${apiBase}/x?token=hunter2`);
  await expect
    .poll(() => http.lines.filter(({ message }) => message === 'request'))
    .toEqual([
      {
        message: 'request',
        details: {
          method: 'GET',
          path: `${apiBase}/x`,
          status: 200,
          ms: expect.any(Number),
          requestId: reply.headers.get('elements-request-id'),
        },
      },
    ]);
  expect(JSON.stringify(http.lines)).not.toContain('hunter2');
});

test('closing lets running calls finish, refuses new ones and does not wait for idle connections', async () => {
  const began = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<object>();
  route(app, {
    ...plain,
    method: 'GET',
    path: '/slow',
    handler: () => {
      began.resolve();
      return finish.promise;
    },
  });
  route(app, { ...plain, method: 'GET', path: '/quick', handler: () => ({}) });
  await http.call(`${apiBase}/quick`); // leaves an idle connection behind
  const slow = http.call(`${apiBase}/slow`);
  await began.promise;
  const closed = app.close();
  await expect.poll(() => app.server.listening).toBe(false);
  finish.resolve({ done: true });
  expect(await slow).toMatchObject({ status: 200, json: { done: true } });
  expect((await slow).headers.get('connection')).toBe('close');
  await closed;
});

test('a call that arrives while closing gets 503 with the usual body', async () => {
  const socket = connect(Number(new URL(await http.address()).port), '127.0.0.1');
  // Begun, so the connection is not idle; the second call shows that the first bytes have been read.
  socket.write(`GET ${apiBase}/docs/json HTTP/1.1\r\nhost:`);
  await http.call(`${apiBase}/docs/json`);
  const closed = app.close();
  await expect.poll(() => app.server.listening).toBe(false);
  socket.write(' x\r\n\r\n');
  const reply = await readAll(socket);
  expect(reply).toMatch(/^HTTP\/1.1 503 /);
  expect(reply).toMatch(/\r\nretry-after: 1\r\n/);
  expect(reply).toMatch(/\{"requestId":"[0-9a-f]{24}","message":"The server is shutting down[^"]*"\}$/);
  await closed;
});

describe.each([
  ['of a known length', (size: number) => `content-length: ${size}\r\n\r\n`, (text: string) => text],
  [
    'in chunks',
    () => 'transfer-encoding: chunked\r\n\r\n',
    (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`,
  ],
])(
  'a body %s that is too large can be sent to its end, and the connection is good for more',
  (_, head, write) => {
    test.each(['parsed', 'raw'])('where bodies are %s', async (path) => {
      const common = { ...plain, method: ['GET', 'POST'] } as const;
      route(app, { ...common, path: '/parsed', handler: () => ({}) });
      withRawBodies(app, (scope) =>
        route(scope, {
          ...common,
          path: '/raw',
          handler: async (request) => {
            const body = rawBody(request);
            return (
              body && String(await collectBody(body, 1000, () => new AppError('large', 413, 'Too large.')))
            );
          },
        }),
      );
      const socket = connect(Number(new URL(await http.address()).port), '127.0.0.1');
      let said = '';
      socket.on('data', (data) => (said += String(data)));
      const body = 'x'.repeat(200_000);
      socket.write(
        `POST ${apiBase}/${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${head(body.length)}`,
      );
      const sent = write(body);
      socket.write(sent.slice(0, 50_000));
      await setTimeout(50);
      socket.write(sent.slice(50_000));
      socket.write(`GET ${apiBase}/nothing HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      await once(socket, 'end');
      expect(said.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 404']);
    });
  },
);

test('the answer to HEAD is that to GET without its body', async () => {
  route(app, { ...plain, method: 'GET', path: '/x', handler: () => ({ a: 1 }) });
  const reply = await new Promise<number | undefined>((resolve) => {
    void http
      .address()
      .then((base) =>
        httpRequest(`${base}${apiBase}/x`, { method: 'HEAD' }, (r) => resolve(r.resume().statusCode)).end(),
      );
  });
  expect(reply).toBe(200);
});

import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#kernel/error';
import { setAuthenticator } from './access.ts';
import { type ServedCall, setDetails, setObserver } from './observe.ts';
import { apiBase, route } from './route.ts';
import { plain, startTestHttp, type TestHttp } from './testing.ts';

let http: TestHttp;
let app: FastifyInstance;
let seen: ServedCall[];
beforeEach(async () => {
  http = await startTestHttp();
  ({ app } = http);
  seen = [];
  setObserver(app, (call) => void seen.push(call));
  setAuthenticator(app, async () => ({ userId: 7 }) as never);
});
afterEach(() => app.close());

const common = { ...plain, access: 'user:any', method: 'GET' } as const;
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('an observer', () => {
  test('learns of a call what HTTP and its handler tell, once', async () => {
    route(app, {
      ...common,
      path: '/x',
      handler: (request) => {
        setDetails(request, { told: 1 } as never);
        return { ok: true };
      },
    });
    const { headers } = await http.call(`${apiBase}/x?a=b`);
    await until(() => seen.length > 0);
    expect(seen).toEqual([
      {
        requestId: headers.get('elements-request-id'),
        method: 'GET',
        url: `${apiBase}/x?a=b`,
        ip: '127.0.0.1',
        status: 200,
        startedAtMs: expect.any(Number),
        durationMs: expect.any(Number),
        principal: { userId: 7 },
        details: { told: 1 },
        failure: undefined,
      },
    ]);
  });

  test('learns what a failure says', async () => {
    route(app, {
      ...common,
      path: '/x',
      handler: () => {
        throw new AppError('no', 502, 'It failed.', { providerMessage: 'Nope' });
      },
    });
    await http.call(`${apiBase}/x`);
    await until(() => seen.length > 0);
    expect(seen).toMatchObject([
      { status: 502, failure: { message: 'It failed.', providerMessage: 'Nope' } },
    ]);
  });

  test('learns of a caller that goes away in the middle of a reply', async () => {
    const endless = new Readable({ read() {} });
    route(app, { ...common, path: '/x', handler: () => endless });
    const address = await http.address();
    const request = httpRequest(`${address}${apiBase}/x`, (reply) => {
      reply.on('error', () => {});
      reply.once('data', () => request.destroy());
    });
    request.on('error', () => {});
    request.end();
    endless.push('some');
    await until(() => seen.length > 0);
    expect(seen).toMatchObject([{ status: 499, ip: '127.0.0.1' }]);
  });

  test('learns nothing of callers that nobody knows', async () => {
    route(app, { ...common, access: 'public', path: '/x', handler: () => ({}) });
    await http.call(`${apiBase}/x`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual([]);
  });

  test('that fails fails no call', async () => {
    setObserver(app, () => {
      throw new Error('broken');
    });
    route(app, { ...common, path: '/x', handler: () => ({ ok: true }) });
    expect((await http.call(`${apiBase}/x`)).json).toEqual({ ok: true });
    await until(() => http.lines.some(({ message }) => message === 'A call could not be observed'));
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { AppError } from '#kernel/error';
import { setAuthenticator } from './access.ts';
import { setAuditor } from './audit.ts';
import { integerText, noZeroByte } from './patterns.ts';
import { apiBase, type Route, route } from './route.ts';
import type { AuditEntry, Authenticator } from './state.ts';
import { jsonBody, plain, startTestHttp, type TestHttp } from './testing.ts';

let http: TestHttp;
let app: FastifyInstance;
beforeEach(async () => {
  http = await startTestHttp();
  ({ app } = http);
});
afterEach(() => app.close());

const requestId = expect.stringMatching(/^[0-9a-f]{24}$/);

const authenticator: Authenticator = async (authorization, access) => {
  if (authorization !== `ok ${access}`) throw new AppError('unauthorized', 401, 'Please send credentials.');
  return { userId: 7 } as never;
};

describe('a route', () => {
  test('gets its parts converted and typed, and replies JSON', async () => {
    route(app, {
      ...plain,
      method: 'POST',
      path: '/things/:id',
      schema: {
        params: Type.Object({ id: Type.Integer() }),
        querystring: Type.Object({
          pageSize: Type.Integer({ default: 200 }),
          'tags[]': Type.Optional(Type.Array(Type.String())),
        }),
        body: Type.Object({ name: Type.String() }),
        response: {
          200: Type.Object({ sum: Type.Number(), name: Type.String(), gone: Type.Optional(Type.String()) }),
        },
      },
      handler: ({ params, query, body }) => ({
        sum: params.id + query.pageSize,
        name: body.name,
        gone: null,
        tags: query['tags[]'],
      }),
    });
    const reply = await http.call(`${apiBase}/things/7?tags[]=a`, jsonBody('POST', '{"name":"x"}'));
    expect(reply.status).toBe(200);
    expect(reply.text).toBe('{"sum":207,"name":"x","tags":["a"]}');
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    expect(reply.headers.get('elements-request-id')).toEqual(requestId);
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reply.headers.get('x-powered-by')).toBeNull();
  });

  test.each([
    { sent: undefined, status: 200, text: '"nobody"' },
    { sent: 'ok user', status: 200, text: '7' },
    { sent: 'wrong', status: 401, text: 'Please send credentials.' },
  ])('for anyone who sends $sent as credentials answers $status', async ({ sent, status, text }) => {
    setAuthenticator(app, authenticator);
    route(app, {
      ...plain,
      method: 'GET',
      path: '/open',
      access: 'anyone:any',
      handler: ({ principal }) => JSON.stringify(principal?.userId ?? 'nobody'),
    });
    const reply = await http.call(`${apiBase}/open`, sent ? { headers: { authorization: sent } } : {});
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(text);
  });

  test('names every fault of every part at once', async () => {
    route(app, {
      ...plain,
      method: 'PUT',
      path: '/things/:id',
      schema: {
        params: Type.Object({ id: Type.Integer() }),
        querystring: Type.Object({
          pageSize: Type.Integer({ minimum: 1 }),
          kind: Type.Union([Type.Literal('a'), Type.Literal('b')]),
        }),
        headers: Type.Object({ 'x-own': Type.String() }),
        body: Type.Object(
          {
            name: Type.String(),
            list: Type.Array(Type.Object({ at: Type.Integer() })),
            'a/b': Type.Boolean(),
          },
          { additionalProperties: false },
        ),
      },
      handler: () => ({}),
    });
    const reply = await http.call(
      `${apiBase}/things/x?pageSize=0&kind=c`,
      jsonBody('PUT', '{"list":[{"at":"hunter2"},{}],"a/b":1,"more":1}'),
    );
    expect(reply.status).toBe(400);
    const { message } = reply.json as { message: string };
    for (const fault of [
      'path parameter "id" must be a whole number',
      'query parameter "pageSize" must be >= 1',
      'query parameter "kind" must be one of a, b',
      'header "x-own" is required',
      'body.name is required',
      'body.list[0].at must be a whole number',
      'body.list[1].at is required',
      'body.a/b must be true or false',
      'body.more is not known',
    ]) {
      expect(message).toContain(fault);
    }
    expect(message).not.toContain('hunter2');
  });

  test.each([
    [Type.String(), 1, 'must be a text'],
    [Type.Array(Type.String()), 'x', 'must be a list'],
    [Type.Object({}), 'x', 'must be a JSON object'],
    [Type.Number(), 'x', 'must be a number'],
    [Type.String({ minLength: 1 }), '', 'must not be empty'],
    [Type.String({ maxLength: 3 }), 'four', 'must have at most 3 characters'],
    [Type.String(noZeroByte), 'a\0b', 'must not hold a zero byte'],
    [Type.String(integerText), '1.5', 'must be a whole number'],
  ])('says in plain words what is wrong: %#', async (schema, value, words) => {
    route(app, {
      ...plain,
      method: 'POST',
      path: '/x',
      schema: { body: Type.Object({ it: schema }) },
      handler: () => ({}),
    });
    const reply = await http.call(`${apiBase}/x`, jsonBody('POST', JSON.stringify({ it: value })));
    expect([reply.status, (reply.json as { message: string }).message]).toEqual([
      400,
      `Please correct the request: body.it ${words}.`,
    ]);
  });

  test('asks for a body where its schema has one', async () => {
    route(app, {
      ...plain,
      method: 'POST',
      path: '/x',
      schema: { body: Type.Object({}) },
      handler: () => ({}),
    });
    const reply = await http.call(`${apiBase}/x`, { method: 'POST' });
    expect([reply.status, (reply.json as { message: string }).message]).toEqual([
      400,
      'Please correct the request: a JSON body is required.',
    ]);
  });

  test('says what is not there before it looks at the body, but after the path', async () => {
    route(app, {
      ...plain,
      method: 'PUT',
      path: '/things/:id',
      schema: { params: Type.Object({ id: Type.Integer() }), body: Type.Object({ name: Type.String() }) },
      exists: ({ params }) => {
        if (params.id < 0) throw new AppError('gone', 404, 'No thing found');
      },
      handler: ({ params }) => ({ id: params.id }),
    });
    const put = async (id: string, body: string) =>
      (await http.call(`${apiBase}/things/${id}`, jsonBody('PUT', body))).status;
    expect([await put('-1', '{}'), await put('x', '{}'), await put('1', '{}')]).toEqual([404, 400, 400]);
    expect(await put('1', '{"name":"a"}')).toBe(200);
  });

  test('takes no body where that is optional, but no wrong one', async () => {
    route(app, {
      ...plain,
      method: 'POST',
      path: '/x',
      schema: { body: Type.Object({ seconds: Type.Optional(Type.Integer()) }), bodyOptional: true },
      handler: ({ body }) => ({ seconds: body?.seconds ?? 'none' }),
    });
    const post = async (init: RequestInit) => (await http.call(`${apiBase}/x`, init)).json;
    expect(await post({ method: 'POST' })).toEqual({ seconds: 'none' });
    expect(await post(jsonBody('POST', '{"seconds":3}'))).toEqual({ seconds: 3 });
    expect(await post(jsonBody('POST', '{"seconds":"x"}'))).toMatchObject({
      message: expect.stringContaining('body.seconds'),
    });
  });

  test('needs no body where its schema has none, even when the content type says JSON', async () => {
    route(app, {
      ...plain,
      method: ['PUT', 'DELETE'],
      path: '/x',
      handler: ({ body }) => ({ body: body === undefined ? 'none' : 'some' }),
    });
    for (const method of ['PUT', 'DELETE']) {
      const reply = await http.call(`${apiBase}/x`, {
        method,
        headers: { 'content-type': 'application/json' },
      });
      expect([reply.status, reply.json]).toEqual([200, { body: 'none' }]);
    }
  });

  test('that returns nothing replies 200 without a body', async () => {
    route(app, { ...plain, method: 'DELETE', path: '/x', handler: () => {} });
    expect(await http.call(`${apiBase}/x`, { method: 'DELETE' })).toMatchObject({ status: 200, text: '' });
  });

  test('keeps every digit of a number, and takes 1e3 for an integer', async () => {
    route(app, {
      ...plain,
      method: 'POST',
      path: '/x',
      schema: { body: Type.Object({ count: Type.Integer() }) },
      handler: ({ body }) => body,
    });
    const reply = await http.call(
      `${apiBase}/x`,
      jsonBody('POST', '{"count":1e3,"big":12345678901234567890,"price":1.10}'),
    );
    expect(reply.text).toBe('{"count":1000,"big":12345678901234567890,"price":1.10}');
  });

  test('may stand outside of the API base', async () => {
    route(app, { ...plain, method: 'GET', path: '/health', outsideApi: true, handler: () => ({ ok: true }) });
    expect((await http.call('/health')).json).toEqual({ ok: true });
  });

  test('does not compile without access and audit', () => {
    const rest = { method: 'GET', path: '/x', summary: 's', tags: [], handler: () => ({}) } as const;
    // @ts-expect-error -- audit is missing
    const noAudit: Route<Record<never, never>, 'public'> = { ...rest, access: 'public' };
    // @ts-expect-error -- access is missing
    const noAccess: Route<Record<never, never>, 'public'> = { ...rest, audit: 'none' };
    // @ts-expect-error -- who may call it says nothing of the privilege
    const noPrivilege: Route<Record<never, never>, 'user'> = { ...rest, access: 'user', audit: 'none' };
    // @ts-expect-error -- nobody has heard of this privilege
    const unknown: Route<Record<never, never>, 'user:fly'> = { ...rest, access: 'user:fly', audit: 'none' };
    // @ts-expect-error -- an audit entry has noun and verb
    const noVerb: Route<Record<never, never>, 'public'> = { ...rest, access: 'public', audit: 'instance' };
    route(app, {
      ...rest,
      access: 'public',
      audit: 'none',
      // @ts-expect-error -- nobody is known on a public route
      handler: ({ principal }) => principal,
    });
    route(app, {
      ...rest,
      path: '/y',
      access: 'user:any',
      audit: 'none',
      schema: { response: { 200: Type.Object({ id: Type.Integer() }) } },
      // @ts-expect-error -- the reply is not what the schema says
      handler: async () => ({ id: 'seven' }),
    });
    expect([noAudit, noAccess, noPrivilege, unknown, noVerb]).toHaveLength(5);
  });
});

describe('access', () => {
  test.each([
    ['login', 'login'],
    ['user', 'user:any'],
    ['element', 'element:any'],
  ] as const)('%s asks the authenticator, and before anything else', async (kind, access) => {
    setAuthenticator(app, authenticator);
    route(app, {
      ...plain,
      access,
      method: 'POST',
      path: '/x',
      schema: { body: Type.Object({ a: Type.String() }) },
      handler: ({ principal }) => ({ principal }),
    });
    expect(await http.call(`${apiBase}/x`, jsonBody('POST', '{broken'))).toMatchObject({
      status: 401,
      json: { requestId, message: 'Please send credentials.' },
    });
    const init = jsonBody('POST', '{"a":"b"}');
    const reply = await http.call(`${apiBase}/x`, {
      ...init,
      headers: { ...init.headers, authorization: `ok ${kind}` },
    });
    expect(reply.json).toEqual({ principal: { userId: 7 } });
  });

  test.each([
    ['login', []],
    ['user:any', []],
    ['user:viewElements', ['viewElements']],
    ['user:viewUsersAccount|viewUsersOrg', ['viewUsersAccount', 'viewUsersOrg']],
    ['element:editElements', ['editElements']],
    ['anyone:viewElements', ['viewElements']],
  ] as const)('%s tells the authenticator which privileges are asked for', async (access, expected) => {
    const asked: unknown[] = [];
    setAuthenticator(app, async (_authorization, _kind, oneOf) => {
      asked.push(oneOf);
      return { userId: 7 } as never;
    });
    route(app, { ...plain, access, method: 'GET', path: '/x', handler: () => ({}) });
    await http.call(`${apiBase}/x`, { headers: { authorization: 'x' } });
    expect(asked).toEqual([expected]);
  });

  test('is refused, not granted, while no authenticator is set', async () => {
    route(app, { ...plain, access: 'user:any', method: 'GET', path: '/x', handler: () => ({}) });
    expect((await http.call(`${apiBase}/x`)).status).toBe(500);
  });

  test('and audit leave an entry for what succeeded', async () => {
    const entries: AuditEntry[] = [];
    setAuditor(app, (entry) => void entries.push(entry));
    setAuthenticator(app, async () => ({ userId: 7 }) as never);
    const common = { ...plain, access: 'user:any', audit: 'thing.remove', method: 'DELETE' } as const;
    route(app, { ...common, path: '/ok', handler: () => ({}) });
    route(app, {
      ...common,
      path: '/fails',
      handler: () => {
        throw new AppError('no', 404, 'No thing found');
      },
    });
    const done = await http.call(`${apiBase}/ok`, { method: 'DELETE' });
    await http.call(`${apiBase}/fails`, { method: 'DELETE' });
    expect(entries).toEqual([
      {
        action: 'thing.remove',
        requestId: done.headers.get('elements-request-id'),
        method: 'DELETE',
        path: '/ok',
        principal: { userId: 7 },
      },
    ]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { startTestApp } from '#test/app';
import type { Connected, Loose, TestApp } from '#test/app';
import { bookshop, library, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import { waitFor } from '#test/wait';

let app: TestApp;
let provider: Provider;
let shop: Connected;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop([
        resource('GET', '/books'),
        resource('POST', '/books', { parameters: [parameter('body', 'body')] }),
        resource('GET', '/shelf', {
          hooks: [
            {
              type: 'postRequest',
              mimeType: 'application/javascript',
              body: `done({ response_body: { kept: response_body.books, password: 'hidden-by-name',
                echo: 'planted-access-token', long: 'x'.repeat(20000) } })`,
            },
          ],
        }),
      ]),
      library([resource('GET', '/shelves')]),
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url }, library: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});
beforeEach(async () => {
  provider.reset();
  shop = await app.connect('bookshop', {
    configuration: shopKeys,
    providerData: { access_token: 'planted-access-token' },
  });
});

const logging = (method: string, json?: object) =>
  app.call(method, `/instances/${shop.id}/logging`, json ? { json } : {});
const idOf = (reply: { headers: Record<string, string | undefined> }) => reply.headers['elements-request-id'];
/** Asking for a call writes what waits in the process. */
const written = (reply: { headers: Record<string, string | undefined> }) =>
  app.call('GET', `/usage/${idOf(reply)}`);
const logs = async (query = '') =>
  (await app.call('GET', `/instances/${shop.id}/logs?${query}`)).body as Loose[];

describe('what is exchanged with a provider', () => {
  it('is not logged unless somebody asks for it', async () => {
    provider.answer({ body: [] });
    await written(await shop.call('GET', '/books'));
    expect(await logs()).toEqual([]);
    expect((await logging('GET')).body).toEqual({ instanceId: shop.id, traceLoggingEnabled: false });
    expect((await app.call('GET', `/instances/${shop.id}`)).body.traceLoggingEnabled).toBe(false);
  });

  it('is logged while a window is open', async () => {
    const opened = await logging('PUT', { minutes: 5, traceTag: 'support 7' });
    expect(opened.body).toMatchObject({
      instanceId: shop.id,
      traceLoggingEnabled: true,
      traceTag: 'support 7',
    });
    const minutes = (Date.parse(opened.body.until) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(4.5);
    expect(minutes).toBeLessThanOrEqual(5);
    expect((await app.call('GET', `/instances/${shop.id}`)).body.traceLoggingEnabled).toBe(true);

    provider.answer({ status: 422, headers: { 'x-own': 'shown' }, body: { message: 'Nope' } });
    const reply = await shop.call('POST', '/books', { json: { title: 'Emma' } });
    // The call is written first, what was exchanged a moment later.
    const record = await waitFor(async () => {
      const { body } = await written(reply);
      return body.exchanges ? (body as Loose) : undefined;
    });
    const expected = {
      requestId: idOf(reply),
      traceTag: 'support 7',
      method: 'POST',
      url: `${provider.url}/books`,
      durationMs: expect.any(Number),
      request: { headers: expect.any(Object), body: '{"title":"Emma"}' },
      response: {
        status: 422,
        headers: expect.objectContaining({ 'x-own': 'shown' }),
        body: '{"message":"Nope"}',
      },
    };
    expect(record.exchanges).toMatchObject([expected]);
    expect(await logs()).toMatchObject([expected]);
    expect(await logs(`requestId=${idOf(reply)}`)).toHaveLength(1);
    expect(await logs('traceTag=support+7')).toHaveLength(1);
    expect(await logs('traceTag=other')).toEqual([]);

    expect((await logging('DELETE')).body).toMatchObject({ traceLoggingEnabled: false });
    await written(await shop.call('GET', '/books'));
    expect(await logs()).toHaveLength(1);
    expect(await app.call('DELETE', `/instances/${shop.id}/logs`)).toMatchObject({ status: 200 });
    expect(await logs()).toEqual([]);
  });

  it('tells what hooks gave to done, without secrets and cut, and only in the window', async () => {
    provider.answer({ body: { books: ['Emma'] } });
    const before = await shop.call('GET', '/shelf');
    expect((await written(before)).body).not.toHaveProperty('hooks');
    await logging('PUT', { minutes: 5 });
    provider.answer({ body: { books: ['Emma'] } });
    const reply = await shop.call('GET', '/shelf');
    const { hooks, steps } = await waitFor(async () => {
      const { body } = await written(reply);
      return body.hooks ? (body as Loose) : undefined;
    });
    expect(hooks).toEqual([
      { name: expect.stringContaining('/shelf'), when: 'postRequest', output: expect.any(String) },
    ]);
    const [{ output }] = hooks;
    expect(output).toContain('"kept":["Emma"]');
    expect(output).not.toMatch(/hidden-by-name|planted/);
    expect(output.length).toBeLessThan(9_000);
    expect(JSON.stringify(steps)).not.toContain('Emma');
    expect(await logs(`requestId=${idOf(reply)}`)).toHaveLength(1);
  });

  it('is not logged any more when the time of the window is over', async () => {
    await logging('PUT', {});
    await app.query(
      sql`update instance set logging_until = now() - interval '1 second' where id = ${shop.id}`,
    );
    await app.query(sql`select pg_notify('instance_changed', ${String(shop.id)})`);
    await expect.poll(async () => (await logging('GET')).body.traceLoggingEnabled as boolean).toBe(false);
    provider.answer({ body: [] });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await written(await shop.call('GET', '/books'));
    expect(await logs()).toEqual([]);
  });

  it('is kept without secrets, sealed, and no more than the beginning of it', async () => {
    await logging('PUT', {});
    provider.answer({
      body: { access_token: 'planted-in-reply', echo: 'planted-access-token', long: 'x'.repeat(20_000) },
    });
    const reply = await shop.call('POST', '/books?apiKey=planted-in-query', {
      json: { password: 'planted-in-body', customer: 'a customer of ours', big: 1 },
    });
    expect(reply.body.echo).toBe('planted-access-token');
    expect(reply.body.long).toHaveLength(20_000);
    await written(reply);
    const [entry] = await logs();
    const text = JSON.stringify(entry);
    expect(text).not.toContain('planted');
    expect(text).not.toContain(shopKeys['oauth.api.secret']);
    expect(entry.request.body).toContain('a customer of ours');
    expect(text.length).toBeLessThan(20_000);
    const rows = await app.query<{ box: Buffer }>(sql`select box from usage_exchange`);
    expect(rows.map(({ box }) => box.toString('latin1')).join()).not.toContain('a customer of ours');
  });

  it('keeps what is no text by its size, and the reply as it was', async () => {
    await logging('PUT', {});
    provider.answer({ headers: { 'content-type': 'image/png' }, body: Buffer.from('picture') });
    const reply = await shop.call('GET', '/books');
    expect(reply.text).toBe('picture');
    await written(reply);
    expect((await logs())[0].response.body).toBe('[7 bytes]');
  });

  it('tells of a provider that was not reached', async () => {
    await logging('PUT', {});
    provider.answer({ fault: 'reset' });
    await written(await shop.call('GET', '/books'));
    const [entry] = await logs();
    expect(entry.failure).toEqual(expect.any(String));
    expect(entry.response).toBeUndefined();
  });

  it('goes on by token', async () => {
    await logging('PUT', {});
    provider.answer({ body: [] });
    let last;
    for (let call = 0; call < 3; call++) last = await shop.call('GET', '/books');
    await written(last ?? { headers: {} });
    const first = await app.call('GET', `/instances/${shop.id}/logs?pageSize=2`);
    const second = await logs(`pageSize=2&nextPage=${first.headers['elements-next-page-token']}`);
    expect([...first.body, ...second]).toEqual(await logs());
    expect(second).toHaveLength(1);
  });

  it.each([
    ['GET', '/logging'],
    ['PUT', '/logging'],
    ['DELETE', '/logging'],
    ['GET', '/logs'],
    ['DELETE', '/logs'],
  ])('%s %s of others is not found', async (method, path) => {
    await logging('PUT', {});
    provider.answer({ body: [] });
    const reply = await shop.call('GET', '/books');
    await written(reply);
    for (const { userSecret, organizationSecret } of [
      await app.addTenant(),
      await app.addTenant({ sameOrganization: true }),
    ]) {
      const authorization = `User ${userSecret}, Organization ${organizationSecret ?? app.organizationSecret}`;
      const json = method === 'PUT' ? { json: {} } : {};
      expect(
        await app.call(method, `/instances/${shop.id}${path}`, { authorization, ...json }),
      ).toMatchObject({
        status: 404,
      });
    }
    expect(await logs()).toHaveLength(1);
    expect((await logging('GET')).body.traceLoggingEnabled).toBe(true);
  });

  it.each([
    [{ minutes: 0 }, /minutes/],
    [{ minutes: 61 }, /minutes/],
    [{ minutes: 'x', traceTag: 5 }, /minutes.*traceTag/],
    [{ traceTag: '\0' }, /traceTag/],
  ])('a window of %j is a 400', async (json, message) => {
    expect(await logging('PUT', json)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(message) },
    });
  });
});

describe('the trace of connecting an account', () => {
  const provision = (more: object = {}) =>
    app.call('POST', '/instances', {
      json: {
        name: 'traced',
        element: { key: 'bookshop' },
        providerData: { code: 'planted-code', debug: true },
        configuration: shopKeys,
        ...more,
      },
    });
  const trace = async (id: string | undefined, key = 'bookshop') =>
    app.call('GET', `/elements/${key}/trace/${id}`);

  it('has each request by method and path, without secrets', async () => {
    provider.on({
      'POST /token': { body: { access_token: 'planted-token', token_type: 'bearer', expires_in: 3600 } },
    });
    const reply = await provision();
    expect(reply.status).toBe(200);
    const id = reply.headers['elements-trace-id'];
    const { status, body } = await trace(id);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['POST:/token']);
    expect(body['POST:/token']).toMatchObject({
      method: 'POST',
      request: { body: expect.stringContaining('grant_type=authorization_code') },
      response: { status: 200, body: expect.stringContaining('expires_in') },
    });
    expect(JSON.stringify(body)).not.toContain('planted');
    expect(JSON.stringify(body)).not.toContain(shopKeys['oauth.api.secret']);
  });

  it('is there when connecting fails, which is when it is wanted', async () => {
    provider.on({ 'POST /token': { status: 400, body: { error: 'invalid_grant' } } });
    const reply = await provision();
    expect(reply.status).toBe(400);
    const { body } = await trace(reply.headers['elements-trace-id']);
    expect(body['POST:/token'].response).toMatchObject({ status: 400, body: '{"error":"invalid_grant"}' });
  });

  it('is there for an account that is connected again', async () => {
    provider.on({ 'POST /token': { body: { access_token: 'again', token_type: 'bearer' } } });
    const reply = await app.call('PUT', `/instances/${shop.id}`, {
      json: { providerData: { code: 'c', debug: true }, configuration: shopKeys },
    });
    expect(reply.status).toBe(200);
    expect(Object.keys((await trace(reply.headers['elements-trace-id'])).body)).toEqual(['POST:/token']);
  });

  it('is not made unless it is asked for, and is only its owner’s', async () => {
    provider.on({ 'POST /token': { body: { access_token: 'x', token_type: 'bearer' } } });
    const plain = await provision({ providerData: { code: 'c' } });
    expect(plain.headers['elements-trace-id']).toBeUndefined();
    expect(await trace(idOf(plain))).toMatchObject({ status: 404 });
    const id = (await provision()).headers['elements-trace-id'];
    expect(await trace(id, 'library')).toMatchObject({ status: 404 });
    expect(await trace(id, 'no-such')).toMatchObject({ status: 404 });
    const { asUser } = await app.addTenant();
    expect(await app.call('GET', `/elements/bookshop/trace/${id}`, { authorization: asUser })).toMatchObject({
      status: 404,
    });
  });
});

import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { setScene } from '#test/scene';
import type { Connected, Loose } from '#test/app';
import { encoded, eventHook, webhooksOf } from '#test/webhooks';

// The provider of the scene is the customer's callback too.
const scene = setScene();
const { subscribe, tell } = webhooksOf(scene);
let instance: Connected & { key: string };

beforeAll(async () => {
  instance = await subscribe();
});

describe('a webhook', () => {
  it.each([
    [
      'with the header Element-Instances',
      (to: typeof instance) => [`/events/${to.key}`, { 'element-instances': `${to.id}` }],
    ],
    ['with the id in base64', (to: typeof instance) => [`/events/${to.key}/${encoded(to.id)}`, {}]],
    ['with the id as it is', (to: typeof instance) => [`/events/${to.key}/${to.id}`, {}]],
    ['with the key in capitals', (to: typeof instance) => [`/events/${to.key.toUpperCase()}/${to.id}`, {}]],
  ])('%s is taken', async (_, place) => {
    const [path, headers] = place(instance) as [string, Record<string, string>];
    const reply = await scene.app.call('POST', path, { authorization: null, json: { id: 1 }, headers });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual([{ id: expect.stringMatching(/^\d+$/), instanceId: instance.id }]);
  });

  it('for several instances makes an event of each', async () => {
    const key = instance.key;
    const second = await scene.app.connect(key);
    await scene.app.call('PATCH', `/instances/${second.id}`, {
      json: { configuration: { 'event.notification.enabled': true } },
    });
    const headers = { 'element-instances': `${instance.id}, ${second.id},${second.id}` };
    const reply = await scene.app.call('POST', `/events/${key}`, {
      authorization: null,
      json: { id: 1 },
      headers,
    });
    expect(reply.body.map((one: Loose) => one.instanceId)).toEqual([instance.id, second.id]);
  });

  it.each([
    ['JSON', { body: '{"id": 5}', headers: { 'content-type': 'application/json' } }],
    [
      'JSON that calls itself something else',
      { body: '{"id": 5}', headers: { 'content-type': 'text/plain' } },
    ],
    ['a form', { body: 'id=5', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['XML', { body: '<change><id>5</id></change>', headers: { 'content-type': 'text/xml' } }],
    ['text', { body: 'hello', headers: { 'content-type': 'text/plain' } }],
    ['nothing', {}],
  ])('may be %s', async (_, options) => {
    const path = `/events/${instance.key}/${instance.id}`;
    const reply = await scene.app.call('POST', path, { authorization: null, ...options });
    expect(reply.status, reply.text).toBe(200);
    const event = await scene.app.call('GET', `/events/${reply.body[0].id}`);
    expect(event.body.providerData).toContain('"objectType":"contacts"');
  });

  it('by GET has its payload in the query', async () => {
    const path = `/events/${instance.key}/${instance.id}?id=77`;
    const reply = await scene.app.call('GET', path, { authorization: null });
    const event = await scene.app.call('GET', `/instances/events/${reply.body[0].id}`);
    expect(event.body.events[0]).toMatchObject({ objectId: '77', eventType: 'CREATED' });
  });

  it('whose hook fails is delivered as it came', async () => {
    const reply = await tell(instance, { boom: true, objectType: 'deals', id: 3 });
    expect(reply.status).toBe(200);
    const event = await scene.app.call('GET', `/events/${reply.body[0].id}`);
    expect(event.body.providerData).toContain('boom');
  });

  it('is found by the element where the URL names no instance', async () => {
    const finder = {
      key: 'event.notification.instance.finder',
      name: 'finder',
      type: 'TEXTFIELD_1000',
      defaultValue: 'owner.id=shop',
    };
    const found = await subscribe({ shop: 'shop 9' }, { configuration: [finder] });
    const call = (id: string) =>
      scene.app.call('POST', `/events/${found.key}`, { authorization: null, json: { id: 1, owner: { id } } });
    expect((await call('shop 9')).body).toEqual([{ id: expect.any(String), instanceId: found.id }]);
    expect((await call('shop 8')).status).toBe(404);
  });

  it('for instances that are not there is not found, and costs those beside them nothing', async () => {
    const call = (ids: string) =>
      scene.app.call('POST', `/events/${instance.key}`, {
        authorization: null,
        json: { id: 1 },
        headers: { 'element-instances': ids },
      });
    expect((await call('99999998,99999999')).status).toBe(404);
    expect((await call(`99999998,${instance.id}`)).body).toMatchObject([{ instanceId: instance.id }]);
  });

  it.each([
    ['an unknown element', () => '/events/nosuch/MQ=='],
    ['a key with a zero byte', () => `/events/%00/${instance.id}`],
    ['a key with a zero byte and no instance', () => '/events/a%00'],
    ['an unknown instance', () => `/events/${instance.key}/${encoded(99_999_999)}`],
    ['an instance of another element', () => `/events/other/${encoded(instance.id)}`],
    ['no instance', () => `/events/${instance.key}`],
    ['something that is no id', () => `/events/${instance.key}/%00%FF`],
    ['an id without end', () => `/events/${instance.key}/${'9'.repeat(50)}`],
  ])('for %s is not found', async (_, path) => {
    const reply = await scene.app.call('POST', path(), { authorization: null, json: {} });
    expect([400, 404]).toContain(reply.status);
    expect(reply.body.message).toBeTruthy();
  });

  it('is not taken while events are off, the instance is disabled, or it polls', async () => {
    for (const change of [
      { configuration: { 'event.notification.enabled': false } },
      { configuration: { 'event.notification.enabled': true, 'event.vendor.type': 'polling' } },
    ]) {
      const quiet = await subscribe();
      await scene.app.call('PATCH', `/instances/${quiet.id}`, { json: change });
      expect((await tell(quiet, { id: 1 })).status).toBe(404);
    }
    const disabled = await subscribe();
    await scene.app.call('DELETE', `/instances/${disabled.id}/enabled`);
    expect((await tell(disabled, { id: 1 })).status).toBe(404);
  });

  it('of more than 1000 objects is refused, and nothing of it is kept', async () => {
    const plain = await subscribe({ 'event.notification.order': 'object' }, { hooks: [] });
    const objects = Array.from({ length: 1001 }, (_, id) => ({ id }));
    const reply = await tell(plain, { objects });
    expect(reply.status).toBe(413);
    expect(reply.body.message).toContain('1000 objects');
    expect((await scene.app.call('GET', `/instances/${plain.id}/events`)).body).toEqual([]);
  });

  it('of several objects in order gives each event what is about its object', async () => {
    const plain = await subscribe({ 'event.notification.order': 'object' }, { hooks: [] });
    const first = { type: 'deals', id: 'd1', note: 'x' };
    const second = { id: 'c2', note: 'é' };
    const { body } = await tell(plain, { objects: [first, second], objectType: 'contacts' });
    const sent = await Promise.all(
      body.map(async ({ id }: Loose) => (await scene.app.call('GET', `/events/${id}`)).body.providerData),
    );
    expect(sent.map((text) => JSON.parse(text))).toEqual([
      { objectType: 'deals', ...first },
      { objectType: 'contacts', ...second },
    ]);
    const one = (await tell(plain, { objects: [first], more: 1 })).body[0];
    const { providerData } = (await scene.app.call('GET', `/events/${one.id}`)).body;
    expect(JSON.parse(providerData)).toEqual({ objectType: 'deals', objects: [first], more: 1 });
  });

  it('counts its objects into its size', async () => {
    const [{ id }] = (await tell(instance, { id: 'x'.repeat(5_000) })).body;
    const rows = await scene.app.query(
      sql<{ size_bytes: number }>`select size_bytes from event where id = ${id}`,
    );
    expect(rows[0]?.size_bytes).toBeGreaterThan(10_000);
  });

  it('of more than 1 MB is refused', async () => {
    const reply = await tell(instance, { id: 1, text: 'x'.repeat(1_100_000) });
    expect(reply.status).toBe(413);
  });

  it('with a zero byte is kept', async () => {
    expect((await tell(instance, { id: 'a\u0000b', text: '\u0000\\u0000' })).status).toBe(200);
  });

  it('that the provider names is taken once', async () => {
    const first = await tell(instance, { id: 1 }, { 'webhook-id': 'msg 1' });
    const second = await tell(instance, { id: 1 }, { 'webhook-id': 'msg 1' });
    expect([first.body.length, second.body.length]).toEqual([1, 0]);
    expect([second.status, (await tell(instance, { id: 1 }, { 'webhook-id': 'msg 2' })).body.length]).toEqual(
      [200, 1],
    );
  });
});

describe('a webhook that names no instance', () => {
  const finder = (text: string) => ({
    key: 'event.notification.instance.finder',
    name: 'finder',
    type: 'TEXTFIELD_1000',
    defaultValue: text,
  });
  const secretRow = { key: 'hook.secret', name: 'secret', type: 'PASSWORD' };
  const events = { signature: { header: 'X-Signature', secret: 'hook.secret' } };
  const patch = (id: number, configuration: object) =>
    scene.app.call('PATCH', `/instances/${id}`, { json: { configuration } });
  const call = (key: string, body: string, headers = {}) =>
    scene.app.call('POST', `/events/${key}`, {
      authorization: null,
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const sign = (secret: string, body: string) => ({
    'x-signature': createHmac('sha256', secret).update(body).digest('hex'),
  });

  it("is not led to others' instances by an element of the same key", async () => {
    const own = await subscribe({ shop: 'shared' }, { configuration: [finder('owner.id=shop')] });
    const tenant = await scene.app.addTenant();
    const authorization = tenant.asUser;
    const { body: definition } = await scene.app.call('GET', `/elements/${own.key}/export`);
    const rows = definition.configuration.map((row: Loose) =>
      row.key === finder('').key ? { ...row, defaultValue: 'evil=shop' } : row,
    );
    const imported = await scene.app.call('POST', '/elements', {
      json: { ...definition, configuration: rows },
      authorization,
    });
    expect(imported.status, imported.text).toBe(200);
    const made = await scene.app.call('POST', '/instances', {
      json: {
        name: 'foreign',
        element: { key: own.key },
        externalAuthentication: 'initial',
        providerData: { access_token: 't' },
        configuration: { 'event.notification.enabled': true, shop: 'shared' },
      },
      authorization,
    });
    expect(made.status, made.text).toBe(200);
    const told = async (json: object) =>
      (await call(own.key, JSON.stringify(json))).body.map((one: Loose) => one.instanceId);
    expect(await told({ id: 1, evil: 'shared' })).toEqual([made.body.id]);
    expect(await told({ id: 1, owner: { id: 'shared' } })).toEqual([own.id]);
  });

  it('goes to those whose signature fits', async () => {
    const first = await subscribe(
      { shop: 'signed', 'hook.secret': 'one' },
      { configuration: [finder('owner.id=shop'), secretRow], events },
    );
    const connect = async (configuration: object) => {
      const { id } = await scene.app.connect(first.key);
      const reply = await patch(id, { 'event.notification.enabled': true, shop: 'signed', ...configuration });
      expect(reply.status, reply.text).toBe(200);
      return id;
    };
    const second = await connect({ 'hook.secret': 'two' });
    const without = await connect({});
    const body = '{"id":1,"owner":{"id":"signed"}}';
    for (const [secret, id] of [
      ['one', first.id],
      ['two', second],
    ] as const)
      expect((await call(first.key, body, sign(secret, body))).body).toEqual([
        { id: expect.any(String), instanceId: id },
      ]);
    expect((await call(first.key, body, sign('three', body))).status).toBe(401);
    expect((await call(first.key, body)).status).toBe(401);
    // Whoever names them means all of them.
    const headers = { ...sign('one', body), 'element-instances': `${first.id},${second}` };
    expect((await call(first.key, body, headers)).status).toBe(401);
    expect((await call(first.key, body, { 'element-instances': `${without}` })).status).toBe(200);
  });

  it('reaches all accounts that it is about, however many', async () => {
    const own = await subscribe({ shop: 'many' }, { configuration: [finder('owner.id=shop')] });
    const ids = [own.id];
    for (let at = 0; at < 110; at += 10) {
      const some = await Promise.all(Array.from({ length: 10 }, () => scene.app.connect(own.key)));
      ids.push(...some.map(({ id }) => id));
      await Promise.all(
        some.map(({ id }) => patch(id, { 'event.notification.enabled': true, shop: 'many' })),
      );
    }
    const { body } = await call(own.key, '{"id":1,"owner":{"id":"many"}}');
    expect(body.map((one: Loose) => one.instanceId)).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('finds the account by a number of any length', async () => {
    const own = await subscribe(
      { shop: '12345678901234567890' },
      { configuration: [finder('owner.id=shop')] },
    );
    const { body } = await call(own.key, '{"id":1,"owner":{"id":12345678901234567890}}');
    expect(body).toMatchObject([{ instanceId: own.id }]);
  });

  it('may say anything where the finder looks', async () => {
    const own = await subscribe({}, { configuration: [finder('owner.id=shop')] });
    for (const id of ['"\\u0000"', '"\\ud800"', '{}', '[]', 'null', '1e999'])
      expect((await call(own.key, `{"owner":{"id":${id}}}`)).status).toBe(404);
  });
});

describe('a handshake', () => {
  it.each([
    ['GET', '?hub.mode=subscribe&hub.challenge=a%3Cb', undefined, 'a<b'],
    ['POST', '?validationToken=tok', undefined, 'tok'],
    ['POST', '', { type: 'url_verification', challenge: 'c1' }, '{"challenge":"c1"}'],
  ])('by %s %s is answered', async (method, query, json, expected) => {
    const path = `/events/${instance.key}${query}`;
    const reply = await scene.app.call(method, path, { authorization: null, ...(json && { json }) });
    expect([reply.status, reply.text]).toEqual([200, expected]);
    expect(reply.headers['content-type']).toMatch(/text\/plain|application\/json/);
    if (query) expect(reply.headers['x-content-type-options']).toBe('nosniff');
  });

  it('by a header gets the header back', async () => {
    const headers = { 'x-hook-secret': 's3' };
    const path = `/events/${instance.key}/${instance.id}`;
    const reply = await scene.app.call('POST', path, { authorization: null, headers });
    expect(reply.headers['x-hook-secret']).toBe('s3');
  });

  it('of its own is answered by the hook', async () => {
    const own = await subscribe(
      {},
      {
        hooks: [
          { ...eventHook, body: `done({ response_body: 'crc ' + events.crc, response_status_code: 202 });` },
        ],
      },
    );
    const reply = await scene.app.call('GET', `/events/${own.key}/${own.id}?crc=7`, { authorization: null });
    expect([reply.status, reply.text]).toEqual([202, 'crc 7']);
  });
});

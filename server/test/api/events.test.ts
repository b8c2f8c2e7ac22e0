import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { setScene } from '#test/scene';
import type { Connected, Loose } from '#test/app';
import { waitFor } from '#test/wait';

// The provider of the scene is the customer's callback too.
const scene = setScene();
let instance: Connected & { key: string };
let other: Awaited<ReturnType<typeof scene.app.addTenant>>;

const hook = {
  type: 'event',
  mimeType: 'application/javascript',
  body: `if (events.boom) throw new Error('boom');
    done({ events: [{ event_object_type: 'contacts', event_object_id: events.id, event_type: 'created' }] });`,
};

async function subscribe(configuration: Record<string, unknown> = {}, more = {}) {
  const made = await scene.connect([], { hooks: [hook], ...more });
  const patched = await scene.app.call('PATCH', `/instances/${made.id}`, {
    json: {
      configuration: {
        'event.notification.enabled': true,
        'event.notification.callback.url': `${scene.provider.url}/callback`,
        ...configuration,
      },
    },
  });
  expect(patched.status, patched.text).toBe(200);
  return { ...made, key: patched.body.element.key as string };
}

const encoded = (id: number) => Buffer.from(String(id)).toString('base64');
const tell = (to: { id: number; key: string }, json: unknown, headers = {}) =>
  scene.app.call('POST', `/events/${to.key}/${encoded(to.id)}`, { authorization: null, json, headers });
const isDone = (path: string) =>
  waitFor(async () => {
    const { body } = await scene.app.call('GET', path);
    return body.status === 'NOTIFIED' ? (body as Loose) : undefined;
  });

beforeAll(async () => {
  instance = await subscribe();
  other = await scene.app.addTenant();
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
          { ...hook, body: `done({ response_body: 'crc ' + events.crc, response_status_code: 202 });` },
        ],
      },
    );
    const reply = await scene.app.call('GET', `/events/${own.key}/${own.id}?crc=7`, { authorization: null });
    expect([reply.status, reply.text]).toEqual([202, 'crc 7']);
  });
});

describe('what the provider is told', () => {
  const webhook = (type: string, method: string, path: string, vendorPath: string, more = {}) => ({
    type,
    method,
    path,
    vendorMethod: method,
    vendorPath,
    kind: 'eb',
    parameters: [],
    ...more,
  });
  const resources = [
    webhook('onProvisionWebhook', 'POST', '/hubs/general/subscriptions', '/subscriptions', {
      parameters: [
        { name: 'body', vendorName: 'body', type: 'body', vendorType: 'body', source: 'request' },
        {
          name: 'subscriptionId',
          vendorName: 'id',
          type: 'configuration',
          vendorType: 'bodyField',
          source: 'response',
        },
      ],
      hooks: [
        {
          type: 'preRequest',
          mimeType: 'application/javascript',
          body: `done({ request_vendor_body: JSON.stringify({ notificationUrl: "{webhookCallbackUrl}" }), continue: true })`,
        },
      ],
    }),
    webhook('onDeleteWebhook', 'DELETE', '/hubs/general/subscriptions/{id}', '/subscriptions/{id}', {
      parameters: [
        {
          name: 'subscriptionId',
          vendorName: 'id',
          type: 'configuration',
          vendorType: 'path',
          source: 'request',
        },
      ],
    }),
  ];
  const switchEvents = (id: number, enabled: boolean) =>
    scene.app.call('PATCH', `/instances/${id}`, {
      json: { configuration: { 'event.notification.enabled': enabled, 'event.vendor.type': 'webhook' } },
    });

  /** An element that has one account, and what connects another with events on. */
  const connectLater = async () => {
    const { id } = await scene.connect(resources);
    const { element } = (await scene.app.call('GET', `/instances/${id}`)).body;
    const json = {
      name: 'with events',
      element: { key: element.key },
      configuration: { 'event.notification.enabled': true, 'event.vendor.type': 'webhook' },
    };
    return { key: element.key as string, make: () => scene.app.call('POST', '/instances', { json }) };
  };

  it('is our URL when events are switched on, and to stop when they are switched off', async () => {
    scene.provider.on({
      'POST /subscriptions': { body: { id: 'sub 1' } },
      'DELETE /subscriptions/sub%201': {},
    });
    const made = await scene.connect(resources);
    expect((await switchEvents(made.id, true)).body.configuration.subscriptionId).toBe('sub 1');
    const subscription = scene.last()?.json() as Loose;
    const notificationUrl = subscription.notificationUrl as string;
    expect(notificationUrl).toMatch(new RegExp(`^${scene.app.origin}/elements/api-v2/events/scene\\d+/`));
    // It leads to this instance.
    const told = await fetch(notificationUrl, { method: 'POST', body: '{"id":1}' });
    expect((await told.json()) as Loose).toEqual([{ id: expect.any(String), instanceId: made.id }]);
    await switchEvents(made.id, true);
    expect(scene.provider.received.filter(({ path }) => path === '/subscriptions')).toHaveLength(1);
    await switchEvents(made.id, false);
    expect(scene.last()?.path).toBe('/subscriptions/sub%201');
  });

  it('is our URL when an account is connected with events on, and it may call at once', async () => {
    const { key, make } = await connectLater();
    let calledAtOnce: Loose;
    scene.provider.on({
      'POST /subscriptions': async (request) => {
        const { notificationUrl } = request.json() as { notificationUrl: string };
        calledAtOnce = await (await fetch(notificationUrl, { method: 'POST', body: '{"id":1}' })).json();
        return { body: { id: 's3' } };
      },
    });
    const { status, body } = await make();
    expect(status).toBe(200);
    expect(body).toMatchObject({ element: { key }, configuration: { subscriptionId: 's3' } });
    expect(calledAtOnce).toEqual([{ id: expect.any(String), instanceId: body.id }]);
  });

  it('may be refused when an account is connected, and then nothing is left behind', async () => {
    const { key, make } = await connectLater();
    scene.provider.on({ 'POST /subscriptions': { status: 403, body: { message: 'not your plan' } } });
    const reply = await make();
    expect(reply.status).toBe(400);
    expect(reply.body.providerMessage).toContain('not your plan');
    const { body } = await scene.app.call('GET', `/elements/${key}/instances`);
    expect(body).toHaveLength(1);
  });

  it('is to stop when the instance is deleted', async () => {
    scene.provider.on({ 'POST /subscriptions': { body: { id: 's2' } }, 'DELETE /subscriptions/s2': {} });
    const made = await scene.connect(resources);
    await switchEvents(made.id, true);
    await scene.app.call('DELETE', `/instances/${made.id}`);
    expect(scene.last()).toMatchObject({ method: 'DELETE', path: '/subscriptions/s2' });
  });

  it('may be refused, and then events stay off', async () => {
    scene.provider.on({ 'POST /subscriptions': { status: 403, body: { message: 'not your plan' } } });
    const made = await scene.connect(resources);
    const reply = await switchEvents(made.id, true);
    expect(reply.status).toBe(400);
    expect(reply.body.providerMessage).toContain('not your plan');
    expect((await scene.app.call('GET', `/instances/${made.id}`)).body.eventsEnabled).toBe(false);
  });
});

describe('settings', () => {
  it('are refused with every fault at once', async () => {
    const reply = await scene.app.call('PATCH', `/instances/${instance.id}`, {
      json: {
        configuration: {
          'event.vendor.type': 'pigeon',
          'event.notification.callback.url': 'ftp://x',
          'event.notification.webhook.secret': 'short',
          'event.notification.callback.headers': 'Host: evil',
          'event.notification.order': 'random',
          'event.poller.refresh_interval': '0',
          'event.metadata': '{',
        },
      },
    });
    expect(reply.status).toBe(400);
    for (const word of [
      'event.vendor.type',
      'callback.url',
      'whsec_',
      'Host',
      'order',
      'refresh_interval',
      'metadata',
    ])
      expect(reply.body.message).toContain(word);
  });

  it('that are secret are masked', async () => {
    const masked = await subscribe({
      'event.notification.signature.key': 'key',
      'event.notification.callback.headers': 'X-Key: 1',
      'event.notification.basic.password': 'pw',
    });
    const { configuration } = (await scene.app.call('GET', `/instances/${masked.id}`)).body;
    for (const key of ['signature.key', 'callback.headers', 'basic.password'])
      expect(configuration[`event.notification.${key}`]).toBe('********');
  });
});

describe('events', () => {
  it('are listed in pages, with what became of them', async () => {
    const own = await subscribe();
    scene.provider.on({ 'POST /callback': {} });
    const ids: string[] = [];
    for (let at = 0; at < 5; at++) ids.unshift((await tell(own, { id: at })).body[0].id);
    for (const path of ids.map((id) => `/instances/${own.id}/events/${id}`)) await isDone(path);
    const seen: string[] = [];
    let next = '';
    for (let page = 0; page < 3; page++) {
      const reply = await scene.app.call('GET', `/instances/${own.id}/events?pageSize=2${next}`);
      seen.push(...reply.body.map((one: Loose) => one.id));
      const token = reply.headers['elements-next-page-token'];
      expect(token === undefined).toBe(page === 2);
      next = `&nextPage=${token}`;
    }
    expect(seen).toEqual(ids);
    const { body } = await scene.app.call('GET', `/events/${ids[0]}`);
    expect(body).toMatchObject({
      status: 'NOTIFIED',
      source: 'webhook',
      notifiedData: [{ status: 'delivered' }],
    });
    expect(body.eventDate).toMatch(/^\d{4}-.*Z$/);
  });

  it('are filtered by what has changed, where, and what became of it', async () => {
    const own = await subscribe({ 'event.notification.callback.url': `${scene.provider.url}/filtered` });
    scene.provider.on({ 'POST /filtered': {} });
    const [{ id }] = (await tell(own, { id: 1 })).body;
    await isDone(`/events/${id}`);
    const count = async (where: string) => {
      const query = encodeURIComponent(`${where} and instanceId = ${own.id}`);
      const { body } = await scene.app.call('GET', `/instances/events?where=${query}`);
      return (body as Loose[]).length;
    };
    const url = `${scene.provider.url}/filtered`;
    const found = [
      `eventType = 'created' and objectType = 'contacts'`,
      `elementKey = '${own.key}'`,
      `status = 'delivered' and config.url = '${url}'`,
    ];
    const missed = [
      `eventType = 'DELETED'`,
      `objectType = 'lists'`,
      `elementKey = 'other'`,
      `status = 'failed'`,
      `config.url = '${url}/other'`,
    ];
    expect(await Promise.all(found.map(count))).toEqual([1, 1, 1]);
    expect(await Promise.all(missed.map(count))).toEqual([0, 0, 0, 0, 0]);
    const replay = (where: string) =>
      scene.app.call('POST', `/instances/${own.id}/events/replay?where=${encodeURIComponent(where)}`);
    expect((await replay(`eventType = 'DELETED'`)).body).toEqual({ replayed: 0 });
    expect((await replay(`eventType = 'CREATED'`)).body).toEqual({ replayed: 1 });
  });

  it('of many megabytes come in pages that a server can hold', async () => {
    const own = await subscribe({ 'event.notification.callback.url': null });
    const ids: string[] = [];
    for (let at = 0; at < 4; at++) ids.unshift((await tell(own, { id: at })).body[0].id);
    const sizes = [20, 6, 6, 6];
    for (const [index, id] of ids.entries())
      await scene.app.query(
        sql`update event set size_bytes = ${(sizes[index] ?? 0) * 1024 * 1024} where id = ${Number(id)}`,
      );
    const pages: string[][] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const reply = await scene.app.call('GET', `/instances/${own.id}/events?pageSize=1000${next}`);
      pages.push(reply.body.map((one: Loose) => one.id));
      const token = reply.headers['elements-next-page-token'];
      next = token === undefined ? undefined : `&nextPage=${token}`;
    }
    expect(pages).toEqual([ids.slice(0, 1), ids.slice(1, 3), ids.slice(3)]);
    const numbered = (page: number) =>
      scene.app.call('GET', `/instances/${own.id}/events?pageSize=1000&page=${page}`);
    for (const [index, page] of [...pages, []].entries())
      expect((await numbered(index + 1)).body.map((one: Loose) => one.id)).toEqual(page);
  });

  it('are listed with their deliveries in pages that a server can hold', async () => {
    const own = await subscribe();
    for (let at = 0; at < 3; at++) await tell(own, { id: at });
    await scene.app.query(sql`update event set size_bytes = 9 * 1024 * 1024 where instance_id = ${own.id}`);
    const page = async (query: string) =>
      (await scene.app.call('GET', `/instances/${own.id}/events/deliveries?${query}`)).body.length;
    expect([await page(''), await page('hydrate=true'), await page('hydrate=true&page=3')]).toEqual([
      3, 1, 1,
    ]);
  });

  it('are counted in buckets', async () => {
    await tell(instance, { id: 1 });
    const whole = await scene.app.call('GET', '/instances/events/analytics');
    expect(whole.body).toHaveLength(8);
    expect(whole.body.at(-1).count).toBeGreaterThan(0);
    const now = Date.now();
    const range = `from=${new Date(now - 3_600_000).toISOString()}&to=${new Date(now).toISOString()}&interval=minute`;
    const fine = await scene.app.call('GET', `/instances/events/analytics/instances?${range}`);
    expect(fine.body).toHaveLength(61);
    const records = fine.body.flatMap((one: Loose) => one.records);
    expect(records.map((one: Loose) => one.instanceId)).toContain(instance.id);
    const accounts = await scene.app.call('GET', '/instances/events/analytics/accounts?accountIds[]=999999');
    expect(accounts.status).toBe(403);
    const backwards = await scene.app.call(
      'GET',
      '/instances/events/analytics?from=2026-01-02&to=2026-01-01',
    );
    expect(backwards.status).toBe(400);
  });

  it('go out again when it is asked for', async () => {
    const own = await subscribe();
    scene.provider.on({ 'POST /callback': {} });
    const [{ id }] = (await tell(own, { id: 1 })).body;
    await isDone(`/events/${id}`);
    const before = scene.provider.received.length;
    expect((await scene.app.call('POST', `/instances/${own.id}/events/${id}/replay`)).body).toEqual({
      replayed: 1,
    });
    await waitFor(() => scene.provider.received.length > before);
    expect(scene.last()?.headers['webhook-id']).toBe(id);
    const from = new Date(Date.now() - 60_000).toISOString();
    const range = await scene.app.call('POST', `/instances/${own.id}/events/replay?from=${from}`);
    expect(range.body).toEqual({ replayed: 1 });
  });

  it('that had no callback are delivered once there is one', async () => {
    const own = await subscribe({ 'event.notification.callback.url': null });
    const [{ id }] = (await tell(own, { id: 1 })).body;
    expect((await scene.app.call('GET', `/events/${id}`)).body.status).toBe('RECEIVED');
    expect((await scene.app.call('POST', `/instances/events/${id}/replay`)).status).toBe(400);
    scene.provider.on({ 'POST /late': {} });
    await scene.app.call('PATCH', `/instances/${own.id}`, {
      json: { configuration: { 'event.notification.callback.url': `${scene.provider.url}/late` } },
    });
    await scene.app.call('POST', `/instances/events/${id}/replay`);
    await isDone(`/events/${id}`);
  });
});

describe('deliveries', () => {
  it('are listed with filters, counted, and shown with their attempts, without secrets', async () => {
    const own = await subscribe({
      'event.notification.signature.key': 'very secret',
      'event.notification.basic.username': 'ann',
      'event.notification.basic.password': 'pw-pw',
      'event.notification.callback.headers': 'X-Plain: hush-hush',
    });
    scene.provider.on({ 'POST /callback': { status: 500, body: { error: 'no', token: 'abc' } } });
    await tell(own, { id: 1 });
    const find = () =>
      scene.app.call('GET', `/instances/${own.id}/events/deliveries?where=status='retry'&hydrate=true`);
    const [delivery] = await waitFor(async () => {
      const { body } = await find();
      return body.length > 0 ? (body as Loose[]) : undefined;
    });
    expect(delivery).toMatchObject({
      status: 'retry',
      attempts: 1,
      notification: { severity: 'low' },
      subscription: { channel: 'webhook' },
    });
    const one = await scene.app.call('GET', `/instances/events/deliveries/${delivery.id}`);
    expect(one.body.attemptsData).toMatchObject([
      { number: 1, statusCode: 500, error: 'The callback answered 500.' },
    ]);
    expect(one.text).not.toMatch(/very secret|abc|YW5uOnB3LXB3|hush/);
    const counts = await scene.app.call('GET', `/instances/${own.id}/events/deliveries/counts`);
    expect(counts.body).toEqual({ retry: 1 });
  });

  it('that are queued are released', async () => {
    const own = await subscribe({ 'event.notification.callback.url': `${scene.provider.url}/released` });
    scene.provider.on({ 'POST /released': {} });
    // The callback is known from the first event on.
    await isDone(`/events/${(await tell(own, { id: 1 })).body[0].id}`);
    await scene.app.query(sql`update event_callback set suspended_at = now() where url like '%/released'`);
    const [{ id }] = (await tell(own, { id: 2 })).body;
    const callbacks = (await scene.app.call('GET', '/instances/events/callbacks')).body as Loose[];
    expect(callbacks[0]).toEqual({
      id: expect.any(Number),
      url: `${scene.provider.url}/released`,
      circuit: 'closed',
      failures: 0,
      suspendedDate: expect.stringMatching(/Z$/),
      due: 0,
      queued: 1,
    });
    const where = encodeURIComponent(
      `channel='webhook' and status='queued' and config.url='${scene.provider.url}/released'`,
    );
    const released = await scene.app.call('PUT', `/notifications/subscriptions/deliveries?where=${where}`);
    expect(released.body).toHaveLength(1);
    await isDone(`/events/${id}`);
  });

  it.each([
    "status = 'nosuch'",
    "status = 'retry' or status = 'failed'",
    "channel = 'webhook' and (status = 'retry' or status = 'failed')",
    "channel = 'webhook' and not (status = 'retry')",
    "status = 'retry' and status = 'failed'",
    'eventId = 1 and notificationId = 2',
    'nosuch = 1',
    "eventType = 'nosuch'",
    "objectType IN ('a', 'b')",
    "instanceId = 'x'",
    'status like 1',
    '(((',
  ])('are not filtered by %s', async (where) => {
    const reply = await scene.app.call(
      'GET',
      `/notifications/subscriptions/deliveries?where=${encodeURIComponent(where)}`,
    );
    expect(reply.status).toBe(400);
  });
});

describe('another tenant', () => {
  it.each([
    ['GET', (id: string) => `/events/${id}`],
    ['GET', (id: string) => `/instances/events/${id}`],
    ['GET', () => `/instances/${instance.id}/events`],
    ['GET', (id: string) => `/instances/${instance.id}/events/${id}`],
    ['GET', () => `/instances/${instance.id}/events/deliveries`],
    ['POST', (id: string) => `/instances/events/${id}/replay`],
    ['POST', () => `/instances/${instance.id}/events/replay`],
  ])('finds nothing: %s %s', async (method, path) => {
    const [{ id }] = (await tell(instance, { id: 1 })).body;
    const reply = await scene.app.call(method, path(id), { authorization: other.asUser });
    expect(reply.status).toBe(404);
  });

  it('lists none', async () => {
    for (const path of [
      '/instances/events',
      '/instances/events/deliveries',
      '/instances/events/callbacks',
      '/notifications/subscriptions/deliveries',
    ])
      expect((await scene.app.call('GET', path, { authorization: other.asUser })).body).toEqual([]);
    const reply = await scene.app.call('POST', '/instances/events/replay?from=2020-01-01', {
      authorization: other.asUser,
    });
    expect(reply.body).toEqual({ replayed: 0 });
  });

  it('is asked who it is', async () => {
    for (const path of ['/events/1', '/instances/events', '/instances/events/analytics'])
      expect((await scene.app.call('GET', path, { authorization: null })).status).toBe(401);
  });
});

import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { setScene } from '#test/scene';
import type { ProviderReply, ReceivedRequest } from '#test/provider';
import type { Loose } from '#test/app';
import { waitFor } from '#test/wait';

// The provider of the scene is the customer's callback too.
const scene = setScene();

const eventHook = {
  type: 'event',
  mimeType: 'application/javascript',
  body: `done({ events: (events.objects || [events]).map((one) => ({
    event_object_type: one.kind, event_object_id: one.id, event_type: one.what, event_date: one.at,
  })) });`,
};

/** An instance whose events go to a path of their own at the callback. */
async function subscribe(
  path: string,
  configuration: Record<string, unknown> = {},
  resources: object[] = [],
) {
  const instance = await scene.connect(resources, { hooks: [eventHook] });
  const patched = await scene.app.call('PATCH', `/instances/${instance.id}`, {
    json: {
      configuration: {
        'event.notification.enabled': true,
        'event.vendor.type': 'webhook',
        'event.notification.callback.url': `${scene.provider.url}${path}`,
        ...configuration,
      },
    },
  });
  expect(patched.status, patched.text).toBe(200);
  const { key } = patched.body.element;
  const encoded = Buffer.from(String(instance.id)).toString('base64');
  const tell = (json: unknown, headers = {}) =>
    scene.app.call('POST', `/events/${key}/${encoded}`, { authorization: null, json, headers });
  return { ...instance, key, encoded, tell };
}

const received = (path: string) => scene.provider.received.filter((request) => request.path === path);
const arrives = (path: string, count = 1): Promise<ReceivedRequest[]> =>
  waitFor(() => {
    const all = received(path);
    return all.length >= count ? all : undefined;
  });
const change = { kind: 'contacts', id: 7, what: 'updated', at: '2026-01-02T03:04:05Z' };

describe('a delivery', () => {
  it('has the documented shape, with what the provider sent', async () => {
    scene.provider.on({ 'POST /shape': {} });
    const instance = await subscribe('/shape');
    const reply = await instance.tell({ ...change, big: 1, note: 'x' });
    expect(reply.status).toBe(200);
    const [request] = await arrives('/shape');
    const body = request?.json() as Loose;
    expect(body).toMatchObject({
      message: {
        eventId: reply.body[0].id,
        elementKey: instance.key,
        instance_id: instance.id,
        instanceTags: expect.any(Array),
        raw: { objectType: 'contacts', kind: 'contacts', id: 7, note: 'x' },
        events: [
          {
            objectType: 'contacts',
            objectId: '7',
            eventType: 'UPDATED',
            date: '2026-01-02T03:04:05.000Z',
            elementKey: instance.key,
          },
        ],
      },
      severity: 'low',
    });
    expect(body.createdDate).toBeTypeOf('number');
    expect(request?.headers['elements-webhook-id']).toBe(body.message.eventId);
    expect(request?.headers['elements-webhook-signature']).toBeUndefined();
  });

  it('is signed over the exact bytes', async () => {
    scene.provider.on({ 'POST /signed': {} });
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const old = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    const instance = await subscribe('/signed', {
      'event.notification.signature.key': 'ké y',
      'event.notification.webhook.secret': `${secret} ${old}`,
    });
    await instance.tell({ ...change, big: 'é' });
    const [request] = await arrives('/signed');
    const hmac = (key: string | Buffer, data: Buffer | string) =>
      createHmac('sha256', key).update(data).digest('base64');
    const headers = request?.headers ?? {};
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${request?.text}`;
    expect(headers['elements-webhook-signature']).toBe(`sha256=${hmac('ké y', request?.body ?? '')}`);
    expect(headers['webhook-signature']).toBe(
      `v1,${hmac(Buffer.alloc(32, 7), signed)} v1,${hmac(Buffer.alloc(32, 8), signed)}`,
    );
  });

  it('brings basic credentials and headers of the customer', async () => {
    scene.provider.on({ 'POST /headers': {} });
    const instance = await subscribe('/headers', {
      'event.notification.basic.username': 'ann',
      'event.notification.basic.password': 'pass:word',
      'event.notification.callback.headers': 'X-One: 1, X-Two: a=b; c',
    });
    await instance.tell(change);
    const [request] = await arrives('/headers');
    expect(request?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('ann:pass:word').toString('base64')}`,
      'x-one': '1',
      'content-type': 'application/json',
    });
  });

  it('that is pending when the callback changes takes no credentials to the place before', async () => {
    scene.provider.on({ 'POST /before': { status: 500 } });
    const instance = await subscribe('/before');
    await instance.tell(change);
    await waitFor(async () => (await deliveriesOf(instance.id))[0]?.status === 'retry');
    const configuration = {
      'event.notification.callback.url': `${scene.provider.url}/after`,
      'event.notification.basic.username': 'ann',
      'event.notification.basic.password': 'new',
      'event.notification.callback.headers': 'X-One: 1',
    };
    await scene.app.call('PATCH', `/instances/${instance.id}`, { json: { configuration } });
    await makeDue(instance.id);
    const [, second] = await arrives('/before', 2);
    expect(second?.headers).not.toHaveProperty('authorization');
    expect(second?.headers).not.toHaveProperty('x-one');
  });

  it('keeps every digit of what the provider sent', async () => {
    scene.provider.on({ 'POST /digits': {} });
    const instance = await subscribe('/digits');
    await scene.app.call('POST', `/events/${instance.key}/${instance.encoded}`, {
      authorization: null,
      body: '{"kind":"contacts","id":12345678901234567890,"what":"created","amount":1.10}',
      headers: { 'content-type': 'application/json' },
    });
    const [request] = await arrives('/digits');
    expect(request?.text).toContain('"id":12345678901234567890');
    expect(request?.text).toContain('"amount":1.10');
  });

  it('of many changes in one call has one entry for each', async () => {
    scene.provider.on({ 'POST /batch': {} });
    const instance = await subscribe('/batch');
    await instance.tell([change, { ...change, id: 8, what: 'created' }]);
    const [request] = await arrives('/batch');
    const told = request?.json() as Loose;
    expect(told.message.events.map((one: Loose) => [one.objectId, one.eventType])).toEqual([
      ['7', 'UPDATED'],
      ['8', 'CREATED'],
    ]);
  });

  it('goes out again with the same id until the callback takes it', async () => {
    const answers: ProviderReply[] = [{ status: 500, body: 'no' }, { fault: 'reset' }, {}];
    scene.provider.on({ 'POST /again': () => answers.shift() ?? {} });
    const instance = await subscribe('/again');
    await instance.tell(change);
    for (let attempt = 1; attempt < 3; attempt++) {
      await arrives('/again', attempt);
      await waitFor(async () => (await deliveriesOf(instance.id))[0]?.status === 'retry');
      await makeDue(instance.id);
    }
    const requests = await arrives('/again', 3);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(requests.map(({ text }) => text)).size).toBe(1);
    await waitFor(async () => (await deliveriesOf(instance.id))[0]?.status === 'delivered');
    expect((await deliveriesOf(instance.id))[0]?.attempts).toBe(3);
  });

  it('waits as long as the callback asks for', async () => {
    scene.provider.on({ 'POST /later': { status: 429, headers: { 'retry-after': '3600' } } });
    const instance = await subscribe('/later');
    await instance.tell(change);
    const [delivery] = await waitFor(async () => {
      const all = await deliveriesOf(instance.id);
      return all[0]?.status === 'retry' ? all : undefined;
    });
    expect(delivery?.waits).toBeGreaterThan(3500);
  });

  it('is a dead letter after ten attempts, and what follows is queued', async () => {
    scene.provider.on({ 'POST /dead': { status: 500 } });
    const instance = await subscribe('/dead');
    await instance.tell(change);
    await waitFor(async () => (await deliveriesOf(instance.id))[0]?.status === 'retry');
    await scene.app.query(sql`update delivery set attempts = 9 where instance_id = ${instance.id}`);
    await makeDue(instance.id);
    await waitFor(async () => (await deliveriesOf(instance.id))[0]?.status === 'failed');
    await instance.tell(change);
    expect((await deliveriesOf(instance.id)).map(({ status }) => status)).toEqual(['failed', 'queued']);
  });

  it('that fails once is queued, where the account wants that', async () => {
    const policy = (value: string) =>
      scene.app.call('PATCH', '/accounts/settings', {
        json: { 'notification.webhook.failure.policy': value },
      });
    scene.provider.on({ 'POST /queued': { status: 500 } });
    await policy('queue');
    const instance = await subscribe('/queued');
    await instance.tell(change);
    await waitFor(async () => (await deliveriesOf(instance.id))[0]?.status === 'queued');
    await policy('retry');
  });

  it('of an instance that is gone fails, and holds up no other instance of its callback', async () => {
    let broken = true;
    scene.provider.on({ 'POST /shared': () => (broken ? { status: 500 } : {}) });
    const gone = await subscribe('/shared');
    const other = await subscribe('/shared');
    await gone.tell(change);
    await waitFor(async () => (await deliveriesOf(gone.id))[0]?.status === 'retry');
    await scene.app.call('DELETE', `/instances/${gone.id}`);
    await makeDue(gone.id);
    await waitFor(async () => (await deliveriesOf(gone.id))[0]?.status === 'failed');
    broken = false;
    await other.tell(change);
    await waitFor(async () => (await deliveriesOf(other.id))[0]?.status === 'delivered');
  });

  it('that is replayed while it is on its way goes out again, whatever came of that attempt', async () => {
    const held = Promise.withResolvers<ProviderReply>();
    const answers: (ProviderReply | Promise<ProviderReply>)[] = [held.promise, {}];
    scene.provider.on({ 'POST /overtaken': () => answers.shift() ?? {} });
    const instance = await subscribe('/overtaken');
    const { body } = await instance.tell(change);
    await arrives('/overtaken');
    await scene.app.call('POST', `/instances/${instance.id}/events/${body[0].id}/replay`);
    held.resolve({ status: 410 });
    await waitFor(async () => (await deliveriesOf(instance.id))[0]?.status === 'delivered');
    const attempts = await scene.app.query<{ number: number; status: number }>(
      sql`select number, status_code as status from delivery_attempt join delivery on delivery.id = delivery_id
        where instance_id = ${instance.id} order by number`,
    );
    expect(attempts).toEqual([
      { number: 1, status: 410 },
      { number: 2, status: 200 },
    ]);
  });

  it('that is replayed takes those with it that were queued behind it', async () => {
    let status = 410;
    scene.provider.on({ 'POST /lifted': () => ({ status }) });
    const instance = await subscribe('/lifted');
    const { body } = await instance.tell(change);
    await waitFor(async () => (await deliveriesOf(instance.id))[0]?.status === 'failed');
    await instance.tell(change);
    expect((await deliveriesOf(instance.id))[1]?.status).toBe('queued');
    status = 200;
    await scene.app.call('POST', `/instances/${instance.id}/events/${body[0].id}/replay`);
    await waitFor(async () =>
      (await deliveriesOf(instance.id)).every((delivery) => delivery.status === 'delivered'),
    );
  });

  it('of an object with a long id is stored, where order is asked for', async () => {
    scene.provider.on({ 'POST /long': {} });
    const instance = await subscribe('/long', { 'event.notification.order': 'object' });
    const id = randomBytes(4000).toString('base64');
    expect((await instance.tell({ ...change, id })).status).toBe(200);
    await arrives('/long');
  });

  it('does not go to private networks', async () => {
    const instance = await subscribe('/private', {
      'event.notification.callback.url': 'http://127.0.0.1:1/x',
    });
    await instance.tell(change);
    await waitFor(async () => (await deliveriesOf(instance.id))[0]?.status === 'failed');
    const [attempt] = await scene.app.query<{ error: string }>(
      sql`select error from delivery_attempt join delivery on delivery.id = delivery_id where instance_id = ${instance.id}`,
    );
    expect(attempt?.error).toMatch(/private|not allowed|refused/i);
  });

  it('of one object waits for the one before it, where order is asked for', async () => {
    let broken = true;
    scene.provider.on({
      'POST /order': (request) => (broken && /"objectId": ?"1"/.test(request.text) ? { status: 500 } : {}),
    });
    const instance = await subscribe('/order', { 'event.notification.order': 'object' });
    await instance.tell([
      { ...change, id: 1, what: 'created' },
      { ...change, id: 2, what: 'created' },
      { ...change, id: 1, what: 'deleted' },
    ]);
    await arrives('/order', 2);
    const kinds = () =>
      received('/order').map((request) => {
        const [event] = (request.json() as Loose).message.events;
        return `${event.objectId} ${event.eventType}`;
      });
    await waitFor(async () => (await deliveriesOf(instance.id)).some(({ status }) => status === 'retry'));
    expect(kinds().toSorted()).toEqual(['1 CREATED', '2 CREATED']);
    broken = false;
    await makeDue(instance.id);
    await arrives('/order', 4);
    expect(kinds().slice(2)).toEqual(['1 CREATED', '1 DELETED']);
  });

  it('brings the records that have changed, where that is asked for', async () => {
    scene.provider.on({
      'POST /hydrated': {},
      'GET /things/7': {
        body: '{"id":7,"name":"Ann","balance":1.10}',
        headers: { 'content-type': 'application/json' },
      },
    });
    const read = {
      method: 'GET',
      path: '/hubs/general/contacts/{id}',
      vendorMethod: 'GET',
      vendorPath: '/things/{id}',
    };
    const parameters = [
      { name: 'id', vendorName: 'id', type: 'path', vendorType: 'path', source: 'request' },
    ];
    const instance = await subscribe('/hydrated', { 'event.notification.hydrate': true }, [
      { ...read, type: 'api', kind: 'eb', parameters },
    ]);
    await instance.tell([change, { ...change, id: 8 }]);
    const [request] = await arrives('/hydrated');
    expect(request?.text).toContain('"contacts":[{"id":7,"name":"Ann","balance":1.10}]');
  });

  it('to a dead callback does not hold up the others', async () => {
    scene.provider.on({ 'POST /silent': { fault: 'silent' }, 'POST /lively': {} });
    const silent = await subscribe('/silent');
    const lively = await subscribe('/lively');
    await Promise.all(Array.from({ length: 60 }, () => silent.tell(change)));
    await arrives('/silent', 1);
    await lively.tell(change);
    await arrives('/lively', 1);
    expect(received('/silent').length).toBeLessThanOrEqual(16);
  });

  it('opens the circuit of a callback that fails, and closes it when that is back', async () => {
    let broken = true;
    scene.provider.on({ 'POST /circuit': () => (broken ? { status: 503 } : {}) });
    const instance = await subscribe('/circuit');
    for (let at = 0; at < 40; at++) await instance.tell(change);
    await waitFor(async () => (await circuitOf('/circuit')).open);
    const before = received('/circuit').length;
    expect(before).toBeLessThan(40);
    broken = false;
    await scene.app.query(sql`update event_callback set open_until = null where url like '%/circuit'`);
    await makeDue(instance.id);
    await waitFor(async () =>
      (await deliveriesOf(instance.id)).every(({ status }) => status === 'delivered'),
    );
    expect((await circuitOf('/circuit')).failures).toBe(0);
  });
});

interface Delivery {
  status: string;
  attempts: number;
  waits: number;
}

async function deliveriesOf(instanceId: number): Promise<Delivery[]> {
  return scene.app.query<Delivery>(
    sql`select status, attempts, extract(epoch from next_attempt_at - now())::float as waits
      from delivery where instance_id = ${instanceId} order by id`,
  );
}

async function circuitOf(path: string): Promise<{ open: boolean; failures: number }> {
  const [row] = await scene.app.query<{ open: boolean; failures: number }>(
    sql`select open_until is not null as open, failures from event_callback where url like ${`%${path}`}`,
  );
  return row ?? { open: false, failures: 0 };
}

/** In place of waiting for hours. */
async function makeDue(instanceId: number): Promise<void> {
  await scene.app.query(
    sql`update delivery set next_attempt_at = now() where instance_id = ${instanceId} and status in ('created', 'retry')`,
  );
}

import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { setScene } from '#test/scene';
import type { Connected, Loose } from '#test/app';
import { waitFor } from '#test/wait';
import { webhooksOf } from '#test/webhooks';

// The provider of the scene is the customer's callback too.
const scene = setScene();
const { subscribe, tell, isDone } = webhooksOf(scene);
let instance: Connected & { key: string };
let other: Awaited<ReturnType<typeof scene.app.addTenant>>;

beforeAll(async () => {
  instance = await subscribe();
  other = await scene.app.addTenant();
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

import { beforeAll, describe, expect, it } from 'vitest';
import { setScene } from '#test/scene';
import type { Loose } from '#test/app';
import { waitFor } from '#test/wait';

// The provider of the scene is the subscriber too.
const scene = setScene();
let stranger: Awaited<ReturnType<typeof scene.app.addTenant>>;
const deliveries = '/notifications/subscriptions/deliveries';

beforeAll(async () => {
  stranger = await scene.app.addTenant();
});

async function subscribe(topic: string, path: string): Promise<number> {
  const { status, body, text } = await scene.app.call('POST', '/notifications/subscriptions', {
    json: { channel: 'webhook', topics: [topic, `${topic} too`], config: { url: scene.provider.url + path } },
  });
  expect(status, text).toBe(200);
  return body.id;
}

async function tell(topic: string, more = {}): Promise<number> {
  const { status, body, text } = await scene.app.call('POST', '/notifications', {
    json: { topic, message: 'm', ...more },
  });
  expect(status, text).toBe(200);
  return body.id;
}

const become = (id: number, status: string) =>
  waitFor(async () => {
    const { body } = await scene.app.call('GET', `/notifications/${id}/subscriptions/deliveries`);
    return (body as Loose[]).every((one) => one.status === status) && (body as Loose[]);
  });

describe('a notification', () => {
  it('is told to every subscription to its topic', async () => {
    scene.provider.on({ 'POST /told/1': {}, 'POST /told/2': {} });
    const first = await subscribe('sale', '/told/1');
    const second = await subscribe('sale', '/told/2');
    await subscribe('other', '/told/3');
    const id = await tell('sale', { severity: 'high', from: 'the shop', message: 'Über "alles"' });
    const done = await become(id, 'delivered');
    expect(done.map(({ subscriptionId }) => subscriptionId).toSorted()).toEqual([first, second].toSorted());
    const arrived = scene.provider.received.filter(({ path }) => path.startsWith('/told/'));
    expect(arrived.map(({ path }) => path).toSorted()).toEqual(['/told/1', '/told/2']);
    expect(arrived[0]?.json()).toMatchObject({
      id,
      topic: 'sale',
      severity: 'high',
      from: 'the shop',
      message: 'Über "alles"',
      accountId: expect.any(Number),
    });
    expect(arrived[0]?.headers['elements-webhook-id']).toBe(String(id));
    const { body } = await scene.app.call(
      'GET',
      `/notifications/${id}/subscriptions/${second}/deliveries?hydrate=true`,
    );
    expect(body).toMatchObject({
      notificationId: id,
      subscriptionId: second,
      status: 'delivered',
      notification: { id, topic: 'sale', from: 'the shop', acknowledged: false, active: true },
      subscription: { id: second, channel: 'webhook', topics: ['sale', 'sale too'] },
    });
    expect((await scene.app.call('GET', '/instances/events')).text).not.toContain('the shop');
    expect((await scene.app.call('GET', '/instances/events/deliveries')).body).toEqual([]);
    expect((await scene.app.call('GET', deliveries)).text).toContain('/told/1');
  });

  it('is listed by topics in pages, acknowledged and deleted', async () => {
    const ids = [await tell('list a'), await tell('list b'), await tell('list a')].toReversed();
    const list = (query: string) => scene.app.call('GET', `/notifications?${query}`);
    const all = await list('topics[]=list+a&topics[]=list+b');
    expect(all.body.map((one: Loose) => one.id)).toEqual(ids);
    const first = await list('topics[]=list+a,list+b&pageSize=2');
    expect(first.headers['elements-total-count']).toBe('3');
    const token = first.headers['elements-next-page-token'];
    const second = await list(`topics[]=list+a,list+b&pageSize=2&nextPage=${token}`);
    expect([...first.body, ...second.body]).toEqual(all.body);
    expect(second.headers['elements-next-page-token']).toBeUndefined();
    const none = await list('topics[]=nobody');
    expect([none.status, none.body, none.headers['elements-total-count']]).toEqual([200, [], '0']);
    const path = `/notifications/${ids[0]}`;
    const shown = { acknowledged: true, active: false, severity: 'low', from: scene.app.email };
    expect((await scene.app.call('PUT', `${path}/acknowledge`, { json: {} })).body).toMatchObject(shown);
    expect((await scene.app.call('GET', path)).body).toMatchObject(shown);
    expect((await scene.app.call('DELETE', path)).status).toBe(200);
    expect((await scene.app.call('GET', path)).status).toBe(404);
  });

  it('whose subscriber fails is told again, and waits where the account wants that', async () => {
    await subscribe('broken', '/broken');
    scene.provider.on({ 'POST /broken': { status: 500 } });
    const retried = await tell('broken');
    await become(retried, 'retry');
    const settings = (policy: string) =>
      scene.app.call('PATCH', '/accounts/settings', {
        json: { 'notification.webhook.failure.policy': policy },
      });
    await settings('queue');
    const queued = await tell('broken');
    await become(queued, 'queued');
    await settings('retry');
    scene.provider.on({ 'POST /broken': {} });
    await become(retried, 'delivered');
    const where = `channel='webhook' and status='queued' and config.url='${scene.provider.url}/broken'`;
    const released = await scene.app.call('PUT', `${deliveries}?where=${encodeURIComponent(where)}`);
    expect(released.body).toMatchObject([{ notificationId: queued }]);
    await become(queued, 'delivered');
  });

  it('is not told to a subscription that ended', async () => {
    scene.provider.on({ 'POST /ended': { status: 500 } });
    const subscription = await subscribe('ended', '/ended');
    const id = await tell('ended');
    await become(id, 'retry');
    expect((await scene.app.call('DELETE', `/notifications/subscriptions/${subscription}`)).status).toBe(200);
    expect((await scene.app.call('GET', `/notifications/subscriptions/${subscription}`)).status).toBe(404);
    await become(id, 'failed');
    expect(await become(await tell('ended'), 'delivered')).toEqual([]);
  });
});

describe('what cannot be', () => {
  it.each([
    ['POST', '/notifications', {}, 400],
    ['POST', '/notifications', { topic: null }, 400],
    ['POST', '/notifications', { topic: 't', severity: 'dire' }, 400],
    ['GET', '/notifications', undefined, 400],
    ['GET', '/notifications?topics[]=', undefined, 400],
    ['POST', '/notifications/subscriptions', {}, 400],
    [
      'POST',
      '/notifications/subscriptions',
      { channel: 'webhook', topics: ['t'], config: { url: null } },
      400,
    ],
    [
      'POST',
      '/notifications/subscriptions',
      { channel: 'sms', topics: ['t'], config: { url: 'https://a.example' } },
      400,
    ],
    ['POST', '/notifications/emails', {}, 400],
    ['POST', '/notifications/emails', { to: 'ann@example.com', subject: 's', message: 'm' }, 501],
    ['GET', '/notifications/-1', undefined, 404],
    ['DELETE', '/notifications/-1', undefined, 404],
    ['PUT', '/notifications/-1/acknowledge', {}, 404],
    ['GET', '/notifications/subscriptions/-1', undefined, 404],
    ['GET', '/notifications/-1/subscriptions/deliveries', undefined, 404],
  ])('%s %s with %j says so', async (method, path, json, status) => {
    const reply = await scene.app.call(method, path, json === undefined ? {} : { json });
    expect([reply.status, reply.body], reply.text).toMatchObject([
      status,
      { requestId: expect.any(String), message: expect.any(String) },
    ]);
  });

  it("is to see another customer's", async () => {
    const subscription = await subscribe('secret', '/secret');
    const id = await tell('secret');
    const authorization = stranger.asUser;
    for (const [method, path] of [
      ['GET', `/notifications/${id}`],
      ['DELETE', `/notifications/${id}`],
      ['PUT', `/notifications/${id}/acknowledge`],
      ['GET', `/notifications/subscriptions/${subscription}`],
      ['DELETE', `/notifications/subscriptions/${subscription}`],
      ['GET', `/notifications/${id}/subscriptions/deliveries`],
      ['GET', `/notifications/${id}/subscriptions/${subscription}/deliveries`],
    ] as const)
      expect((await scene.app.call(method, path, { authorization })).status, path).toBe(404);
    const list = await scene.app.call('GET', '/notifications?topics[]=secret', { authorization });
    expect(list.body).toEqual([]);
    expect((await scene.app.call('GET', `/notifications/${id}`)).body.acknowledged).toBe(false);
  });
});

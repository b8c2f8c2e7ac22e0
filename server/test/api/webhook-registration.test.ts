import { beforeAll, describe, expect, it } from 'vitest';
import { setScene } from '#test/scene';
import type { Connected, Loose } from '#test/app';
import { webhooksOf } from '#test/webhooks';

// The provider of the scene is the customer's callback too.
const scene = setScene();
const { subscribe } = webhooksOf(scene);
let instance: Connected & { key: string };

beforeAll(async () => {
  instance = await subscribe();
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

import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectActOn, startColleague } from '../support/acton-account.ts';
import type { Colleague } from '../support/acton-account.ts';
import { catalogFolder, startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { messageOf, startEventCallback } from '../support/event-callback.ts';
import type { EventCallback } from '../support/event-callback.ts';
import { startActOn } from '../support/simulator.ts';
import type { SimulatedProvider } from '../support/simulator.ts';
import type { ReceivedRequest } from '../support/provider.ts';
import { waitFor } from '../support/wait.ts';

// A change at the provider reaches the customer's callback: the provider calls us, we call the callback.

const endpointSecret = 'act-on-s3cret';
const signatureKey = 'a key of the customer';
const oldSecret = `whsec_${Buffer.alloc(32, 'old').toString('base64')}`;
const newSecret = `whsec_${Buffer.alloc(32, 'new').toString('base64')}`;

let provider: SimulatedProvider;
let colleague: Colleague;
let callback: EventCallback;
let app: TestApp;
let instanceId: number;

beforeAll(async () => {
  provider = await startActOn();
  callback = await startEventCallback();
  app = await startTestApp({
    elementsFolder: catalogFolder,
    elementDefaults: { acton: { 'base.url': provider.url } },
    allowHosts: [provider.host, callback.host],
  });
});
afterAll(async () => {
  await app?.close();
  await callback?.close();
  await provider?.stop();
});

beforeEach(async () => {
  await provider.turn('reset');
  await provider.turn('limits', { perSecond: null, perDay: null, tokenCallsPerHour: null });
  colleague = await startColleague(provider);
  const made = await connectActOn(app, provider, {
    'event.notification.enabled': 'true',
    'event.notification.callback.url': callback.url,
    'event.notification.signature.key': signatureKey,
    'event.notification.webhook.secret': `${newSecret} ${oldSecret}`,
    'event.webhook.secret': endpointSecret,
  });
  expect([made.status, made.text]).toEqual([200, expect.any(String)]);
  instanceId = made.body.id as number;
  await provider.turn('webhooks', { url: webhookUrl(), secret: endpointSecret, retryMs: 20 });
  callback.reset();
});

// One that polls would tell the next test what the reset of the provider looks like to it.
afterEach(async () => {
  await app.call('DELETE', `/instances/${instanceId}`);
});

const webhookPath = () => `/events/acton/${btoa(String(instanceId))}`;
const webhookUrl = () => `${app.origin}/elements/api-v2${webhookPath()}`;

describe('by webhook', () => {
  it('tells of a contact that is created, changed and deleted at the provider', async () => {
    const { id } = await colleague.call('POST', '/api/1/list/l-0001/record', { 'First Name': 'Dora' });
    const record = `/api/1/list/l-0001/record/${id}`;
    await callback.told(1);
    await colleague.call('PUT', record, { 'First Name': 'Dorothea' });
    await callback.told(2);
    await colleague.call('DELETE', record);
    expect(await callback.told(3)).toEqual([
      `CREATED contacts ${id}`,
      `UPDATED contacts ${id}`,
      `DELETED contacts ${id}`,
    ]);
    const message = messageOf(callback.received[1] as ReceivedRequest);
    expect(message).toMatchObject({
      elementKey: 'acton',
      instance_id: instanceId,
      instanceName: 'journey',
      raw: {
        type: 'contact.updated',
        objectType: 'contacts',
        data: { fields: { 'First Name': 'Dorothea' } },
      },
      events: [{ elementKey: 'acton', hubKey: 'marketing', date: expect.stringMatching(/^\d{4}-.*Z$/) }],
    });
  });

  it('signs each delivery with the recipe of the hosted product', async () => {
    await provider.turn('emit', { type: 'form.submitted', data: { fields: { name: 'Zoë' } } });
    const [delivery] = await callback.deliveries(1);
    const signature = createHmac('sha256', signatureKey)
      .update(delivery?.body ?? '')
      .digest('base64');
    expect(delivery?.headers).toMatchObject({
      'content-type': 'application/json',
      'elements-webhook-id': expect.stringMatching(/./),
      'elements-webhook-signature': `sha256=${signature}`,
    });
  });

  it('signs each delivery so that the library of Standard Webhooks takes it, also while its secret is changed', async () => {
    await provider.turn('emit', { type: 'form.submitted', data: { fields: { name: 'Zoë' } } });
    const [delivery] = await callback.deliveries(1);
    const { body, headers } = delivery as ReceivedRequest;
    for (const secret of [newSecret, oldSecret])
      expect(new Webhook(secret).verify(body, headers)).toHaveProperty('message.raw.type', 'form.submitted');
    const other = `whsec_${Buffer.alloc(32, 'other').toString('base64')}`;
    expect(() => new Webhook(other).verify(body, headers)).toThrow(/signature/i);
    expect(() => new Webhook(newSecret).verify(body.toString('utf8').replace('Zoë', 'Eve'), headers)).toThrow(
      /signature/i,
    );
  });

  it('delivers what one call told of together as one message', async () => {
    await colleague.call('DELETE', '/api/1/list/l-0001/record?contactids=l-0001:0,l-0001:1');
    expect(await callback.told(1)).toEqual(['DELETED contacts l-0001:0', 'DELETED contacts l-0001:1']);
    expect(callback.received.length).toBe(1);
  });

  it('takes a type that nobody knows', async () => {
    await provider.turn('emit', { type: 'survey.answered', data: { surveyId: 's-1' } });
    expect(await callback.told(1)).toEqual(['UPDATED surveys s-1']);
  });

  it.each([
    ['event.vendor.type', 'webhooks', 200],
    ['event.vendor.type', 'polling', 404],
    ['event.notification.type', 'webhook', 200],
    ['event.notification.type', 'polling', 404],
  ])('with %s %s it answers the provider %i', async (key, type, status) => {
    const patched = await app.call('PATCH', `/instances/${instanceId}`, {
      json: { configuration: { 'event.vendor.type': null, 'event.webhook.secret': null, [key]: type } },
    });
    expect([patched.status, patched.text]).toEqual([200, expect.any(String)]);
    const reply = await app.call('POST', webhookPath(), {
      authorization: null,
      json: { type: 'list.updated', data: { listId: 'l-0001' } },
    });
    expect(reply.status).toBe(status);
  });

  it('refuses a forged call, and keeps nothing of it', async () => {
    const body = JSON.stringify({ id: 'x', type: 'contact.deleted', data: { contactId: 'l-0001:0' } });
    const hmac = (secret: string, text = body) => createHmac('sha256', secret).update(text).digest('hex');
    const forged: Record<string, string>[] = [
      {},
      { 'x-acton-signature': '' },
      { 'x-acton-signature': hmac('guessed') },
      { 'x-acton-signature': hmac(endpointSecret, `${body} `) },
    ];
    for (const headers of forged) {
      const { status } = await app.call('POST', webhookPath(), {
        authorization: null,
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      expect([status, headers]).toEqual([401, headers]);
    }
    // What comes after is the first that is delivered.
    await provider.turn('emit', { type: 'list.updated', data: { listId: 'l-0001' } });
    expect(await callback.told(1)).toEqual(['UPDATED lists l-0001']);
    const stored = await app.query(sql`select 1 from event where instance_id = ${instanceId}`);
    expect(stored.length).toBe(1);
  });

  it('delivers a call once that comes twice', async () => {
    await provider.turn('emit', { type: 'contact.updated', data: { contactId: 'l-0001:7' } });
    await callback.told(1);
    await provider.turn('resend-webhooks');
    await waitFor(async () => {
      const [endpoint] = (await provider.state()).webhooks;
      return endpoint?.delivered === 2 && endpoint.failed === 0;
    });
    await provider.turn('emit', { type: 'contact.updated', data: { contactId: 'l-0001:8' } });
    expect(await callback.told(2)).toEqual(['UPDATED contacts l-0001:7', 'UPDATED contacts l-0001:8']);
    const ids = callback.received.map((delivery) => messageOf(delivery).eventId);
    expect(new Set(ids).size).toBe(2);
  });

  it('delivers again, as it was, what the callback did not take', async () => {
    callback.answer(() => ({ status: callback.received.length === 1 ? 503 : 200 }));
    await provider.turn('emit', { type: 'campaign.started' });
    const [first, second] = await callback.deliveries(2);
    expect([second?.text, second?.headers['webhook-id']]).toEqual([
      first?.text,
      first?.headers['webhook-id'],
    ]);
  });
});

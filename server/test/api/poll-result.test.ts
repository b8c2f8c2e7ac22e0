import { expect, it } from 'vitest';
import { setScene } from '#test/scene';
import { waitFor } from '#test/wait';
import type { Loose } from '#test/app';

// The provider of the scene is the customer's callback too.
const scene = setScene();

async function polled() {
  const made = await scene.connect([]);
  const patched = await scene.app.call('PATCH', `/instances/${made.id}`, {
    json: {
      configuration: {
        'event.notification.enabled': true,
        'event.notification.callback.url': `${scene.provider.url}/callback`,
      },
    },
  });
  const path = `/events/${patched.body.element.key}Polling/${Buffer.from(String(made.id)).toString('base64')}`;
  return { id: made.id, path };
}

const result = {
  objectType: 'accounts',
  events: [{ objectType: 'accounts', objectId: 'a1', eventType: 'CREATED', date: '2026-01-02T03:04:05Z' }],
  accounts: [{ id: 'a1', name: 'Ann' }],
};

it('the result of a poll is taken from whoever may change the instance', async () => {
  const { id, path } = await polled();
  scene.provider.on({ 'POST /callback': {} });
  const reply = await scene.app.call('POST', path, { json: result, headers: { id: String(id) } });
  expect(reply.body).toEqual([{ id: expect.stringMatching(/^\d+$/), instanceId: id }]);
  const delivery = await waitFor(() => scene.last());
  expect((delivery.json() as Loose).message).toMatchObject({
    raw: { objectType: 'accounts', accounts: [{ id: 'a1', name: 'Ann' }] },
    events: [
      { objectType: 'accounts', objectId: 'a1', eventType: 'CREATED', date: '2026-01-02T03:04:05.000Z' },
    ],
  });
  const event = await scene.app.call('GET', `/events/${reply.body[0].id}`);
  expect(event.body.source).toBe('polling');
});

it('and from nobody else', async () => {
  const { path } = await polled();
  const other = await scene.app.addTenant();
  for (const [authorization, status] of [
    [null, 404],
    ['User no, Organization no', 401],
    [other.asUser, 404],
  ] as const)
    expect((await scene.app.call('POST', path, { authorization, json: result })).status).toBe(status);
});

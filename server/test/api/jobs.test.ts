import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { library, resource } from '#test/definition';
import { createPeople } from '#test/people';
import type { Person } from '#test/people';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import { waitFor } from '#test/wait';

let app: TestApp;
let provider: Provider;
let others: Person[];
let colleague: Person;

beforeAll(async () => {
  provider = await startProvider();
  provider.answer({ body: [] });
  const row = (key: string, defaultValue: string) => ({
    key,
    name: key,
    type: 'TEXTFIELD_1000',
    defaultValue,
  });
  app = await startTestApp({
    elements: [
      library([resource('GET', '/loans'), resource('GET', '/shelves')], {
        configuration: [
          row('base.url', provider.url),
          row('event.notification.enabled', 'false'),
          row('event.vendor.type', 'polling'),
          row('event.poller.refresh_interval', '15'),
          row(
            'event.poller.configuration',
            JSON.stringify({ loans: { url: '/loans' }, shelves: { url: '/shelves' } }),
          ),
        ],
      }),
    ],
    allowHosts: [provider.host],
  });
  const people = createPeople(app);
  others = [await people.add(['org-admin'], await people.addAccount()), await people.addCustomer()];
  colleague = await people.add(['vdrAdmin']);
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const connect = () =>
  app.connect('library', { name: 'mine', configuration: { 'event.notification.enabled': 'true' } });

describe('/jobs', () => {
  it('has one for each account that is polled, however many objects it has', async () => {
    expect(await app.call('GET', '/jobs')).toMatchObject({ status: 200, body: [] });
    await app.connect('library', { name: 'not polled' });
    const { id } = await connect();
    const { body, headers } = await app.call('GET', '/jobs');
    expect(body).toEqual([
      expect.objectContaining({
        id: String(id),
        name: 'Polling of mine',
        disabled: false,
        trigger: { intervalMinutes: 15 },
        objects: ['loans', 'shelves'],
      }),
    ]);
    expect(headers['elements-total-count']).toBe('1');
    expect((await app.call('GET', `/jobs/${id}`)).body).toMatchObject({
      id: String(id),
      objects: ['loans', 'shelves'],
    });
    await app.call('DELETE', `/instances/${id}`);
    expect((await app.call('GET', '/jobs')).body).toEqual([]);
  });

  it('are paused, and go on', async () => {
    const { id } = await connect();
    const polled = () =>
      app.call('GET', `/jobs/${id}`).then(({ body }) => body.lastDate as string | undefined);
    await waitFor(polled, { what: 'the first poll' });
    expect((await app.call('PUT', `/jobs/${id}/disable`)).body).toMatchObject({ disabled: true });
    expect((await app.call('GET', `/jobs/${id}`)).body).not.toHaveProperty('nextDate');
    // A change of the instance does not let it go on.
    await app.call('PATCH', `/instances/${id}`, { json: { name: 'still mine' } });
    expect((await app.call('GET', `/jobs/${id}`)).body).toMatchObject({
      disabled: true,
      name: 'Polling of still mine',
    });
    const before = await polled();
    await app.query(
      sql`update event_poll set next_poll_at = now() - interval '1 minute' where instance_id = ${id}`,
    );
    // The poller looks every second.
    await sleep(2_500);
    expect(await polled()).toBe(before);
    expect((await app.call('PUT', `/jobs/${id}/enable`)).body).toMatchObject({ disabled: false });
    await waitFor(async () => (await polled()) !== before, { what: 'the next poll' });
    await app.call('DELETE', `/instances/${id}`);
  });

  it('end with the events of their account, which can be switched on again', async () => {
    const { id } = await connect();
    expect((await app.call('DELETE', `/jobs/${id}`)).status).toBe(200);
    expect((await app.call('GET', `/jobs/${id}`)).status).toBe(404);
    expect((await app.call('GET', `/instances/${id}`)).body.configuration['event.notification.enabled']).toBe(
      'false',
    );
    const json = { configuration: { 'event.notification.enabled': 'true' } };
    await app.call('PATCH', `/instances/${id}`, { json });
    expect((await app.call('GET', '/jobs')).body).toHaveLength(1);
    await app.call('DELETE', `/instances/${id}`);
  });

  it('are those of one account', async () => {
    const { id } = await connect();
    const calls = [
      ['GET', ''],
      ['DELETE', ''],
      ['PUT', '/disable'],
      ['PUT', '/enable'],
    ] as const;
    for (const other of others) {
      expect((await other.call('GET', '/jobs')).body).toEqual([]);
      for (const [method, below] of calls)
        expect((await other.call(method, `/jobs/${id}${below}`)).status).toBe(404);
    }
    for (const [method, below] of calls) {
      expect((await app.call(method, `/jobs/-1${below}`)).status).toBe(404);
      expect((await app.call(method, `/jobs/x${below}`)).status).toBe(400);
      expect((await app.call(method, `/jobs/${id}${below}`, { authorization: null })).status).toBe(401);
    }
    expect((await colleague.call('GET', '/jobs')).body).toHaveLength(1);
    expect((await app.call('GET', `/jobs/${id}`)).body.disabled).toBe(false);
  });
});

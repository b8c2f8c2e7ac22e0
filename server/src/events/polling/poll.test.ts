import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { dates, filtered, minuteMs, whole, setThings } from '#test/polling-things';
import type { Thing } from '#test/polling-things';

const set = setThings();

describe('an object with dates', () => {
  it('is told as created, updated and deleted, once each, and nothing of before events were enabled', async () => {
    const things: Thing[] = [
      { id: 'old', created: 1, updated: 1 },
      { id: 'fresh', created: set.now() - 1000, updated: set.now() - 1000 },
    ];
    const { id, poller, told } = await set.open({ ...filtered, deletedField: 'gone' }, things);
    expect(await told()).toEqual([]);
    things.push({ id: 'a', created: set.now(), updated: set.now() });
    await poller.pollNow(id);
    set.stage.clock.advance(minuteMs);
    things.splice(0, 1, { id: 'old', created: 1, updated: set.now() });
    await poller.pollNow(id);
    set.stage.clock.advance(minuteMs);
    things.splice(2, 1, { id: 'a', created: 1, updated: set.now(), gone: true });
    await poller.pollNow(id);
    await poller.pollNow(id);
    expect(await told()).toEqual(['a CREATED', 'old UPDATED', 'a DELETED']);
  });

  it('is told with dates, element, hub and all records as they are', async () => {
    const things: Thing[] = [];
    const { id, poller } = await set.open(filtered, things);
    const at = set.now();
    things.push({ id: 1, created: at, updated: at, price: 1 });
    await poller.pollNow(id);
    const [event] = await set.stage.rows(sql<Record<string, string>>`
      select source, element_key, provider_data, objects from event where instance_id = ${id}`);
    const object = {
      objectType: 'things',
      objectId: '1',
      eventType: 'CREATED',
      date: new Date(at).toISOString(),
      pollDate: new Date(set.now()).toISOString(),
      elementKey: 'shop',
      hubKey: 'documents',
    };
    expect(event).toMatchObject({ source: 'polling', element_key: 'shop', objects: [object] });
    expect(JSON.parse(event?.['provider_data'] ?? '')).toEqual({
      instance_id: id,
      objectType: 'things',
      events: [object],
      things: [{ id: 1, created: at, updated: at, price: 1 }],
    });
  });

  it.each([
    ['four minutes slow', -4 * minuteMs],
    ['ten minutes fast', 10 * minuteMs],
  ])('is found when the clock of its provider is %s', async (_, skewMs) => {
    const things: Thing[] = [];
    const { id, poller, told } = await set.open(filtered, things);
    for (const name of ['a', 'b', 'c']) {
      things.push({ id: name, created: set.now() + skewMs, updated: set.now() + skewMs });
      await poller.pollNow(id);
      set.stage.clock.advance(minuteMs);
    }
    await poller.pollNow(id);
    expect(await told()).toEqual(['a CREATED', 'b CREATED', 'c CREATED']);
  });

  it('is found when it comes late, among others of its second', async () => {
    const things: Thing[] = [];
    const { id, poller, told } = await set.open(filtered, things);
    const at = set.now();
    things.push({ id: 'a', created: at, updated: at });
    await poller.pollNow(id);
    things.push({ id: 'b', created: at, updated: at });
    set.stage.clock.advance(minuteMs);
    await poller.pollNow(id);
    expect(await told()).toEqual(['a CREATED', 'b CREATED']);
  });

  it('is found after a downtime, however long it was', async () => {
    const things: Thing[] = [];
    const { id, poller, told } = await set.open(filtered, things);
    things.push({ id: 'a', created: set.now(), updated: set.now() });
    set.stage.clock.advance(90 * 24 * 60 * minuteMs);
    await poller.pollNow(id);
    expect(await told()).toEqual(['a CREATED']);
  });

  it('is remembered no longer than two polls look at it', async () => {
    const things: Thing[] = [];
    const { id, poller } = await set.open(filtered, things);
    things.push({ id: 'a', created: set.now(), updated: set.now() });
    await poller.pollNow(id);
    expect((await set.rowOf(id))?.seen).toBe(1);
    set.stage.clock.advance(15 * minuteMs);
    await poller.pollNow(id);
    expect((await set.rowOf(id))?.seen).toBe(0);
  });

  it('is left for later where its date has not come and the plan says so', async () => {
    const things: Thing[] = [];
    const { id, poller, told } = await set.open({ ...filtered, filterByCurrentDate: true }, things);
    const at = set.now() + 30 * minuteMs;
    things.push({ id: 'a', created: at, updated: at });
    await poller.pollNow(id);
    expect(await told()).toEqual([]);
    set.stage.clock.advance(31 * minuteMs);
    await poller.pollNow(id);
    expect(await told()).toEqual(['a CREATED']);
  });

  it('counts whatever its date is, once, where the plan says so', async () => {
    const things: Thing[] = [{ id: 'old', created: 1, updated: 1 }];
    const plan = { ...whole, datesConfiguration: dates, filterByUpdatedDate: false };
    const { id, poller, told } = await set.open(plan, things);
    things.push({ id: 'b', created: 2, updated: 2 });
    for (let polls = 0; polls < 4; polls++) {
      set.stage.clock.advance(15 * minuteMs);
      await poller.pollNow(id);
    }
    expect(await told()).toEqual(['b CREATED']);
  });
});

describe('an object without dates', () => {
  it('is new when the list did not have it, and changed when its content is', async () => {
    const things: Thing[] = [{ id: 'a', on: false }];
    const { id, poller, told } = await set.open(whole, things);
    things.push({ id: 'b' }, { id: 'b' });
    await poller.pollNow(id);
    for (const on of [true, false, true, true]) {
      things[0] = { id: 'a', on };
      await poller.pollNow(id);
    }
    expect(await told()).toEqual(['b CREATED', 'a UPDATED', 'a UPDATED', 'a UPDATED']);
  });

  it('is deleted when the list does not have it any more, where that is asked for', async () => {
    const things: Thing[] = [{ id: 'a' }, { id: 'b' }];
    const { id, poller, told } = await set.open({ ...whole, detectDeletes: true }, things);
    things.shift();
    await poller.pollNow(id);
    await poller.pollNow(id);
    things.unshift({ id: 'a' });
    await poller.pollNow(id);
    expect(await told()).toEqual(['a DELETED', 'a CREATED']);
  });

  it('is not deleted by one empty reply, or by slipping between pages once', async () => {
    const things: Thing[] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }];
    const { id, poller, told } = await set.open({ ...whole, detectDeletes: true }, things, {}, 2);
    const slipped = things.splice(1, 1);
    await poller.pollNow(id);
    things.splice(1, 0, ...slipped);
    await poller.pollNow(id);
    const all = things.splice(0);
    await poller.pollNow(id);
    things.push(...all);
    await poller.pollNow(id);
    expect(await told()).toEqual([]);
    things.length = 0;
    await poller.pollNow(id);
    await poller.pollNow(id);
    expect(await told()).toEqual(['a DELETED', 'b DELETED', 'c DELETED', 'd DELETED']);
  });

  it('that leaves the list is forgotten, so that the memory has the size of the list', async () => {
    const things: Thing[] = [{ id: 'a' }, { id: 'b' }];
    const { id, poller, told } = await set.open(whole, things);
    things.shift();
    await poller.pollNow(id);
    expect((await set.rowOf(id))?.seen).toBe(1);
    expect(await told()).toEqual([]);
  });

  it('is compared anew, in silence, when the plan lists something else', async () => {
    const things: Thing[] = [{ id: 'a' }];
    const { id, poller, told } = await set.open(whole, things);
    const configuration = set.stage.connectionOf(id).configuration as Record<string, string>;
    const changed = {
      ...configuration,
      'event.poller.configuration': JSON.stringify({ things: { url: '/things?all=1' } }),
    };
    Object.assign(set.stage.connectionOf(id), { configuration: changed });
    Object.assign(set.stage.connectionOf(id).instance, { configuration: changed });
    things.push({ id: 'b' });
    // What was read of a connection stays with it: a changed instance is a new one.
    const fresh = set.stage.poller({ instances: set.freshConnections() });
    await fresh.pollNow(id);
    await poller.pollNow(id);
    expect(await told()).toEqual([]);
  });
});

describe('many pages', () => {
  it('are read to the end, an event for each, in turns', async () => {
    const things: Thing[] = [];
    const { id, poller } = await set.open(filtered, things, {}, 3);
    for (let index = 0; index < 200; index++)
      things.push({ id: index, created: set.now(), updated: set.now() });
    set.stage.calls.length = 0;
    expect(await poller.pollNow(id)).toMatchObject([{ records: 150, changes: 150 }]);
    expect((await set.rowOf(id))?.progress).toMatchObject({ token: '150' });
    await poller.pollNow(id);
    expect(await poller.pollNow(id)).toMatchObject([{ changes: 0 }]);
    const told = await set.stage.told(id);
    expect(told.map(({ objectId }) => Number(objectId))).toEqual(things.map((thing) => thing.id));
    const [counted] = await set.stage.rows(sql<{ events: number }>`
      select count(*) as events from event where instance_id = ${id}`);
    expect(counted?.events).toBe(67);
  });

  it('are looked at once more by the next poll, in case that a record has slipped between two', async () => {
    const things: Thing[] = [];
    const { id, poller, told } = await set.open(filtered, things, {}, 2);
    for (const name of ['a', 'b', 'c', 'd'])
      things.push({ id: name, created: set.now(), updated: set.now() });
    const { answer } = set.stage;
    set.stage.answer = async (call, instanceId) => {
      const page = await answer(call, instanceId);
      if (call.query['nextPage'] === undefined) things.shift();
      return page;
    };
    await poller.pollNow(id);
    set.stage.answer = answer;
    set.stage.clock.advance(15 * minuteMs);
    await poller.pollNow(id);
    expect(await told()).toEqual(['a CREATED', 'b CREATED', 'd CREATED', 'c CREATED']);
  });

  it('end when the provider gives the same one again and again', async () => {
    const { id, poller, told } = await set.open(filtered, []);
    const record = { id: 'a', created: set.now(), updated: set.now() };
    set.stage.answer = () => Promise.resolve({ records: [record], next: 'more' });
    await poller.pollNow(id);
    expect(await told()).toEqual(['a CREATED']);
    expect((await set.rowOf(id))?.progress).toBeNull();
  });

  it('of a large page become events that a callback can take', async () => {
    const things: Thing[] = [];
    const { id, poller } = await set.open(filtered, things);
    for (let index = 0; index < 450; index++)
      things.push({ id: index, created: set.now(), updated: set.now() });
    await poller.pollNow(id);
    const sizes = await set.stage.rows(sql<{ size: number }>`
      select jsonb_array_length(objects) as size from event where instance_id = ${id} order by id`);
    expect(sizes.map(({ size }) => size)).toEqual([200, 200, 50]);
  });

  it('are told object by object where their order counts', async () => {
    const things: Thing[] = [];
    const { id, poller } = await set.open(filtered, things, {
      'event.notification.order': 'object',
      'event.notification.callback.url': 'https://callback.example/events',
    });
    things.push(
      { id: 'a', created: set.now(), updated: set.now() },
      { id: 'b', created: set.now(), updated: set.now() },
    );
    await poller.pollNow(id);
    const deliveries = await set.stage.rows(sql<{ order_key: string }>`
      select order_key from delivery where instance_id = ${id} order by id`);
    expect(deliveries.map(({ order_key }) => order_key)).toEqual(['things/a', 'things/b']);
  });
});

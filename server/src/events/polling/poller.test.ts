import { sql } from 'kysely';
import type { KyselyPlugin } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { filtered, minuteMs, setThings } from '#test/polling-things';

const set = setThings();

const polls = (id: number) =>
  set.stage.rows(sql<{
    object_name: string;
    checkpoint_at: Date;
    next_poll_at: Date;
    interval_minutes: number;
  }>`
      select object_name, checkpoint_at, next_poll_at, interval_minutes from event_poll where instance_id = ${id} order by object_name`);

describe('setting up', () => {
  const plans = (...names: string[]) =>
    JSON.stringify(Object.fromEntries(names.map((name) => [name, { ...filtered, url: `/${name}` }])));
  const change = (id: number, configuration: Record<string, string>) => {
    const connection = set.stage.connectionOf(id);
    const changed = { ...connection.configuration, ...configuration };
    Object.assign(connection, {
      configuration: changed,
      instance: { ...connection.instance, configuration: changed },
    });
  };

  it('makes a poll of each object, keeps those that stay, and removes the others', async () => {
    const id = await set.stage.addInstance({ 'event.poller.configuration': plans('a', 'b') });
    const poller = set.stage.poller({ instances: set.freshConnections() });
    await poller.reconcile(id);
    const first = await polls(id);
    expect(first).toMatchObject([{ object_name: 'a', interval_minutes: 15 }, { object_name: 'b' }]);
    set.stage.clock.advance(minuteMs);
    change(id, { 'event.poller.configuration': plans('b', 'c'), 'event.poller.refresh_interval': '5' });
    await poller.reconcile(id);
    const [b, c, ...rest] = await polls(id);
    expect(rest).toEqual([]);
    expect(b).toMatchObject({
      object_name: 'b',
      interval_minutes: 5,
      checkpoint_at: first[1]?.checkpoint_at,
    });
    expect(c?.checkpoint_at.getTime()).toBe(set.now());
    expect((b?.next_poll_at.getTime() ?? 0) - set.now()).toBeLessThanOrEqual(5 * minuteMs);
    change(id, { 'event.notification.enabled': 'false' });
    await poller.reconcile(id);
    expect(await polls(id)).toEqual([]);
  });

  it('changes nothing that is as it should be', async () => {
    const id = await set.stage.addInstance({ 'event.poller.configuration': plans('a') });
    const poller = set.stage.poller();
    await poller.reconcileAll();
    const first = await polls(id);
    set.stage.clock.advance(minuteMs);
    await poller.reconcileAll();
    expect(await polls(id)).toEqual(first);
  });

  it('keeps the checkpoint of a disabled instance', async () => {
    const id = await set.stage.addInstance({ 'event.poller.configuration': plans('a') });
    const poller = set.stage.poller({ instances: set.freshConnections() });
    await poller.reconcile(id);
    const first = await polls(id);
    set.stage.connectionOf(id).instance.disabled = true;
    change(id, { 'event.poller.configuration': plans('a', 'b') });
    await poller.reconcile(id);
    expect(await polls(id)).toEqual(first);
  });

  it('does not poll, ever, for an interval that means never', async () => {
    const id = await set.stage.addInstance({
      'event.poller.configuration': plans('a'),
      'event.poller.refresh_interval': '999999999',
    });
    await set.stage.poller().reconcile(id);
    expect((await polls(id))[0]?.next_poll_at.getUTCFullYear()).toBeGreaterThan(3900);
  });

  it('of an instance that is gone does nothing', async () => {
    await set.stage.poller().reconcile(987_654);
    const id = await set.stage.addInstance({ 'event.poller.configuration': plans('a') });
    await set.stage.rows(sql`delete from instance where id = ${id}`);
    await set.stage.poller().reconcile(id);
    expect(await polls(id)).toEqual([]);
  });
});

describe('many instances', () => {
  const addPolls = async (instanceId: number, count: number, dueInMs: number) =>
    set.stage.rows(sql`
      insert into event_poll (instance_id, object_name, organization_id, interval_minutes, next_poll_at, enabled_at, checkpoint_at)
      select ${instanceId}, 'o' || n, organization_id, 15, ${new Date(set.now() + dueInMs)}, now(), now()
      from instance, generate_series(1, ${count}) n where instance.id = ${instanceId}`);
  const planOf = (count: number) => ({
    'event.poller.configuration': JSON.stringify(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`o${index + 1}`, { url: `/o${index + 1}` }]),
      ),
    ),
  });

  it('cost one query a second while nothing is due, which reads nothing but an index', async () => {
    const id = await set.stage.addInstance({});
    await addPolls(id, 10_000, 10 * minuteMs);
    await set.stage.rows(sql`analyze event_poll`);
    let queries = 0;
    const count: KyselyPlugin = {
      transformQuery({ node }) {
        queries++;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    };
    const poller = set.stage.poller({
      storage: { db: set.stage.storage.db.withPlugin(count) },
      instances: set.freshConnections(),
    });
    poller.start();
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    await poller.close();
    // The last is that of closing.
    expect(queries).toBeGreaterThanOrEqual(3);
    expect(queries).toBeLessThanOrEqual(5);
    const plan = await set.stage.rows(sql<{ 'QUERY PLAN': string }>`
      explain select * from event_poll where next_poll_at <= ${new Date(set.now())} order by next_poll_at limit 1000`);
    expect(JSON.stringify(plan)).toContain('Index Scan using event_poll_due');
  }, 60_000);

  it('are looked through when a process starts without connecting any whose polls are as they should be', async () => {
    const right = await set.stage.addInstance(planOf(2));
    const disabled = await set.stage.addInstance(planOf(2));
    const wrong = await set.stage.addInstance(planOf(2));
    const off = await set.stage.addInstance({ ...planOf(2), 'event.notification.enabled': 'false' });
    for (const id of [right, wrong, off]) await addPolls(id, id === wrong ? 3 : 2, minuteMs);
    await addPolls(disabled, 1, minuteMs);
    set.stage.connectionOf(disabled).instance.disabled = true;
    // What fails keeps to its back-off, however often a process is started.
    await set.stage.rows(sql`update event_poll set failures = 3`);
    const ids = [right, disabled, wrong, off];
    const connected: number[] = [];
    const poller = set.stage.poller({
      instances: {
        findConnection: (id) => {
          connected.push(id);
          return Promise.resolve(set.stage.connectionOf(id));
        },
        async *eachPage() {
          yield ids.slice(0, 2).map(set.stage.connectionOf);
          yield ids.slice(2).map(set.stage.connectionOf);
        },
      },
    });
    const before = await polls(right);
    await poller.reconcileAll();
    expect(connected).toEqual([wrong, off]);
    expect(await polls(right)).toEqual(before);
    expect(await Promise.all(ids.map(async (id) => (await polls(id)).length))).toEqual([2, 1, 2, 0]);
  });

  it('of a tenant whose provider is slow do not delay those of another', async () => {
    const slow = await set.stage.addInstance(planOf(30));
    const quick = await set.stage.addInstance(planOf(3));
    await addPolls(slow, 30, -10 * minuteMs);
    await addPolls(quick, 3, -minuteMs);
    const revive: (() => void)[] = [];
    set.stage.answer = (_, instanceId) =>
      instanceId === slow
        ? new Promise((resolve) => revive.push(() => resolve({ records: [] })))
        : Promise.resolve({ records: [] });
    const poller = set.stage.poller({ instances: set.freshConnections() });
    poller.start();
    await vi.waitFor(
      () => expect(set.stage.calls.filter(({ instanceId }) => instanceId === quick)).toHaveLength(3),
      15_000,
    );
    expect(set.stage.calls.filter(({ instanceId }) => instanceId === slow)).toHaveLength(4);
    const closed = poller.close();
    for (const wake of revive) wake();
    await closed;
  }, 60_000);

  it('are shared by processes: each due object is polled once', async () => {
    const id = await set.stage.addInstance(planOf(12));
    const other = await set.stage.addInstance(planOf(12));
    await addPolls(id, 12, -minuteMs);
    await addPolls(other, 12, -minuteMs);
    set.stage.answer = () => new Promise((resolve) => setTimeout(() => resolve({ records: [] }), 20));
    const pollers = [1, 2].map(() => set.stage.poller({ instances: set.freshConnections() }));
    for (const poller of pollers) poller.start();
    await vi.waitFor(async () => {
      const due = await set.stage.rows(
        sql`select 1 from event_poll where next_poll_at <= ${new Date(set.now())}`,
      );
      expect(due).toEqual([]);
    }, 20_000);
    for (const poller of pollers) await poller.close();
    const polled = set.stage.calls.map(({ instanceId, path }) => `${instanceId}${path}`);
    expect(polled).toHaveLength(24);
    expect(new Set(polled).size).toBe(24);
  }, 60_000);
});

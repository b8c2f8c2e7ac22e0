import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBuckets } from '#kernel/buckets';
import { silentLog } from '#kernel/log';
import { openStorage } from '#platform/storage';
import type { Storage } from '#platform/storage';
import { createTestDatabase } from '#test/database';
import type { TestDatabase } from '#test/database';
import { removeOld } from './retention.ts';
import { createStore } from './store.ts';
import type { UsageStore } from './store.ts';
import { createTally } from './tally.ts';
import { callRecord } from './testing.ts';
import type { SealedBatch } from './writer.ts';

let database: TestDatabase;
let storage: Storage;
let store: UsageStore;
beforeAll(async () => {
  database = await createTestDatabase();
  storage = await openStorage({ url: database.url, log: silentLog });
  store = createStore(storage);
});
afterAll(async () => {
  await storage.close();
  await database.drop();
});

const atMs = callRecord().atMs;
const dayMs = 86_400_000;
let scope: { organizationId: number; accountId: number };
let lastOrganization = 100;
beforeEach(() => {
  scope = { organizationId: ++lastOrganization, accountId: 2 };
});

function batchOf(records: Parameters<typeof callRecord>[0][]): SealedBatch {
  const tally = createTally<never>({ mostCalls: 100_000, mostCounts: 1000, mostExchanges: 1 });
  for (const record of records) tally.add(callRecord({ ...scope, ...record }));
  return tally.take();
}
const callsBy = async (interval: string, nowMs = atMs) => {
  const from = new Date(nowMs - 1000).toISOString();
  const to = new Date(nowMs).toISOString();
  const sums = await store.sums(
    { ...scope, keys: [], instanceIds: [] },
    readBuckets({ from, to, interval }, nowMs),
    'none',
  );
  return sums.reduce((sum, { calls }) => sum + calls, 0);
};
const listed = () =>
  store.listCalls(
    { ...scope, keys: [], tags: [], instanceIds: [], methods: [] },
    { limit: 10_000, offset: 0, after: undefined },
  );
const exchange = (requestId: string, at: number) => ({
  ...scope,
  instanceId: 7,
  elementKey: 'shop',
  requestId,
  traceTag: undefined,
  isHook: false,
  atMs: at,
  box: Buffer.from('box'),
});
const exchanges = () => store.listExchanges(scope, { limit: 1000, beforeId: undefined });

describe('batches', () => {
  it('are counted once, however often they are sent', async () => {
    const writer = randomUUID();
    const batch = { ...batchOf([{}, { status: 500 }, {}]), exchanges: [exchange('a', atMs)] };
    await store.write(writer, 1, batch);
    await store.write(writer, 1, batch);
    expect(await listed()).toHaveLength(3);
    expect(await exchanges()).toHaveLength(1);
    for (const interval of ['second', 'minute', 'hour', 'day', 'month'])
      expect({ interval, calls: await callsBy(interval) }).toEqual({ interval, calls: 3 });
    await store.write(writer, 2, batch);
    expect(await callsBy('hour')).toBe(6);
  });

  it('of several processes add up, at the same time too', async () => {
    const records = Array.from({ length: 40 }, (_, index) => ({ instanceId: index }));
    const forwards = batchOf(records);
    const backwards = batchOf(records.toReversed());
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => store.write(randomUUID(), 1, index % 2 ? forwards : backwards)),
    );
    expect(await callsBy('minute')).toBe(320);
  });

  it('are not held up by names that PostgreSQL cannot store', async () => {
    const hubCall = callRecord().hubCall;
    if (!hubCall?.connected) throw new Error('it is a hub call');
    const connected = {
      ...hubCall.connected,
      elementName: 'zero \0 half \ud800',
      tags: ['\0', 'a "b" \\ {c}, d'],
    };
    await store.write(randomUUID(), 1, batchOf([{ hubCall: { ...hubCall, connected } }]));
    expect(await listed()).toMatchObject([
      { element_name: 'zero  half \ufffd', tags: ['', 'a "b" \\ {c}, d'] },
    ]);
  });

  it('keep apart what belongs to others', async () => {
    await store.write(randomUUID(), 1, batchOf([{}]));
    scope = { ...scope, accountId: 3 };
    expect(await listed()).toEqual([]);
    expect(await callsBy('hour')).toBe(0);
    scope = { organizationId: 99, accountId: 2 };
    expect(await listed()).toEqual([]);
    expect(await callsBy('second')).toBe(0);
  });
});

describe('what is old', () => {
  const now = atMs + 20 * dayMs;
  const clock = { nowMs: () => now };

  it('is removed: single calls, counts by minute, then by hour, and logs', async () => {
    const old = [{ atMs: now - 12 * dayMs }, { atMs: now - 8 * dayMs }, { atMs: now }];
    const batch = { ...batchOf(old), exchanges: [exchange('a', now - 4 * dayMs), exchange('b', now)] };
    await store.write(randomUUID(), 1, batch);
    await removeOld(store, { callDays: 10, mostCalls: 1_000_000, countDays: 11 }, clock, silentLog);
    expect(await listed()).toHaveLength(2);
    expect((await exchanges()).map(({ request_id: id }) => id)).toEqual(['b']);
    const left = [];
    for (const daysAgo of [12, 8, 0])
      left.push([
        await callsBy('minute', now - daysAgo * dayMs),
        await callsBy('hour', now - daysAgo * dayMs),
      ]);
    expect(left).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
  });

  it('and more than is kept of single calls goes, the first first; counts stay', async () => {
    const many = Array.from({ length: 12_000 }, (_, index) => ({ atMs: now, requestId: String(index) }));
    await store.write(randomUUID(), 1, batchOf(many));
    await removeOld(store, { callDays: 10, mostCalls: 100, countDays: 11 }, clock, silentLog);
    const left = await listed();
    expect(left).toHaveLength(100);
    expect(left.every(({ request_id: id }) => Number(id) >= 11_900)).toBe(true);
    expect(await callsBy('hour', now)).toBe(12_000);
  });
});

import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { NewEvent } from './event.ts';
import type { EventStore } from './event-store.ts';
import { createRecorder } from './recorder.ts';

const event = (providerData: string): NewEvent => ({
  owner: { id: 1, organizationId: 1, accountId: 1, userId: 1, elementKey: 'shop' },
  source: 'webhook',
  objects: [],
  providerData,
  callbackUrl: undefined,
});

/** A store in memory; it refuses what has the text `bad` in it, as PostgreSQL does with data that it cannot take. */
function keepBatches() {
  const batches: string[][] = [];
  let running = 0;
  let most = 0;
  const store: Pick<EventStore, 'insert' | 'callbackId'> = {
    callbackId: async () => 1,
    async insert(events) {
      batches.push(events.map(({ providerData }) => providerData));
      most = Math.max(most, ++running);
      await setImmediate();
      running--;
      if (events.some(({ providerData }) => providerData === 'bad'))
        throw Object.assign(new Error('bad data'), { code: '22P05' });
      return events.map((_, index) => ({ id: index + 1, index, callbackId: null }));
    },
  };
  return { recorder: createRecorder(store, () => {}), batches, mostRunning: () => most };
}

it('writes together what waits, up to 8 MB', async () => {
  const { recorder, batches } = keepBatches();
  const large = 'x'.repeat(3_000_000);
  await Promise.all(Array.from({ length: 7 }, () => recorder.record([event(large)])));
  expect(batches.map(({ length }) => length).sort()).toEqual([1, 1, 1, 2, 2]);
});

it('writes an event that is larger than that alone', async () => {
  const { recorder, batches } = keepBatches();
  await Promise.all([1, 2, 3, 4].map(() => recorder.record([event('x'.repeat(9_000_000))])));
  expect(batches.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
});

it('stores what is beside a bad event, with no more statements at a time than ever', async () => {
  const { recorder, mostRunning } = keepBatches();
  const texts = ['1', '2', ...Array.from({ length: 20 }, (_, at) => (at === 7 ? 'bad' : 'good'))];
  const settled = await Promise.allSettled(texts.map((text) => recorder.record([event(text)])));
  expect(settled.flatMap(({ status }, at) => (status === 'rejected' ? [texts[at]] : []))).toEqual(['bad']);
  expect(mostRunning()).toBe(2);
});

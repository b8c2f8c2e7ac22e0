import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { filtered, setThings } from '#test/polling-things';
import { createPollStore } from './poll-store.ts';

const set = setThings();

describe('leases', () => {
  it('are renewed of what runs; one that was left behind ends, and others take its poll', async () => {
    const running = { instanceId: (await set.open(filtered, [])).id, objectName: 'things' };
    const left = { instanceId: (await set.open(filtered, [])).id, objectName: 'things' };
    const store = createPollStore(set.stage.storage, randomUUID());
    const other = createPollStore(set.stage.storage, randomUUID());
    for (const { instanceId } of [running, left]) await store.claimOf(instanceId, undefined);
    await set.endLeases();
    expect(await store.renew([running])).toEqual([running]);
    expect(await other.claimOf(running.instanceId, undefined)).toEqual([]);
    expect(await other.claimOf(left.instanceId, undefined)).toMatchObject([left]);
    expect(await store.renew([running, left])).toEqual([running]);
  });
});

import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from './exchange.ts';
import { createTally } from './tally.ts';
import { callRecord } from './testing.ts';
import { createWriter } from './writer.ts';
import type { SealedBatch } from './writer.ts';

function setUp() {
  const written: { batchNumber: number; calls: number; counted: number }[] = [];
  const lines: string[] = [];
  const store = {
    isAway: false,
    /** What PostgreSQL takes no row of. */
    refuses: 'nothing' as 'nothing' | 'calls' | 'all',
    async write(_writerId: string, batchNumber: number, { calls, counts }: SealedBatch) {
      if (store.isAway) throw new Error('The database is away');
      if (store.refuses === 'all' || (store.refuses === 'calls' && calls.length > 0))
        throw Object.assign(new Error('null value in column "ip"'), { code: '23502' });
      const counted = counts.reduce((sum, one) => sum + one.calls, 0);
      written.push({ batchNumber, calls: calls.length, counted });
    },
  };
  const line = (_details: object, message: string) => void lines.push(message);
  const tally = createTally<ExchangeRecord>({ mostCalls: 100, mostCounts: 100, mostExchanges: 100 });
  let confirmed = 0;
  const writer = createWriter({
    tally,
    store,
    seal: async () => undefined,
    onWritten: ({ counts }) => void (confirmed += counts.reduce((sum, one) => sum + one.calls, 0)),
    log: { debug: line, info: line, warn: line, error: line },
  });
  const add = (calls: number) => {
    for (let call = 0; call < calls; call++) tally.add(callRecord());
  };
  return { written, lines, store, writer, add, confirmed: () => confirmed };
}

describe('a writer', () => {
  it('writes what came since the last time, and nothing where nothing came', async () => {
    const { written, writer, add, confirmed } = setUp();
    add(3);
    await writer.write();
    await writer.write();
    add(1);
    await writer.write();
    expect(written).toEqual([
      { batchNumber: 1, calls: 3, counted: 3 },
      { batchNumber: 2, calls: 1, counted: 1 },
    ]);
    expect(confirmed()).toBe(4);
  });

  it('keeps a batch that failed as it is, with its number, and says once that it failed', async () => {
    const { written, lines, store, writer, add, confirmed } = setUp();
    store.isAway = true;
    add(3);
    await writer.write();
    add(2);
    await writer.write();
    expect(confirmed()).toBe(0);
    store.isAway = false;
    await writer.write();
    await writer.write();
    expect(written).toEqual([
      { batchNumber: 1, calls: 3, counted: 3 },
      { batchNumber: 2, calls: 2, counted: 2 },
    ]);
    expect(lines).toEqual([
      'Usage could not be written; it is kept in memory until it can',
      'Usage is written again',
    ]);
  });

  it('keeps counts of calls whose details it has to drop, and says so', async () => {
    const { written, lines, store, writer, add } = setUp();
    store.isAway = true;
    add(5);
    await writer.write();
    add(250);
    store.isAway = false;
    await writer.write();
    await writer.write();
    expect(written.map(({ counted }) => counted)).toEqual([5, 250]);
    expect(written[1]?.calls).toBeLessThanOrEqual(100);
    expect(lines).toContain(
      'Details of calls were dropped: they could not be written fast enough. Their counts are kept',
    );
  });

  it('drops details that PostgreSQL refuses, keeps their counts, and goes on', async () => {
    const { written, lines, store, writer, add } = setUp();
    store.refuses = 'calls';
    add(3);
    await writer.write();
    store.refuses = 'nothing';
    add(2);
    await writer.write();
    await writer.write();
    expect(written.map(({ calls, counted }) => [calls, counted])).toEqual([
      [0, 3],
      [2, 2],
    ]);
    store.refuses = 'all';
    add(1);
    await writer.write();
    await writer.write();
    store.refuses = 'nothing';
    add(4);
    await writer.write();
    expect(written.at(-1)).toMatchObject({ calls: 4, counted: 4 });
    expect(lines).toEqual([
      'PostgreSQL refuses details of calls; they are dropped, and their counts are kept',
      'PostgreSQL refuses details of calls; they are dropped, and their counts are kept',
      'PostgreSQL refuses counts of calls; they are dropped',
    ]);
  });

  it('writes everything at the end, or says what is lost', async () => {
    const { written, lines, store, writer, add } = setUp();
    store.isAway = true;
    add(3);
    await writer.write();
    add(2);
    await writer.close();
    expect(lines).toContain('The database is away: the last calls are not in its usage');
    store.isAway = false;
    await writer.close();
    expect(written.map(({ calls }) => calls)).toEqual([3, 2]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RateLimit } from '#elements';
import { createPacer } from './pace.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const clock = { nowMs: () => Date.now() };
const fivePerSecond: RateLimit[] = [{ calls: 5, perSeconds: 1 }];

/** When each of so many calls, asked for at once, is let go; or the status it gets. */
async function letGo(
  count: number,
  limits = fivePerSecond,
  more: {
    maxWaitMs?: number;
    processes?: number;
    before?: (pacer: ReturnType<typeof createPacer>) => void;
  } = {},
): Promise<number[]> {
  const pacer = createPacer({ clock, maxWaitMs: more.maxWaitMs ?? 30_000 });
  pacer.share(more.processes ?? 1);
  more.before?.(pacer);
  const startMs = Date.now();
  const moments: number[] = [];
  const calls = Array.from({ length: count }, async (_, index) => {
    moments[index] = await pacer.take(1, limits).then(
      () => Date.now() - startMs,
      (error: { status: number }) => error.status,
    );
  });
  await vi.runAllTimersAsync();
  await Promise.all(calls);
  return moments;
}

/** The most calls in any window of that length. */
function densest(moments: number[], windowMs: number): number {
  return Math.max(
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + windowMs).length),
  );
}

describe('calls of one instance', () => {
  it('go at once while the limit allows', async () => {
    expect(await letGo(5)).toEqual([0, 0, 0, 0, 0]);
  });

  it('wait in the order in which they came, and no second holds more than the limit', async () => {
    const moments = await letGo(23);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(densest(moments, 1000)).toBe(5);
    expect(moments.at(-1)).toBeLessThan(5_000);
  });

  it('take their share when several processes serve the instance', async () => {
    expect(densest(await letGo(8, fivePerSecond, { processes: 2 }), 1000)).toBe(2);
    expect(densest(await letGo(6, fivePerSecond, { processes: 10 }), 2000)).toBe(1);
  });

  it('get 429 at once when the wait would be too long, and those that may wait still go', async () => {
    const moments = await letGo(20, fivePerSecond, { maxWaitMs: 1_500 });
    expect(moments.filter((moment) => moment === 429)).toHaveLength(10);
    expect(moments.slice(0, 10).every((moment) => moment < 1_500)).toBe(true);
  });

  it('say in Retry-After how long the wait would be', async () => {
    const pacer = createPacer({ clock, maxWaitMs: 0 });
    for (let call = 0; call < 5; call++) await pacer.take(1, fivePerSecond);
    await expect(pacer.take(1, fivePerSecond)).rejects.toMatchObject({
      status: 429,
      headers: { 'retry-after': '2' },
      message: expect.stringContaining('5 calls in a second'),
    });
  });

  it('keep to a limit of a whole day', async () => {
    const limits = [...fivePerSecond, { calls: 2_000, perSeconds: 86_400 }];
    const pacer = createPacer({ clock, maxWaitMs: 1_000 });
    for (let call = 0; call < 2_000; call++) {
      vi.advanceTimersByTime(300);
      await pacer.take(1, limits);
    }
    vi.advanceTimersByTime(300);
    await expect(pacer.take(1, limits)).rejects.toMatchObject({ status: 429 });
    vi.advanceTimersByTime(86_400_000);
    await pacer.take(1, limits);
  });

  it('stand still while the provider wants a pause', async () => {
    const moments = await letGo(2, fivePerSecond, { before: (pacer) => pacer.pause(1, 700) });
    expect(moments).toEqual([700, 700]);
  });

  it('are put off, and kept apart, when the pause comes while they wait', async () => {
    const pacer = createPacer({ clock, maxWaitMs: 30_000 });
    setTimeout(() => pacer.pause(1, 3_000), 500);
    const startMs = Date.now();
    const moments: number[] = [];
    const calls = Array.from({ length: 15 }, () =>
      pacer.take(1, fivePerSecond).then(() => moments.push(Date.now() - startMs)),
    );
    await vi.runAllTimersAsync();
    await Promise.all(calls);
    expect(moments.filter((moment) => moment > 0 && moment < 3_500)).toEqual([]);
    expect(densest(moments, 1000)).toBe(5);
  });

  it('are not held up by those of another', async () => {
    const pacer = createPacer({ clock, maxWaitMs: 0 });
    for (let call = 0; call < 5; call++) await pacer.take(1, fivePerSecond);
    await pacer.take(2, fivePerSecond);
  });
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RateLimit } from '#elements';
import { systemClock } from '#kernel/clock';
import { createPacer } from './pace.ts';

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

const hourMs = 3_600_000;
const newPacer = (maxWaitMs = 24 * hourMs) => createPacer({ clock: systemClock, maxWaitMs });

/** Takes a turn after each pause and gives the moments at which calls were let go. */
async function momentsOf(limits: RateLimit[], pausesMs: number[], pacer = newPacer()): Promise<number[]> {
  const moments: number[] = [];
  const turns: Promise<void>[] = [];
  for (const pauseMs of pausesMs) {
    await vi.advanceTimersByTimeAsync(pauseMs);
    turns.push(pacer.take(1, limits).then(() => void moments.push(Date.now())));
  }
  await vi.advanceTimersByTimeAsync(24 * hourMs);
  await Promise.all(turns);
  return moments;
}

/** The most calls that lie in any window of the limit. */
function busiest(moments: number[], { perSeconds }: RateLimit): number {
  return Math.max(
    0,
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + perSeconds * 1000).length),
  );
}

describe('the pacer', () => {
  it('never lets more calls go in any window than a limit allows, and forgets none', async () => {
    const limit = fc.record({
      calls: fc.integer({ min: 1, max: 6 }),
      perSeconds: fc.integer({ min: 1, max: 20 }),
    });
    const pauses = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 150 });
    await fc.assert(
      fc.asyncProperty(fc.array(limit, { minLength: 1, maxLength: 3 }), pauses, async (limits, pausesMs) => {
        const moments = await momentsOf(limits, pausesMs);
        expect(moments).toHaveLength(pausesMs.length);
        for (const each of limits) expect(busiest(moments, each)).toBeLessThanOrEqual(each.calls);
      }),
      { numRuns: 60 },
    );
  });

  it('does not hold up calls that are inside the limit', async () => {
    const moments = await momentsOf([{ calls: 5, perSeconds: 1 }], [0, 0, 0, 0, 0, 1_100]);
    expect(moments).toEqual([1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_001_100]);
  });

  it('keeps a daily limit of many calls', async () => {
    const limits = [{ calls: 1_200, perSeconds: 86_400 }];
    const pacer = newPacer(1_000);
    for (let calls = 0; calls < 1_200; calls++) await pacer.take(1, limits);
    await expect(pacer.take(1, limits)).rejects.toMatchObject({
      status: 429,
      headers: { 'retry-after': '86400' },
    });
    await vi.advanceTimersByTimeAsync(24 * hourMs);
    await pacer.take(1, limits);
  });

  it('refuses at once what would wait too long, which then counts for nothing', async () => {
    const limits = [{ calls: 1, perSeconds: 10 }];
    const pacer = newPacer(15_000);
    await pacer.take(1, limits);
    const second = pacer.take(1, limits);
    for (let tries = 0; tries < 5; tries++) {
      await expect(pacer.take(1, limits)).rejects.toMatchObject({
        status: 429,
        headers: { 'retry-after': '21' },
      });
    }
    await vi.advanceTimersByTimeAsync(10_060);
    await second;
    await vi.advanceTimersByTimeAsync(10_060);
    await pacer.take(1, limits);
  });

  it('shares the limits among processes', async () => {
    const pacer = newPacer();
    pacer.share(3);
    const limits = [
      { calls: 6, perSeconds: 1 },
      { calls: 1, perSeconds: 2 },
    ];
    const moments = await momentsOf(limits, [0, 0, 0], pacer);
    expect(busiest(moments, { calls: 1, perSeconds: 6 })).toBe(1);
  });

  it('lets nothing go while the provider wants a pause', async () => {
    const pacer = newPacer();
    pacer.pause(1, 5_000);
    const [at] = await momentsOf([{ calls: 5, perSeconds: 1 }], [0], pacer);
    expect(at).toBe(1_005_000);
  });

  it('keeps accounts apart, and does nothing without limits', async () => {
    const pacer = newPacer(0);
    const limits = [{ calls: 1, perSeconds: 60 }];
    await pacer.take(1, limits);
    await pacer.take(2, limits);
    for (let calls = 0; calls < 100; calls++) await pacer.take(3, []);
    await expect(pacer.take(1, limits)).rejects.toMatchObject({ status: 429 });
  });

  it('frees whoever gives up waiting', async () => {
    const pacer = newPacer();
    const limits = [{ calls: 1, perSeconds: 60 }];
    await pacer.take(1, limits);
    const control = new AbortController();
    const waiting = pacer.take(1, limits, control.signal);
    control.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOff, nextPollMs, retryMs } from './schedule.ts';

const minute = 60_000;
const now = Date.UTC(2024, 0, 1);

describe('the next poll', () => {
  it('is after now and not later than an interval, and again an interval later', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1440 }),
        fc.integer({ min: 0, max: 1e13 }),
        fc.string(),
        (minutes, atMs, key) => {
          const next = nextPollMs(atMs, minutes, key);
          expect(next).toBeGreaterThan(atMs);
          expect(next).toBeLessThanOrEqual(atMs + minutes * minute);
          expect(nextPollMs(next, minutes, key)).toBe(next + minutes * minute);
        },
      ),
    );
  });

  it('is spread: of 10,000 instances with one interval, each minute of it has its share', () => {
    const perMinute = Array.from({ length: 15 }, () => 0);
    for (let id = 1; id <= 10_000; id++) {
      const place = Math.floor((nextPollMs(now, 15, `${id}/contacts`) - now - 1) / minute);
      perMinute[place] = (perMinute[place] ?? 0) + 1;
    }
    for (const count of perMinute) expect(Math.abs(count - 667)).toBeLessThan(150);
  });

  it('of an interval that means never is further than anybody waits, and still a date', () => {
    expect(isOff(999_999_999)).toBe(true);
    expect(isOff(1440)).toBe(false);
    expect(new Date(nextPollMs(now, 999_999_999, 'x')).getUTCFullYear()).toBe(3925);
  });
});

describe('after a failure', () => {
  it.each([
    [15, 1, undefined, 15],
    [15, 2, undefined, 30],
    [15, 3, undefined, 60],
    [15, 4, undefined, 120],
    [15, 40, undefined, 120],
    [120, 3, undefined, 360],
    [1440, 3, undefined, 1440],
    [1, 1, 10 * minute, 10],
    [1, 1, 1e12, 1440],
  ])(
    'of an interval of %d min, number %d, with a wish of %s ms, it waits %d min',
    (minutes, failures, wish, waits) => {
      expect(retryMs(now, minutes, failures, wish)).toBe(now + waits * minute);
    },
  );
});

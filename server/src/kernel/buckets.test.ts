import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fillBuckets,
  intervals,
  mostBuckets,
  readBuckets,
  readTimes,
  startAfter,
  startOf,
} from './buckets.ts';

const now = Date.parse('2026-11-25T10:20:30.400Z');
const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

describe('readBuckets', () => {
  it.each([
    ['no range', {}, 'day', 8, '2026-11-18T00:00:00Z', '2026-11-25T00:00:00Z'],
    ['an end alone', { to: '2026-03-08' }, 'day', 8, '2026-03-01T00:00:00Z', '2026-03-08T00:00:00Z'],
    [
      'a beginning alone',
      { from: '2026-11-24T23:59:59Z' },
      'day',
      2,
      '2026-11-24T00:00:00Z',
      '2026-11-25T00:00:00Z',
    ],
    [
      'a beginning that is to come',
      { from: '2027-01-01' },
      'day',
      1,
      '2027-01-01T00:00:00Z',
      '2027-01-01T00:00:00Z',
    ],
    [
      'an hour by minute',
      { from: '2026-11-25T09:20:30Z', to: '2026-11-25T10:20:30Z', interval: 'minute' },
      'minute',
      61,
      '2026-11-25T09:20:00Z',
      '2026-11-25T10:20:00Z',
    ],
    [
      'an hour by second',
      { from: '2026-11-25T09:00:00Z', to: '2026-11-25T10:00:00Z', interval: 'SECOND' },
      'second',
      3601,
      '2026-11-25T09:00:00Z',
      '2026-11-25T10:00:00Z',
    ],
    [
      'one moment',
      { from: '2026-11-25', to: '2026-11-25' },
      'day',
      1,
      '2026-11-25T00:00:00Z',
      '2026-11-25T00:00:00Z',
    ],
    [
      'weeks, from Monday',
      { from: '2026-11-22', to: '2026-11-23', interval: 'week' },
      'week',
      2,
      '2026-11-16T00:00:00Z',
      '2026-11-23T00:00:00Z',
    ],
    [
      'months of different lengths',
      { from: '2024-01-31', to: '2024-03-01', interval: 'month' },
      'month',
      3,
      '2024-01-01T00:00:00Z',
      '2024-03-01T00:00:00Z',
    ],
    [
      'quarters over a year',
      { from: '2025-12-31', to: '2026-04-01', interval: 'quarter' },
      'quarter',
      3,
      '2025-10-01T00:00:00Z',
      '2026-04-01T00:00:00Z',
    ],
    [
      'years',
      { from: '2023-06-01', to: '2026-01-01', interval: 'year' },
      'year',
      4,
      '2023-01-01T00:00:00Z',
      '2026-01-01T00:00:00Z',
    ],
    [
      'another zone',
      { from: '2026-11-25T00:30:00+02:00', to: '2026-11-25T02:30:00+02:00', interval: 'day' },
      'day',
      2,
      '2026-11-24T00:00:00Z',
      '2026-11-25T00:00:00Z',
    ],
  ])('%s', (_what, query, interval, count, first, last) => {
    const buckets = readBuckets(query, now);
    expect(buckets.interval).toBe(interval);
    expect(buckets.startsMs).toHaveLength(count);
    expect([buckets.startsMs[0], buckets.startsMs.at(-1)].map((ms) => iso(ms ?? 0))).toEqual([first, last]);
  });

  it.each([
    [{ from: '2026-11-25', to: '2026-11-24' }, ["'to' is before 'from'"]],
    [{ from: '2026-11-24', to: '2026-11-25', interval: 'second' }, ['too fine']],
    [{ from: '1970-01-01', to: '9999-01-01' }, ['too fine']],
    [
      { from: 'yesterday', to: '2026-13-01', interval: 'fortnight' },
      ["'from' must", "'to' must", "'interval' must be one of year"],
    ],
    [{ from: '0001-01-01' }, ["'from' must"]],
    [{ interval: '__proto__' }, ["'interval' must"]],
  ])('%o is a 400 that tells why', (query, words) => {
    let failure: unknown;
    try {
      readBuckets(query, now);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ status: 400 });
    for (const word of words) expect(String(failure)).toContain(word);
  });

  it('has no gap, and each moment of the range is in one bucket', () => {
    const moment = fc.integer({ min: 0, max: Date.parse('2100-01-01') });
    fc.assert(
      fc.property(
        fc.constantFrom(...intervals),
        moment,
        fc.integer({ min: 0, max: 1_000_000_000 }),
        (interval, fromMs, lengthMs) => {
          const toMs = fromMs + lengthMs;
          if (interval === 'second' && lengthMs > mostBuckets * 900) return;
          if (interval === 'minute' && lengthMs > mostBuckets * 50_000) return;
          const { startsMs, endMs } = readBuckets(
            { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), interval },
            now,
          );
          const ends = [...startsMs.slice(1), endMs];
          expect(startsMs.map((startMs) => startAfter(interval, startMs))).toEqual(ends);
          expect(startsMs.map((startMs) => startOf(interval, startMs))).toEqual(startsMs);
          expect(startsMs[0]).toBe(startOf(interval, fromMs));
          expect(startsMs.at(-1)).toBe(startOf(interval, toMs));
        },
      ),
    );
  });
});

describe('readTimes', () => {
  it.each([
    [{}, {}],
    [{ from: '', to: '' }, {}],
    [{ to: '2026-01-01' }, { toMs: Date.parse('2026-01-01') }],
  ])('takes %o', (query, times) => expect(readTimes(query)).toEqual(times));

  it('refuses what is no time', () => {
    expect(() => readTimes({ from: '12', to: 'x' })).toThrow(/'from' must.*'to' must/);
  });
});

it('fillBuckets keeps what was found and puts the empty where there was nothing', () => {
  expect(fillBuckets({ startsMs: [1, 2, 3] }, new Map([[2, 'two']]), () => 'none')).toEqual([
    { startMs: 1, value: 'none' },
    { startMs: 2, value: 'two' },
    { startMs: 3, value: 'none' },
  ]);
});

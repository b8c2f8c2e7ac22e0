import { describe, expect, it } from 'vitest';
import { createLimiter } from './limits.ts';
import type { AccountLimit } from './limits.ts';

const account = 5;
const limit = (more: Partial<AccountLimit> = {}): AccountLimit => ({
  accountId: account,
  calls: 10,
  per: 'hour',
  used: 0,
  ...more,
});

function setUp(limits: AccountLimit[], processes = 1) {
  const clock = { ms: Date.parse('2026-11-25T10:20:00Z'), nowMs: () => clock.ms };
  const limiter = createLimiter(clock);
  limiter.share(processes);
  limiter.learn(limits, clock.ms);
  /** How many of so many calls are let through. */
  const admitted = (calls: number, of = account) => {
    let count = 0;
    for (let call = 0; call < calls; call++) {
      try {
        limiter.admit(of);
        count++;
      } catch {
        return count;
      }
    }
    return count;
  };
  const refusal = () => {
    try {
      limiter.admit(account);
    } catch (error) {
      return error as { status: number; message: string; headers: Record<string, string> };
    }
    throw new Error('The call was let through');
  };
  return { clock, limiter, admitted, refusal };
}

describe('a limiter', () => {
  it.each<[string, AccountLimit[], number, number]>([
    ['all of a limit when it is alone', [limit()], 1, 10],
    ['what is left of it', [limit({ used: 7 })], 1, 3],
    ['nothing when nothing is left', [limit({ used: 12 })], 1, 0],
    ['nothing when nothing is allowed', [limit({ calls: 0 })], 4, 0],
    ['its share when there are others', [limit()], 3, 3],
    ['one call when its share is less', [limit({ calls: 2 })], 5, 1],
    ['the smallest of several', [limit(), limit({ per: 'day', calls: 4 })], 1, 4],
    ['everything where there is no limit', [limit({ accountId: 6 })], 1, 100],
  ])('lets through %s', (_what, limits, processes, calls) => {
    expect(setUp(limits, processes).admitted(100)).toBe(calls);
  });

  it('says when the next period begins', () => {
    const { admitted, refusal } = setUp([limit()]);
    admitted(10);
    expect(refusal()).toMatchObject({ status: 429, headers: { 'retry-after': '2400' } });
    expect(refusal().message).toContain('10 calls per hour');
  });

  it('says to come back soon when others may have left something', () => {
    const { admitted, refusal } = setUp([limit()], 2);
    admitted(5);
    expect(refusal()).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
    expect(setUp([limit({ used: 10 })], 2).refusal()).toMatchObject({ headers: { 'retry-after': '2400' } });
  });

  it('begins anew with the period, also when the database is away', () => {
    const { clock, admitted } = setUp([limit({ used: 10 })]);
    expect(admitted(1)).toBe(0);
    clock.ms += 3_600_000;
    expect(admitted(100)).toBe(10);
  });

  it('takes what is let through and not yet written for used', () => {
    const { clock, limiter, admitted } = setUp([limit()]);
    admitted(4);
    limiter.learn([limit({ used: 0 })], clock.ms);
    expect(admitted(2)).toBe(2);
    limiter.written(account, 6);
    limiter.learn([limit({ used: 6 })], clock.ms);
    expect(admitted(100)).toBe(4);
  });

  it('gives its share of what the others have left', () => {
    const { clock, limiter, admitted } = setUp([limit()], 2);
    expect(admitted(100)).toBe(5);
    limiter.written(account, 5);
    limiter.learn([limit({ used: 5 })], clock.ms);
    expect(admitted(100)).toBe(2);
  });

  it('forgets a limit that is taken away', () => {
    const { clock, limiter, admitted } = setUp([limit({ calls: 0 })]);
    expect(limiter.isOn).toBe(true);
    limiter.learn([], clock.ms);
    expect(limiter.isOn).toBe(false);
    expect(admitted(3)).toBe(3);
  });
});

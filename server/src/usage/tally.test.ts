import { describe, expect, it } from 'vitest';
import { createTally } from './tally.ts';
import { callRecord } from './testing.ts';

const tally = (limits = {}) =>
  createTally<string>({ mostCalls: 10, mostCounts: 3, mostExchanges: 10, ...limits });
const minute = Date.parse('2026-11-25T10:20:00Z');
const hour = Date.parse('2026-11-25T10:00:00Z');

describe('a tally', () => {
  it('counts what has everything in common together', () => {
    const one = tally();
    one.add(callRecord());
    one.add(callRecord({ durationMs: 30, atMs: minute + 59_999 }));
    one.add(callRecord({ status: 404 }));
    const { counts, calls } = one.take();
    expect(calls).toHaveLength(3);
    expect(counts).toMatchObject([
      {
        span: 'minute',
        atMs: minute,
        instanceId: 7,
        elementKey: 'shop',
        status: 200,
        calls: 2,
        durationMs: 40,
        providerMs: 12,
        longestMs: 30,
      },
      { span: 'minute', status: 404, calls: 1, longestMs: 10 },
    ]);
  });

  it('begins anew after it was taken', () => {
    const one = tally();
    one.add(callRecord());
    one.take();
    expect(one.take()).toEqual({ counts: [], calls: [], exchanges: [], dropped: { calls: 0, exchanges: 0 } });
  });

  it('does not count calls of the platform', () => {
    const one = tally();
    one.add(callRecord({ hubCall: undefined }));
    expect(one.take()).toMatchObject({ counts: [], calls: [{ uri: '/elements/api-v2/books' }] });
  });

  it('counts a call that reached no account as one of none', () => {
    const one = tally();
    one.add(
      callRecord({
        hubCall: {
          connected: undefined,
          passed: false,
          providerStatus: undefined,
          providerMs: 0,
          providerCalls: 0,
          steps: [],
        },
      }),
    );
    expect(one.take().counts).toMatchObject([{ instanceId: 0, elementKey: '', passed: false, calls: 1 }]);
  });

  it('drops the oldest details when there are too many, says so, and counts every call', () => {
    const one = tally();
    for (let call = 0; call < 25; call++) {
      one.add(callRecord({ requestId: String(call) }));
      one.addExchange(String(call));
    }
    const { calls, exchanges, counts, dropped } = one.take();
    expect(calls.map(({ requestId }) => requestId)).toEqual([
      '15',
      '16',
      '17',
      '18',
      '19',
      '20',
      '21',
      '22',
      '23',
      '24',
    ]);
    expect(exchanges).toEqual(['15', '16', '17', '18', '19', '20', '21', '22', '23', '24']);
    expect(dropped).toEqual({ calls: 15, exchanges: 15 });
    expect(counts).toMatchObject([{ calls: 25 }]);
  });

  it('counts by hour, then without telling accounts apart, when there is too much to count; no call is lost', () => {
    const one = tally();
    for (let instanceId = 1; instanceId <= 20; instanceId++) one.add(callRecord({ instanceId }));
    const { counts } = one.take();
    expect(counts.map(({ span, instanceId, atMs, calls }) => [span, instanceId, atMs, calls])).toEqual([
      ['minute', 1, minute, 1],
      ['minute', 2, minute, 1],
      ['minute', 3, minute, 1],
      ['hour', 4, hour, 1],
      ['hour', 5, hour, 1],
      ['hour', 6, hour, 1],
      ['hour', -1, hour, 14],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { parseJson } from '#kernel/json';
import { fromHook, fromPayload } from './normalize.ts';

const context = { elementKey: 'shop', hubKey: 'ecommerce', nowMs: Date.UTC(2024, 0, 2) };
const now = '2024-01-02T00:00:00.000Z';

describe('a payload', () => {
  it.each([
    ['contact.updated', 'UPDATED'],
    ['ContactCreated', 'CREATED'],
    ['contact_DELETED!', 'DELETED'],
    [`${'contact '.repeat(100)}updated`, 'UPDATED'],
    ['', 'UNKNOWN'],
  ])('with the event %s is about what is %s', (event, eventType) => {
    expect(fromPayload({ event, id: 1 }, context)).toMatchObject([{ objectId: '1', eventType }]);
  });

  it('keeps every digit of an id, and reads a date whatever its digits', () => {
    const payload = parseJson('{"id":12345678901234567890,"type":"deal.created","timestamp":1700000000.0}');
    expect(fromPayload(payload as Record<string, unknown>, context)).toMatchObject([
      { objectId: '12345678901234567890', date: '2023-11-14T22:13:20.000Z' },
    ]);
  });

  it('with a long text for its event is read at once', () => {
    const startMs = performance.now();
    fromPayload({ event: `${'a'.repeat(50_000)}1b`, id: 1 }, context);
    expect(performance.now() - startMs).toBeLessThan(500);
  });
});

describe("a hook's event", () => {
  it.each([
    ['seconds', 1_700_000_000, '2023-11-14T22:13:20.000Z'],
    ['seconds as text', '1700000000', '2023-11-14T22:13:20.000Z'],
    ['milliseconds', 1_700_000_000_000, '2023-11-14T22:13:20.000Z'],
    ['ISO 8601', '2023-11-14T22:13:20Z', '2023-11-14T22:13:20.000Z'],
    ['nothing', undefined, now],
    ['what is no date', { toString: 1 }, now],
  ])('may have its date in %s', (_, event_date, date) => {
    expect(fromHook([{ event_date }], context)[0]?.date).toBe(date);
  });
});

import { describe, expect, it } from 'vitest';
import { parseJson } from '#kernel/json';
import { classify, comparesWhole, readRecord } from './change.ts';
import { readPlans } from './plan.ts';
import type { PollPlan } from './plan.ts';

function plan(fields: object): PollPlan {
  const { plans, faults } = readPlans(JSON.stringify({ things: { url: '/things', ...fields } }));
  if (!plans[0]) throw new Error(faults.join(' '));
  return plans[0];
}

const dates = { createdDateField: 'created', updatedDateField: 'updated' };
const dated = plan({ datesConfiguration: dates });
const at = (time: string) => `2024-05-01T${time}Z`;

function read(of: PollPlan, record: unknown) {
  const found = readRecord(of, record);
  if (!found) throw new Error('the record has no id');
  return found;
}

describe('a record', () => {
  it.each([
    ['id', { id: 7 }, '7'],
    ['id', parseJson('{"id": 12345678901234567890}'), '12345678901234567890'],
    ['name', { name: 'x' }, 'x'],
    ['meta.key', { meta: { key: 'x' } }, 'x'],
    ['meta.key', { 'meta.key': 'x' }, 'x'],
    ['@.@id', { '@': { '@id': 'vm-1' } }, 'vm-1'],
    ['id', { id: 'zero\0byte' }, 'zerobyte'],
    ['id', { key: 1 }, undefined],
    ['id', { id: null }, undefined],
    ['id', 'text', undefined],
  ])('has by %s of %j the id %s', (idField, record, id) => {
    expect(readRecord(plan({ idField }), record)?.objectId).toBe(id);
  });

  it('has an id that fits an index, however long it is', () => {
    const id = read(plan({}), { id: 'x'.repeat(5000) }).objectId;
    expect(id.length).toBeLessThan(100);
    expect(id).not.toBe(read(plan({}), { id: 'x'.repeat(5001) }).objectId);
  });

  it('is the same by its date, whatever else it has', () => {
    const mark = (more: object) => read(dated, { id: 1, updated: at('10:00:00'), ...more }).mark;
    expect(mark({ seen: 1 })).toBe(mark({ seen: 2 }));
    expect(mark({ updated: at('10:00:01') })).not.toBe(mark({}));
  });

  it('is the same by its content where it has no date, whatever the order of its fields', () => {
    const mark = (record: object) => read(plan({}), record).mark;
    expect(mark({ id: 1, a: { b: 1, c: 2 } })).toBe(mark({ a: { c: 2, b: 1 }, id: 1 }));
    expect(mark({ id: 1, a: [1, 2] })).not.toBe(mark({ id: 1, a: [2, 1] }));
    expect(read(dated, { id: 1, updated: 'soon' }).mark).not.toBe(
      read(dated, { id: 1, updated: 'later' }).mark,
    );
  });
});

describe('a change', () => {
  it.each([
    ['created and updated at once', dated, { created: at('10:00:00'), updated: at('10:00:00') }, 'CREATED'],
    ['updated within the tolerance', dated, { created: at('10:00:00'), updated: at('10:01:00') }, 'CREATED'],
    ['updated before it was created', dated, { created: at('10:01:00'), updated: at('10:00:00') }, 'CREATED'],
    ['updated behind the tolerance', dated, { created: at('10:00:00'), updated: at('10:01:01') }, 'UPDATED'],
    [
      'within a tolerance of its own',
      plan({ createdCheckTolerance: 3600, datesConfiguration: dates }),
      { created: at('10:00:00'), updated: at('10:59:00') },
      'CREATED',
    ],
    ['with a created date alone', dated, { created: at('10:00:00') }, 'CREATED'],
    ['with an updated date alone', dated, { updated: at('10:00:00') }, 'UPDATED'],
    ['with a flag', plan({ deletedField: 'state.gone' }), { state: { gone: true } }, 'DELETED'],
    ['with a flag in words', plan({ deletedField: 'deleted' }), { deleted: 'Yes' }, 'DELETED'],
    [
      'with a flag that is not set',
      plan({ deletedField: 'deleted', datesConfiguration: dates }),
      { deleted: 'false', created: at('10:00:00') },
      'CREATED',
    ],
    [
      'with a date of deletion',
      plan({ datesConfiguration: { ...dates, deletedDateField: 'deletedAt' } }),
      { updated: at('10:00:00'), deletedAt: at('11:00:00') },
      'DELETED',
    ],
  ])('%s', (_, of, record, type) => {
    expect(classify(of, read(of, { id: 1, ...record }), false, false)).toBe(type);
  });

  it('of an object that is known is no creation any more', () => {
    const record = read(dated, { id: 1, created: at('10:00:00'), updated: at('10:00:30') });
    expect(classify(dated, record, true, false)).toBe('UPDATED');
  });

  it('without a date is a creation where the list has all objects, and an update where it has changes', () => {
    const record = read(plan({}), { id: 1 });
    expect(classify(plan({}), record, false, true)).toBe('CREATED');
    expect(classify(plan({}), record, false, false)).toBe('UPDATED');
  });
});

describe('whole lists are compared', () => {
  it.each([
    ['without dates and without a time in the url', {}, true],
    ['with dates', { datesConfiguration: dates }, false],
    ['with a time in the url', { url: '/things?since=${epoch}' }, false],
    ['with dates, to find deletions', { datesConfiguration: dates, detectDeletes: true }, true],
  ])('%s', (_, fields, isWhole) => {
    expect(comparesWhole(plan(fields))).toBe(isWhole);
  });
});

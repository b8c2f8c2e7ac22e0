import { describe, expect, it } from 'vitest';
import { parseOrderBy } from './query.ts';
import { toComparator } from './sort.ts';

describe('sorting by orderBy', () => {
  const rows = [
    { id: 1, name: 'b', size: 10, at: { day: '2024-02-01' } },
    { id: 2, name: 'a', size: 9 },
    { id: 3, name: 'b', size: 9, at: { day: '2024-01-01' } },
    { id: 4, name: null, size: [1] },
  ];
  it.each([
    ['name', [2, 1, 3, 4]],
    ['name desc', [1, 3, 2, 4]],
    ['size asc, name desc', [3, 2, 1, 4]],
    ['size, id desc', [3, 2, 1, 4]],
    ['at.day', [3, 1, 2, 4]],
    ['nothing', [1, 2, 3, 4]],
  ])('%s', (text, ids) => {
    expect(rows.toSorted(toComparator(parseOrderBy(text))).map(({ id }) => id)).toEqual(ids);
  });
});

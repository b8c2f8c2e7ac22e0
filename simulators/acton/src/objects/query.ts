import { invalidParameter } from '../failure.ts';
import { fieldsOf, toText } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';
import { base, findDataset } from './object-store.ts';

/** Records of a data set, page by page. Joins and filter expressions are beyond the simulator and refused. */
export function mountObjectQuery(surface: Surface): void {
  for (const name of ['joinWithOther', 'joinWithOtherInternal']) {
    surface('POST', `${base}/query/:objectId/:identifier/${name}`, { body: ['json'], handle: query });
  }
}

function query(call: Call): unknown {
  const asked = fieldsOf(call);
  for (const name of ['otherObject', 'filterExpression']) {
    if (asked[name]) throw invalidParameter(name, 'not simulated');
  }
  const { page = 0, size = 50 } = (asked['pagination'] ?? asked) as { page?: number; size?: number };
  const term = toText(asked['searchTerm']).toLowerCase();
  const all = [...findDataset(call.data, call.params).records.values()].filter((record) =>
    JSON.stringify(record).toLowerCase().includes(term),
  );
  const fields = asked['selectFields'] as string[] | undefined;
  const pick = (record: Record<string, unknown>) =>
    fields ? Object.fromEntries(fields.map((name) => [name, record[name] ?? null])) : record;
  const content = sorted(all, asked)
    .slice(page * size, (page + 1) * size)
    .map(pick);
  return { content, page, size, totalElements: all.length, totalPages: Math.ceil(all.length / size) };
}

function sorted(all: Record<string, unknown>[], { sortBy, sortByDirection }: Record<string, unknown>) {
  if (typeof sortBy !== 'string') return all;
  const sign = sortByDirection === 'desc' ? -1 : 1;
  return all.toSorted(
    (a, b) => sign * toText(a[sortBy]).localeCompare(toText(b[sortBy]), 'en', { numeric: true }),
  );
}

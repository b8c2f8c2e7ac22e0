import { invalidParameter } from './failure.ts';

const mostRecords = 1000;

/** A whole number of a query, or what stands in for it. */
export function readNumber(query: Record<string, string>, name: string, fallback: number): number {
  const text = query[name];
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw invalidParameter(name, 'not a whole number');
  return Number(text);
}

export interface Slice<T> {
  offset: number;
  count: number;
  totalCount: number;
  items: T[];
}

/** `offset` and `count` as `/api/1` has them; `count` is what came, not what was asked for. */
export function slice<T>(all: T[], query: Record<string, string>): Slice<T> {
  const offset = readNumber(query, 'offset', 0);
  const wanted = readNumber(query, 'count', mostRecords);
  if (wanted > mostRecords) throw invalidParameter('count', `more than ${mostRecords}`);
  const items = all.slice(offset, offset + wanted);
  return { offset, count: items.length, totalCount: all.length, items };
}

/** The usual envelope: `{offset, count, totalCount, result}`. */
export function envelope<T>(all: T[], query: Record<string, string>): unknown {
  const { items, ...numbers } = slice(all, query);
  return { ...numbers, result: items };
}

/** `page` (from 0) and `pageSize` as `/ucl/v2` has them. */
export function page<T>(all: T[], query: Record<string, string>): unknown {
  const number = readNumber(query, 'page', 0);
  const size = readNumber(query, 'pageSize', 50);
  if (size < 1 || size > mostRecords) throw invalidParameter('pageSize', `not in 1 to ${mostRecords}`);
  const data = all.slice(number * size, (number + 1) * size);
  return { data, page: number, pageSize: size, totalCount: all.length };
}

import { queryOptions } from '@tanstack/react-query';
import { call } from './api.ts';
import { countCallsFrom } from './calls.ts';

/** Calls of one bucket of time. */
export interface Bucket {
  timestamp: string;
  count: number;
  success: number;
  failed: number;
}

export interface Counts {
  elementKey: string;
  instanceId?: number;
  /** As long as it is connected. */
  instanceName?: string;
  count: number;
  success: number;
  failed: number;
}

export const periods = ['minute', 'hour', 'day', 'month'] as const;

export interface Limit {
  calls: number;
  per: (typeof periods)[number];
  used: number;
  remaining: number;
  resetDate: string;
}

/** Ranges that usage is shown for, and how fine. */
export const ranges = {
  hour: { hours: 1, interval: 'minute' },
  day: { hours: 24, interval: 'hour' },
  week: { hours: 24 * 7, interval: 'day' },
  month: { hours: 24 * 30, interval: 'day' },
  year: { hours: 24 * 365, interval: 'month' },
} as const;
export type Range = keyof typeof ranges;
const msOfHour = 3_600_000;

const spanOf = (range: Range) => {
  const { hours, interval } = ranges[range];
  return { from: new Date(Date.now() - hours * msOfHour).toISOString(), interval };
};

const analytics =
  <T>(path: string) =>
  (range: Range) =>
    queryOptions({
      queryKey: ['usage', path, range],
      queryFn: () => call<T>('GET', `/usage/analytics/${path}`, { query: spanOf(range) }),
    });

export const elementsQuery = analytics<(Bucket & { elements: Counts[] })[]>('activity/elements');
export const instancesQuery = analytics<{ usage: Counts[] }>('activity/element-instances');
export const statusesQuery = analytics<(Bucket & { statuses: Record<string, number> })[]>('statuses');
/** Calls and how long they took, as the charts show them. */
export const countsQuery = (range: Range) =>
  queryOptions({
    queryKey: ['usage', 'counts', range],
    queryFn: () => countCallsFrom(spanOf(range)),
  });

export const ownLimitsQuery = queryOptions({
  queryKey: ['organization', 'limits'],
  queryFn: () => call<{ limits: Limit[] }>('GET', '/usage/limits'),
});
export const limitsQuery = (accountId: number) =>
  queryOptions({
    queryKey: ['organization', 'limits', accountId],
    queryFn: () => call<{ limits: Limit[] }>('GET', `/accounts/${accountId}/limits`),
  });

/** What some buckets add up to, by a name, the most first. */
export function sumBy<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  valueOf: (row: T) => number,
): [key: string, sum: number][] {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + valueOf(row));
  return [...sums].toSorted(([, a], [, b]) => b - a);
}

import { fillBuckets, readBuckets } from '#kernel/buckets';
import type { Buckets } from '#kernel/buckets';
import type { Clock } from '#kernel/clock';
import { Type, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { countsTooOld, noUsage } from './errors.ts';
import { dayMs, minuteDays } from './retention.ts';
import type { Retention } from './retention.ts';
import { analyticsQuery, toIds, toList } from './shapes.ts';
import type { AnalyticsQuery } from './shapes.ts';
import type { Detail, Scope, Sum, UsageStore } from './store.ts';
import { toOutcomes, toTimes } from './view.ts';

/** How many accounts of this scope were connected in a time, its end included. */
export type CountInstances = (scope: Scope, fromMs: number, toMs: number) => Promise<number>;

interface Parts {
  store: UsageStore;
  clock: Clock;
  retention: Retention;
  countInstances: CountInstances;
}

const buckets = Type.Array(
  Type.Object({ timestamp: Type.String(), count: Type.Integer() }, { additionalProperties: true }),
);
const common = { method: 'GET', access: 'user:any', audit: 'none', tags: ['Usage'] } as const;

/** Hub calls of the caller's account, counted. */
export function mountAnalytics(app: FastifyInstance, parts: Parts): void {
  for (const { path, summary, detail, mayBeFuture, show } of series) {
    route(app, {
      ...common,
      path: `/usage/analytics/${path}`,
      summary,
      schema: { querystring: analyticsQuery, response: { 200: buckets } },
      handler: async ({ principal, query }) => {
        const asked = readAsked(parts, query);
        if (!mayBeFuture && asked.fromMs > parts.clock.nowMs()) throw noUsage();
        const sums = await sumsOf(parts, principal, query, asked, detail);
        const byStart = Map.groupBy(sums, ({ startMs }) => startMs);
        return fillBuckets(asked, byStart, () => []).map(({ startMs, value }) => ({
          timestamp: new Date(startMs).toISOString(),
          ...show(value),
        }));
      },
    });
  }
  mountInstances(app, parts);
}

interface Series {
  path: string;
  summary: string;
  detail: Detail;
  /** Whether a range that is still to come is answered with empty buckets; 404 is what the contract has for the others. */
  mayBeFuture: boolean;
  show(sums: Sum[]): { count: number };
}

const series: Series[] = [
  {
    path: 'times',
    summary: 'How long calls took: on average, the longest, and what of it the provider took',
    detail: 'none',
    mayBeFuture: false,
    show: toTimes,
  },
  {
    path: 'statuses',
    summary: 'Calls by the status of their replies',
    detail: 'status',
    mayBeFuture: false,
    show: (sums) => ({
      ...toOutcomes(sums),
      statuses: Object.fromEntries(
        [...Map.groupBy(sums, ({ status }) => status)].map(([status, some]) => [
          status,
          toOutcomes(some).count,
        ]),
      ),
    }),
  },
  { path: 'activity', summary: 'Calls over time', detail: 'none', mayBeFuture: true, show: toOutcomes },
  {
    path: 'activity/elements',
    summary: 'Calls over time, by element',
    detail: 'element',
    mayBeFuture: true,
    show: (sums) => ({
      ...toOutcomes(sums),
      elements: [...Map.groupBy(ofElements(sums), ({ elementKey }) => elementKey)].map(
        ([elementKey, some]) => ({
          elementKey,
          ...toOutcomes(some),
        }),
      ),
    }),
  },
];

/** Calls that have reached no account have no element. */
const ofElements = (sums: Sum[]) => sums.filter(({ elementKey }) => elementKey !== '');

const instanceUsage = Type.Object(
  { instanceName: Type.Optional(Type.String({ description: 'As long as it is connected' })) },
  { additionalProperties: true },
);

function mountInstances(app: FastifyInstance, parts: Parts): void {
  const usage = Type.Object({ usage: Type.Array(instanceUsage) });
  const created = Type.Object({ instancesCreatedCount: Type.Integer() });
  const schema = { querystring: analyticsQuery };
  // There are no formulas on this server yet, so none has been made and none has called.
  for (const [kind, name] of [
    ['element-instances', 'connected accounts'],
    ['formula-instances', 'formula instances'],
  ] as const) {
    const isElements = kind === 'element-instances';
    route(app, {
      ...common,
      path: `/usage/analytics/activity/${kind}`,
      summary: `Calls of single ${name}, the ${mostInstances} busiest of them, the busiest first`,
      schema: { ...schema, response: { 200: usage } },
      handler: async ({ principal, query }) => {
        const asked = readAsked(parts, query);
        if (!isElements) return { usage: [] };
        const counted = toInstances(await sumsOf(parts, principal, query, asked, 'instance'));
        const ids = counted.map(({ instanceId }) => instanceId);
        const names = await parts.store.instanceNames(principal, ids);
        return { usage: counted.map((one) => ({ ...one, instanceName: names.get(one.instanceId) })) };
      },
    });
    route(app, {
      ...common,
      path: `/usage/analytics/activity/${kind}/created-count`,
      summary: `How many ${name} were made in a time, of those that are still there`,
      schema: { ...schema, response: { 200: created } },
      handler: async ({ principal, query }) => {
        const { fromMs, toMs } = readBuckets(query, parts.clock.nowMs());
        const { organizationId, accountId } = principal;
        const scope = { organizationId, accountId };
        return { instancesCreatedCount: isElements ? await parts.countInstances(scope, fromMs, toMs) : 0 };
      },
    });
  }
}

const mostInstances = 1_000;

function toInstances(sums: Sum[]) {
  return [
    ...Map.groupBy(ofElements(sums), ({ instanceId, elementKey }) => `${instanceId} ${elementKey}`).values(),
  ]
    .flatMap((some) => {
      const [first] = some;
      return first
        ? [{ instanceId: first.instanceId, elementKey: first.elementKey, ...toOutcomes(some) }]
        : [];
    })
    .toSorted((a, b) => b.count - a.count)
    .slice(0, mostInstances);
}

/** @throws 400 also for times of which so much detail is not kept. */
function readAsked({ clock, retention }: Parts, query: AnalyticsQuery): Buckets {
  const nowMs = clock.nowMs();
  const asked = readBuckets(query, nowMs);
  const { interval, startsMs } = asked;
  const days = { minute: Math.min(minuteDays, retention.countDays), second: retention.callDays };
  if (interval !== 'minute' && interval !== 'second') return asked;
  if ((startsMs[0] ?? 0) < nowMs - days[interval] * dayMs) throw countsTooOld(interval, days[interval]);
  return asked;
}

function sumsOf(
  { store }: Parts,
  { organizationId, accountId }: Scope,
  query: AnalyticsQuery,
  asked: Buckets,
  detail: Detail,
): Promise<Sum[]> {
  const keys = toList(query['keys[]'], query['elementKeys[]']);
  const instanceIds = toIds(query['instanceIds[]']);
  return store.sums({ organizationId, accountId, keys, instanceIds }, asked, detail);
}

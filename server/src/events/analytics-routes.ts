import { fillBuckets, readBuckets, readTimes } from '#kernel/buckets';
import type { Clock } from '#kernel/clock';
import { Type, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import type { Principal } from '#accounts';
import { accountForeign } from './errors.ts';
import { timeQuery } from './list.ts';
import type { CountRow, ReadStore } from './read-store.ts';

const tags = ['Events'];
const list = Type.Union([Type.String(), Type.Array(Type.String())]);
const query = Type.Object({
  ...timeQuery,
  interval: Type.Optional(
    Type.String({ description: 'year, quarter, month, week, day (default), hour, minute or second' }),
  ),
  'accountIds[]': Type.Optional(list),
  accountIds: Type.Optional(list),
});
const bucket = { timestamp: Type.String(), count: Type.Integer(), total: Type.Integer() };

/** Counts of events over time. Every bucket of the range is there, the empty ones too. */
export function mountAnalytics(app: FastifyInstance, reads: ReadStore, clock: Clock): void {
  const common = { method: 'GET' as const, access: 'user:any' as const, audit: 'none' as const, tags };
  const count = async (
    principal: Principal,
    given: Record<string, unknown>,
    by: 'instance_id' | 'account_id',
  ) => {
    const buckets = readBuckets(given as never, clock.nowMs());
    const accounts = await accountsOf(reads, principal, given);
    const range = { interval: buckets.interval, fromMs: buckets.startsMs[0] ?? 0, toMs: buckets.endMs };
    const rows = await reads.count(principal.organizationId, accounts, by, range);
    return fillBuckets(
      buckets,
      Map.groupBy(rows, ({ bucketMs }) => bucketMs),
      (): CountRow[] => [],
    ).map(({ startMs, value }) => {
      const total = value.reduce((sum, row) => sum + row.count, 0);
      return { timestamp: new Date(startMs).toISOString(), count: total, total, rows: value };
    });
  };
  route(app, {
    ...common,
    path: '/instances/events/analytics',
    summary: 'How many events there were over time',
    schema: { querystring: query, response: { 200: Type.Array(Type.Object(bucket)) } },
    handler: async ({ principal, query: given }) =>
      (await count(principal, given, 'instance_id')).map(({ timestamp, count: number, total }) => ({
        timestamp,
        count: number,
        total,
      })),
  });
  for (const [path, by, name] of [
    ['instances', 'instance_id', 'instanceId'],
    ['accounts', 'account_id', 'accountId'],
  ] as const) {
    route(app, {
      ...common,
      path: `/instances/events/analytics/${path}`,
      summary: `The same by ${path.slice(0, -1)}, with how many were delivered and given up`,
      schema: {
        querystring: query,
        response: { 200: Type.Array(Type.Object({ ...bucket, records: Type.Array(Type.Unknown()) })) },
      },
      handler: async ({ principal, query: given }) =>
        (await count(principal, given, by)).map(({ rows, ...shown }) => ({
          ...shown,
          records: rows.map((row) => ({
            [name]: row.of,
            count: row.count,
            success: row.success,
            failed: row.failed,
          })),
        })),
    });
  }
  route(app, {
    ...common,
    path: '/instances/events/dispositions',
    summary: 'What became of events',
    schema: {
      querystring: Type.Object({ ...timeQuery, interval: Type.Optional(Type.String()) }),
      response: { 200: Type.Array(Type.Unknown()) },
    },
    handler: async ({ principal, query: given }) => {
      const rows = await reads.dispositions(principal, readTimes(given), mostDispositions);
      return rows.map(({ eventId, instanceId, messages }) => ({
        eventId: String(eventId),
        elementInstanceId: instanceId,
        notificationData: messages.map((message) => ({ message })),
      }));
    },
  });
}

const mostDispositions = 1000;

/** @throws 403 when an account of somebody else is among them. */
async function accountsOf(
  reads: ReadStore,
  { organizationId, accountId }: Principal,
  given: Record<string, unknown>,
): Promise<number[]> {
  const asked = [given['accountIds[]'], given['accountIds']]
    .flat()
    .flatMap((value) => (typeof value === 'string' ? value.split(',') : []))
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (asked.length === 0) return [accountId];
  const own = new Set((await reads.accountIds(organizationId)).map(String));
  const foreign = asked.find((id) => !own.has(id));
  if (foreign !== undefined) throw accountForeign(foreign);
  return asked.map(Number);
}

import { sql } from 'kysely';
import type { Generated, Kysely, Selectable } from 'kysely';
import type { Buckets } from '#kernel/buckets';
import { startOf } from '#kernel/buckets';
import type { Storage } from '#platform/storage';
import type { CallStep } from './call-record.ts';
import type { AccountLimit, Limit } from './limits.ts';
import { periods } from './limits.ts';
import { ageing, writing } from './write-store.ts';

interface CallTable {
  id: Generated<number>;
  organization_id: number;
  account_id: number;
  user_id: number;
  at: Date;
  request_id: string;
  method: string;
  uri: string;
  ip: string;
  status: number;
  duration_ms: number;
  is_hub: boolean;
  instance_id: number | null;
  element_key: string | null;
  element_name: string | null;
  hub: string | null;
  tags: string[] | null;
  provider_status: number | null;
  provider_ms: number | null;
  provider_calls: number | null;
  message: string | null;
  provider_message: string | null;
  steps: StoredStep[] | null;
}
/** Something that a hub call has waited for, in milliseconds from its beginning. */
export type StoredStep = Omit<CallStep, 'startedAtMs'> & { startMs: number };
interface CountTable {
  organization_id: number;
  account_id: number;
  span: string;
  at: Date;
  instance_id: number;
  element_key: string;
  status: number;
  passed: boolean;
  calls: number;
  duration_ms: number;
  provider_ms: number;
  longest_ms: number;
}
interface LimitTable {
  organization_id: number;
  account_id: number;
  per: Limit['per'];
  calls: number;
}
interface ExchangeTable {
  id: Generated<number>;
  organization_id: number;
  account_id: number;
  instance_id: number | null;
  element_key: string;
  request_id: string;
  trace_tag: string | null;
  at: Date;
  is_hook: boolean;
  box: Buffer;
}
type Tables = {
  usage_call: CallTable;
  usage_count: CountTable;
  usage_limit: LimitTable;
  usage_exchange: ExchangeTable;
  organization: { id: number; name: string };
  account: { id: number; organization_id: number };
  instance: { id: number; organization_id: number; name: string };
};

/** The database with the tables of this module. */
export type Db = Kysely<Tables>;

export type CallRow = Selectable<CallTable> & {
  organization_name: string | null;
  /** Undefined once the account at the provider is not connected any more. */
  instance_name: string | null;
};
export type ExchangeRow = Selectable<ExchangeTable>;

/** Whose calls: every question names it. */
export interface Scope {
  organizationId: number;
  accountId: number;
}

export interface CallFilter extends Scope {
  fromMs?: number | undefined;
  toMs?: number | undefined;
  hub?: string | undefined;
  keys: string[];
  tags: string[];
  status?: 'success' | 'failed' | undefined;
  /** HTTP statuses, both ends included. */
  statuses?: [from: number, to: number] | undefined;
  searchText?: string | undefined;
  instanceIds: number[];
  methods: string[];
  /** Part of the path. */
  path?: string | undefined;
  isHub?: boolean | undefined;
}
/** Where a list goes on: behind this call. */
export interface CallCursor {
  atMs: number;
  id: number;
}
export interface CountFilter extends Scope {
  keys: string[];
  instanceIds: number[];
}
export type ExchangeFilter = Scope & {
  instanceId?: number;
  elementKey?: string;
  requestId?: string | undefined;
  traceTag?: string | undefined;
};

/** What hub calls are told apart by, besides success and failure: all but instances also by bucket. */
export type Detail = 'none' | 'status' | 'element' | 'instance';

/** What counts come to that have bucket and detail in common. */
export interface Sum {
  startMs: number;
  /** The first of its kind, 200 or 400, where statuses are not told apart. */
  status: number;
  elementKey: string;
  instanceId: number;
  calls: number;
  durationMs: number;
  providerMs: number;
  longestMs: number;
}

export type UsageStore = ReturnType<typeof createStore>;

/** All SQL of usage. Every question carries organization and account; what writes batches carries them in each row. */
export function createStore(storage: Storage) {
  const db: Db = storage.db.$extendTables<Tables>();
  return {
    ...writing(db),
    ...readingCalls(db),
    ...readingCounts(db),
    ...exchanges(db),
    ...limits(db),
    ...ageing(db),
  };
}

function readingCalls(db: Db) {
  const ofScope = ({ organizationId, accountId }: Scope) =>
    db
      .selectFrom('usage_call')
      .leftJoin('organization', 'organization.id', 'usage_call.organization_id')
      .selectAll('usage_call')
      .select('organization.name as organization_name')
      .select((of) =>
        of
          .selectFrom('instance')
          .select('name')
          .whereRef('instance.id', '=', 'usage_call.instance_id')
          .whereRef('instance.organization_id', '=', 'usage_call.organization_id')
          .as('instance_name'),
      )
      .where('usage_call.organization_id', '=', organizationId)
      .where('usage_call.account_id', '=', accountId);

  return {
    /** The newest first. */
    listCalls(
      filter: CallFilter,
      page: { limit: number; offset: number; after: CallCursor | undefined },
    ): Promise<CallRow[]> {
      let query = ofScope(filter);
      if (filter.fromMs !== undefined) query = query.where('at', '>=', new Date(filter.fromMs));
      if (filter.toMs !== undefined) query = query.where('at', '<=', new Date(filter.toMs));
      if (filter.hub) query = query.where('hub', '=', filter.hub);
      if (filter.keys.length > 0) query = query.where('element_key', 'in', filter.keys);
      for (const tag of filter.tags) query = query.where(sql<boolean>`tags @> array[${tag}]::text[]`);
      if (filter.status === 'success') query = query.where('status', '<', firstFailure);
      if (filter.status === 'failed') query = query.where('status', '>=', firstFailure);
      if (filter.statuses)
        query = query.where((of) => of.between('status', ...(filter.statuses as [number, number])));
      if (filter.instanceIds.length > 0) query = query.where('instance_id', 'in', filter.instanceIds);
      if (filter.methods.length > 0) query = query.where('method', 'in', filter.methods);
      if (filter.path) query = query.where('uri', 'ilike', containing(filter.path));
      if (filter.isHub !== undefined) query = query.where('is_hub', '=', filter.isHub);
      if (filter.searchText) {
        const pattern = containing(filter.searchText);
        query = query.where((of) =>
          of.or(
            (['uri', 'message', 'provider_message', 'request_id', 'element_name'] as const).map((column) =>
              of(column, 'ilike', pattern),
            ),
          ),
        );
      }
      const { after } = page;
      if (after)
        query = query.where(sql<boolean>`(at, usage_call.id) < (${new Date(after.atMs)}, ${after.id})`);
      return query
        .orderBy('at', 'desc')
        .orderBy('usage_call.id', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute();
    },

    findByRequestId: (scope: Scope, requestId: string) =>
      ofScope(scope).where('request_id', '=', requestId).executeTakeFirst(),

    findById: (scope: Scope, id: number) => ofScope(scope).where('usage_call.id', '=', id).executeTakeFirst(),
  };
}

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** The smallest status of a failure. */
export const firstFailure = 400;

function readingCounts(db: Db) {
  return {
    /** Single seconds are counted from the calls themselves. */
    async sums(
      { organizationId, accountId, keys, instanceIds }: CountFilter,
      { interval, startsMs, endMs }: Buckets,
      detail: Detail,
    ): Promise<Sum[]> {
      const [from, to] = [new Date(startsMs[0] ?? endMs), new Date(endMs)];
      const ofKeys = keys.length > 0 ? sql`and element_key = any(${keys}::text[])` : sql``;
      const ofInstances =
        instanceIds.length > 0 ? sql`and instance_id = any(${instanceIds}::bigint[])` : sql``;
      const common = sql`organization_id = ${organizationId} and account_id = ${accountId} and at >= ${from} and at < ${to} ${ofKeys} ${ofInstances}`;
      const span = interval === 'minute' ? 'minute' : 'hour';
      const source =
        interval === 'second'
          ? sql`select at, status, coalesce(element_key, '') as element_key, coalesce(instance_id, 0) as instance_id, 1 as calls,
              duration_ms, provider_ms, duration_ms as longest_ms from usage_call where is_hub and ${common}`
          : sql`select * from usage_count where span = ${span} and ${common}`;
      const bucket =
        detail === 'instance' ? sql`${from}::timestamptz` : sql`date_trunc(${interval}, at, 'UTC')`;
      const status =
        detail === 'status' ? sql`status` : sql`case when status < ${firstFailure} then 200 else 400 end`;
      const element = detail === 'element' || detail === 'instance' ? sql`element_key` : sql`''`;
      const instance = detail === 'instance' ? sql`instance_id` : sql`0`;
      const { rows } = await sql<Omit<Sum, 'startMs'> & { start: Date }>`
        select ${bucket} as start, ${status} as status, ${element} as "elementKey", ${instance} as "instanceId",
          sum(calls)::bigint as calls, sum(duration_ms)::bigint as "durationMs", sum(provider_ms)::bigint as "providerMs",
          max(longest_ms) as "longestMs"
        from (${source}) as counted group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(db);
      return rows.map(({ start, ...sum }) => ({ startMs: start.getTime(), ...sum }));
    },

    /** What accounts are called, of those that are still connected. */
    async instanceNames({ organizationId }: Scope, ids: readonly number[]): Promise<Map<number, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('instance')
        .select(['id', 'name'])
        .where('organization_id', '=', organizationId)
        .where('id', 'in', ids)
        .execute();
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
  };
}

/** Steps of a call are kept up to this number, too. */
const mostHooks = 50;

function exchanges(db: Db) {
  const filtered = (filter: ExchangeFilter) => {
    const { organizationId, accountId, instanceId, elementKey, requestId, traceTag } = filter;
    let query = db
      .selectFrom('usage_exchange')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('account_id', '=', accountId)
      .where('is_hook', '=', false);
    if (instanceId !== undefined) query = query.where('instance_id', '=', instanceId);
    if (elementKey !== undefined) query = query.where('element_key', '=', elementKey);
    if (requestId !== undefined) query = query.where('request_id', '=', requestId);
    if (traceTag !== undefined) query = query.where('trace_tag', '=', traceTag);
    return query;
  };
  return {
    /** The newest first. */
    listExchanges(
      filter: ExchangeFilter,
      page: { limit: number; beforeId: number | undefined },
    ): Promise<ExchangeRow[]> {
      let query = filtered(filter);
      if (page.beforeId !== undefined) query = query.where('id', '<', page.beforeId);
      return query.orderBy('id', 'desc').limit(page.limit).execute();
    },

    /** What hooks of one call gave, the first first. */
    listHooks({ organizationId, accountId }: Scope, requestId: string): Promise<ExchangeRow[]> {
      return db
        .selectFrom('usage_exchange')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where('account_id', '=', accountId)
        .where('request_id', '=', requestId)
        .where('is_hook', '=', true)
        .orderBy('id')
        .limit(mostHooks)
        .execute();
    },

    async removeExchanges({ organizationId, accountId }: Scope, instanceId: number): Promise<void> {
      await db
        .deleteFrom('usage_exchange')
        .where('organization_id', '=', organizationId)
        .where('account_id', '=', accountId)
        .where('instance_id', '=', instanceId)
        .execute();
    },
  };
}

function limits(db: Db) {
  return {
    async hasAccount(organizationId: number, accountId: number): Promise<boolean> {
      const row = await db
        .selectFrom('account')
        .select('id')
        .where('organization_id', '=', organizationId)
        .where('id', '=', accountId)
        .executeTakeFirst();
      return row !== undefined;
    },

    async setLimits({ organizationId, accountId }: Scope, wanted: readonly Limit[]): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('usage_limit')
          .where('organization_id', '=', organizationId)
          .where('account_id', '=', accountId)
          .execute();
        const rows = wanted.map((limit) => ({
          organization_id: organizationId,
          account_id: accountId,
          ...limit,
        }));
        if (rows.length > 0) await trx.insertInto('usage_limit').values(rows).execute();
      });
    },

    /** With what is used of each; of one account, or of all for the process that keeps them. */
    async limitsInUse(nowMs: number, scope?: Scope): Promise<AccountLimit[]> {
      const starts = periods.map((per) => sql`(${per}, ${new Date(startOf(per, nowMs))}::timestamptz)`);
      const ofScope = scope
        ? sql`where l.organization_id = ${scope.organizationId} and l.account_id = ${scope.accountId}`
        : sql``;
      const { rows } = await sql<AccountLimit>`
        select l.account_id as "accountId", l.per, l.calls, coalesce(sum(c.calls), 0)::bigint as used
        from usage_limit l
        join (values ${sql.join(starts)}) as period (per, start) on period.per = l.per
        left join usage_count c on c.organization_id = l.organization_id and c.account_id = l.account_id and c.passed
          and c.span = case when l.per = 'month' then 'day' else l.per end and c.at >= period.start
        ${ofScope}
        group by 1, 2, 3, period.start order by period.start desc`.execute(db);
      return rows;
    },
  };
}

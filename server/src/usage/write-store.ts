import { sql } from 'kysely';
import { toStorableJson } from '#platform/storage';
import type { CallRecord, CallStep } from './call-record.ts';
import type { Db, StoredStep } from './store.ts';
import type { Count } from './tally.ts';
import type { SealedBatch, SealedExchange } from './writer.ts';

/** What writes batches; each row carries its organization and its account. */
export function writing(db: Db) {
  return {
    /** In one transaction with the batch's number: a batch that was written before is left out. */
    async write(writerId: string, batchNumber: number, batch: SealedBatch): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const { rows } = await sql`
          insert into usage_writer as w (id, batch) values (${writerId}, ${batchNumber})
          on conflict (id) do update set batch = excluded.batch, seen_at = now() where w.batch < excluded.batch
          returning id`.execute(trx);
        if (rows.length === 0) return;
        if (batch.calls.length > 0) await insertCalls(trx, batch.calls);
        if (batch.counts.length > 0) await addCounts(trx, batch.counts);
        if (batch.exchanges.length > 0) await insertExchanges(trx, batch.exchanges);
      });
    },

    insertExchanges: (rows: SealedExchange[]) => insertExchanges(db, rows),
  };
}

async function insertCalls(db: Db, calls: CallRecord[]): Promise<void> {
  const rows = calls.map(({ hubCall, ...call }) => ({
    organization_id: call.organizationId,
    account_id: call.accountId,
    user_id: call.userId,
    at: new Date(call.atMs),
    request_id: call.requestId,
    method: call.method,
    uri: call.uri,
    ip: call.ip,
    status: call.status,
    duration_ms: call.durationMs,
    is_hub: hubCall !== undefined,
    instance_id: hubCall?.connected?.instanceId,
    element_key: hubCall?.connected?.elementKey,
    element_name: hubCall?.connected?.elementName,
    hub: hubCall?.connected?.hub,
    tags: hubCall?.connected && toArrayText(hubCall.connected.tags),
    provider_status: hubCall?.providerStatus,
    provider_ms: hubCall && Math.round(hubCall.providerMs),
    provider_calls: hubCall?.providerCalls,
    message: call.message,
    provider_message: call.providerMessage,
    steps: hubCall && toStepsText(call, hubCall.steps),
  }));
  const columns = sql.raw(callColumns.map(([name]) => name).join(', '));
  const values = sql.raw(callColumns.map(([name]) => (name === 'tags' ? 'tags::text[]' : name)).join(', '));
  await sql`insert into usage_call (${columns}) select ${values} from ${given(rows, callColumns)}`.execute(
    db,
  );
}

const callColumns = [
  ['organization_id', 'bigint'],
  ['account_id', 'bigint'],
  ['user_id', 'bigint'],
  ['at', 'timestamptz'],
  ['request_id', 'text'],
  ['method', 'text'],
  ['uri', 'text'],
  ['ip', 'text'],
  ['status', 'smallint'],
  ['duration_ms', 'integer'],
  ['is_hub', 'boolean'],
  ['instance_id', 'bigint'],
  ['element_key', 'text'],
  ['element_name', 'text'],
  ['hub', 'text'],
  // As the text of an array: a list of lists would be one list.
  ['tags', 'text'],
  ['provider_status', 'smallint'],
  ['provider_ms', 'integer'],
  ['provider_calls', 'integer'],
  ['message', 'text'],
  ['provider_message', 'text'],
  ['steps', 'jsonb'],
] as const;

/** Times from the beginning of the call on; hooks are quick, so tenths of milliseconds. */
function toStepsText({ atMs }: Pick<CallRecord, 'atMs'>, steps: readonly CallStep[]): string | undefined {
  const rounded = (ms: number) => Math.round(Math.max(0, ms) * 10) / 10;
  if (steps.length === 0) return undefined;
  const stored = steps.map(({ startedAtMs, durationMs, ...step }): StoredStep => ({
    ...step,
    startMs: rounded(startedAtMs - atMs),
    durationMs: rounded(durationMs),
  }));
  return toStorableJson(stored);
}

/**
 * As PostgreSQL writes an array. The driver would escape each element, which most need not: rows of calls are many.
 *
 * PostgreSQL's text has no zero byte; one in a name must not hold up a batch. The driver sees to halves of characters.
 */
function toArrayText(values: readonly unknown[]): string {
  const elements = values.map((value) => {
    if (value === undefined || value === null) return 'NULL';
    if (value instanceof Date) return value.toISOString();
    if (typeof value !== 'string') return String(value);
    return `"${unusual.test(value) ? value.replaceAll('\0', '').replaceAll(/["\\]/g, '\\$&') : value}"`;
  });
  return `{${elements.join()}}`;
}

const unusual = /["\\\0]/;

const countColumns = [
  ['organization_id', 'bigint'],
  ['account_id', 'bigint'],
  ['span', 'text'],
  ['at', 'timestamptz'],
  ['instance_id', 'bigint'],
  ['element_key', 'text'],
  ['status', 'smallint'],
  ['passed', 'boolean'],
  ['calls', 'bigint'],
  ['duration_ms', 'bigint'],
  ['provider_ms', 'bigint'],
  ['longest_ms', 'integer'],
] as const;

/** Rows as a list for each column: PostgreSQL takes half as long again to read them from one JSON text. */
function given<Name extends string>(
  rows: readonly Partial<Record<Name, unknown>>[],
  columns: readonly (readonly [name: Name, type: string])[],
) {
  const lists = columns.map(
    ([name, type]) => sql`${toArrayText(rows.map((row) => row[name]))}::${sql.raw(type)}[]`,
  );
  const names = sql.raw(columns.map(([name]) => name).join(', '));
  return sql`unnest(${sql.join(lists)}) as given (${names})`;
}

/** In one order, so that two processes that add to the same rows do not wait for each other in a circle. */
async function addCounts(db: Db, counts: Count[]): Promise<void> {
  const rows = counts.map((count) => ({
    organization_id: count.organizationId,
    account_id: count.accountId,
    span: count.span,
    at: new Date(count.atMs),
    instance_id: count.instanceId,
    element_key: count.elementKey,
    status: count.status,
    passed: count.passed,
    calls: count.calls,
    duration_ms: count.durationMs,
    provider_ms: count.providerMs,
    longest_ms: count.longestMs,
  }));
  const columns = sql.raw(countColumns.map(([name]) => name).join(', '));
  const sums = sql.raw('sum(calls), sum(duration_ms), sum(provider_ms), max(longest_ms)');
  await sql`
    with given as materialized (select * from ${given(rows, countColumns)})
    insert into usage_count as c (${columns})
    select * from (
      select ${columns} from given where span = 'minute'
      union all
      select organization_id, account_id, 'hour', date_trunc('hour', at, 'UTC'), instance_id, element_key, status, passed,
        ${sums} from given group by 1, 2, 4, 5, 6, 7, 8
      union all
      select organization_id, account_id, 'day', date_trunc('day', at, 'UTC'), 0, '', 0, true, ${sums}
        from given where passed group by 1, 2, 4
    ) as added (${columns})
    order by organization_id, account_id, span, at, instance_id, element_key, status, passed
    on conflict (organization_id, account_id, span, at, instance_id, element_key, status, passed) do update set
      calls = c.calls + excluded.calls, duration_ms = c.duration_ms + excluded.duration_ms,
      provider_ms = c.provider_ms + excluded.provider_ms, longest_ms = greatest(c.longest_ms, excluded.longest_ms)`.execute(
    db,
  );
}

async function insertExchanges(db: Db, exchanges: SealedExchange[]): Promise<void> {
  await db
    .insertInto('usage_exchange')
    .values(
      exchanges.map((one) => ({
        organization_id: one.organizationId,
        account_id: one.accountId,
        instance_id: one.instanceId ?? null,
        element_key: one.elementKey,
        request_id: one.requestId,
        trace_tag: one.traceTag ?? null,
        at: new Date(one.atMs),
        is_hook: one.isHook,
        box: one.box,
      })),
    )
    .execute();
}

/** Rows that one deletion takes: a longer one would hold up others. */
const rowsAtOnce = 5_000;

/** What is older than it is kept, of all tenants. Each answers whether there may be more. */
export function ageing(db: Db) {
  const isMore = (rows: { numAffectedRows?: bigint | undefined }) =>
    Number(rows.numAffectedRows ?? 0) >= rowsAtOnce;
  /** Ids grow with time, so only the smallest need to be looked at. */
  const oldest = async (table: 'usage_call' | 'usage_exchange', before: Date, mostRows: number) =>
    isMore(
      await sql`
        delete from ${sql.table(table)} where id in (
          select id from (select id, at from ${sql.table(table)} order by id limit ${rowsAtOnce} for update skip locked) as oldest
          where at < ${before} or id <= (select max(id) from ${sql.table(table)}) - ${mostRows}
        )`.execute(db),
    );
  return {
    removeOldCalls: (before: Date, mostRows: number) => oldest('usage_call', before, mostRows),
    removeOldExchanges: (before: Date, mostRows: number) => oldest('usage_exchange', before, mostRows),
    removeOldCounts: async (spans: string[], before: Date) =>
      isMore(
        await sql`
          delete from usage_count where ctid in (
            select ctid from usage_count where span = any(${spans}::text[]) and at < ${before} limit ${rowsAtOnce}
          )`.execute(db),
      ),
    async removeOldWriters(before: Date): Promise<void> {
      await sql`delete from usage_writer where seen_at < ${before}`.execute(db);
    },
  };
}

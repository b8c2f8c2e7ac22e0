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
  const names = namesOf(callColumns);
  const values = sql.raw(callColumns.map(([name]) => (name === 'tags' ? 'tags::text[]' : name)).join(', '));
  await sql`insert into usage_call (${names}) select ${values} from ${given(calls, callColumns)}`.execute(db);
}

/** What a table's column is called, its type, and where its value stands. */
type Column<Row> = readonly [name: string, type: string, read: (row: Row) => unknown];

const callColumns: Column<CallRecord>[] = [
  ['organization_id', 'bigint', (call) => call.organizationId],
  ['account_id', 'bigint', (call) => call.accountId],
  ['user_id', 'bigint', (call) => call.userId],
  ['at', 'timestamptz', (call) => new Date(call.atMs)],
  ['request_id', 'text', (call) => call.requestId],
  ['method', 'text', (call) => call.method],
  ['uri', 'text', (call) => call.uri],
  ['ip', 'text', (call) => call.ip],
  ['status', 'smallint', (call) => call.status],
  ['duration_ms', 'integer', (call) => call.durationMs],
  ['is_hub', 'boolean', ({ hubCall }) => hubCall !== undefined],
  ['instance_id', 'bigint', ({ hubCall }) => hubCall?.connected?.instanceId],
  ['element_key', 'text', ({ hubCall }) => hubCall?.connected?.elementKey],
  ['element_name', 'text', ({ hubCall }) => hubCall?.connected?.elementName],
  ['hub', 'text', ({ hubCall }) => hubCall?.connected?.hub],
  // As the text of an array: a list of lists would be one list.
  ['tags', 'text', ({ hubCall }) => hubCall?.connected && toArrayText(hubCall.connected.tags)],
  ['provider_status', 'smallint', ({ hubCall }) => hubCall?.providerStatus],
  ['provider_ms', 'integer', ({ hubCall }) => hubCall && Math.round(hubCall.providerMs)],
  ['provider_calls', 'integer', ({ hubCall }) => hubCall?.providerCalls],
  ['message', 'text', (call) => call.message],
  ['provider_message', 'text', (call) => call.providerMessage],
  ['steps', 'jsonb', (call) => call.hubCall && toStepsText(call, call.hubCall.steps)],
];

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

const countColumns: Column<Count>[] = [
  ['organization_id', 'bigint', (count) => count.organizationId],
  ['account_id', 'bigint', (count) => count.accountId],
  ['span', 'text', (count) => count.span],
  ['at', 'timestamptz', (count) => new Date(count.atMs)],
  ['instance_id', 'bigint', (count) => count.instanceId],
  ['element_key', 'text', (count) => count.elementKey],
  ['status', 'smallint', (count) => count.status],
  ['passed', 'boolean', (count) => count.passed],
  ['calls', 'bigint', (count) => count.calls],
  ['duration_ms', 'bigint', (count) => count.durationMs],
  ['provider_ms', 'bigint', (count) => count.providerMs],
  ['longest_ms', 'integer', (count) => count.longestMs],
];

/** Rows as a list for each column: PostgreSQL takes half as long again to read them from one JSON text. */
function given<Row>(rows: readonly Row[], columns: readonly Column<Row>[]) {
  const lists = columns.map(([, type, read]) => sql`${toArrayText(rows.map(read))}::${sql.raw(type)}[]`);
  return sql`unnest(${sql.join(lists)}) as given (${namesOf(columns)})`;
}

function namesOf<Row>(columns: readonly Column<Row>[]) {
  return sql.raw(columns.map(([name]) => name).join(', '));
}

/** In one order, so that two processes that add to the same rows do not wait for each other in a circle. */
async function addCounts(db: Db, counts: Count[]): Promise<void> {
  const columns = namesOf(countColumns);
  const sums = sql.raw('sum(calls), sum(duration_ms), sum(provider_ms), max(longest_ms)');
  await sql`
    with given as materialized (select * from ${given(counts, countColumns)})
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

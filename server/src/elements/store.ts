import { sql } from 'kysely';
import type { Generated, Selectable } from 'kysely';
import type { DatabaseTransaction, Storage } from '#platform/storage';
import type { Scope } from './catalog.ts';

interface ElementTable {
  id: Generated<number>;
  organization_id: number;
  account_id: number;
  key: string;
  /** Key of the catalog's element whose resources this row adds to; null for an element of its own. */
  extends: string | null;
  definition: string;
  /** JSON text, as the definition. */
  summary: string;
  version: Generated<number>;
  /** The driver gives items of a bigint[] as text. */
  shared_with: Generated<(number | string)[]>;
  updated_at: Generated<Date>;
}

export type ElementRow = Selectable<ElementTable>;
export type ElementSummaryRow = Pick<ElementRow, 'id' | 'account_id' | 'summary'>;

export interface ElementChange {
  definition?: string;
  summary?: string;
  shared_with?: number[];
}

/**
 * Channel on which every change is told to all processes: `e<id>` for an element of its own,
 * `x<account>:<key>` for an account's resources on an element of the catalog.
 */
export const changeChannel = 'element_changed';

export function changeMark(row: Pick<ElementRow, 'id' | 'account_id' | 'extends'>): string {
  return row.extends === null ? `e${row.id}` : `x${row.account_id}:${row.extends}`;
}

type Tables = { element: ElementTable };

/** All SQL of customers' elements; every query carries its organization. */
export function createStore(storage: Storage) {
  const base = storage.db.$extendTables<Tables>();
  const within = (trx?: DatabaseTransaction) => trx?.$extendTables<Tables>() ?? base;

  /** What an account may see: its own, and what others of its organization have shared with it. */
  const visible = (scope: Scope, trx?: DatabaseTransaction) =>
    within(trx)
      .selectFrom('element')
      .where('organization_id', '=', scope.organizationId)
      .where('extends', 'is', null)
      .where((of) =>
        of.or([
          of('account_id', '=', scope.accountId),
          sql<boolean>`shared_with @> array[${scope.accountId}]::bigint[]`,
        ]),
      );

  return {
    findById(scope: Scope, id: number, trx?: DatabaseTransaction): Promise<ElementRow | undefined> {
      return visible(scope, trx).selectAll().where('id', '=', id).executeTakeFirst();
    },

    /** The account's own before one that is shared with it. */
    findByKey(scope: Scope, key: string): Promise<ElementRow | undefined> {
      return visible(scope)
        .selectAll()
        .where('key', '=', key)
        .orderBy(sql`account_id = ${scope.accountId}`, 'desc')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
    },

    findExtension(scope: Scope, key: string, trx?: DatabaseTransaction): Promise<ElementRow | undefined> {
      return within(trx)
        .selectFrom('element')
        .selectAll()
        .where('organization_id', '=', scope.organizationId)
        .where('account_id', '=', scope.accountId)
        .where('extends', '=', key)
        .executeTakeFirst();
    },

    /** All of them without a page. */
    listSummaries(scope: Scope, page?: { limit: number; offset: number }): Promise<ElementSummaryRow[]> {
      let query = visible(scope).select(['id', 'account_id', 'summary']).orderBy('id');
      if (page) query = query.limit(page.limit).offset(page.offset);
      return query.execute();
    },

    async count(scope: Scope): Promise<number> {
      const row = await visible(scope)
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },

    async listKeys(scope: Scope): Promise<string[]> {
      const rows = await visible(scope).select('key').distinct().orderBy('key').execute();
      return rows.map(({ key }) => key);
    },

    async listExtended(scope: Scope): Promise<string[]> {
      const rows = await base
        .selectFrom('element')
        .select('extends')
        .where('organization_id', '=', scope.organizationId)
        .where('account_id', '=', scope.accountId)
        .where('extends', 'is not', null)
        .execute();
      return rows.flatMap((row) => row.extends ?? []);
    },

    async nextId(): Promise<number> {
      const { rows } = await sql<{ id: number }>`select nextval('element_id') as id`.execute(base);
      return Number(rows[0]?.id);
    },

    async insert(
      row: Pick<
        ElementRow,
        'id' | 'organization_id' | 'account_id' | 'key' | 'extends' | 'definition' | 'summary'
      >,
      trx?: DatabaseTransaction,
    ): Promise<void> {
      await within(trx).insertInto('element').values(row).execute();
      await sql`select pg_notify(${changeChannel}, ${changeMark(row)})`.execute(within(trx));
    },

    async update(row: ElementRow, change: ElementChange, trx: DatabaseTransaction): Promise<void> {
      await within(trx)
        .updateTable('element')
        .set({
          ...change,
          version: sql`version + 1` as never,
          updated_at: sql`now()` as never,
        })
        .where('organization_id', '=', row.organization_id)
        .where('id', '=', row.id)
        .execute();
      await sql`select pg_notify(${changeChannel}, ${changeMark(row)})`.execute(trx);
    },

    async remove(row: ElementRow, trx: DatabaseTransaction): Promise<void> {
      await within(trx)
        .deleteFrom('element')
        .where('organization_id', '=', row.organization_id)
        .where('id', '=', row.id)
        .execute();
      await sql`select pg_notify(${changeChannel}, ${changeMark(row)})`.execute(trx);
    },

    /** Whether an account is one of the organization. */
    async hasAccount(organizationId: number, accountId: number): Promise<boolean> {
      const { rows } = await sql`
        select 1 from account
        where organization_id = ${organizationId} and id = ${accountId} and deleted_at is null`.execute(base);
      return rows.length > 0;
    },
  };
}

export type ElementStore = ReturnType<typeof createStore>;

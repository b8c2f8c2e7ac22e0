import { type Insertable, type Kysely, type Selectable, type Updateable, sql } from 'kysely';
import type { Database, DatabaseTransaction } from '#platform/storage';
import type { Tables } from './store.ts';

export type AccountRow = Selectable<Tables['account']>;
export type AccountStore = ReturnType<typeof createAccountStore>;
export type OrganizationRow = Selectable<Tables['organization']>;

/** Which accounts a list is about; deleted ones are never in it. */
export interface AccountFilter {
  organizationId: number;
  /** Also those that are switched off. */
  withInactive: boolean;
}

/** SQL of accounts and of organizations. */
export function createAccountStore(database: Database | DatabaseTransaction) {
  const db: Kysely<Tables> = database.$extendTables<Tables>();
  const filtered = ({ organizationId, withInactive }: AccountFilter) => {
    const query = db
      .selectFrom('account')
      .where('organization_id', '=', organizationId)
      .where('deleted_at', 'is', null);
    return withInactive ? query : query.where('active', '=', true);
  };
  return {
    /** Deleted ones too: they can be brought back. */
    find: (organizationId: number, id: number): Promise<AccountRow | undefined> =>
      db
        .selectFrom('account')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .executeTakeFirst(),

    findDefault: (organizationId: number): Promise<AccountRow> =>
      db
        .selectFrom('account')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where('is_default', '=', true)
        .executeTakeFirstOrThrow(),

    /** In any organization: what is somebody else's is forbidden, what is nobody's is not found. */
    async exists(id: number): Promise<boolean> {
      const row = await db.selectFrom('account').select('id').where('id', '=', id).executeTakeFirst();
      return row !== undefined;
    },

    /** All of them without a page. */
    list(filter: AccountFilter, page?: { limit: number; offset: number }): Promise<AccountRow[]> {
      const query = filtered(filter).selectAll().orderBy('id');
      return (page ? query.limit(page.limit).offset(page.offset) : query).execute();
    },

    async count(filter: AccountFilter): Promise<number> {
      const { total } = await filtered(filter)
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(total);
    },

    async externalIdIsTaken(organizationId: number, externalId: string, besides?: number): Promise<boolean> {
      const row = await db
        .selectFrom('account')
        .select('id')
        .where('organization_id', '=', organizationId)
        .where('external_id', '=', externalId)
        .where('deleted_at', 'is', null)
        .where('id', '!=', besides ?? 0)
        .executeTakeFirst();
      return row !== undefined;
    },

    insert: (row: Insertable<Tables['account']>) => db.insertInto('account').values(row).execute(),

    update: (organizationId: number, id: number, change: Updateable<Tables['account']>) =>
      db
        .updateTable('account')
        .set({ ...change, updated_at: sql`now()` as never })
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .execute(),

    getOrganization: (id: number): Promise<OrganizationRow> =>
      db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),

    findOrganization: (id: number): Promise<OrganizationRow | undefined> =>
      db
        .selectFrom('organization')
        .selectAll()
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst(),

    updateOrganization: (id: number, change: Updateable<Tables['organization']>) =>
      db
        .updateTable('organization')
        .set({ ...change, updated_at: sql`now()` as never })
        .where('id', '=', id)
        .execute(),
  };
}

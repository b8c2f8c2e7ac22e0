import type { Kysely } from 'kysely';
import type { Database } from '#platform/storage';
import type { Tables } from './store.ts';

/** Whose identity providers: an account's, or with null those of the whole organization. */
export interface ProviderScope {
  organizationId: number;
  accountId: number | null;
}

export interface ProviderRow {
  id: number;
  document: string;
}

/** SQL of identity providers. */
export function createProviderStore(database: Database) {
  const db: Kysely<Tables> = database.$extendTables<Tables>();
  const within = ({ organizationId, accountId }: ProviderScope) =>
    db
      .selectFrom('identity_provider')
      .select(['id', 'document'])
      .where('organization_id', '=', organizationId)
      .where('account_id', 'is not distinct from', accountId);
  return {
    list: (scope: ProviderScope): Promise<ProviderRow[]> => within(scope).orderBy('id').execute(),

    find: (scope: ProviderScope, id: number): Promise<ProviderRow | undefined> =>
      within(scope).where('id', '=', id).executeTakeFirst(),

    /** In any organization: whoever asks for the metadata of one has no credentials yet. */
    async exists(id: number): Promise<boolean> {
      const row = await db
        .selectFrom('identity_provider')
        .select('id')
        .where('id', '=', id)
        .executeTakeFirst();
      return row !== undefined;
    },

    async insert({ organizationId, accountId }: ProviderScope, document: string): Promise<number> {
      const { id } = await db
        .insertInto('identity_provider')
        .values({ organization_id: organizationId, account_id: accountId, document })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    update: ({ organizationId }: ProviderScope, id: number, document: string) =>
      db
        .updateTable('identity_provider')
        .set({ document })
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .execute(),

    remove: ({ organizationId }: ProviderScope, id: number) =>
      db
        .deleteFrom('identity_provider')
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .execute(),
  };
}

export type ProviderStore = ReturnType<typeof createProviderStore>;

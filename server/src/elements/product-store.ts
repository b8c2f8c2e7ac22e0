import type { Generated, Insertable, Selectable, Updateable } from 'kysely';
import type { Storage } from '#platform/storage';
import type { Scope } from './catalog.ts';

interface ProductTable {
  id: Generated<number>;
  organization_id: number;
  account_id: number;
  element_id: number | null;
  product_ref_id: string | null;
  provider: string;
  type: string;
  description: string | null;
}

export type ProductRow = Selectable<ProductTable>;
export type ProductFields = Omit<Insertable<ProductTable>, 'id' | 'organization_id' | 'account_id'>;

/** SQL of the products of marketplaces under which elements are sold. */
export function createProductStore(storage: Storage) {
  const db = storage.db.$extendTables<{ element_product: ProductTable }>();
  const within = ({ organizationId, accountId }: Scope) =>
    db
      .selectFrom('element_product')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('account_id', '=', accountId);
  return {
    list: (scope: Scope): Promise<ProductRow[]> => within(scope).orderBy('id').execute(),

    find: (scope: Scope, id: number): Promise<ProductRow | undefined> =>
      within(scope).where('id', '=', id).executeTakeFirst(),

    insert: ({ organizationId, accountId }: Scope, fields: ProductFields): Promise<ProductRow> =>
      db
        .insertInto('element_product')
        .values({ ...fields, organization_id: organizationId, account_id: accountId })
        .returningAll()
        .executeTakeFirstOrThrow(),

    update: ({ organizationId, accountId }: Scope, id: number, change: Updateable<ProductTable>) =>
      db
        .updateTable('element_product')
        .set(change)
        .where('organization_id', '=', organizationId)
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute(),

    remove: ({ organizationId, accountId }: Scope, id: number) =>
      db
        .deleteFrom('element_product')
        .where('organization_id', '=', organizationId)
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute(),
  };
}

export type ProductStore = ReturnType<typeof createProductStore>;

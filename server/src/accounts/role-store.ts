import { type Kysely, sql } from 'kysely';
import type { Database, DatabaseTransaction } from '#platform/storage';
import type { PrivilegeKey } from './privileges.ts';
import type { RoleChange } from './roles.ts';
import { type Tables, rolesOfUser } from './store.ts';

/** Who has roles: a user, or an account with all its users. */
export type RoleHolder = { userId: number } | { accountId: number };

/** SQL of roles: what an organization has changed of them, and who has which. */
export function createRoleStore(database: Database | DatabaseTransaction) {
  const db: Kysely<Tables> = database.$extendTables<Tables>();
  return {
    async listChanges(organizationId: number): Promise<RoleChange[]> {
      const rows = await db
        .selectFrom('role_change')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .execute();
      return rows.map(({ role_key, name, description, active, privileges }) => ({
        key: role_key,
        name,
        description,
        active,
        privileges: privileges as PrivilegeKey[],
      }));
    },

    async putChange(organizationId: number, change: RoleChange): Promise<void> {
      const { key, name, description, active } = change;
      const row = { name, description, active, privileges: [...change.privileges] };
      await db
        .insertInto('role_change')
        .values({ organization_id: organizationId, role_key: key, ...row })
        .onConflict((conflict) => conflict.columns(['organization_id', 'role_key']).doUpdateSet(row))
        .execute();
    },

    removeChanges: (organizationId: number) =>
      db.deleteFrom('role_change').where('organization_id', '=', organizationId).execute(),

    /** Of an account: those that it gives to all its users. */
    async listKeys(organizationId: number, accountId: number): Promise<string[]> {
      const rows = await db
        .selectFrom('account_role')
        .select('role_key')
        .where('organization_id', '=', organizationId)
        .where('account_id', '=', accountId)
        .execute();
      return rows.map(({ role_key }) => role_key);
    },

    /** False when the holder has the role already. */
    async grant(organizationId: number, holder: RoleHolder, key: string): Promise<boolean> {
      const common = { organization_id: organizationId, role_key: key };
      const query =
        'userId' in holder
          ? db.insertInto('user_role').values({ ...common, user_id: holder.userId })
          : db.insertInto('account_role').values({ ...common, account_id: holder.accountId });
      const { numInsertedOrUpdatedRows } = await query
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows) > 0;
    },

    /** False when the holder does not have the role. */
    async revoke(organizationId: number, holder: RoleHolder, key: string): Promise<boolean> {
      const query =
        'userId' in holder
          ? db.deleteFrom('user_role').where('user_id', '=', holder.userId)
          : db.deleteFrom('account_role').where('account_id', '=', holder.accountId);
      const { numDeletedRows } = await query
        .where('organization_id', '=', organizationId)
        .where('role_key', '=', key)
        .executeTakeFirst();
      return Number(numDeletedRows) > 0;
    },

    /** Users that can log in and have a role, their own or their account's. */
    async countHolders(organizationId: number, key: string): Promise<number> {
      const { total } = await db
        .selectFrom('app_user')
        .innerJoin('account', 'account.id', 'app_user.account_id')
        .select((of) => of.fn.countAll<number>().as('total'))
        .where('app_user.organization_id', '=', organizationId)
        .where('app_user.active', '=', true)
        .where('account.active', '=', true)
        .where(sql<boolean>`${key} = any(${rolesOfUser})`)
        .executeTakeFirstOrThrow();
      return Number(total);
    },
  };
}

export type RoleStore = ReturnType<typeof createRoleStore>;

import { type ExpressionBuilder, type Insertable, type Kysely, type Updateable, sql } from 'kysely';
import type { Database, DatabaseTransaction } from '#platform/storage';
import { createSessionStore } from './session-store.ts';
import { type Tables, emailIs, rolesOfUser } from './store.ts';

export type UserStore = ReturnType<typeof createUserStore>;
export type UserRow = NonNullable<Awaited<ReturnType<UserStore['find']>>>;
export type NewUserRow = Insertable<Tables['app_user']>;
export type UserChange = Updateable<Tables['app_user']>;

/** A user by id, or by e-mail however it is written. */
export type UserName = { id: number } | { email: string };

export interface UserScope {
  organizationId: number;
  /** Only those of one account. */
  accountId?: number | undefined;
  /** Only this one. */
  userId?: number | undefined;
}

const columns = [
  'app_user.id',
  'app_user.organization_id',
  'app_user.account_id',
  'app_user.email',
  'app_user.first_name',
  'app_user.last_name',
  'app_user.active',
  'app_user.external_id',
  'app_user.phone',
  'app_user.street1',
  'app_user.street2',
  'app_user.city',
  'app_user.state_province',
  'app_user.postal_code',
  'app_user.country',
  'app_user.password_hash',
  'app_user.password_changed_at',
  'app_user.secret_hash',
  'app_user.secret_sealed',
  'app_user.previous_secret_until',
  'app_user.created_at',
  sql<string | null>`to_char(app_user.last_login_date, 'YYYY-MM-DD')`.as('last_login_day'),
  rolesOfUser.as('role_keys'),
] as const;

/** SQL of the users of an organization; deleted ones are not there. */
export function createUserStore(database: Database | DatabaseTransaction) {
  const db: Kysely<Tables> = database.$extendTables<Tables>();
  const within = (scope: UserScope) => {
    let query = db
      .selectFrom('app_user')
      .where('app_user.organization_id', '=', scope.organizationId)
      .where('app_user.deleted_at', 'is', null);
    if (scope.accountId !== undefined) query = query.where('app_user.account_id', '=', scope.accountId);
    if (scope.userId !== undefined) query = query.where('app_user.id', '=', scope.userId);
    return query;
  };
  return {
    find: (scope: UserScope, name: UserName) =>
      within(scope)
        .select(columns)
        .where('id' in name ? idIs(name.id) : emailIs(name.email))
        .executeTakeFirst(),

    /** All of them without a page. */
    list(scope: UserScope, page?: { limit: number; offset: number }) {
      const query = within(scope).select(columns).orderBy('app_user.id');
      return (page ? query.limit(page.limit).offset(page.offset) : query).execute();
    },

    async count(scope: UserScope): Promise<number> {
      const { total } = await within(scope)
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(total);
    },

    /** In any organization: who is somebody else's is forbidden, who is nobody is not found. */
    async exists(id: number): Promise<boolean> {
      const row = await db
        .selectFrom('app_user')
        .select('id')
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** An e-mail is a login name: it is one user's in the whole installation. */
    async emailIsTaken(email: string): Promise<boolean> {
      const row = await db
        .selectFrom('app_user')
        .select('id')
        .where(emailIs(email))
        .where('deleted_at', 'is', null)
        .executeTakeFirst();
      return row !== undefined;
    },

    insert: (row: NewUserRow) => db.insertInto('app_user').values(row).execute(),

    update: (organizationId: number, id: number, change: UserChange) =>
      db
        .updateTable('app_user')
        .set({ ...change, updated_at: sql`now()` as never })
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .execute(),

    /** Marks users as deleted, so that they can neither log in nor call, and frees their e-mails. */
    remove: (scope: UserScope) =>
      db
        .updateTable('app_user')
        .set({ active: false, deleted_at: sql`now()` as never, updated_at: sql`now()` as never })
        .where('organization_id', '=', scope.organizationId)
        .where('deleted_at', 'is', null)
        .$if(scope.accountId !== undefined, (q) => q.where('account_id', '=', scope.accountId ?? 0))
        .$if(scope.userId !== undefined, (q) => q.where('id', '=', scope.userId ?? 0))
        .execute(),

    /** Login tokens and sessions. */
    async endLogins(organizationId: number, userId: number): Promise<void> {
      await db
        .deleteFrom('login_token')
        .where('organization_id', '=', organizationId)
        .where('user_id', '=', userId)
        .execute();
      await createSessionStore(database).removeOf(organizationId, userId);
    },

    /** The hashes of the passwords before the one in use, the newest first. */
    async listPasswords(organizationId: number, userId: number, limit: number): Promise<string[]> {
      const rows = await db
        .selectFrom('password_history')
        .select('password_hash')
        .where('organization_id', '=', organizationId)
        .where('user_id', '=', userId)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ password_hash }) => password_hash);
    },

    /** Notes the password that is replaced; only the last `keep` are kept. */
    async addPassword(organizationId: number, userId: number, hash: string, keep: number): Promise<void> {
      await db
        .insertInto('password_history')
        .values({ organization_id: organizationId, user_id: userId, password_hash: hash })
        .execute();
      const older = db
        .selectFrom('password_history')
        .select('id')
        .where('organization_id', '=', organizationId)
        .where('user_id', '=', userId)
        .orderBy('id', 'desc')
        .offset(keep);
      await db
        .deleteFrom('password_history')
        .where('organization_id', '=', organizationId)
        .where('id', 'in', older)
        .execute();
    },
  };
}

function idIs(id: number) {
  return (eb: ExpressionBuilder<Tables, 'app_user'>) => eb('app_user.id', '=', id);
}

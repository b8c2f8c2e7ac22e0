import { type ExpressionBuilder, type Generated, type Kysely, sql } from 'kysely';
import type { Database, DatabaseTransaction } from '#platform/storage';
import type { RoleChange } from './roles.ts';

/* A type, since Kysely does not take an interface here. */
type Tables = {
  organization: {
    id: Generated<number>;
    name: string;
    data_key_wrapped: Buffer;
    secret_hash: Buffer;
    secret_sealed: Buffer;
  };
  account: { id: Generated<number>; organization_id: number; name: string; is_default: boolean };
  app_user: {
    id: Generated<number>;
    organization_id: number;
    account_id: number;
    email: string;
    first_name: Generated<string>;
    last_name: Generated<string>;
    password_hash: string;
    secret_hash: Buffer;
    secret_sealed: Buffer;
    active: Generated<boolean>;
    last_login_date: string | null;
  };
  user_role: { organization_id: number; user_id: number; role_key: string };
  login_token: { token_hash: Buffer; organization_id: number; user_id: number; expires_at: Date };
};

export type IdSequence = 'organization' | 'account' | 'app_user';

export type AccountStore = ReturnType<typeof createStore>;

/** All SQL of this module, on the database or inside a transaction. */
export function createStore(database: Database | DatabaseTransaction) {
  const db: Kysely<Tables> = database.$extendTables<Tables>();
  return { ...queriesForCallers(db), ...queriesForLogin(db), ...queriesForSetUp(db) };
}

/** The roles of a user: its own, and those of its account. */
const rolesOfUser = sql<string[]>`array(
  select role_key from user_role
  where user_role.organization_id = app_user.organization_id and user_role.user_id = app_user.id
  union
  select role_key from account_role
  where account_role.organization_id = app_user.organization_id and account_role.account_id = app_user.account_id)`;

const changedRoles = sql<RoleChange[]>`coalesce(
  (select json_agg(json_build_object('key', role_key, 'name', name, 'description', description,
     'active', active, 'privileges', privileges))
   from role_change where role_change.organization_id = app_user.organization_id), '[]')`;

const callerColumns = [
  'app_user.id as userId',
  'app_user.account_id as accountId',
  'app_user.organization_id as organizationId',
  'app_user.email',
  'app_user.first_name as firstName',
  'app_user.last_name as lastName',
  'app_user.active',
  rolesOfUser.as('roleKeys'),
  changedRoles.as('roleChanges'),
] as const;

function queriesForCallers(db: Kysely<Tables>) {
  return {
    findCallerBySecret: (userSecretHash: Buffer) =>
      db
        .selectFrom('app_user')
        .innerJoin('organization', 'organization.id', 'app_user.organization_id')
        .select([...callerColumns, 'organization.secret_hash as organizationSecretHash'])
        .where('app_user.secret_hash', '=', userSecretHash)
        .executeTakeFirst(),

    findCallerByLoginToken: (tokenHash: Buffer, now: Date) =>
      db
        .selectFrom('login_token')
        .innerJoin('app_user', (join) =>
          join
            .onRef('app_user.id', '=', 'login_token.user_id')
            .onRef('app_user.organization_id', '=', 'login_token.organization_id'),
        )
        .select(callerColumns)
        .where('login_token.token_hash', '=', tokenHash)
        .where('login_token.expires_at', '>', now)
        .executeTakeFirst(),
  };
}

function queriesForLogin(db: Kysely<Tables>) {
  return {
    findLogin: (email: string) =>
      db
        .selectFrom('app_user')
        .select([
          'id as userId',
          'organization_id as organizationId',
          'password_hash as passwordHash',
          'active',
        ])
        .where(emailIs(email))
        .executeTakeFirst(),

    async addLoginToken(token: {
      hash: Buffer;
      organizationId: number;
      userId: number;
      now: Date;
      expiresAt: Date;
    }) {
      await db.deleteFrom('login_token').where('expires_at', '<=', token.now).execute();
      await db
        .insertInto('login_token')
        .values({
          token_hash: token.hash,
          organization_id: token.organizationId,
          user_id: token.userId,
          expires_at: token.expiresAt,
        })
        .execute();
    },

    getSealedSecrets: (organizationId: number, userId: number) =>
      db
        .selectFrom('app_user')
        .innerJoin('organization', 'organization.id', 'app_user.organization_id')
        .select(['app_user.secret_sealed as userSecret', 'organization.secret_sealed as organizationSecret'])
        .where('app_user.organization_id', '=', organizationId)
        .where('app_user.id', '=', userId)
        .executeTakeFirstOrThrow(),

    setLastLoginDate: (organizationId: number, userId: number, day: string) =>
      db
        .updateTable('app_user')
        .set({ last_login_date: day })
        .where('organization_id', '=', organizationId)
        .where('id', '=', userId)
        .execute(),

    findWrappedKey: async (organizationId: number) =>
      (
        await db
          .selectFrom('organization')
          .select('data_key_wrapped as wrapped')
          .where('id', '=', organizationId)
          .executeTakeFirst()
      )?.wrapped,
  };
}

function queriesForSetUp(db: Kysely<Tables>) {
  return {
    /** The id of a row to come: what is sealed in the row is bound to it. */
    async takeId(table: IdSequence): Promise<number> {
      const { rows } = await sql<{
        id: number;
      }>`select nextval(pg_get_serial_sequence(${table}, 'id')) as id`.execute(db);
      const [row] = rows;
      if (!row) throw new Error(`table ${table} has no sequence for its ids`);
      return row.id;
    },

    findAnyOrganization: () =>
      db.selectFrom('organization').select('id').orderBy('id').limit(1).executeTakeFirst(),

    addOrganization: (row: {
      id: number;
      name: string;
      dataKeyWrapped: Buffer;
      secretHash: Buffer;
      secretSealed: Buffer;
    }) =>
      db
        .insertInto('organization')
        .values({
          id: row.id,
          name: row.name,
          data_key_wrapped: row.dataKeyWrapped,
          secret_hash: row.secretHash,
          secret_sealed: row.secretSealed,
        })
        .execute(),

    addAccount: (row: { id: number; organizationId: number; name: string; isDefault: boolean }) =>
      db
        .insertInto('account')
        .values({
          id: row.id,
          organization_id: row.organizationId,
          name: row.name,
          is_default: row.isDefault,
        })
        .execute(),

    addUser: (row: {
      id: number;
      organizationId: number;
      accountId: number;
      email: string;
      firstName: string;
      lastName: string;
      passwordHash: string;
      secretHash: Buffer;
      secretSealed: Buffer;
    }) =>
      db
        .insertInto('app_user')
        .values({
          id: row.id,
          organization_id: row.organizationId,
          account_id: row.accountId,
          email: row.email,
          first_name: row.firstName,
          last_name: row.lastName,
          password_hash: row.passwordHash,
          secret_hash: row.secretHash,
          secret_sealed: row.secretSealed,
        })
        .execute(),

    grantRoles: (organizationId: number, userId: number, keys: readonly string[]) =>
      db
        .insertInto('user_role')
        .values(keys.map((key) => ({ organization_id: organizationId, user_id: userId, role_key: key })))
        .execute(),
  };
}

function emailIs(email: string) {
  return (eb: ExpressionBuilder<Tables, 'app_user'>) =>
    eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(email)]));
}

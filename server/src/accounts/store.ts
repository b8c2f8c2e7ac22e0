import { type ExpressionBuilder, type Generated, type Kysely, sql } from 'kysely';
import type { Database, DatabaseTransaction } from '#platform/storage';
import type { RoleChange } from './roles.ts';

/* A type, since Kysely does not take an interface here. */
export type Tables = {
  organization: {
    id: Generated<number>;
    name: string;
    data_key_wrapped: Buffer;
    secret_hash: Buffer;
    secret_sealed: Buffer;
    previous_secret_hash: Buffer | null;
    previous_secret_until: Date | null;
    password_policy: string | null;
    branding: string | null;
    updated_at: Generated<Date>;
    deleted_at: Date | null;
  };
  organization_image: {
    organization_id: number;
    kind: 'logo' | 'favicon';
    name: string;
    content_type: string;
    content: Buffer;
  };
  account: {
    id: Generated<number>;
    organization_id: number;
    name: string;
    is_default: boolean;
    external_id: string | null;
    description: string | null;
    active: Generated<boolean>;
    settings: Generated<string>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    deleted_at: Date | null;
  };
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
    external_id: string | null;
    phone: string | null;
    street1: string | null;
    street2: string | null;
    city: string | null;
    state_province: string | null;
    postal_code: string | null;
    country: string | null;
    password_changed_at: Generated<Date>;
    previous_secret_hash: Buffer | null;
    previous_secret_until: Date | null;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    deleted_at: Date | null;
  };
  password_history: {
    id: Generated<number>;
    organization_id: number;
    user_id: number;
    password_hash: string;
  };
  role_change: {
    organization_id: number;
    role_key: string;
    name: string;
    description: string;
    active: boolean;
    privileges: string[];
  };
  account_role: { organization_id: number; account_id: number; role_key: string };
  identity_provider: {
    id: Generated<number>;
    organization_id: number;
    account_id: number | null;
    document: string;
  };
  audit_entry: {
    id: Generated<number>;
    organization_id: number;
    account_id: number;
    user_id: number;
    email: string;
    action: string;
    method: string;
    path: string;
    request_id: string;
    done_at: Date;
  };
  user_role: { organization_id: number; user_id: number; role_key: string };
  login_token: { token_hash: Buffer; organization_id: number; user_id: number; expires_at: Date };
};

/**
 * Whoever changes a user, an account, a role or an organization notifies this channel with the organization's id, or
 * `*`; all processes then forget callers.
 */
export const CHANGES_CHANNEL = 'ligand_accounts';

export type IdSequence = 'organization' | 'account' | 'app_user';

export type CallerStore = ReturnType<typeof createStore>;

/** All SQL of this module, on the database or inside a transaction. */
export function createStore(database: Database | DatabaseTransaction) {
  const db: Kysely<Tables> = database.$extendTables<Tables>();
  return { ...queriesForCallers(db), ...queriesForLogin(db), ...queriesForSetUp(db) };
}

/** The roles of a user: its own, and those of its account. */
export const rolesOfUser = sql<string[]>`array(
  select role_key from user_role
  where user_role.organization_id = app_user.organization_id and user_role.user_id = app_user.id
  union
  select role_key from account_role
  where account_role.organization_id = app_user.organization_id and account_role.account_id = app_user.account_id)`;

const changedRoles = sql<RoleChange[]>`coalesce(
  (select json_agg(json_build_object('key', role_key, 'name', name, 'description', description,
     'active', active, 'privileges', privileges))
   from role_change where role_change.organization_id = app_user.organization_id), '[]')`;

export const callerColumns = [
  'app_user.id as userId',
  'app_user.account_id as accountId',
  'app_user.organization_id as organizationId',
  'app_user.email',
  'app_user.first_name as firstName',
  'app_user.last_name as lastName',
  'app_user.active',
  'account.active as accountActive',
  rolesOfUser.as('roleKeys'),
  changedRoles.as('roleChanges'),
] as const;

function queriesForCallers(db: Kysely<Tables>) {
  return {
    /** By the secret in use, or by the one before while it may still be used. */
    findCallerBySecret: (userSecretHash: Buffer, now: Date) =>
      db
        .selectFrom('app_user')
        .innerJoin('organization', 'organization.id', 'app_user.organization_id')
        .innerJoin('account', 'account.id', 'app_user.account_id')
        .select(callerColumns)
        .select([
          'app_user.secret_hash as secretHash',
          'app_user.previous_secret_until as previousUntil',
          'organization.secret_hash as organizationSecretHash',
          'organization.previous_secret_hash as organizationPreviousHash',
          'organization.previous_secret_until as organizationPreviousUntil',
        ])
        .where('app_user.deleted_at', 'is', null)
        .where('organization.deleted_at', 'is', null)
        .where((of) =>
          of.or([
            of('app_user.secret_hash', '=', userSecretHash),
            of.and([
              of('app_user.previous_secret_hash', '=', userSecretHash),
              of('app_user.previous_secret_until', '>', now),
            ]),
          ]),
        )
        .executeTakeFirst(),

    findCallerByLoginToken: (tokenHash: Buffer, now: Date) =>
      db
        .selectFrom('login_token')
        .innerJoin('app_user', (join) =>
          join
            .onRef('app_user.id', '=', 'login_token.user_id')
            .onRef('app_user.organization_id', '=', 'login_token.organization_id'),
        )
        .innerJoin('organization', 'organization.id', 'app_user.organization_id')
        .innerJoin('account', 'account.id', 'app_user.account_id')
        .select(callerColumns)
        .where('app_user.deleted_at', 'is', null)
        .where('organization.deleted_at', 'is', null)
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
        .innerJoin('organization', 'organization.id', 'app_user.organization_id')
        .innerJoin('account', 'account.id', 'app_user.account_id')
        .select([
          'app_user.id as userId',
          'app_user.account_id as accountId',
          'app_user.organization_id as organizationId',
          'app_user.email',
          'app_user.password_hash as passwordHash',
          'app_user.password_changed_at as passwordChangedAt',
          'organization.password_policy as passwordPolicy',
          sql<boolean>`app_user.active and account.active`.as('active'),
        ])
        .where(emailIs(email))
        .where('app_user.deleted_at', 'is', null)
        .where('organization.deleted_at', 'is', null)
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
      db
        .selectFrom('organization')
        .select('id')
        .where('deleted_at', 'is', null)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst(),

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

    /** Tells all processes, when the transaction is done, that what they know of an organization's callers is old. */
    async announce(organizationId: number): Promise<void> {
      await sql`select pg_notify(${CHANGES_CHANNEL}, ${String(organizationId)})`.execute(db);
    },
  };
}

/** However it is written. */
export function emailIs(email: string) {
  return (eb: ExpressionBuilder<Tables, 'app_user'>) =>
    eb(eb.fn<string>('lower', ['app_user.email']), '=', eb.fn<string>('lower', [eb.val(email)]));
}

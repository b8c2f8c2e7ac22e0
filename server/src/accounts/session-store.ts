import type { Kysely } from 'kysely';
import type { Database, DatabaseTransaction } from '#platform/storage';
import { type Tables, callerColumns } from './store.ts';

type SessionTables = Tables & {
  user_session: {
    token_hash: Buffer;
    organization_id: number;
    user_id: number;
    created_at: Date;
    expires_at: Date;
  };
};

export interface NewSession {
  hash: Buffer;
  organizationId: number;
  userId: number;
  now: Date;
  expiresAt: Date;
}

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Sessions by the hash of their token: it alone is known before anybody's organization is. */
export function createSessionStore(database: Database | DatabaseTransaction) {
  const db: Kysely<SessionTables> = database.$extendTables<SessionTables>();
  return {
    /** Those that are over go on the way. */
    async add({ hash, organizationId, userId, now, expiresAt }: NewSession): Promise<void> {
      await db.deleteFrom('user_session').where('expires_at', '<=', now).execute();
      await db
        .insertInto('user_session')
        .values({
          token_hash: hash,
          organization_id: organizationId,
          user_id: userId,
          created_at: now,
          expires_at: expiresAt,
        })
        .execute();
    },

    findCaller: (hash: Buffer, now: Date) =>
      db
        .selectFrom('user_session')
        .innerJoin('app_user', (join) =>
          join
            .onRef('app_user.id', '=', 'user_session.user_id')
            .onRef('app_user.organization_id', '=', 'user_session.organization_id'),
        )
        .innerJoin('organization', 'organization.id', 'app_user.organization_id')
        .innerJoin('account', 'account.id', 'app_user.account_id')
        .select(callerColumns)
        .select(['user_session.created_at as createdAt', 'user_session.expires_at as expiresAt'])
        .where('app_user.deleted_at', 'is', null)
        .where('organization.deleted_at', 'is', null)
        .where('user_session.token_hash', '=', hash)
        .where('user_session.expires_at', '>', now)
        .executeTakeFirst(),

    extend: (hash: Buffer, expiresAt: Date) =>
      db
        .updateTable('user_session')
        .set({ expires_at: expiresAt })
        .where('token_hash', '=', hash)
        .where('expires_at', '<', expiresAt)
        .execute(),

    /** Whose it was; undefined when it is over already. */
    remove: (hash: Buffer) =>
      db
        .deleteFrom('user_session')
        .where('token_hash', '=', hash)
        .returning(['organization_id as organizationId', 'user_id as userId'])
        .executeTakeFirst(),

    /** All of a user: the password has changed, or the user may not log in any more. */
    removeOf: (organizationId: number, userId: number) =>
      db
        .deleteFrom('user_session')
        .where('organization_id', '=', organizationId)
        .where('user_id', '=', userId)
        .execute(),
  };
}

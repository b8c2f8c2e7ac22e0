import type { Kysely } from 'kysely';
import type { Database, DatabaseTransaction } from '#platform/storage';

type SetUpTables = {
  set_up_link: { token_hash: Buffer; organization_id: number; user_id: number };
};

export interface SetUpLink {
  organizationId: number;
  userId: number;
}

export type SetUpStore = ReturnType<typeof createSetUpStore>;

/** Links by the hash of their token: who has one is nobody yet. */
export function createSetUpStore(database: Database | DatabaseTransaction) {
  const db: Kysely<SetUpTables> = database.$extendTables<SetUpTables>();
  const links = () =>
    db.selectFrom('set_up_link').select(['organization_id as organizationId', 'user_id as userId']);
  return {
    addLink: (hash: Buffer, { organizationId, userId }: SetUpLink) =>
      db
        .insertInto('set_up_link')
        .values({ token_hash: hash, organization_id: organizationId, user_id: userId })
        .execute(),
    findLink: (hash: Buffer) => links().where('token_hash', '=', hash).executeTakeFirst(),
    findAnyLink: () => links().limit(1).executeTakeFirst(),
    removeLinks: (organizationId: number, userId: number) =>
      db
        .deleteFrom('set_up_link')
        .where('organization_id', '=', organizationId)
        .where('user_id', '=', userId)
        .execute(),
  };
}

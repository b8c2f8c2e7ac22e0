import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Database } from '#platform/storage';
import { type Tables, callerColumns } from './store.ts';

interface ConnectTable {
  id: string;
  secret_hash: Buffer;
  organization_id: number;
  account_id: number;
  user_id: number;
  elements: string[];
  origin: string;
  name: string | null;
  tags: string[];
  configuration_sealed: Buffer;
  state_hash: Buffer | null;
  outcome_sealed: Buffer | null;
  opened_at: Date | null;
  ended_at: Date | null;
  /** The account that is connected again. */
  again_instance_id: number | null;
  /** What was connected in it. */
  instance_id: number | null;
  created_at: Date;
  expires_at: Date;
}

export type ConnectRow = Selectable<ConnectTable>;

/** Sessions of the widget: found by what the browser has, or by the organization that made them. */
export function createConnectStore(database: Database) {
  const db: Kysely<Tables & { connect_session: ConnectTable }> = database.$extendTables();
  const open = (now: Date) =>
    db.selectFrom('connect_session').selectAll().where('ended_at', 'is', null).where('expires_at', '>', now);
  return {
    /** Those that nobody can want to look at any more go on the way. */
    async add(row: ConnectRow, olderThan: Date): Promise<void> {
      await db.deleteFrom('connect_session').where('expires_at', '<', olderThan).execute();
      await db.insertInto('connect_session').values(row).execute();
    },

    find: (scope: { organizationId: number; accountId: number }, id: string) =>
      db
        .selectFrom('connect_session')
        .selectAll()
        .where('organization_id', '=', scope.organizationId)
        .where('account_id', '=', scope.accountId)
        .where('id', '=', id)
        .executeTakeFirst(),

    /** Tells nothing but where the widget may be shown: whoever has the id of a session may know. */
    findOrigin: (id: string, now: Date) => open(now).where('id', '=', id).executeTakeFirst(),

    /** Exchanges the token for the key; only the first who asks gets it. */
    open: (id: string, tokenHash: Buffer, keyHash: Buffer, times: { now: Date; until: Date }) =>
      db
        .updateTable('connect_session')
        .set({ secret_hash: keyHash, opened_at: times.now, expires_at: times.until })
        .where('id', '=', id)
        .where('secret_hash', '=', tokenHash)
        .where('opened_at', 'is', null)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', times.now)
        .returningAll()
        .executeTakeFirst(),

    findByKey: (id: string, keyHash: Buffer, now: Date) =>
      open(now)
        .where('id', '=', id)
        .where('secret_hash', '=', keyHash)
        .where('opened_at', 'is not', null)
        .executeTakeFirst(),

    findByState: (stateHash: Buffer, now: Date) =>
      open(now).where('state_hash', '=', stateHash).executeTakeFirst(),

    update: ({ organization_id, id }: ConnectRow, change: Updateable<ConnectTable>) =>
      db
        .updateTable('connect_session')
        .set(change)
        .where('organization_id', '=', organization_id)
        .where('id', '=', id)
        .execute(),

    /** False when another was faster. */
    async end({ organization_id, id }: ConnectRow, now: Date, instanceId: number | null): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('connect_session')
        .set({ ended_at: now, instance_id: instanceId, outcome_sealed: null, state_hash: null })
        .where('organization_id', '=', organization_id)
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    findCaller: ({ organization_id, user_id }: ConnectRow) =>
      db
        .selectFrom('app_user')
        .innerJoin('organization', 'organization.id', 'app_user.organization_id')
        .innerJoin('account', 'account.id', 'app_user.account_id')
        .select(callerColumns)
        .where('app_user.deleted_at', 'is', null)
        .where('organization.deleted_at', 'is', null)
        .where('app_user.organization_id', '=', organization_id)
        .where('app_user.id', '=', user_id)
        .executeTakeFirst(),
  };
}

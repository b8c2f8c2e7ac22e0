import { sql } from 'kysely';
import type { Database, DatabaseTransaction } from '#platform/storage';
import { changeChannel } from './store.ts';

/** A removed instance whose provider is to be told. */
export interface FarewellRow {
  id: number;
  organization_id: number;
  account_id: number;
  element_id: number;
  element_key: string;
  configuration: Record<string, string>;
  secrets_sealed: Buffer;
  /** How often it was taken, this time too. */
  tries: number;
}

const columns = sql.raw(
  'id, organization_id, account_id, element_id, element_key, configuration, secrets_sealed',
);

/** What is to be told is of all customers: any process tells it. */
export function createFarewellStore(db: Database) {
  return {
    /** Removes all of a user, an account or an organization, in the transaction that removes those; providers are to be told. */
    async removeOf(
      { organizationId, accountId, userId }: { organizationId: number; accountId?: number; userId?: number },
      trx: DatabaseTransaction,
    ): Promise<void> {
      await sql`
        with removed as (
          delete from instance
          where organization_id = ${organizationId}
            and ${accountId === undefined ? sql`true` : sql`account_id = ${accountId}`}
            and ${userId === undefined ? sql`true` : sql`user_id = ${userId}`}
          returning *
        ), kept as (insert into instance_farewell (${columns}) select ${columns} from removed)
        select pg_notify(${changeChannel}, id::text) from removed`.execute(trx);
    },

    /** Takes one that nobody is at. Who does not come back in `leaseMs` leaves it to others. */
    async take(leaseMs: number): Promise<FarewellRow | undefined> {
      const { rows } = await sql<FarewellRow>`
        update instance_farewell set tries = tries + 1, due_at = now() + make_interval(secs => ${leaseMs / 1000})
        where id = (
          select id from instance_farewell where due_at <= now() order by due_at limit 1 for update skip locked
        )
        returning ${columns}, tries`.execute(db);
      return rows[0];
    },

    async finish({ id, organization_id }: Pick<FarewellRow, 'id' | 'organization_id'>): Promise<void> {
      await sql`delete from instance_farewell where organization_id = ${organization_id} and id = ${id}`.execute(
        db,
      );
    },
  };
}

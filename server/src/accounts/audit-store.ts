import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '#platform/storage';
import type { Tables } from './store.ts';

export type NewAuditRow = Insertable<Tables['audit_entry']>;
export type AuditRow = Selectable<Tables['audit_entry']>;

export interface AuditFilter {
  organizationId: number;
  accountId?: number | undefined;
  user?: { id: number } | { email: string } | undefined;
  action?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** Rows that one delete takes at most, so that no lock is held long. */
const batchSize = 10_000;

export function createAuditStore(database: Database) {
  const db: Kysely<Tables> = database.$extendTables<Tables>();
  const filtered = (filter: AuditFilter) => {
    const { accountId, user, action, from, to } = filter;
    let query = db.selectFrom('audit_entry').where('organization_id', '=', filter.organizationId);
    if (accountId !== undefined) query = query.where('account_id', '=', accountId);
    if (user && 'id' in user) query = query.where('user_id', '=', user.id);
    else if (user) query = query.where(sql<boolean>`lower(email) = lower(${user.email})`);
    if (action !== undefined) query = query.where('action', '=', action);
    if (from) query = query.where('done_at', '>=', from);
    if (to) query = query.where('done_at', '<=', to);
    return query;
  };
  return {
    add: (rows: NewAuditRow[]) => db.insertInto('audit_entry').values(rows).execute(),

    /** The newest first. */
    list(filter: AuditFilter, page: { limit: number; offset: number; before?: number }): Promise<AuditRow[]> {
      let query = filtered(filter).selectAll();
      if (page.before !== undefined) query = query.where('id', '<', page.before);
      return query.orderBy('id', 'desc').limit(page.limit).offset(page.offset).execute();
    },

    find: (filter: AuditFilter, id: number): Promise<AuditRow | undefined> =>
      filtered(filter).selectAll().where('id', '=', id).executeTakeFirst(),

    async count(filter: AuditFilter): Promise<number> {
      const { total } = await filtered(filter)
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(total);
    },

    /** Of all organizations: age is the same for all. */
    async removeOlder(than: Date): Promise<void> {
      for (;;) {
        const old = db.selectFrom('audit_entry').select('id').where('done_at', '<', than).limit(batchSize);
        const { numDeletedRows } = await db
          .deleteFrom('audit_entry')
          .where('id', 'in', old)
          .executeTakeFirst();
        if (Number(numDeletedRows) < batchSize) return;
      }
    },
  };
}

export type AuditStore = ReturnType<typeof createAuditStore>;

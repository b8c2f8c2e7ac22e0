import { sql } from 'kysely';
import type { Storage } from '#platform/storage';

/** SQL that deletes events with their deliveries. Several processes may do so at a time. */
export function createRetentionStore({ db }: Storage) {
  return {
    /** @returns how many were deleted. */
    async removeOld(days: number, limit: number): Promise<number> {
      const { rows } = await sql`
        delete from event where id in (
          select id from event where received_at < now() - make_interval(days => ${days}::int)
          order by received_at limit ${limit} for update skip locked)
        returning id`.execute(db);
      return rows.length;
    },

    async sizeBytes(): Promise<number> {
      const { rows } = await sql<{
        bytes: number;
      }>`select coalesce(sum(size_bytes), 0)::float8 as bytes from event`.execute(db);
      return rows[0]?.bytes ?? 0;
    },

    /** The oldest that nobody waits for. @returns their bytes. */
    async removeFinished(limit: number): Promise<number> {
      const { rows } = await sql<{ bytes: number }>`
        delete from event where id in (
          select id from event where not exists (
            select 1 from delivery where event_id = event.id and delivery.status in ('created', 'retry', 'queued'))
          order by id limit ${limit} for update skip locked)
        returning size_bytes as bytes`.execute(db);
      return rows.reduce((sum, { bytes }) => sum + bytes, 0);
    },
  };
}

export type RetentionStore = ReturnType<typeof createRetentionStore>;

import { sql } from 'kysely';
import type { Storage } from '#platform/storage';

/** Whose jobs. */
export interface JobScope {
  organizationId: number;
  accountId: number;
}

export interface JobRow {
  instance_id: number;
  instance_name: string;
  element_key: string;
  user_id: number;
  objects: string[];
  interval_minutes: number;
  paused: boolean;
  enabled_at: Date;
  next_poll_at: Date;
  last_polled_at: Date | null;
  last_error: string | null;
}

/** SQL of jobs: the polls of one instance together are one. */
export function createJobStore({ db }: Pick<Storage, 'db'>) {
  const select = ({ organizationId, accountId }: JobScope, instanceId: number | null) => sql<JobRow>`
    select poll.instance_id, instance.name as instance_name, instance.element_key, instance.user_id,
      array_agg(poll.object_name order by poll.object_name) as objects, min(poll.interval_minutes) as interval_minutes,
      bool_or(poll.paused) as paused, min(poll.enabled_at) as enabled_at, min(poll.next_poll_at) as next_poll_at,
      max(poll.last_polled_at) as last_polled_at, max(poll.last_error) as last_error
    from event_poll poll join instance on instance.id = poll.instance_id
    where poll.organization_id = ${organizationId} and instance.organization_id = ${organizationId}
      and instance.account_id = ${accountId} and (${instanceId}::bigint is null or instance.id = ${instanceId})
    group by poll.instance_id, instance.id order by poll.instance_id`;
  return {
    list: async (scope: JobScope): Promise<JobRow[]> => (await select(scope, null).execute(db)).rows,

    find: async (scope: JobScope, instanceId: number): Promise<JobRow | undefined> =>
      (await select(scope, instanceId).execute(db)).rows[0],

    async pause({ organizationId, accountId }: JobScope, instanceId: number, paused: boolean): Promise<void> {
      await sql`
        update event_poll poll set paused = ${paused} from instance
        where poll.instance_id = ${instanceId} and poll.organization_id = ${organizationId}
          and instance.id = poll.instance_id and instance.account_id = ${accountId}`.execute(db);
    },
  };
}

export type JobStore = ReturnType<typeof createJobStore>;

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { stringifyJson } from '#kernel/json';
import type { Storage } from '#platform/storage';

/** One object of one instance. */
export interface PollKey {
  instanceId: number;
  objectName: string;
}

/** Where a poll of many pages goes on. */
export interface PollProgress {
  token: string;
  startedMs: number;
  /** Of the plan: a token is worth nothing for another list. */
  url: string;
}

/** What a poll has seen of an object. */
export interface Mark {
  objectId: string;
  mark: string;
  changedMs: number | undefined;
}

/** An event that is about to be stored. */
export interface PendingMarks {
  fingerprint: string;
  marks: Mark[];
}

/** A poll that this process has taken. */
export interface ClaimedPoll extends PollKey {
  organizationId: number;
  intervalMinutes: number;
  enabledMs: number;
  checkpointMs: number;
  baseline: string | null;
  sequence: number;
  progress: PollProgress | null;
  pending: PendingMarks | null;
  failures: number;
  lastPolledMs: number | null;
}

/** A poll as far as it must agree with the configuration of its instance. */
export interface KnownPoll {
  objectName: string;
  intervalMinutes: number;
  failures: number;
}

export interface FinishedPoll {
  checkpointMs: number;
  baseline: string;
  startedMs: number;
  nextPollMs: number;
}

interface PollRow {
  instance_id: number;
  object_name: string;
  organization_id: number;
  interval_minutes: number;
  enabled_at: Date;
  checkpoint_at: Date;
  baseline: string | null;
  sequence: number;
  progress: PollProgress | null;
  pending: PendingMarks | null;
  failures: number;
  last_polled_at: Date | null;
}

/** A process that has not renewed its leases for so long is dead, and its polls are taken over. */
const leaseSeconds = 30;

/** Due polls that are looked at when some are taken: enough to find those of tenants that have few. */
const dueLookedAt = 1000;

const lease = sql`now() + make_interval(secs => ${leaseSeconds})`;
const isFree = sql`(poll.leased_until is null or poll.leased_until < now())`;

/** All SQL of polling. What a process writes about a poll counts only while it holds its lease. */
export function createPollStore({ db }: Pick<Storage, 'db'>, processId: string) {
  const mine = ({ instanceId, objectName }: PollKey) =>
    sql`poll.instance_id = ${instanceId} and poll.object_name = ${objectName} and poll.leased_by = ${processId}`;
  const isHeld = async (statement: ReturnType<typeof sql>): Promise<boolean> =>
    ((await statement.execute(db)).numAffectedRows ?? 0n) > 0n;

  return {
    /**
     * Takes polls that are due, the longest due first, of no organization more than `mostOfOne` at a time.
     *
     * @param running how many of each organization this process has already.
     */
    async claim(options: {
      nowMs: number;
      limit: number;
      mostOfOne: number;
      running: Map<number, number>;
    }): Promise<ClaimedPoll[]> {
      const busy = [...options.running];
      const { rows } = await sql<PollRow>`
        with busy as (
          select * from unnest(${busy.map(([id]) => id)}::bigint[], ${busy.map(([, count]) => count)}::int[])
            as busy (organization_id, running)
        ), due as (
          select poll.instance_id, poll.object_name, poll.organization_id, poll.next_poll_at,
            coalesce(busy.running, 0) as running
          from event_poll poll left join busy using (organization_id)
          where poll.next_poll_at <= ${new Date(options.nowMs)} and not poll.paused and ${isFree}
            and coalesce(busy.running, 0) < ${options.mostOfOne}
          order by poll.next_poll_at limit ${dueLookedAt}
        ), fair as (
          select *, running + row_number() over (partition by organization_id order by next_poll_at) as place from due
        ), taken as (
          select poll.instance_id, poll.object_name from event_poll poll join fair using (instance_id, object_name)
          where fair.place <= ${options.mostOfOne} and not poll.paused and ${isFree}
          order by fair.next_poll_at limit ${options.limit}
          for update of poll skip locked
        )
        update event_poll poll set leased_by = ${processId}, leased_until = ${lease}
        from taken where poll.instance_id = taken.instance_id and poll.object_name = taken.object_name
        returning poll.*`.execute(db);
      return rows.map(fromRow);
    },

    /** Takes polls of one instance whether they are due or not, except those that are running. */
    async claimOf(instanceId: number, objectName: string | undefined): Promise<ClaimedPoll[]> {
      const { rows } = await sql<PollRow>`
        update event_poll poll set leased_by = ${processId}, leased_until = ${lease}
        where poll.instance_id = ${instanceId} and ${isFree}
          and (${objectName ?? null}::text is null or poll.object_name = ${objectName ?? null})
        returning poll.*`.execute(db);
      return rows.map(fromRow);
    },

    /** Keeps the leases of what runs; the others that this process has by mistake shall end. @returns those that it still has. */
    async renew(running: PollKey[]): Promise<PollKey[]> {
      const { rows } = await sql<PollRow>`
        update event_poll poll set leased_until = ${lease}
        where leased_by = ${processId} and leased_until is not null and (instance_id, object_name) in (
          select * from unnest(${running.map(({ instanceId }) => instanceId)}::bigint[],
            ${running.map(({ objectName }) => objectName)}::text[]))
        returning instance_id, object_name`.execute(db);
      return rows.map(({ instance_id, object_name }) => ({
        instanceId: instance_id,
        objectName: object_name,
      }));
    },

    /** Brings the polls of an instance in line with what it wants; those that stay keep their checkpoints. */
    async align(
      instanceId: number,
      polls: { objectName: string; intervalMinutes: number; firstPollMs: number; nextPollMs: number }[],
      nowMs: number,
    ): Promise<void> {
      const names = polls.map(({ objectName }) => objectName);
      await sql`delete from event_poll where instance_id = ${instanceId} and object_name <> all(${names}::text[])`.execute(
        db,
      );
      if (polls.length === 0) return;
      const now = new Date(nowMs);
      const rows = polls.map((poll) => ({
        object_name: poll.objectName,
        interval_minutes: poll.intervalMinutes,
        first_at: new Date(poll.firstPollMs),
        next_at: new Date(poll.nextPollMs),
      }));
      // Whoever changes an instance may have mended it: a poll that has failed is tried again at once.
      await sql`
        insert into event_poll as poll (instance_id, object_name, organization_id, interval_minutes, next_poll_at, enabled_at,
          checkpoint_at)
        select instance.id, wanted.object_name, instance.organization_id, wanted.interval_minutes, wanted.first_at, ${now}, ${now}
        from instance cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as wanted (object_name text, interval_minutes integer, first_at timestamptz, next_at timestamptz)
        where instance.id = ${instanceId}
        order by wanted.object_name
        on conflict (instance_id, object_name) do update set interval_minutes = excluded.interval_minutes,
          next_poll_at = case
            when poll.failures > 0 then least(poll.next_poll_at, ${now})
            when poll.interval_minutes <> excluded.interval_minutes then
              (select next_at from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
                as wanted (object_name text, next_at timestamptz) where wanted.object_name = excluded.object_name)
            else poll.next_poll_at end`.execute(db);
    },

    /** The polls of instances, by instance. */
    async pollsOf(instanceIds: number[]): Promise<Map<number, KnownPoll[]>> {
      const { rows } = await sql<PollRow>`
        select instance_id, object_name, interval_minutes, failures from event_poll
        where instance_id = any(${instanceIds}::bigint[])`.execute(db);
      const byInstance = new Map<number, KnownPoll[]>();
      for (const row of rows) {
        const poll = {
          objectName: row.object_name,
          intervalMinutes: row.interval_minutes,
          failures: row.failures,
        };
        const polls = byInstance.get(row.instance_id);
        if (polls) polls.push(poll);
        else byInstance.set(row.instance_id, [poll]);
      }
      return byInstance;
    },

    /** Before objects are compared in another way: marks of the old way would make all of them look changed. */
    forgetContents(key: PollKey): Promise<boolean> {
      return isHeld(sql`
        with forgotten as (
          delete from event_poll_seen using event_poll poll
          where event_poll_seen.instance_id = poll.instance_id and event_poll_seen.object_name = poll.object_name
            and event_poll_seen.changed_at is null and ${mine(key)}
        )
        update event_poll poll set baseline = null, progress = null where ${mine(key)}`);
    },

    async marksOf(
      key: PollKey,
      objectIds: string[],
    ): Promise<Map<string, { mark: string; isMissing: boolean }>> {
      const { rows } = await sql<{ object_id: string; mark: string; is_missing: boolean }>`
        select object_id, mark, is_missing from event_poll_seen
        where instance_id = ${key.instanceId} and object_name = ${key.objectName}
          and object_id = any(${objectIds}::text[])`.execute(db);
      return new Map(rows.map((row) => [row.object_id, { mark: row.mark, isMissing: row.is_missing }]));
    },

    /** Says which event is about to be stored. @returns whether the lease is still held, as all that follow. */
    savePending(key: PollKey, pending: PendingMarks): Promise<boolean> {
      return isHeld(sql`
        update event_poll poll set pending = ${stringifyJson(pending)}::jsonb, leased_until = ${lease} where ${mine(key)}`);
    },

    /** Whether an event was stored before the process died that wanted to. */
    async isStored(instanceId: number, fingerprint: string): Promise<boolean> {
      const hash = createHash('sha256').update(fingerprint).digest();
      const { rows } = await sql`
        select 1 from event where instance_id = ${instanceId} and fingerprint = ${hash}`.execute(db);
      return rows.length > 0;
    },

    /** Keeps what a page has shown, and where the poll goes on. */
    saveMarks(
      key: PollKey,
      { marks, sequence, progress }: { marks: Mark[]; sequence: number; progress: PollProgress | null },
    ): Promise<boolean> {
      // A list may have an object twice; the last time counts.
      const last = new Map(marks.map((each) => [each.objectId, each]));
      const rows = [...last.values()].map(({ objectId, mark, changedMs }) => ({
        object_id: objectId,
        mark,
        changed_at: changedMs === undefined ? null : toTimestamp(changedMs),
      }));
      return isHeld(sql`
        with marked as (
          insert into event_poll_seen as seen (instance_id, object_name, object_id, mark, changed_at, sequence)
          select poll.instance_id, poll.object_name, given.object_id, given.mark, given.changed_at, ${sequence}
          from event_poll poll cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            as given (object_id text, mark text, changed_at timestamptz)
          where ${mine(key)}
          on conflict (instance_id, object_name, object_id) do update set mark = excluded.mark,
            changed_at = excluded.changed_at, sequence = excluded.sequence, is_missing = false
        )
        update event_poll poll set pending = null, leased_until = ${lease},
          progress = ${progress && JSON.stringify(progress)}::jsonb
        where ${mine(key)}`);
    },

    /** Of what is known of an object's list, the ids that are not in it. */
    async missingFrom(
      key: PollKey,
      objectIds: Iterable<string>,
    ): Promise<{ objectId: string; isMissing: boolean }[]> {
      const { rows } = await sql<{ object_id: string; is_missing: boolean }>`
        select object_id, is_missing from event_poll_seen
        where instance_id = ${key.instanceId} and object_name = ${key.objectName}
          and not exists (select 1 from unnest(${[...objectIds]}::text[]) as listed (id) where listed.id = object_id)
        order by object_id`.execute(db);
      return rows.map((row) => ({ objectId: row.object_id, isMissing: row.is_missing }));
    },

    async markMissing(key: PollKey, objectIds: string[]): Promise<void> {
      await sql`
        update event_poll_seen set is_missing = true
        where instance_id = ${key.instanceId} and object_name = ${key.objectName}
          and object_id = any(${objectIds}::text[])`.execute(db);
    },

    async forget(key: PollKey, objectIds: string[]): Promise<void> {
      await sql`
        delete from event_poll_seen
        where instance_id = ${key.instanceId} and object_name = ${key.objectName}
          and object_id = any(${objectIds}::text[])`.execute(db);
    },

    /** Forgets what no later poll will look at: objects that changed before, and those without a date that two polls have not seen. */
    async prune(key: PollKey, changedBeforeMs: number, sequence: number): Promise<void> {
      await sql`
        delete from event_poll_seen
        where instance_id = ${key.instanceId} and object_name = ${key.objectName}
          and (changed_at < ${new Date(changedBeforeMs)} or (changed_at is null and sequence < ${sequence - 1}))`.execute(
        db,
      );
    },

    finish(key: PollKey, done: FinishedPoll): Promise<boolean> {
      return isHeld(sql`
        update event_poll poll set checkpoint_at = ${new Date(done.checkpointMs)}, baseline = ${done.baseline},
          sequence = sequence + 1, progress = null, pending = null, failures = 0, last_error = null,
          last_polled_at = ${new Date(done.startedMs)}, next_poll_at = ${new Date(done.nextPollMs)},
          leased_by = null, leased_until = null
        where ${mine(key)}`);
    },

    fail(
      key: PollKey,
      { error, nextPollMs, startOver }: { error: string; nextPollMs: number; startOver: boolean },
    ): Promise<boolean> {
      return isHeld(sql`
        update event_poll poll set failures = failures + 1, last_error = ${error}, next_poll_at = ${new Date(nextPollMs)},
          progress = case when ${startOver} then null else progress end, leased_by = null, leased_until = null
        where ${mine(key)}`);
    },

    /** Gives a poll back that has not come to its end. */
    release(key: PollKey, nextPollMs: number | undefined): Promise<boolean> {
      return isHeld(sql`
        update event_poll poll set leased_by = null, leased_until = null,
          next_poll_at = coalesce(${nextPollMs === undefined ? null : new Date(nextPollMs)}::timestamptz, next_poll_at)
        where ${mine(key)}`);
    },

    async releaseAll(): Promise<void> {
      await sql`update event_poll set leased_by = null, leased_until = null where leased_by = ${processId}`.execute(
        db,
      );
    },
  };
}

export type PollStore = ReturnType<typeof createPollStore>;

function fromRow(row: PollRow): ClaimedPoll {
  return {
    instanceId: row.instance_id,
    objectName: row.object_name,
    organizationId: row.organization_id,
    intervalMinutes: row.interval_minutes,
    enabledMs: row.enabled_at.getTime(),
    checkpointMs: row.checkpoint_at.getTime(),
    baseline: row.baseline,
    sequence: row.sequence,
    progress: row.progress,
    pending: row.pending,
    failures: row.failures,
    lastPolledMs: row.last_polled_at?.getTime() ?? null,
  };
}

const earliestMs = Date.parse('0001-01-01T00:00:00Z');
const latestMs = Date.parse('9999-12-01T00:00:00Z');

/** Dates that PostgreSQL does not read as they are written are as good as the last that it does. */
function toTimestamp(atMs: number): Date {
  return new Date(Math.min(Math.max(atMs, earliestMs), latestMs));
}

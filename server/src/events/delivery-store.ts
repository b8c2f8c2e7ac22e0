import { sql } from 'kysely';
import type { Storage } from '#platform/storage';
import type { DeliveryStatus } from './event.ts';
import { toStorableJson } from '#platform/storage';

/** A delivery that is due, with its event. */
export interface DueDelivery {
  id: number;
  eventId: number;
  /** Another after each change of the row. */
  version: string;
  organizationId: number;
  accountId: number;
  userId: number;
  /** Null for a notification, as the element. */
  instanceId: number | null;
  elementKey: string | null;
  /** Of a notification: whether anybody still wants it. */
  isSubscribed: boolean;
  orderKey: string | null;
  /** Attempts made so far. */
  attempts: number;
  /** Those of them that a replay has left behind. */
  attemptsBefore: number;
  /** JSON text of the changes. */
  objects: string;
  /** JSON text of what the provider sent. */
  providerData: string;
  receivedAt: Date;
}

/** What came of one attempt. */
export interface AttemptOutcome {
  deliveryId: number;
  status: DeliveryStatus;
  /** This one included. */
  attempts: number;
  /** As it was when the attempt began. A replay changes it. */
  version: string;
  /** Until the next, for `retry`. */
  waitMs: number;
  /** The callback itself has used up what it gets: what follows is queued until somebody releases it. */
  suspends: boolean;
  startedAt: Date;
  durationMs: number;
  statusCode: number | undefined;
  error: string | undefined;
  requestHeaders: Record<string, string>;
  responseHeaders: Record<string, string> | undefined;
  responseBody: string | undefined;
}

/** A callback that has something due. */
export interface WaitingCallback {
  id: number;
  organizationId: number;
}

/** A callback whose lease this process has, and what was due when it was taken. */
export interface Leased {
  callback: { id: number; url: string; failures: number };
  due: DueDelivery[];
}

/** A lease that ends, with what has been learned of the callback. */
export interface GivenBack {
  processId: string;
  failures: number;
  /** For so long nobody serves the callback. */
  openMs: number;
}

/** SQL of delivering. Whoever has the lease of a callback is the only one that delivers to it. */
export function createDeliveryStore(storage: Storage) {
  const { db } = storage;
  const free = sql`(leased_until is null or leased_until < now()) and (open_until is null or open_until <= now())`;
  /** A date in JavaScript is less exact. */
  const version = sql`extract(epoch from delivery.updated_at)::text`;
  const dueColumns = sql`delivery.id, event_id as "eventId", ${version} as version, delivery.organization_id as "organizationId",
    delivery.account_id as "accountId", user_id as "userId", delivery.instance_id as "instanceId",
    element_key as "elementKey", exists (select from subscription where id = subscription_id) as "isSubscribed", order_key as "orderKey", attempts, attempts_before as "attemptsBefore", objects::text as objects,
    provider_data as "providerData", received_at as "receivedAt"`;
  /** What is due, the oldest first. Of those with one order key only the first is. */
  const isDue = sql`delivery.status in ('created', 'retry') and next_attempt_at <= now()
    and (order_key is null or not exists (
      select 1 from delivery before
      where before.callback_id = delivery.callback_id and before.order_key = delivery.order_key
        and before.instance_id = delivery.instance_id and before.id < delivery.id
        and before.status in ('created', 'retry', 'queued')))`;
  const oldestFirst = sql`order by next_attempt_at, delivery.id`;
  return {
    /**
     * Callbacks with something due that nobody serves, by chance, so that each gets its turn. One look into the index
     * for each callback, not for each delivery.
     *
     * @param ofOrganization as many of one organization at most; none of those `except`.
     */
    async waitingCallbacks(
      limit: number,
      ofOrganization: number,
      except: number[],
    ): Promise<WaitingCallback[]> {
      const { rows } = await sql<WaitingCallback>`
        with recursive lane (id) as (
          (select min(callback_id) from delivery where status in ('created', 'retry'))
          union all
          select (select min(callback_id) from delivery where status in ('created', 'retry') and callback_id > lane.id)
          from lane where lane.id is not null
        )
        select id, organization_id as "organizationId" from (
          select event_callback.id, organization_id, row_number() over (partition by organization_id order by random()) as place
          from lane join event_callback using (id)
          where ${free} and organization_id <> all(${except}) and exists (
            select 1 from delivery
            where callback_id = event_callback.id and status in ('created', 'retry') and next_attempt_at <= now())
        ) as waiting
        where place <= ${ofOrganization}
        order by random() limit ${limit}`.execute(db);
      return rows;
    },

    /**
     * Takes the lease of a callback that has something due, unless another process has it or its circuit is open.
     *
     * What is due is as old as the statement's snapshot. So the lease is taken only if nobody has changed the callback
     * since: else somebody may have delivered that meanwhile.
     */
    async lease(
      id: number,
      { processId, leaseMs, limit }: { processId: string; leaseMs: number; limit: number },
    ): Promise<Leased | undefined> {
      const { rows } = await sql<DueDelivery & { url: string; failures: number }>`
        with seen as materialized (
          select id as callback_id, xmin as seen_xmin from event_callback where id = ${id} and ${free}
        ), due as materialized (
          select row_number() over (${oldestFirst}) as place, ${dueColumns}
          from delivery join event on event.id = delivery.event_id
          where callback_id = (select callback_id from seen) and ${isDue} ${oldestFirst} limit ${limit}
        ), leased as (
          update event_callback
          set leased_by = ${processId}, leased_until = now() + make_interval(secs => ${leaseMs / 1000})
          from seen where id = callback_id and event_callback.xmin = seen_xmin and exists (select from due)
          returning url, failures
        )
        select due.*, url, failures from leased cross join due order by place`.execute(db);
      const [first] = rows;
      return first && { callback: { id, url: first.url, failures: first.failures }, due: rows };
    },

    /**
     * Makes the leases last longer; those that are not returned have been lost. They are locked in the order in which
     * new events lock them: each would wait for the other otherwise.
     */
    async renew(ids: number[], processId: string, leaseMs: number): Promise<number[]> {
      const { rows } = await sql<{ id: number }>`
        with held as materialized (
          select id from event_callback where id = any(${ids}) and leased_by = ${processId} order by id for no key update
        )
        update event_callback set leased_until = now() + make_interval(secs => ${leaseMs / 1000})
        from held where event_callback.id = held.id
        returning event_callback.id`.execute(db);
      return rows.map(({ id }) => id);
    },

    async release(id: number, { processId, failures, openMs }: GivenBack): Promise<void> {
      await sql`
        update event_callback
        set leased_by = null, leased_until = null, failures = ${failures}, open_until = ${openUntil(openMs)}
        where id = ${id} and leased_by = ${processId}`.execute(db);
    },

    async due(callbackId: number, except: number[], limit: number): Promise<DueDelivery[]> {
      const { rows } = await sql<DueDelivery>`
        select ${dueColumns} from delivery join event on event.id = delivery.event_id
        where callback_id = ${callbackId} and ${isDue} and delivery.id <> all(${except})
        ${oldestFirst} limit ${limit}`.execute(db);
      return rows;
    },

    /** Puts the records that were read for an event beside what the provider sent. */
    async addRecords(eventId: number, providerData: string): Promise<void> {
      await sql`
        update event set provider_data = ${providerData.replaceAll('\0', '')},
          size_bytes = ${Buffer.byteLength(providerData)} + octet_length(objects::text)
        where id = ${eventId}`.execute(db);
    },

    /** Writes what came of many attempts at a callback, and gives its lease back with the last, in one statement. */
    async finish(
      callbackId: number,
      outcomes: AttemptOutcome[],
      lease: GivenBack | undefined,
    ): Promise<void> {
      const rows = outcomes.map((outcome) => ({ ...outcome, startedAt: outcome.startedAt.toISOString() }));
      const isHeld = sql`(leased_by is not distinct from ${lease?.processId ?? null}::uuid)`;
      const endOfLease = lease
        ? sql`, leased_by = case when ${isHeld} then null else leased_by end,
            leased_until = case when ${isHeld} then null else leased_until end,
            failures = case when ${isHeld} then ${lease.failures}::int else failures end,
            open_until = case when ${isHeld} then ${openUntil(lease.openMs)} else open_until end`
        : sql``;
      await sql`
        with given as materialized (
          select *, ${bytesOfAttempt} as bytes from jsonb_to_recordset(${toStorableJson(rows)}::jsonb) as row (
            "deliveryId" bigint, version text, status text, suspends boolean, attempts integer,
            "waitMs" double precision, "startedAt" timestamptz,
            "durationMs" integer, "statusCode" integer, error text, "requestHeaders" jsonb, "responseHeaders" jsonb,
            "responseBody" text)
        ), changed as (
          update delivery
          set status = given.status, attempts = given.attempts, updated_at = now(),
            attempt_bytes = attempt_bytes + given.bytes,
            next_attempt_at = now() + make_interval(secs => given."waitMs" / 1000)
          -- What another process has delivered meanwhile stays so, and what was replayed meanwhile stays due.
          from given where delivery.id = given."deliveryId" and delivery.status <> 'delivered'
            and ${version} = given.version
          returning delivery.id, event_id, callback_id, delivery.status, given.suspends
        ), overtaken as (
          -- The attempt of a replay gets a number of its own.
          update delivery
          set attempts = greatest(delivery.attempts, given.attempts),
            attempts_before = greatest(attempts_before, given.attempts), attempt_bytes = attempt_bytes + given.bytes
          from given where delivery.id = given."deliveryId" and delivery.status <> 'delivered'
            and ${version} <> given.version
          returning delivery.id
        ), told as (
          insert into delivery_attempt (delivery_id, number, started_at, duration_ms, status_code, error, request_headers,
            response_headers, response_body)
          select "deliveryId", given.attempts, "startedAt", "durationMs", "statusCode", error, "requestHeaders",
            "responseHeaders", "responseBody"
          from given where "deliveryId" in (select id from changed union all select id from overtaken)
          on conflict (delivery_id, number) do update
          set started_at = excluded.started_at, duration_ms = excluded.duration_ms, status_code = excluded.status_code,
            error = excluded.error, response_headers = excluded.response_headers, response_body = excluded.response_body
          where delivery_attempt.started_at <= excluded.started_at
        ), learned as materialized (
          -- All of both, so that the rows of deliveries are locked before that of the callback, as others do.
          select coalesce(bool_or(suspends), false) as suspends, (select count(*) from overtaken) as overtaken from changed
        ), callback as (
          update event_callback
          set suspended_at = case when suspends then coalesce(suspended_at, now()) else suspended_at end ${endOfLease}
          from learned where id = ${callbackId} and (suspends ${lease ? sql`or ${isHeld}` : sql``})
        )
        update event set status = 'NOTIFIED' from changed
        where event.id = changed.event_id and changed.status = 'delivered'`.execute(db);
    },
  };
}

/** Of a row of attempts, with what it takes beside its texts. */
const bytesOfAttempt = sql`(200 + octet_length("requestHeaders"::text) + coalesce(octet_length("responseHeaders"::text), 0)
  + coalesce(octet_length("responseBody"), 0) + coalesce(octet_length(error), 0))`;

function openUntil(openMs: number) {
  return sql`now() + make_interval(secs => nullif(${openMs / 1000}::float8, 0))`;
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

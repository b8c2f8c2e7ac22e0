import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Interval } from '#kernel/buckets';
import type { DatabaseTransaction, Storage } from '#platform/storage';
import type { DeliveryStatus, EventSource, EventStatus } from './event.ts';
import { instanceName, ofDelivery, ofEvent, ofInstances, ofTenant } from './filter-store.ts';
import type { EventFilter, Tenant } from './filter-store.ts';
import type { NewNotification } from './notification-store.ts';

/** One page of a list whose newest rows come first. */
export interface PageOfRows {
  /** From 1, counted from `beforeId` on. */
  page: number;
  pageSize: number;
  /** Rows with smaller ids: a list that grows at its front keeps its pages. */
  beforeId: number | undefined;
  /** Payloads of events on a page at most, but for one event that has more; all when it is absent. */
  mostBytes?: number | undefined;
}

/** An event without what the provider sent, or a notification. */
export interface EventHead {
  id: number;
  elementKey: string | null;
  objects: string;
  receivedAt: Date;
  /** JSON of `{topic, severity, message, from, acknowledged}`; null for an event. */
  notification: (NewNotification & { acknowledged: boolean }) | null;
}

export interface EventRow {
  id: number;
  elementKey: string;
  objects: string;
  receivedAt: Date;
  instanceId: number;
  /** Null when the instance is deleted. */
  instanceName: string | null;
  source: EventSource;
  status: EventStatus;
  providerData: string;
  /** Whether the list has more behind it. */
  goesOn: boolean;
}

export interface DeliveryRow {
  id: number;
  eventId: number;
  /** Null for a notification. */
  instanceId: number | null;
  instanceName: string | null;
  /** Of a notification. */
  subscription: { id: number; channel: string; topics: string[]; config: object } | null;
  callbackId: number;
  url: string;
  status: DeliveryStatus;
  attempts: number;
  nextAttemptAt: Date;
  createdAt: Date;
  updatedAt: Date;
  /** Whether the list has more behind it. */
  goesOn: boolean;
}

export interface AttemptRow {
  number: number;
  startedAt: Date;
  durationMs: number;
  statusCode: number | null;
  error: string | null;
  requestHeaders: Record<string, string>;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
}

/** Where deliveries go, and whether it takes them. */
export interface CallbackRow {
  id: number;
  url: string;
  /** Failures since the last success. */
  failures: number;
  openUntil: Date | null;
  suspendedAt: Date | null;
  /** Deliveries that are due, and that wait to be released. */
  due: number;
  queued: number;
}

export interface CountRow {
  bucketMs: number;
  /** Instance or account. */
  of: number;
  count: number;
  success: number;
  failed: number;
}

/** SQL that reads events and deliveries for those who want to see them. */
export function createReadStore({ db }: Storage) {
  const eventColumns = sql`event.id, event.instance_id as "instanceId", element_key as "elementKey", source, event.status,
    objects::text as objects, provider_data as "providerData", received_at as "receivedAt", ${instanceName('event')}`;
  const deliveryColumns = sql`delivery.id, event_id as "eventId", delivery.instance_id as "instanceId",
    callback_id as "callbackId", url, delivery.status, attempts, next_attempt_at as "nextAttemptAt",
    delivery.created_at as "createdAt", delivery.updated_at as "updatedAt", ${instanceName('delivery')},
    case when subscription_id is not null then (
      select jsonb_build_object('id', subscription_id, 'channel', coalesce(channel, 'webhook'),
        'topics', coalesce(to_jsonb(topics), '[]'), 'config', coalesce(config, jsonb_build_object('url', url)))
      from (select) as one left join subscription on subscription.id = subscription_id) end as subscription`;
  const deliveries = sql`delivery join event_callback on event_callback.id = callback_id join event on event.id = event_id`;

  return {
    async listEvents(tenant: Tenant, filter: EventFilter, asked: PageOfRows): Promise<EventRow[]> {
      const isOfDelivery = filter.statuses !== undefined || filter.url !== undefined;
      const ofItsDelivery = isOfDelivery
        ? sql`and exists (select 1 from delivery join event_callback on event_callback.id = callback_id
            where delivery.event_id = event.id ${ofDelivery(filter)})`
        : sql``;
      const all = sql`from event where ${ofTenant('event', tenant)} and ${ofInstances} ${ofEvent(filter)} ${ofItsDelivery}`;
      const { rows } = await sql<EventRow>`
        ${pageOf(all, sql`event.id`, asked)}
        select ${eventColumns}, goes_on as "goesOn" from page join event using (id) order by event.id desc`.execute(
        db,
      );
      return rows;
    },

    /** Events by their ids, for lists that do not show what the providers sent. */
    async eventHeads(tenant: Tenant, eventIds: number[]): Promise<EventHead[]> {
      const { rows } = await sql<EventHead>`
        select event.id, element_key as "elementKey", objects::text as objects, received_at as "receivedAt",
          case when topic is not null then jsonb_build_object('topic', topic, 'severity', severity, 'message', message,
            'from', sender, 'acknowledged', acknowledged) end as notification
        from event left join notification on event_id = event.id
        where ${ofTenant('event', tenant)} ${ofEvent({ eventIds })}`.execute(db);
      return rows;
    },

    async listDeliveries(tenant: Tenant, filter: EventFilter, asked: PageOfRows): Promise<DeliveryRow[]> {
      const all = sql`from ${deliveries}
        where ${ofTenant('delivery', tenant)} ${ofEvent(filter)} ${ofDelivery(filter)}`;
      const { rows } = await sql<DeliveryRow>`
        ${pageOf(all, sql`delivery.id`, asked)}
        select ${deliveryColumns}, goes_on as "goesOn" from page join delivery using (id)
          join event_callback on event_callback.id = callback_id
        order by delivery.id desc`.execute(db);
      return rows;
    },

    async findDelivery(tenant: Tenant, id: number): Promise<DeliveryRow | undefined> {
      const { rows } = await sql<DeliveryRow>`
        select ${deliveryColumns}, false as "goesOn" from ${deliveries}
        where ${ofTenant('delivery', tenant)} and delivery.id = ${id}`.execute(db);
      return rows[0];
    },

    async attempts(deliveryId: number): Promise<AttemptRow[]> {
      const { rows } = await sql<AttemptRow>`
        select number, started_at as "startedAt", duration_ms as "durationMs", status_code as "statusCode", error,
          request_headers as "requestHeaders", response_headers as "responseHeaders", response_body as "responseBody"
        from delivery_attempt where delivery_id = ${deliveryId} order by number`.execute(db);
      return rows;
    },

    async countByStatus(tenant: Tenant, filter: EventFilter): Promise<Record<string, number>> {
      const { rows } = await sql<{ status: string; count: number }>`
        select delivery.status, count(*)::int as count from ${deliveries}
        where ${ofTenant('delivery', tenant)} ${ofEvent(filter)} ${ofDelivery(filter)} group by 1`.execute(
        db,
      );
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    },

    /** Callbacks that have had deliveries: those with trouble first, then the newest; at most so many. */
    async callbacks(tenant: Tenant, limit: number): Promise<CallbackRow[]> {
      const { rows } = await sql<CallbackRow>`
        select event_callback.id, url, failures, open_until as "openUntil", suspended_at as "suspendedAt",
          (count(*) filter (where delivery.status in ('created', 'retry')))::int as due,
          (count(*) filter (where delivery.status = 'queued'))::int as queued
        from event_callback left join delivery on callback_id = event_callback.id
          and delivery.status in ('created', 'retry', 'queued')
        where ${ofTenant('event_callback', tenant)}
        group by event_callback.id
        order by suspended_at is null, failures = 0, event_callback.id desc limit ${limit}`.execute(db);
      return rows;
    },

    /** Counts by bucket, and by instance or account. */
    async count(
      organizationId: number,
      accountIds: number[],
      by: 'instance_id' | 'account_id',
      range: { interval: Interval; fromMs: number; toMs: number },
    ): Promise<CountRow[]> {
      const { rows } = await sql<CountRow>`
        select (extract(epoch from date_trunc(${range.interval}, received_at at time zone 'UTC')) * 1000)::float8 as "bucketMs",
          event.${sql.ref(by)} as of, count(*)::int as count,
          (count(*) filter (where delivery.status = 'delivered'))::int as success,
          (count(*) filter (where delivery.status = 'failed'))::int as failed
        from event left join delivery on delivery.event_id = event.id
        where event.organization_id = ${organizationId} and event.account_id = any(${accountIds}) and ${ofInstances}
          and received_at >= ${new Date(range.fromMs)} and received_at < ${new Date(range.toMs)}
        group by 1, 2`.execute(db);
      return rows;
    },

    /** What became of events, in words; the newest first. */
    async dispositions(
      tenant: Tenant,
      filter: EventFilter,
      limit: number,
    ): Promise<{ eventId: number; instanceId: number; messages: string[] }[]> {
      const { rows } = await sql<{ eventId: number; instanceId: number; messages: string[] }>`
        select event.id as "eventId", event.instance_id as "instanceId", array(
            select case when number is null then 'Waiting for delivery'
              when error is null then 'Delivered event with attempt ' || number
              else 'Error delivering event with attempt ' || number || ': ' || error end
            from delivery left join delivery_attempt on delivery_id = delivery.id
            where delivery.event_id = event.id order by number) as messages
        from event where ${ofTenant('event', tenant)} and ${ofInstances} ${ofEvent(filter)}
        order by event.id desc limit ${limit}`.execute(db);
      return rows;
    },

    async accountIds(organizationId: number): Promise<number[]> {
      const { rows } = await sql<{ id: number }>`
        select id from account where organization_id = ${organizationId}`.execute(db);
      return rows.map(({ id }) => id);
    },

    /** Instances that have events of a filter. */
    async instancesOf(tenant: Tenant, filter: EventFilter): Promise<number[]> {
      const { rows } = await sql<{ id: number }>`
        select distinct event.instance_id as id from event left join delivery on delivery.event_id = event.id
          left join event_callback on event_callback.id = callback_id
        where ${ofTenant('event', tenant)} and ${ofInstances} ${ofEvent(filter)} ${ofDelivery(filter)}`.execute(
        db,
      );
      return rows.map(({ id }) => id);
    },

    /**
     * Makes the deliveries of a filter due now, at this callback; events that have none get one. Where that lifts the
     * suspension of the callback, what was queued goes with it: nobody would release it later. @returns how many.
     */
    async replay(
      tenant: Tenant,
      instanceId: number,
      filter: EventFilter,
      callbackId: number,
    ): Promise<number> {
      return db.transaction().execute(async (trx) => {
        const { rows } = await sql<{ count: number }>`
          with wanted as materialized (
            select event.id, delivery.id as delivery_id
            from event left join delivery on delivery.event_id = event.id
              left join event_callback on event_callback.id = callback_id
            where ${ofTenant('event', tenant)} and event.instance_id = ${instanceId} ${ofEvent(filter)} ${ofDelivery(filter)}
          ), again as (
            update delivery set status = 'created', callback_id = ${callbackId}, ${dueAgain}
            from wanted where delivery.id = wanted.delivery_id
            returning 1
          ), first as (
            -- Without an order key: such an event is told late in any case, when those after it have gone.
            insert into delivery (event_id, organization_id, account_id, instance_id, callback_id)
            select event.id, organization_id, account_id, instance_id, ${callbackId}::bigint
            from event join wanted on wanted.id = event.id and wanted.delivery_id is null
            returning 1
          )
          select (select count(*) from again)::int + (select count(*) from first)::int as count`.execute(trx);
        const lifted = await lift(trx, tenant, sql`id = ${callbackId}`);
        await sql`
          update delivery set status = 'created', ${dueAgain}
          where ${ofTenant('delivery', tenant)} and status = 'queued' and callback_id = any(${lifted})`.execute(
          trx,
        );
        return rows[0]?.count ?? 0;
      });
    },

    /** Lets queued deliveries of a filter go, and their callbacks take events again. @returns the callbacks. */
    async release(
      tenant: Tenant,
      filter: EventFilter,
    ): Promise<{ callbackIds: number[]; deliveryIds: number[] }> {
      return db.transaction().execute(async (trx) => {
        const callbacks = filter.url === undefined ? sql`true` : sql`url = ${filter.url}`;
        await lift(
          trx,
          tenant,
          sql`${callbacks} and (suspended_at is not null or exists (
          select 1 from delivery join event on event.id = event_id
          where callback_id = event_callback.id and delivery.status = 'queued' ${ofEvent(filter)} ${ofDelivery(filter)}))`,
        );
        const { rows } = await sql<{ id: number; callbackId: number }>`
          update delivery set status = 'created', ${dueAgain}
          from event_callback, event
          where event_callback.id = delivery.callback_id and event.id = delivery.event_id
            and ${ofTenant('delivery', tenant)} and delivery.status = 'queued' ${ofEvent(filter)} ${ofDelivery(filter)}
          returning delivery.id, delivery.callback_id as "callbackId"`.execute(trx);
        return {
          callbackIds: [...new Set(rows.map(({ callbackId }) => callbackId))],
          deliveryIds: rows.map(({ id }) => id).toSorted((one, other) => one - other),
        };
      });
    },
  };
}

export type ReadStore = ReturnType<typeof createReadStore>;

/** Attempts so far count no more. */
const dueAgain = sql`attempts_before = attempts, next_attempt_at = now(), updated_at = now()`;

/**
 * Lets callbacks take events again. A statement of its own, before queued deliveries are let go: what is being stored
 * holds a lock on its callback, so the next statement sees all that was queued before. Locked in the order of ids, as
 * those that store do. @returns those that were suspended.
 */
async function lift(
  trx: DatabaseTransaction,
  tenant: Tenant,
  condition: RawBuilder<unknown>,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with held as materialized (
      select id, suspended_at from event_callback
      where ${ofTenant('event_callback', tenant)} and ${condition} order by id for no key update
    ), open as (
      update event_callback set suspended_at = null, open_until = null, failures = 0
      from held where held.id = event_callback.id
    )
    select id from held where suspended_at is not null`.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * `with recursive … page (id, goes_on)`: the rows of a page. A page may have fewer rows than were asked for, for their
 * size, so where a later page starts is known only by going through those before it.
 *
 * @param all `from … where …` of all rows of the list, with `event.size_bytes`.
 */
function pageOf(
  all: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  { page, pageSize, beforeId, mostBytes }: PageOfRows,
): RawBuilder<unknown> {
  const most = sql`${mostBytes ?? null}::bigint`;
  const sized = (below: RawBuilder<unknown>) => sql`(
      select id, row_number() over newest as place, sum(size_bytes) over newest as bytes,
        lag(id) over newest as before, lead(id) over newest is not null as goes_on
      from (select ${id} as id, event.size_bytes ${all} and ${id} < ${below} order by ${id} desc limit ${pageSize + 1})
        as listed window newest as (order by id desc)
    ) as sized`;
  return sql`
    with recursive start (number, below) as (
      select 1, ${beforeId ?? Number.MAX_SAFE_INTEGER}::bigint
      union all
      select number + 1, next.before from start cross join lateral (
        select before from ${sized(sql`start.below`)}
        where place > ${pageSize} or (place > 1 and bytes > ${most}) order by place limit 1
      ) as next where number < ${page}
    ), page as (
      select id, goes_on from ${sized(sql`(select below from start where number = ${page})`)}
      where place <= ${pageSize} and (place = 1 or ${most} is null or bytes <= ${most})
    )`;
}

import { sql } from 'kysely';
import type { DatabaseTransaction, Storage } from '#platform/storage';
import type { Tenant } from './filter-store.ts';
import { toStorableJson } from '#platform/storage';

export type Severity = 'low' | 'medium' | 'high';

export interface NewNotification {
  topic: string;
  severity: Severity;
  message: string;
  /** Who tells it, in words. */
  from: string;
}

export interface NotificationRow extends NewNotification {
  id: number;
  acknowledged: boolean;
  createdAt: Date;
}

export interface NewSubscription {
  callbackId: number;
  topics: string[];
  config: { url: string } & Record<string, unknown>;
}

export interface SubscriptionRow {
  id: number;
  channel: string;
  topics: string[];
  config: Record<string, unknown>;
}

/** SQL of notifications and of those who want them. A notification is an event without an instance. */
export function createNotificationStore({ db }: Storage) {
  const columns = sql`event.id, topic, severity, message, sender as "from", acknowledged, received_at as "createdAt"`;
  const subscriptionColumns = sql`id, channel, topics, config`;
  const ofTenant = ({ organizationId, accountId }: Tenant) =>
    sql`organization_id = ${organizationId} and account_id = ${accountId}`;
  const ofTopics = (tenant: Tenant, topics: string[]) =>
    sql`notification.organization_id = ${tenant.organizationId} and notification.account_id = ${tenant.accountId}
      and topic = any(${topics}::text[])`;
  return {
    /** Stores a notification with a delivery for each subscription to its topic, in one statement. */
    async create(
      tenant: Tenant & { userId: number },
      { topic, severity, message, from }: NewNotification,
    ): Promise<{ row: NotificationRow; callbackIds: number[] }> {
      const sent = toStorableJson({ topic, severity, message, from });
      const { rows } = await sql<NotificationRow & { callbackIds: number[] }>`
        with made as (
          insert into event (organization_id, account_id, user_id, source, status, objects, provider_data, size_bytes)
          values (${tenant.organizationId}, ${tenant.accountId}, ${tenant.userId}, 'notification', 'DISPATCHED', '[]',
            ${sent}, ${Buffer.byteLength(sent)})
          returning id, received_at
        ), told as (
          insert into notification (event_id, organization_id, account_id, topic, severity, message, sender)
          select id, ${tenant.organizationId}::bigint, ${tenant.accountId}::bigint, ${topic}, ${severity}, ${message}, ${from}
          from made returning topic, severity, message, sender, acknowledged
        ), wanted as materialized (
          select id, callback_id from subscription where ${ofTenant(tenant)} and ${topic} = any(topics)
        ), callback as materialized (
          -- Locked, as for events: a release either comes before and is seen here, or sees what is queued here.
          select id, suspended_at from event_callback
          where id in (select callback_id from wanted) order by id for share
        ), sent as (
          insert into delivery (event_id, organization_id, account_id, callback_id, subscription_id, status)
          select made.id, ${tenant.organizationId}::bigint, ${tenant.accountId}::bigint, callback.id, wanted.id,
            case when callback.suspended_at is null then 'created' else 'queued' end
          from made cross join wanted join callback on callback.id = wanted.callback_id order by wanted.id
          returning callback_id
        )
        select made.id, topic, severity, message, sender as "from", acknowledged, received_at as "createdAt",
          array(select distinct callback_id from sent) as "callbackIds"
        from made cross join told`.execute(db);
      const { callbackIds, ...row } = rows[0] as NotificationRow & { callbackIds: (number | string)[] };
      return { row, callbackIds: callbackIds.map(Number) };
    },

    /** The newest first. */
    async list(
      tenant: Tenant,
      topics: string[],
      { page, pageSize }: { page: number; pageSize: number },
    ): Promise<NotificationRow[]> {
      const { rows } = await sql<NotificationRow>`
        select ${columns} from notification join event on event.id = event_id where ${ofTopics(tenant, topics)}
        order by event_id desc limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
      return rows;
    },

    async count(tenant: Tenant, topics: string[]): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from notification where ${ofTopics(tenant, topics)}`.execute(db);
      return rows[0]?.count ?? 0;
    },

    async find(tenant: Tenant, id: number): Promise<NotificationRow | undefined> {
      const { rows } = await sql<NotificationRow>`
        select ${columns} from notification join event on event.id = event_id
        where notification.organization_id = ${tenant.organizationId}
          and notification.account_id = ${tenant.accountId} and event_id = ${id}`.execute(db);
      return rows[0];
    },

    async acknowledge(tenant: Tenant, id: number): Promise<void> {
      await sql`
        update notification set acknowledged = true where ${ofTenant(tenant)} and event_id = ${id}`.execute(
        db,
      );
    },

    /** With its deliveries. */
    async remove(tenant: Tenant, id: number): Promise<void> {
      await sql`
        delete from event where ${ofTenant(tenant)} and id = ${id} and source = 'notification'`.execute(db);
    },

    async subscribe(
      tenant: Tenant,
      { callbackId, topics, config }: NewSubscription,
    ): Promise<SubscriptionRow> {
      const { rows } = await sql<SubscriptionRow>`
        insert into subscription (organization_id, account_id, callback_id, channel, topics, config)
        values (${tenant.organizationId}, ${tenant.accountId}, ${callbackId}, 'webhook', ${topics}::text[],
          ${toStorableJson(config)}::jsonb)
        returning ${subscriptionColumns}`.execute(db);
      return rows[0] as SubscriptionRow;
    },

    async listSubscriptions(tenant: Tenant): Promise<SubscriptionRow[]> {
      const { rows } = await sql<SubscriptionRow>`
        select ${subscriptionColumns} from subscription where ${ofTenant(tenant)} order by id`.execute(db);
      return rows;
    },

    async findSubscription(tenant: Tenant, id: number): Promise<SubscriptionRow | undefined> {
      const { rows } = await sql<SubscriptionRow>`
        select ${subscriptionColumns} from subscription where ${ofTenant(tenant)} and id = ${id}`.execute(db);
      return rows[0];
    },

    /** What is on its way to it is given up. */
    async unsubscribe(tenant: Tenant, id: number): Promise<void> {
      await sql`delete from subscription where ${ofTenant(tenant)} and id = ${id}`.execute(db);
    },

    /** With an account or an organization go its subscriptions. */
    async removeOf(
      { organizationId, accountId }: { organizationId: number; accountId?: number | undefined },
      trx: DatabaseTransaction,
    ): Promise<void> {
      const ofAccount = accountId === undefined ? sql`` : sql`and account_id = ${accountId}`;
      await sql`delete from subscription where organization_id = ${organizationId} ${ofAccount}`.execute(trx);
    },
  };
}

export type NotificationStore = ReturnType<typeof createNotificationStore>;

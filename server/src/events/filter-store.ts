import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { DeliveryStatus, EventType } from './event.ts';

/* Conditions of statements that read events and deliveries. */

/** Whose events are meant. Every query has it. */
export interface Tenant {
  organizationId: number;
  accountId: number;
}

export interface EventFilter {
  instanceId?: number | undefined;
  fromMs?: number | undefined;
  toMs?: number | undefined;
  eventIds?: number[] | undefined;
  elementKey?: string | undefined;
  /** Of one of the objects that have changed, both of the same. */
  eventType?: EventType | undefined;
  objectType?: string | undefined;
  /** Of the event's delivery. */
  statuses?: DeliveryStatus[] | undefined;
  /** Of the callback. */
  url?: string | undefined;
  /** Without what customers tell their own subscribers. */
  onlyOfInstances?: boolean;
  subscriptionId?: number | undefined;
}

export function ofTenant(table: string, { organizationId, accountId }: Tenant): RawBuilder<unknown> {
  return sql`${sql.ref(`${table}.organization_id`)} = ${organizationId} and ${sql.ref(`${table}.account_id`)} = ${accountId}`;
}

/** Notifications have no instance. */
export const ofInstances = sql`event.instance_id is not null`;

/** The account that an event is of, by its name. */
export function instanceName(of: 'event' | 'delivery'): RawBuilder<unknown> {
  return sql`(select name from instance where instance.id = ${sql.ref(`${of}.instance_id`)}
    and instance.organization_id = ${sql.ref(`${of}.organization_id`)}) as "instanceName"`;
}

export function ofEvent(filter: EventFilter): RawBuilder<unknown> {
  const { instanceId, fromMs, toMs, eventIds, elementKey, eventType, objectType } = filter;
  const isOfObject = eventType !== undefined || objectType !== undefined;
  const conditions = [
    ...(elementKey === undefined ? [] : [sql`and event.element_key = ${elementKey}`]),
    ...(isOfObject ? [sql`and event.objects @> ${JSON.stringify([{ eventType, objectType }])}::jsonb`] : []),
    ...(instanceId === undefined ? [] : [sql`and event.instance_id = ${instanceId}`]),
    ...(fromMs === undefined ? [] : [sql`and received_at >= ${new Date(fromMs)}`]),
    ...(toMs === undefined ? [] : [sql`and received_at <= ${new Date(toMs)}`]),
    ...(eventIds === undefined ? [] : [sql`and event.id = any(${eventIds})`]),
  ];
  return sql.join(conditions, sql` `);
}

export function ofDelivery({
  statuses,
  url,
  onlyOfInstances,
  subscriptionId,
}: EventFilter): RawBuilder<unknown> {
  const conditions = [
    ...(onlyOfInstances ? [sql`and delivery.instance_id is not null`] : []),
    ...(subscriptionId === undefined
      ? []
      : [sql`and coalesce(subscription_id, callback_id) = ${subscriptionId}`]),
    ...(statuses === undefined ? [] : [sql`and delivery.status = any(${statuses})`]),
    ...(url === undefined ? [] : [sql`and url = ${url}`]),
  ];
  return sql.join(conditions, sql` `);
}

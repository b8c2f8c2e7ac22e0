import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { stringifyJson } from '#kernel/json';
import type { Removal } from '#accounts';
import type { DatabaseTransaction, Storage } from '#platform/storage';
import type { NewEvent } from './event.ts';
import { toStorableJson } from '#platform/storage';

/** An event that has been stored now. */
export interface StoredEvent {
  id: number;
  /** Index in what was given. */
  index: number;
  callbackId: number | null;
}

/** SQL that writes events. */
export function createEventStore(storage: Storage) {
  const { db } = storage;
  return {
    /** With an account or an organization goes all that is kept for it; with a user, the events of its instances. */
    async removeOf({ organizationId, accountId, userId }: Removal, trx: DatabaseTransaction): Promise<void> {
      const ofAccount = accountId === undefined ? sql`` : sql`and account_id = ${accountId}`;
      const ofUser = userId === undefined ? sql`` : sql`and user_id = ${userId}`;
      await sql`delete from event where organization_id = ${organizationId} ${ofAccount} ${ofUser}`.execute(
        trx,
      );
      if (userId === undefined)
        await sql`
          with locked as materialized (
            select id from event_callback where organization_id = ${organizationId} ${ofAccount} order by id for update
          )
          delete from event_callback using locked where event_callback.id = locked.id`.execute(trx);
    },

    /** The row of a place that events are delivered to, made when it is new. */
    async callbackId(organizationId: number, accountId: number, url: string): Promise<number> {
      const hash = createHash('sha256').update(url).digest();
      await sql`
        insert into event_callback (organization_id, account_id, url, url_hash)
        values (${organizationId}, ${accountId}, ${url}, ${hash})
        on conflict (organization_id, account_id, url_hash) do nothing`.execute(db);
      const { rows } = await sql<{ id: number }>`
        select id from event_callback
        where organization_id = ${organizationId} and account_id = ${accountId} and url_hash = ${hash}`.execute(
        db,
      );
      return rows[0]?.id ?? 0;
    },

    /**
     * Stores events with their deliveries in one statement. Those that are known already by their fingerprint are
     * left out of what is returned.
     */
    async insert(events: (NewEvent & { callbackId: number | null })[]): Promise<StoredEvent[]> {
      const given = events.map((event, index) => ({
        index,
        organization_id: event.owner.organizationId,
        account_id: event.owner.accountId,
        user_id: event.owner.userId,
        instance_id: event.owner.id,
        element_key: event.owner.elementKey,
        source: event.source,
        objects: event.objects,
        provider_data: event.providerData,
        fingerprint: event.fingerprint
          ? createHash('sha256').update(event.fingerprint).digest('hex')
          : undefined,
        callback_id: event.callbackId ?? undefined,
        order_key: toStoredKey(event.orderKey),
        size_bytes: Buffer.byteLength(event.providerData) + Buffer.byteLength(stringifyJson(event.objects)),
      }));
      const { rows } = await sql<StoredEvent>`
        with given as materialized (
          select nextval(pg_get_serial_sequence('event', 'id')) as id, row.*
          from jsonb_to_recordset(${toStorableJson(given)}::jsonb) as row (
            index integer, organization_id bigint, account_id bigint, user_id bigint, instance_id bigint, element_key text,
            source text, objects jsonb, provider_data text, fingerprint text, callback_id bigint, order_key text,
            size_bytes integer)
          order by row.index
        ), made as (
          insert into event (id, organization_id, account_id, user_id, instance_id, element_key, source, status, objects,
            provider_data, fingerprint, size_bytes)
          select id, organization_id, account_id, user_id, instance_id, element_key, source,
            case when callback_id is null then 'RECEIVED' else 'DISPATCHED' end, objects, provider_data,
            decode(fingerprint, 'hex'), size_bytes
          from given order by id
          on conflict (instance_id, fingerprint) where fingerprint is not null do nothing
          returning id
        ), callback as materialized (
          -- Locked, so that a release either comes before and is seen here, or comes after and sees what is queued here.
          select id, suspended_at from event_callback
          where id in (select callback_id from given) order by id for share
        ), sent as (
          insert into delivery (event_id, organization_id, account_id, instance_id, callback_id, order_key, status)
          select given.id, given.organization_id, given.account_id, given.instance_id, given.callback_id, given.order_key,
            case when callback.suspended_at is null then 'created' else 'queued' end
          from given join made using (id) join callback on callback.id = given.callback_id
          order by given.id
        )
        select id, index, callback_id as "callbackId" from given join made using (id) order by index`.execute(
        db,
      );
      return rows;
    },
  };
}

export type EventStore = ReturnType<typeof createEventStore>;

/** An index takes no more than 2.7 kB of a row. */
const longestKey = 500;

function toStoredKey(key: string | undefined): string | undefined {
  return key !== undefined && key.length > longestKey ? createHash('sha256').update(key).digest('hex') : key;
}

import type { Principal } from '#accounts';
import type { Instances } from '#instances';
import {
  deliveryNotFound,
  eventNotFound,
  instanceUnknown,
  notificationNotFound,
  nothingToReplay,
  subscriptionNotFound,
} from './errors.ts';
import type { WaitingCallback } from './delivery-store.ts';
import type { EventStore } from './event-store.ts';
import type { AskedRows } from './list.ts';
import type { EventFilter } from './filter-store.ts';
import type { DeliveryRow, EventRow, ReadStore } from './read-store.ts';
import { settingsOf } from './settings.ts';

interface Parts {
  instances: Pick<Instances, 'findConnection'>;
  reads: ReadStore;
  store: EventStore;
  wake(callbacks: Iterable<WaitingCallback>): void;
}

/** What the routes of this module ask for: events and deliveries of a principal's account. */
export type EventDesk = ReturnType<typeof createDesk>;

const mostCallbacks = 1_000;
const first = { page: 1, beforeId: undefined };

export function createDesk({ instances, reads, store, wake }: Parts) {
  const desk = {
    /** @throws 404 unless the instance is one of the principal's account. */
    async checkInstance(principal: Principal, instanceId: number): Promise<void> {
      const connection = await instances.findConnection(instanceId);
      const { organizationId, accountId } = connection?.instance ?? {};
      if (organizationId !== principal.organizationId || accountId !== principal.accountId)
        throw instanceUnknown(instanceId);
    },

    async events(principal: Principal, filter: EventFilter, page: AskedRows) {
      const events = await reads.listEvents(principal, filter, page);
      return { events, deliveries: await desk.deliveriesOf(principal, events) };
    },

    async deliveriesOf(principal: Principal, events: EventRow[]): Promise<DeliveryRow[]> {
      if (events.length === 0) return [];
      const filter = { eventIds: events.map(({ id }) => id) };
      return reads.listDeliveries(principal, filter, { ...first, pageSize: 10_000 });
    },

    /** @throws 404, also for another tenant's. */
    async event(principal: Principal, id: string, instanceId?: number) {
      const eventIds = /^\d{1,15}$/.test(id) ? [Number(id)] : [];
      const [event] = await reads.listEvents(principal, { eventIds, instanceId }, { ...first, pageSize: 1 });
      if (!event) throw eventNotFound(id);
      return { event, deliveries: await desk.deliveriesOf(principal, [event]) };
    },

    async deliveries(principal: Principal, filter: EventFilter, page: AskedRows, hydrate: boolean) {
      const deliveries = await reads.listDeliveries(principal, filter, page);
      const eventIds = deliveries.map(({ eventId }) => eventId);
      const events = hydrate ? await reads.eventHeads(principal, eventIds) : [];
      return { deliveries, events: new Map(events.map((event) => [event.id, event])) };
    },

    /** All deliveries of one event or notification. @throws 404, also for another tenant's. */
    async deliveriesOfOne(principal: Principal, eventId: number, filter: EventFilter = {}) {
      const [event] = await reads.eventHeads(principal, [eventId]);
      if (!event) throw notificationNotFound(eventId);
      const page = { ...first, pageSize: 10_000 };
      const deliveries = await reads.listDeliveries(principal, { ...filter, eventIds: [eventId] }, page);
      return { deliveries, event };
    },

    /** @throws 404, also for another tenant's. */
    async deliveryTo(principal: Principal, eventId: number, subscriptionId: number) {
      const { deliveries, event } = await desk.deliveriesOfOne(principal, eventId, { subscriptionId });
      const [delivery] = deliveries;
      if (!delivery) throw subscriptionNotFound(subscriptionId);
      return { delivery, event };
    },

    /** @throws 404, also for another tenant's. */
    async delivery(principal: Principal, id: number) {
      const delivery = await reads.findDelivery(principal, id);
      if (!delivery) throw deliveryNotFound(id);
      return { delivery, attempts: await reads.attempts(id) };
    },

    callbacks: (principal: Principal) => reads.callbacks(principal, mostCallbacks),

    counts: (principal: Principal, filter: EventFilter) => reads.countByStatus(principal, filter),

    /**
     * Delivers events again, or for the first time, at the callback that their instance has now.
     *
     * @returns how many.
     * @throws 400 when none of them has a callback to go to.
     */
    async replay(principal: Principal, filter: EventFilter): Promise<number> {
      let replayed = 0;
      const ids = await reads.instancesOf(principal, filter);
      const callbacks = new Set<number>();
      for (const instanceId of ids) {
        const connection = await instances.findConnection(instanceId);
        const url = connection && settingsOf(connection).callbackUrl;
        if (!url) continue;
        const callbackId = await store.callbackId(principal.organizationId, principal.accountId, url);
        replayed += await reads.replay(principal, instanceId, filter, callbackId);
        callbacks.add(callbackId);
      }
      if (ids.length > 0 && callbacks.size === 0) throw nothingToReplay();
      wake([...callbacks].map((id) => ({ id, organizationId: principal.organizationId })));
      return replayed;
    },

    /** Lets queued deliveries go. */
    async release(principal: Principal, filter: EventFilter): Promise<DeliveryRow[]> {
      const { callbackIds, deliveryIds } = await reads.release(principal, filter);
      const page = { ...first, pageSize: 1000 };
      const all =
        deliveryIds.length === 0
          ? []
          : await reads.listDeliveries(principal, { ...filter, statuses: undefined }, page);
      wake(callbackIds.map((id) => ({ id, organizationId: principal.organizationId })));
      const released = new Set(deliveryIds);
      return all.filter(({ id }) => released.has(id));
    },
  };
  return desk;
}

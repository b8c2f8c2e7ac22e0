import type { Principal } from '#accounts';
import type { WaitingCallback } from './delivery-store.ts';
import { notificationNotFound, subscriptionNotFound } from './errors.ts';
import type { EventStore } from './event-store.ts';
import type {
  NewNotification,
  NewSubscription,
  NotificationRow,
  NotificationStore,
  SubscriptionRow,
} from './notification-store.ts';

interface Parts {
  notifications: NotificationStore;
  store: Pick<EventStore, 'callbackId'>;
  wake(callbacks: Iterable<WaitingCallback>): void;
}

/** What a customer tells its own subscribers. */
export type NotificationDesk = ReturnType<typeof createNotificationDesk>;

export function createNotificationDesk({ notifications, store, wake }: Parts) {
  const desk = {
    async create(principal: Principal, given: NewNotification): Promise<NotificationRow> {
      const { row, callbackIds } = await notifications.create(principal, given);
      wake(callbackIds.map((id) => ({ id, organizationId: principal.organizationId })));
      return row;
    },

    async list(principal: Principal, topics: string[], page: { page: number; pageSize: number }) {
      const [rows, total] = await Promise.all([
        notifications.list(principal, topics, page),
        notifications.count(principal, topics),
      ]);
      return { rows, total };
    },

    /** @throws 404, also for another tenant's. */
    async get(principal: Principal, id: number): Promise<NotificationRow> {
      const found = await notifications.find(principal, id);
      if (!found) throw notificationNotFound(id);
      return found;
    },

    async acknowledge(principal: Principal, id: number): Promise<NotificationRow> {
      await notifications.acknowledge(principal, id);
      return desk.get(principal, id);
    },

    async remove(principal: Principal, id: number): Promise<NotificationRow> {
      const found = await desk.get(principal, id);
      await notifications.remove(principal, id);
      return found;
    },

    async subscribe(
      principal: Principal,
      given: Omit<NewSubscription, 'callbackId'>,
    ): Promise<SubscriptionRow> {
      const { organizationId, accountId } = principal;
      const callbackId = await store.callbackId(organizationId, accountId, given.config.url);
      return notifications.subscribe(principal, { ...given, callbackId });
    },

    subscriptions: (principal: Principal) => notifications.listSubscriptions(principal),

    /** @throws 404, also for another tenant's. */
    async subscription(principal: Principal, id: number): Promise<SubscriptionRow> {
      const found = await notifications.findSubscription(principal, id);
      if (!found) throw subscriptionNotFound(id);
      return found;
    },

    async unsubscribe(principal: Principal, id: number): Promise<SubscriptionRow> {
      const found = await desk.subscription(principal, id);
      await notifications.unsubscribe(principal, id);
      return found;
    },
  };
  return desk;
}

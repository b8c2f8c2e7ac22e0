import { randomUUID } from 'node:crypto';
import type { Clock } from '#kernel/clock';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { Accounts } from '#accounts';
import type { Calls } from '#calls';
import type { Gateway } from '#gateway';
import type { Instances } from '#instances';
import type { FastifyInstance } from '#platform/http';
import type { Outbound } from '#platform/outbound';
import type { Storage } from '#platform/storage';
import { mountAnalytics } from './analytics-routes.ts';
import { attemptDelivery } from './deliver.ts';
import type { FailurePolicy } from './deliver.ts';
import { createDeliveryStore } from './delivery-store.ts';
import { createDesk } from './desk.ts';
import { createDispatcher } from './dispatcher.ts';
import { createEventStore } from './event-store.ts';
import { createFinderStore } from './finder-store.ts';
import { createNotificationDesk } from './notification-desk.ts';
import { mountNotifications } from './notification-routes.ts';
import { createNotificationStore } from './notification-store.ts';
import { mountJobs } from './job-routes.ts';
import { createJobStore } from './job-store.ts';
import { createReadStore } from './read-store.ts';
import { createPoller } from './polling/poller.ts';
import { createRecorder } from './recorder.ts';
import { createRetentionStore } from './retention-store.ts';
import { keepTidy } from './retention.ts';
import type { EventRetention } from './retention.ts';
import { mountEvents } from './routes.ts';
import { createInstanceFinder } from './webhooks/find-instances.ts';
import { createIntake } from './webhooks/intake.ts';
import { mountWebhooks } from './webhooks/routes.ts';

export interface EventsOptions {
  storage: Storage;
  instances: Instances;
  gateway: Gateway;
  calls: Calls;
  outbound: Outbound;
  clock: Clock;
  log: Log;
  accounts: Pick<Accounts, 'settings' | 'onRemoval'>;
  retention: EventRetention;
}

export interface Events {
  mount(app: FastifyInstance): void;
  /** Begins to deliver and to poll. */
  start(): void;
  close(): Promise<void>;
}

/** Learns of changes at providers and delivers them to the customers' callbacks. */
export function createEvents(options: EventsOptions): Events {
  const { storage, instances, gateway, calls, outbound, clock, log, accounts } = options;
  const processId = randomUUID();
  const deliveries = createDeliveryStore(storage);
  const policyOf = async (organizationId: number, accountId: number): Promise<FailurePolicy> => {
    const settings = await accounts.settings(organizationId, accountId);
    return settings['notification.webhook.failure.policy'] === 'queue' ? 'queue' : 'retry';
  };
  const delivering = { instances, gateway, store: deliveries, outbound, clock, policyOf };
  const dispatcher = createDispatcher({
    store: deliveries,
    attempt: (delivery, url, ending) => attemptDelivery(delivering, delivery, url, ending),
    processId,
    log,
  });
  const store = createEventStore(storage);
  const notifications = createNotificationStore(storage);
  accounts.onRemoval(async (removal, trx) => {
    if (removal.userId === undefined) await notifications.removeOf(removal, trx);
    await store.removeOf(removal, trx);
  });
  const recorder = createRecorder(store, dispatcher.wake);
  const intake = createIntake({
    instances,
    finder: createInstanceFinder({ instances, store: createFinderStore(storage) }),
    calls,
    recorder,
    clock,
    log,
  });
  const poller = createPoller({ storage, instances, gateway, recorder, clock, log, processId });
  instances.watch(async (instanceId, isNew) => {
    await canFail(
      poller.reconcile(instanceId, isNew),
      'all instances are looked through again later',
      (error) =>
        log.error({ instance: instanceId, err: error }, 'The polls of an instance could not be set up'),
    );
  });
  const reads = createReadStore(storage);
  const desk = createDesk({ instances, reads, store, wake: dispatcher.wake });
  const notificationDesk = createNotificationDesk({ notifications, store, wake: dispatcher.wake });
  const tidying = keepTidy(createRetentionStore(storage), options.retention, log);
  return {
    mount(app) {
      mountWebhooks(app, intake, desk);
      mountEvents(app, desk);
      mountAnalytics(app, reads, clock);
      mountNotifications(app, notificationDesk, desk);
      mountJobs(app, createJobStore(storage), instances);
    },
    start() {
      dispatcher.start();
      poller.start();
    },
    async close() {
      tidying.close();
      await poller.close();
      await dispatcher.close();
    },
  };
}

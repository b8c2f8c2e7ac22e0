import { Type } from '#platform/http';
import { parseJson } from '#kernel/json';
import type { NotificationRow } from './notification-store.ts';
import type { AttemptRow, CallbackRow, DeliveryRow, EventHead, EventRow } from './read-store.ts';

const open = { additionalProperties: true };

export const eventReply = Type.Object(
  {
    id: Type.String(),
    instanceId: Type.Integer(),
    instanceName: Type.Optional(Type.String({ description: 'As long as the instance is there' })),
    elementKey: Type.String(),
    eventDate: Type.String({ description: 'When it was taken, ISO 8601' }),
    source: Type.String({ description: 'webhook or polling' }),
    status: Type.String({
      description: 'RECEIVED: kept; DISPATCHED: on its way to the callback; NOTIFIED: the callback has it',
    }),
    providerData: Type.String({ description: 'What the provider sent, as JSON text' }),
    events: Type.Array(Type.Unknown(), { description: 'What has changed' }),
    notifiedData: Type.Array(Type.Unknown(), { description: 'Its deliveries' }),
  },
  { title: 'Event', ...open },
);

export const deliveryReply = Type.Object(
  {
    id: Type.Integer(),
    notificationId: Type.Integer({ description: 'Id of the event or the notification' }),
    subscriptionId: Type.Integer({ description: 'Id of the callback, or of the subscription' }),
    instanceId: Type.Optional(Type.Integer({ description: 'Not for a notification' })),
    instanceName: Type.Optional(Type.String()),
    channel: Type.String(),
    status: Type.String({
      description:
        'created: due; retry: failed and due again; queued: waits to be released; delivered; failed: given up',
    }),
    url: Type.String(),
    attempts: Type.Integer(),
    nextAttemptDate: Type.Optional(Type.String()),
    createdDate: Type.String(),
    updatedDate: Type.String(),
  },
  { title: 'Delivery', ...open },
);

export const callbackReply = Type.Object({
  id: Type.Integer(),
  url: Type.String(),
  circuit: Type.String({
    description: 'closed; open: it gets one attempt at a time, the next at openUntil',
  }),
  failures: Type.Integer({ description: 'Since the last success' }),
  openUntil: Type.Optional(Type.String()),
  suspendedDate: Type.Optional(
    Type.String({ description: 'Since when deliveries are held until somebody releases or replays them' }),
  ),
  due: Type.Integer({ description: 'Deliveries on their way' }),
  queued: Type.Integer({ description: 'Deliveries that are held' }),
});

export function showCallback({ openUntil, suspendedAt, ...callback }: CallbackRow) {
  return {
    ...callback,
    circuit: openUntil ? 'open' : 'closed',
    ...(openUntil && { openUntil: openUntil.toISOString() }),
    ...(suspendedAt && { suspendedDate: suspendedAt.toISOString() }),
  };
}

export function showEvent(event: EventRow, deliveries: DeliveryRow[]) {
  return {
    id: String(event.id),
    instanceId: event.instanceId,
    ...(event.instanceName !== null && { instanceName: event.instanceName }),
    elementKey: event.elementKey,
    eventDate: event.receivedAt.toISOString(),
    source: event.source,
    status: event.status,
    providerData: event.providerData,
    events: parseJson(event.objects) as unknown[],
    notifiedData: deliveries
      .filter(({ eventId }) => eventId === event.id)
      .map((delivery) => showDelivery(delivery)),
  };
}

/** @param event given where it is to be shown with its delivery. */
export function showDelivery(delivery: DeliveryRow, event?: EventHead) {
  const isDue = delivery.status === 'created' || delivery.status === 'retry';
  return {
    id: delivery.id,
    notificationId: delivery.eventId,
    subscriptionId: delivery.subscription?.id ?? delivery.callbackId,
    ...(delivery.instanceId !== null && { instanceId: delivery.instanceId }),
    ...(delivery.instanceName !== null && { instanceName: delivery.instanceName }),
    channel: 'webhook',
    status: delivery.status,
    url: delivery.url,
    attempts: delivery.attempts,
    ...(isDue && { nextAttemptDate: delivery.nextAttemptAt.toISOString() }),
    createdDate: delivery.createdAt.toISOString(),
    updatedDate: delivery.updatedAt.toISOString(),
    ...(event && {
      notification: showHead(event),
      subscription: delivery.subscription ?? {
        id: delivery.callbackId,
        channel: 'webhook',
        topics: [`${event.elementKey} event`],
        config: { url: delivery.url },
      },
    }),
  };
}

/** An event is shown as the notification that it is for its callback. */
function showHead({ id, elementKey, objects, receivedAt, notification }: EventHead) {
  if (notification) return showNotification({ id, createdAt: receivedAt, ...notification });
  return showNotification({
    id,
    createdAt: receivedAt,
    from: elementKey ?? '',
    topic: `${elementKey} event`,
    severity: 'low',
    message: parseJson(objects),
    acknowledged: false,
  });
}

export function showNotification(shown: Omit<NotificationRow, 'message'> & { message: unknown }) {
  const { id, from, topic, severity, message, createdAt, acknowledged } = shown;
  return {
    id,
    from,
    topic,
    severity,
    message,
    createdDate: createdAt.toISOString(),
    active: !acknowledged,
    acknowledged,
  };
}

export function showAttempt(attempt: AttemptRow) {
  return {
    number: attempt.number,
    startedDate: attempt.startedAt.toISOString(),
    durationMs: attempt.durationMs,
    statusCode: attempt.statusCode,
    error: attempt.error,
    request: { method: 'POST', headers: attempt.requestHeaders },
    response:
      attempt.statusCode === null ? null : { headers: attempt.responseHeaders, body: attempt.responseBody },
  };
}

import type { DueDelivery } from './delivery-store.ts';

/** What a delivery says of the instance besides the event itself. */
export interface MessageContext {
  instanceName: string;
  instanceTags: string[];
}

/**
 * The body of a delivery. It is put together as text: what the provider sent goes out with every digit that it came
 * with, and each attempt has the same bytes.
 */
export function writeMessage(delivery: DueDelivery, context: MessageContext): string {
  const whose = { accountId: delivery.accountId, companyId: delivery.organizationId };
  const message = {
    eventId: String(delivery.eventId),
    elementKey: delivery.elementKey,
    ...whose,
    instance_id: delivery.instanceId,
    ...context,
  };
  const envelope = {
    severity: 'low',
    topic: `${delivery.elementKey} event`,
    createdDate: delivery.receivedAt.getTime(),
    userId: delivery.userId,
    ...whose,
    id: delivery.eventId,
  };
  return `{"message":${open(message)},"raw":${delivery.providerData},"events":${delivery.objects}},${JSON.stringify(envelope).slice(1)}`;
}

/** The body of a delivery of a notification. */
export function writeNotification({ eventId, organizationId, ...delivery }: DueDelivery): string {
  const rest = {
    createdDate: delivery.receivedAt.getTime(),
    userId: delivery.userId,
    accountId: delivery.accountId,
    companyId: organizationId,
  };
  return `{"id":${eventId},${delivery.providerData.slice(1, -1)},${JSON.stringify(rest).slice(1)}`;
}

/** An object's JSON without its last brace. */
function open(value: object): string {
  return JSON.stringify(value).slice(0, -1);
}

/** What happened to an object at the provider. */
export type EventType = 'CREATED' | 'UPDATED' | 'DELETED' | 'UNKNOWN';

/** One change of one object, in the shape that callbacks and lists show. */
export interface ObjectEvent {
  objectType: string;
  objectId: string;
  eventType: EventType;
  /** When it happened, ISO 8601; when we learned of it, if the provider does not say. */
  date: string;
  /** When a poll has found it, ISO 8601. */
  pollDate?: string;
  elementKey: string;
  hubKey: string;
  [field: string]: unknown;
}

/** The instance that an event belongs to. */
export interface EventOwner {
  id: number;
  organizationId: number;
  accountId: number;
  userId: number;
  elementKey: string;
}

export type EventSource = 'webhook' | 'polling';

/** A change, or several that were told of at once, that has not been stored yet. */
export interface NewEvent {
  owner: EventOwner;
  source: EventSource;
  objects: ObjectEvent[];
  /** What the provider sent, as JSON text; `message.raw` of the delivery. */
  providerData: string;
  /** Names the change: a second event of the instance with the same one is not taken. */
  fingerprint?: string | undefined;
  /** Where it goes; without a callback it is only kept. */
  callbackUrl: string | undefined;
  /** Deliveries of the instance with the same key go one after the other. */
  orderKey?: string | undefined;
}

/** Where an event is on its way, in the words of the API. */
export type EventStatus = 'NEW' | 'RECEIVED' | 'DISPATCHED' | 'CONSUMED' | 'NOTIFIED';

export type DeliveryStatus = 'created' | 'retry' | 'queued' | 'delivered' | 'failed';

/** The platform's word for a kind of change; providers and hooks spell it in their ways. */
export function toEventType(word: unknown): EventType {
  const text = typeof word === 'string' ? word.toLowerCase() : '';
  if (/^(create|insert|add|new)/.test(text)) return 'CREATED';
  if (/^(update|change|modif|edit)/.test(text)) return 'UPDATED';
  if (/^(delete|remove|destroy|trash)/.test(text)) return 'DELETED';
  return 'UNKNOWN';
}

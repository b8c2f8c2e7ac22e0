import { startProvider } from './provider.ts';
import type { Provider, ReceivedRequest } from './provider.ts';
import { waitFor } from './wait.ts';

export interface EventMessage {
  eventId: string;
  raw: Record<string, unknown>;
  events: Record<string, unknown>[];
}

/** A customer's callback that listens. */
export interface EventCallback extends Pick<Provider, 'host' | 'received' | 'answer' | 'close'> {
  url: string;
  /** What has been delivered, as soon as it is so much. */
  deliveries(count: number): Promise<ReceivedRequest[]>;
  /** What so many deliveries have told, as `CREATED contacts l-0001:60`. */
  told(count: number): Promise<string[]>;
  /** Forgets what was delivered, and takes everything from now on. */
  reset(): void;
}

export async function startEventCallback(): Promise<EventCallback> {
  const { url, host, received, answer, close, reset } = await startProvider();
  answer({ status: 200 });
  const deliveries = (count: number) =>
    waitFor(() => received.length >= count && received, { what: `delivery ${count}` });
  return {
    url: `${url}/events`,
    host,
    received,
    answer,
    close,
    deliveries,
    async told(count) {
      const messages = (await deliveries(count)).map(messageOf);
      return messages.flatMap(({ events }) =>
        events.map(({ eventType, objectType, objectId }) => [eventType, objectType, objectId].join(' ')),
      );
    },
    reset() {
      reset();
      answer({ status: 200 });
    },
  };
}

export function messageOf(delivery: ReceivedRequest): EventMessage {
  return (delivery.json() as { message: EventMessage }).message;
}

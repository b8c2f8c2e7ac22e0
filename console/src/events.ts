import { type CursorPage, call, callCursor } from './api.ts';
import { queries } from './queries.ts';
import { type TimeWish, timesOf } from './times.ts';

export interface Delivery {
  id: number;
  notificationId: number;
  instanceId?: number;
  instanceName?: string;
  status: string;
  url: string;
  attempts: number;
  nextAttemptDate?: string;
  createdDate: string;
  updatedDate: string;
}

export interface Attempt {
  number: number;
  startedDate: string;
  durationMs: number;
  statusCode: number | null;
  error: string | null;
  request: { method: string; headers: Record<string, string> };
  response: { headers: Record<string, string> | null; body: string | null } | null;
}

/** What has happened to one object. */
export interface Change {
  objectType: string;
  objectId: string;
  eventType: string;
  date: string;
}

export interface Event {
  id: string;
  instanceId: number;
  instanceName?: string;
  elementKey: string;
  eventDate: string;
  source: string;
  status: string;
  providerData: string;
  events: Change[];
  notifiedData: Delivery[];
}

export interface Callback {
  id: number;
  url: string;
  circuit: 'open' | 'closed';
  failures: number;
  openUntil?: string;
  suspendedDate?: string;
  due: number;
  queued: number;
}

/** What the address of the lists says. */
export interface EventWish extends TimeWish {
  tab?: string;
  instance?: number;
  /** Of deliveries. */
  status?: string;
  /** Of events. */
  type?: string;
  /** Of the callback. */
  url?: string;
  live?: boolean;
  after?: string;
}

const pageSize = 100;
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The filter as the server takes it, for lists and for replays alike. */
export function filterOf(wish: EventWish): { from?: string; to?: string; where?: string } {
  const { instance, status, type, url } = wish;
  const conditions = [
    instance !== undefined && `instanceId = ${instance}`,
    status && `status = ${quoted(status)}`,
    type && `eventType = ${quoted(type)}`,
    url && `config.url = ${quoted(url)}`,
  ].filter((one) => one !== false && one !== undefined && one !== '');
  return { ...timesOf(wish), ...(conditions.length > 0 && { where: conditions.join(' and ') }) };
}

const listOf =
  <T>(path: string) =>
  (wish: EventWish): Promise<CursorPage<T>> =>
    callCursor<T>(path, { ...filterOf(wish), pageSize, nextPage: wish.after });

export const listEvents = listOf<Event>('/instances/events');
export const listDeliveries = listOf<Delivery>('/instances/events/deliveries');

export const getEvent = (id: string): Promise<Event> =>
  call<Event>('GET', `/instances/events/${encodeURIComponent(id)}`);

export const getDelivery = (id: string): Promise<Delivery & { attemptsData: Attempt[] }> =>
  call('GET', `/instances/events/deliveries/${encodeURIComponent(id)}`);

export const listCallbacks = (): Promise<Callback[]> => call('GET', '/instances/events/callbacks');

const changed = () => queries.invalidateQueries({ queryKey: ['events'] });

/** Delivers one event again. @returns how many deliveries that makes. */
export async function replayEvent(id: string): Promise<number> {
  const { replayed } = await call<{ replayed: number }>(
    'POST',
    `/instances/events/${encodeURIComponent(id)}/replay`,
  );
  await changed();
  return replayed;
}

/** Delivers again whatever a filter finds. @returns how many deliveries that makes. */
export async function replayAll(wish: EventWish): Promise<number> {
  const { replayed } = await call<{ replayed: number }>('POST', '/instances/events/replay', {
    query: filterOf(wish),
  });
  await changed();
  return replayed;
}

/** Lets go what is held for a callback. @returns how many deliveries, a thousand at most. */
export async function releaseCallback(url: string): Promise<number> {
  const released = await call<Delivery[]>('PUT', '/notifications/subscriptions/deliveries', {
    query: { where: `status = 'queued' and config.url = ${quoted(url)}` },
  });
  await changed();
  return released.length;
}

import { LigandError, type CursorPage, call, callCursor } from './api.ts';
import { type TimeWish, intervalOf, timesOf } from './times.ts';

/** Something that a call has waited for; times in milliseconds from its beginning. */
export interface CallStep {
  kind: 'hook' | 'provider';
  name: string;
  when?: 'preRequest' | 'postRequest';
  startMs: number;
  durationMs: number;
  outcome: 'done' | 'stopped' | 'failed';
  status?: number;
}

/** What a hook gave to `done`, as it was logged. */
export interface HookOutput {
  name: string;
  when: string;
  /** JSON, cut where it is long. */
  output: string;
}

interface Message {
  headers: Record<string, unknown>;
  body?: string;
}

/** A request to the provider and its reply, as they were logged. */
export interface Exchange {
  id: string;
  method: string;
  url: string;
  durationMs: number;
  request: Message;
  response?: Message & { status: number };
  failure?: string;
}

export interface Call {
  traffic_id: string;
  request_id: string;
  traffic_date: string;
  request_method: string;
  request_uri: string;
  request_ip: string;
  response_status: number;
  process_time: number;
  user_id: number;
  element_api: boolean;
  element_key?: string;
  element_name?: string;
  element_instance_id?: number;
  element_instance_name?: string;
  provider_status?: number;
  provider_time?: number;
  provider_calls?: number;
  message?: string;
  provider_message?: string;
  steps?: CallStep[];
  exchanges?: Exchange[];
  hooks?: HookOutput[];
}

/** What the address of the list says. */
export interface CallWish extends TimeWish {
  instance?: number;
  element?: string;
  /** `success`, `failed`, a status such as 404 or a class such as 5xx. */
  status?: string;
  method?: string;
  path?: string;
  search?: string;
  /** Calls of the platform's own paths too. */
  all?: boolean;
  live?: boolean;
  /** Where an older page begins. */
  after?: string;
}

export const callsPageSize = 100;

export async function listCalls(wish: CallWish): Promise<CursorPage<Call>> {
  const { instance, element, status, method, path, search, all, after } = wish;
  const isOutcome = status === 'success' || status === 'failed';
  try {
    return await callCursor<Call>('/usage', {
      ...timesOf(wish),
      'instanceIds[]': instance,
      'keys[]': element,
      status: isOutcome ? status : undefined,
      statusCode: isOutcome ? undefined : status,
      'methods[]': method,
      path,
      searchText: search,
      elementApi: all ? undefined : true,
      pageSize: callsPageSize,
      nextPage: after,
    });
  } catch (error) {
    // A range that is still to come.
    if (error instanceof LigandError && error.status === 404) return { rows: [], next: undefined };
    throw error;
  }
}

export const getCall = (requestId: string): Promise<Call> =>
  call<Call>('GET', `/usage/${encodeURIComponent(requestId)}`);

/** What calls of one bucket of time come to. */
export interface CallBucket {
  timestamp: string;
  count: number;
  failed: number;
  averageTime: number;
  averageProviderTime: number;
  longestTime: number;
}

export const countCalls = (wish: CallWish): Promise<CallBucket[]> =>
  countCallsFrom({
    ...timesOf(wish),
    interval: intervalOf(wish),
    'instanceIds[]': wish.instance,
    'keys[]': wish.element,
  });

/** @param query as the server takes it */
export async function countCallsFrom(
  query: Record<string, string | number | undefined>,
): Promise<CallBucket[]> {
  const [counts, times] = await Promise.all([
    call<CallBucket[]>('GET', '/usage/analytics/activity', { query }),
    call<CallBucket[]>('GET', '/usage/analytics/times', { query }),
  ]);
  const byTime = new Map(times.map((one) => [one.timestamp, one]));
  return counts.map((one) => ({ ...nothing, ...byTime.get(one.timestamp), ...one }));
}

const nothing = { averageTime: 0, averageProviderTime: 0, longestTime: 0 };

/** Whether requests to the provider and its replies are logged for an account. */
export interface LoggingWindow {
  traceLoggingEnabled: boolean;
  until?: string;
}

const loggingPath = (instanceId: number) => `/instances/${instanceId}/logging`;

export const getLogging = (instanceId: number): Promise<LoggingWindow> =>
  call<LoggingWindow>('GET', loggingPath(instanceId));

export const openLogging = (instanceId: number, minutes: number): Promise<LoggingWindow> =>
  call<LoggingWindow>('PUT', loggingPath(instanceId), { json: { minutes } });

export const closeLogging = (instanceId: number): Promise<LoggingWindow> =>
  call<LoggingWindow>('DELETE', loggingPath(instanceId));

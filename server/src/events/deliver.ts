import type { Clock } from '#kernel/clock';
import type { Gateway } from '#gateway';
import type { Connection, Instances } from '#instances';
import { OutboundError } from '#platform/outbound';
import type { Outbound, OutboundReply } from '#platform/outbound';
import { redact } from '#platform/telemetry';
import type { AttemptOutcome, DeliveryStore, DueDelivery } from './delivery-store.ts';
import { hydrate } from './hydrate.ts';
import { writeMessage, writeNotification } from './message.ts';
import { settingsOf } from './settings.ts';
import type { EventSettings } from './settings.ts';
import { signatureHeaders } from './signature.ts';

/** What an account wants when a callback fails: more attempts, or a queue that somebody releases. */
export type FailurePolicy = 'retry' | 'queue';

interface Parts {
  instances: Pick<Instances, 'findConnection'>;
  gateway: Pick<Gateway, 'run'>;
  store: Pick<DeliveryStore, 'addRecords'>;
  outbound: Outbound;
  clock: Clock;
  policyOf(organizationId: number, accountId: number): Promise<FailurePolicy>;
}

/** One attempt, and whether it says something about the health of the callback. */
export interface Attempt {
  outcome: AttemptOutcome;
  callbackFailed: boolean;
  /** The callback has said for how long it wants no calls, of any delivery. */
  retryAfterMs: number | undefined;
}

/** Attempts of one delivery: the first, and nine more, of which the last waits for three days. */
const mostAttempts = 10;

const attemptTimeoutMs = 30_000;
const keptBodyBytes = 4096;
const longestRetryAfterMs = 24 * 60 * 60 * 1000;

/**
 * Sends a delivery once. What goes wrong is in what it gives.
 *
 * @throws when `ending` broke it off: then it counts for nothing.
 */
export async function attemptDelivery(
  parts: Parts,
  delivery: DueDelivery,
  url: string,
  ending: AbortSignal,
): Promise<Attempt> {
  const startedAt = new Date(parts.clock.nowMs());
  const about = {
    deliveryId: delivery.id,
    attempts: delivery.attempts + 1,
    version: delivery.version,
    startedAt,
  };
  const written =
    delivery.instanceId === null
      ? ofNotification(parts.clock, delivery)
      : await ofInstance(parts, delivery, delivery.instanceId, { url, ending });
  if (typeof written === 'string')
    return {
      outcome: { ...about, ...nothingSent, status: 'failed', suspends: false, error: written },
      callbackFailed: false,
      retryAfterMs: undefined,
    };
  const { headers, body, settings } = written;
  const sent = await send(parts.outbound, url, headers, body, ending);
  if (sent.status === undefined) ending.throwIfAborted();
  const durationMs = Math.round(parts.clock.nowMs() - startedAt.getTime());
  const verdict = judge(
    sent,
    delivery.attempts - delivery.attemptsBefore + 1,
    sent.status !== undefined && isSuccess(sent.status)
      ? 'retry'
      : await parts.policyOf(delivery.organizationId, delivery.accountId),
  );
  return {
    outcome: {
      ...about,
      ...verdict.next,
      durationMs,
      statusCode: sent.status,
      error: sent.error,
      requestHeaders: shownHeaders(headers, settings),
      responseHeaders: sent.headers && (redact(sent.headers) as Record<string, string>),
      responseBody: sent.body === undefined ? undefined : (redact(sent.body) as string),
    },
    callbackFailed: verdict.callbackFailed,
    retryAfterMs: verdict.retryAfterMs,
  };
}

interface Written {
  headers: Record<string, string>;
  body: string;
  settings: EventSettings;
}

/** What is sent of an event, or why nothing is. */
async function ofInstance(
  parts: Parts,
  delivery: DueDelivery,
  instanceId: number,
  { url, ending }: { url: string; ending: AbortSignal },
): Promise<Written | string> {
  const connection = await parts.instances.findConnection(instanceId);
  if (!connection) return 'The instance has been deleted, so nothing is left to sign its events with.';
  const { name, tags } = connection.instance;
  const settings = settingsAt(url, connection);
  const complete =
    settings.hydrated && delivery.attempts === 0
      ? await withRecords(parts, connection, delivery, ending)
      : delivery;
  const body = writeMessage(complete, { instanceName: name, instanceTags: tags });
  return { headers: headersOf(parts.clock, settings, delivery, body), body, settings };
}

/** What is sent of a notification, or why nothing is. Nobody has a key to sign it with. */
function ofNotification(clock: Clock, delivery: DueDelivery): Written | string {
  if (!delivery.isSubscribed) return 'The subscription has been deleted.';
  const settings = settingsOf({ configuration: {} });
  const body = writeNotification(delivery);
  return { headers: headersOf(clock, settings, delivery, body), body, settings };
}

/** What proves the customer's callback who calls goes there only: what is pending goes to the place before it. */
function settingsAt(url: string, connection: Connection): EventSettings {
  const settings = settingsOf(connection);
  return settings.callbackUrl === url ? settings : { ...settings, basic: undefined, headers: {} };
}

/** Each attempt has the same records: they are kept with the event. */
async function withRecords(
  { gateway, store }: Parts,
  connection: Connection,
  delivery: DueDelivery,
  ending: AbortSignal,
): Promise<DueDelivery> {
  const providerData = await hydrate(gateway, connection, delivery, ending);
  if (providerData === undefined) return delivery;
  await store.addRecords(delivery.eventId, providerData);
  return { ...delivery, providerData };
}

const nothingSent = {
  waitMs: 0,
  durationMs: 0,
  statusCode: undefined,
  requestHeaders: {},
  responseHeaders: undefined,
  responseBody: undefined,
};

function headersOf(
  clock: Clock,
  settings: EventSettings,
  { eventId }: DueDelivery,
  body: string,
): Record<string, string> {
  const message = { id: String(eventId), timestamp: Math.floor(clock.nowMs() / 1000), body };
  const own = Object.fromEntries(
    Object.entries(settings.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const basic = settings.basic && `${settings.basic.username}:${settings.basic.password}`;
  return {
    'user-agent': 'Ligand',
    ...own,
    ...(basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
    'content-type': 'application/json',
    ...signatureHeaders(message, settings),
  };
}

/** Whatever the customer adds may be a secret. */
function shownHeaders(headers: Record<string, string>, settings: EventSettings): Record<string, string> {
  const own = Object.keys(settings.headers).map((name) => [name.toLowerCase(), '[redacted]']);
  return { ...(redact(headers) as Record<string, string>), ...Object.fromEntries(own) };
}

interface Sent {
  status: number | undefined;
  headers: Record<string, string> | undefined;
  body: string | undefined;
  error: string | undefined;
  /** The operator's protection refused the address. */
  refused: boolean;
}

async function send(
  outbound: Outbound,
  url: string,
  headers: Record<string, string>,
  body: string,
  ending: AbortSignal,
): Promise<Sent> {
  let reply: OutboundReply | undefined;
  try {
    reply = await outbound.send({
      method: 'POST',
      url,
      headers,
      body,
      signal: AbortSignal.any([ending, AbortSignal.timeout(attemptTimeoutMs)]),
    });
    return {
      status: reply.status,
      headers: flat(reply.headers),
      body: await readStart(reply),
      error: isSuccess(reply.status) ? undefined : `The callback answered ${reply.status}.`,
      refused: false,
    };
  } catch (error) {
    // A 2xx whose body breaks off was accepted: the body does not matter.
    const status = reply && isSuccess(reply.status) ? reply.status : undefined;
    return {
      status,
      headers: reply && flat(reply.headers),
      body: undefined,
      error: status === undefined ? sayWhy(error) : undefined,
      refused: error instanceof OutboundError && error.kind === 'refused-address',
    };
  }
}

function sayWhy(error: unknown): string {
  if (error instanceof OutboundError) return error.message;
  if (error instanceof Error && error.name === 'TimeoutError')
    return `The callback did not answer within ${attemptTimeoutMs / 1000} seconds.`;
  return `The delivery could not be sent: ${error instanceof Error ? error.message : String(error)}`;
}

async function readStart(reply: OutboundReply): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of reply.body) {
    pieces.push(piece as Buffer);
    size += (piece as Buffer).length;
    if (size >= keptBodyBytes) break;
  }
  reply.body.destroy();
  return Buffer.concat(pieces).subarray(0, keptBodyBytes).toString('utf8');
}

interface Verdict {
  next: Pick<AttemptOutcome, 'status' | 'waitMs' | 'suspends'>;
  callbackFailed: boolean;
  retryAfterMs: number | undefined;
}

/** What becomes of a delivery after an attempt. */
function judge(sent: Sent, attempts: number, policy: FailurePolicy): Verdict {
  if (sent.status !== undefined && isSuccess(sent.status))
    return {
      next: { status: 'delivered', waitMs: 0, suspends: false },
      callbackFailed: false,
      retryAfterMs: undefined,
    };
  const failed = { callbackFailed: true, retryAfterMs: undefined };
  // Gone (RFC 9110 §15.5.11) and forbidden places do not come back by waiting.
  if (sent.status === 410 || sent.refused || (policy === 'retry' && attempts >= mostAttempts))
    return { ...failed, next: { status: 'failed', waitMs: 0, suspends: true } };
  if (policy === 'queue') return { ...failed, next: { status: 'queued', waitMs: 0, suspends: false } };
  const retryAfterMs =
    sent.status === 429 || sent.status === 503 ? readRetryAfter(sent.headers?.['retry-after']) : undefined;
  return {
    callbackFailed: true,
    retryAfterMs,
    next: { status: 'retry', waitMs: Math.max(retryAfterMs ?? 0, backOffMs(attempts)), suspends: false },
  };
}

/** 4 s, 16 s, 64 s … after the first, second, third attempt, up to a quarter longer so that not all come at once. */
function backOffMs(attempts: number): number {
  return 4 ** attempts * 1000 * (1 + Math.random() / 4);
}

function readRetryAfter(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestRetryAfterMs);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function flat(headers: OutboundReply['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

import type { Client } from '#test/client';
import { sleepBetween } from './random.ts';
import type { Tally } from './tally.ts';

export interface SendingProvider {
  /** Tells of so many more changes, all at once. */
  tell(count: number): void;
  /** Numbers told so far. */
  told(): number;
  /** Calls that had no answer, or another than 2xx, and were sent again. */
  repeated(): number;
  /** Resolves when all that was told has been accepted. */
  allAccepted(): Promise<void>;
}

const answerTimeoutMs = 10_000;
const mostAtOnce = 64;

/**
 * A provider that calls a webhook for each change, with a number and an id of its own, and calls again until it gets 2xx,
 * as providers do.
 *
 * @param urls the changes go to these in turn.
 */
export function createProvider(urls: readonly string[], tally: Tally): SendingProvider {
  const waiting: number[] = [];
  let told = 0;
  let repeated = 0;
  let callers = 0;
  let idle = Promise.withResolvers<void>();

  /** A change whose call fails goes to the end of the line; the pause makes that a call a second for each caller. */
  async function callAll(): Promise<void> {
    for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
      if (await isAccepted(urls[number % urls.length] ?? '', number)) tally.accepted(number);
      else {
        repeated++;
        await sleepBetween(500, 1_500);
        waiting.push(number);
      }
    }
    callers--;
    if (callers === 0) idle.resolve();
  }

  return {
    tell(count) {
      for (let index = 0; index < count; index++) waiting.push(++told);
      if (callers === 0) idle = Promise.withResolvers();
      for (const wanted = Math.min(mostAtOnce, callers + waiting.length); callers < wanted; callers++)
        void callAll();
    },
    told: () => told,
    repeated: () => repeated,
    allAccepted: () => (told === 0 ? Promise.resolve() : idle.promise),
  };
}

async function isAccepted(url: string, number: number): Promise<boolean> {
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'webhook-id': `change-${number}` },
      body: JSON.stringify({ objectType: 'contacts', id: number, eventType: 'updated' }),
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    await reply.arrayBuffer();
    return reply.ok;
  } catch {
    return false;
  }
}

/** Connects an account of an element that is made for this, and gives the URL that its provider calls. */
export async function connectAccount(
  { call }: Client,
  origin: string,
  callbackUrl: string,
  index: number,
): Promise<string> {
  const key = `drill${index}`;
  const made = await call('POST', '/elements', {
    json: { name: key, key, authentication: { type: 'custom' }, configuration: [], resources: [] },
  });
  if (made.status !== 200) throw new Error(`The element was not made: ${made.text}`);
  const connected = await call('POST', '/instances', {
    json: {
      name: key,
      element: { key },
      configuration: {
        'event.notification.enabled': true,
        'event.vendor.type': 'webhook',
        'event.notification.callback.url': callbackUrl,
      },
    },
  });
  if (connected.status !== 200) throw new Error(`The account was not connected: ${connected.text}`);
  const encodedId = Buffer.from(String(connected.body.id)).toString('base64url');
  return `${origin}/elements/api-v2/events/${key}/${encodedId}`;
}

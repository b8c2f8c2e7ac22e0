import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { newToken } from '../state.ts';
import type { Happening } from './event-types.ts';

/** An address that a person has entered in the settings of the account. */
export interface Endpoint {
  id: string;
  url: string;
  secret: string;
  /** Types that it is told of; all where there are none. */
  types: string[];
  /** Before the second attempt; doubled for each that follows. */
  retryMs: number;
}

export interface Webhooks {
  add(given: Pick<Endpoint, 'url'> & Partial<Endpoint>): Endpoint;
  /** Whether there was such an endpoint; what waits for it is dropped. */
  remove(id: string): boolean;
  clear(): void;
  /** Tells every endpoint, without waiting for any. */
  send(happenings: Happening[]): void;
  /** Tells again what an endpoint was told last, byte by byte. */
  resend(): number;
  /** How it goes, without the secrets. */
  describe(): object[];
}

interface Line extends Endpoint {
  waiting: string[];
  last: string | undefined;
  gone: AbortController;
  counts: { delivered: number; failed: number; attempts: number; lastStatus: number | null };
}

export const signatureHeader = 'x-acton-signature';
const mostInACall = 100;
const mostAttempts = 5;
const timeoutMs = 10_000;

/** Calls the endpoints of the account: signed, one call after the other for each, a few times when it fails. */
export function createWebhooks(accountId: string, nowMs: () => number): Webhooks {
  const lines = new Map<string, Line>();

  function enqueue(line: Line, body: string): void {
    line.waiting.push(body);
    if (line.waiting.length === 1) void work(line);
  }

  function remove(id: string): boolean {
    lines.get(id)?.gone.abort();
    return lines.delete(id);
  }

  return {
    add({ url, secret = newToken(), types = [], retryMs = 1000 }) {
      const endpoint = { id: randomUUID(), url, secret, types, retryMs };
      const counts = { delivered: 0, failed: 0, attempts: 0, lastStatus: null };
      lines.set(endpoint.id, {
        ...endpoint,
        waiting: [],
        last: undefined,
        gone: new AbortController(),
        counts,
      });
      return endpoint;
    },
    remove,
    clear: () => void [...lines.keys()].forEach(remove),
    send(happenings) {
      const timestamp = new Date(nowMs()).toISOString();
      const events = happenings.map(({ type, data }) => ({
        id: randomUUID(),
        type,
        accountId,
        timestamp,
        data,
      }));
      for (const line of lines.values()) {
        const wanted = events.filter(({ type }) => line.types.length === 0 || line.types.includes(type));
        for (let first = 0; first < wanted.length; first += mostInACall) {
          const some = wanted.slice(first, first + mostInACall);
          const told = some.length === 1 ? some[0] : { accountId, events: some };
          enqueue(line, JSON.stringify({ deliveryId: randomUUID(), ...told }));
        }
      }
    },
    resend() {
      const told = [...lines.values()].filter(({ last }) => last !== undefined);
      for (const line of told) enqueue(line, line.last ?? '');
      return told.length;
    },
    describe: () =>
      [...lines.values()].map(({ id, url, types, waiting, counts }) => ({
        id,
        url,
        types,
        waiting: waiting.length,
        ...counts,
      })),
  };
}

async function work(line: Line): Promise<void> {
  for (let body = line.waiting[0]; body !== undefined && !line.gone.signal.aborted; body = line.waiting[0]) {
    line.last = body;
    line.counts[(await deliver(line, body)) ? 'delivered' : 'failed'] += 1;
    line.waiting.shift();
  }
}

async function deliver(line: Line, body: string): Promise<boolean> {
  const { gone, counts, retryMs } = line;
  for (let attempt = 0; attempt < mostAttempts && !gone.signal.aborted; attempt++) {
    // The wait ends early when the endpoint is removed; there is nothing else to do then.
    if (attempt > 0)
      await sleep(retryMs * 2 ** (attempt - 1), undefined, { signal: gone.signal }).catch(() => {});
    counts.attempts += 1;
    counts.lastStatus = await post(line, body);
    if (counts.lastStatus !== null && counts.lastStatus < 300) return true;
  }
  return false;
}

/** The status of the reply; null when there was none. */
async function post({ url, secret, gone }: Line, body: string): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        [signatureHeader]: createHmac('sha256', secret).update(body).digest('hex'),
      },
      signal: AbortSignal.any([gone.signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

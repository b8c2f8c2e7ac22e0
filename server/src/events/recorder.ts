import { LRUCache } from 'lru-cache';
import { keepMost } from '#kernel/cache';
import type { WaitingCallback } from './delivery-store.ts';
import type { NewEvent } from './event.ts';
import type { EventStore, StoredEvent } from './event-store.ts';

export interface Recorder {
  /**
   * Stores events with their deliveries; when it returns, they survive a crash.
   *
   * @returns the ids of those that are new, in the order given; others were known by their fingerprint.
   */
  record(events: NewEvent[]): Promise<number[]>;
}

interface Waiting {
  events: NewEvent[];
  settle: { resolve(stored: number[]): void; reject(error: unknown): void };
}

/** Events of one statement; what waits meanwhile goes with the next. */
const mostAtOnce = 500;
/** Roughly, in characters of what the providers sent: one statement holds all of it in memory several times. */
const mostCharactersAtOnce = 8_000_000;
/** Statements that run at a time. */
const mostWriters = 2;

/**
 * What arrives while a statement runs is written by the next one, all of it at once: under load the database is asked
 * once for many events, and without load nobody waits.
 *
 * @param onStored is told which callbacks have something to deliver now.
 */
export function createRecorder(
  store: Pick<EventStore, 'insert' | 'callbackId'>,
  onStored: (callbacks: WaitingCallback[]) => void,
): Recorder {
  const callbacks = new LRUCache<string, Promise<number>>(keepMost(10_000));
  const waiting: Waiting[] = [];
  let writers = 0;

  /** A callback's row is never removed while the process may know its id. */
  function callbackIdOf({ owner, callbackUrl }: NewEvent): Promise<number> | null {
    if (callbackUrl === undefined) return null;
    const key = `${owner.organizationId} ${owner.accountId} ${callbackUrl}`;
    let found = callbacks.get(key);
    if (!found) {
      found = store.callbackId(owner.organizationId, owner.accountId, callbackUrl);
      found.catch(() => callbacks.delete(key));
      callbacks.set(key, found);
    }
    return found;
  }

  async function write(batch: Waiting[]): Promise<void> {
    const events = batch.flatMap((each) => each.events);
    const withCallbacks = await Promise.all(
      events.map(async (event) => ({ ...event, callbackId: await callbackIdOf(event) })),
    );
    const stored = await store.insert(withCallbacks);
    const woken = new Map<number, WaitingCallback>();
    for (const { callbackId, index } of stored)
      if (callbackId !== null)
        woken.set(callbackId, { id: callbackId, organizationId: organizationOf(events, index) });
    onStored([...woken.values()]);
    let first = 0;
    for (const { events: own, settle } of batch) {
      settle.resolve(idsBetween(stored, first, first + own.length));
      first += own.length;
    }
  }

  async function writeOrReject(batch: Waiting[]): Promise<void> {
    try {
      await write(batch);
    } catch (error) {
      // One bad event must not fail those beside it. Where the connection broke, nobody knows whether they were stored.
      const isAlone = batch.length === 1 || !isOfData(error);
      for (const each of batch) {
        if (isAlone) each.settle.reject(error);
        // One after the other: a batch that failed must not take more connections than one that did not.
        else await write([each]).catch(each.settle.reject);
      }
    }
  }

  function writeNext(): void {
    if (writers >= mostWriters || waiting.length === 0) return;
    writers++;
    void writeOrReject(takeBatch(waiting)).finally(() => {
      writers--;
      writeNext();
    });
  }

  return {
    record(events) {
      if (events.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        waiting.push({ events, settle: { resolve, reject } });
        writeNext();
      });
    },
  };
}

/** Classes of SQLSTATE: data exception, integrity violation, limit exceeded. */
function isOfData(error: unknown): boolean {
  return /^(22|23|54)/.test(String((error as { code?: unknown } | null)?.code));
}

function takeBatch(waiting: Waiting[]): Waiting[] {
  let count = 0;
  let characters = 0;
  let end = 0;
  for (const { events } of waiting) {
    count += events.length;
    for (const { providerData } of events) characters += providerData.length;
    if (end > 0 && (count > mostAtOnce || characters > mostCharactersAtOnce)) break;
    end++;
  }
  return waiting.splice(0, end);
}

function organizationOf(events: NewEvent[], index: number): number {
  return events[index]?.owner.organizationId ?? 0;
}

function idsBetween(stored: StoredEvent[], from: number, to: number): number[] {
  return stored.filter(({ index }) => index >= from && index < to).map(({ id }) => id);
}

import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { RetentionStore } from './retention-store.ts';

/** How long events are kept, and how much of them. */
export interface EventRetention {
  days: number;
  /** Of all that is kept for events: what providers sent, deliveries and their attempts, all customers together. */
  mostBytes: number;
}

export const defaultEventRetention: EventRetention = { days: 30, mostBytes: 10 * 1024 ** 3 };

const everyMs = 10 * 60_000;
const batchSize = 2_000;

/** Deletes old events, and the oldest finished ones when there are too many. @returns what ends it. */
export function keepTidy(
  store: RetentionStore,
  { days, mostBytes }: EventRetention,
  log: Log,
): { tidy(): Promise<void>; close(): void } {
  const closing = new AbortController();
  async function tidy(): Promise<void> {
    while (!closing.signal.aborted && (await store.removeOld(days, batchSize)) > 0);
    for (let bytes = await store.sizeBytes(); !closing.signal.aborted && bytes > mostBytes;) {
      const freed = await store.removeFinished(batchSize);
      if (freed === 0) {
        log.warn(
          { bytes, mostBytes },
          'More events wait for their callbacks than are to be kept; they are kept',
        );
        return;
      }
      bytes -= freed;
    }
  }
  const timer = setInterval(
    () =>
      void canFail(tidy(), 'the next turn does it', (error) =>
        log.warn({ err: error }, 'Old events could not be deleted; it is tried again'),
      ),
    everyMs,
  ).unref();
  return {
    tidy,
    close() {
      closing.abort();
      clearInterval(timer);
    },
  };
}

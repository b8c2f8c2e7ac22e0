import type { Log } from '#kernel/log';
import type { Gateway } from '#gateway';
import type { Instances } from '#instances';
import type { Storage } from '#platform/storage';
import { createEventStore } from './event-store.ts';
import { createRecorder } from './recorder.ts';

export interface EventsOptions {
  storage: Storage;
  instances: Instances;
  gateway: Gateway;
  log: Log;
}

export interface Events {
  close(): Promise<void>;
}

/** Learns of changes at providers and delivers them to the customers' callbacks. */
export function createEvents({ storage }: EventsOptions): Events {
  const recorder = createRecorder(createEventStore(storage), () => {});
  void recorder;
  return { close: async () => {} };
}

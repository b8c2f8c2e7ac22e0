import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, canFail } from '#kernel/error';
import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import type { Gateway } from '#gateway';
import type { Connection, Instances } from '#instances';
import type { Storage } from '#platform/storage';
import { createPollStore } from '../poll-store.ts';
import type { ClaimedPoll } from '../poll-store.ts';
import type { Recorder } from '../recorder.ts';
import { LeaseLost, poll } from './poll.ts';
import { describeFailure } from './failure.ts';
import { pollingOf } from './plan-source.ts';
import { keyOf, parkedMs, retryMs } from './schedule.ts';
import { createSetUp } from './set-up.ts';

export interface PollerOptions {
  storage: Pick<Storage, 'db'>;
  instances: Pick<Instances, 'findConnection' | 'eachPage'>;
  gateway: Pick<Gateway, 'run'>;
  recorder: Recorder;
  clock: Clock;
  log: Log;
  /** Holds the leases of this process. */
  processId: string;
}

/** What came of a poll. */
export interface PollOutcome {
  objectName: string;
  /** Records that were read. */
  records: number;
  /** Changes that were told. */
  changes: number;
  /** Why it failed; it is tried again later. */
  error?: string;
}

export interface Poller {
  /** Polls what is due from now on. */
  start(): void;
  /**
   * Brings the polls of an instance in line with its configuration.
   * @param isNew it cannot have any yet.
   */
  reconcile(instanceId: number, isNew?: boolean): Promise<void>;
  /** The same for all instances that need it: after a crash between a change and its consequence. */
  reconcileAll(): Promise<void>;
  /** Polls an instance, or one of its objects, whether it is due or not; an object that is being polled already is left out. */
  pollNow(instanceId: number, objectName?: string): Promise<PollOutcome[]>;
  /** Lets running polls finish their page and gives them back. */
  close(): Promise<void>;
}

const lookEveryMs = 1_000;
const renewEveryMs = 10_000;
/** Polls of this process at a time, and of one organization: providers that are slow fill the places of one tenant only. */
export const mostAtOnce = 20;
export const mostOfOrganization = 4;
const reconcileEveryMs = 6 * 60 * 60_000;
const closingMs = 5_000;

/**
 * Asks providers what has changed. What is polled, and when, is in the database: any process takes what is due, under
 * a lease, and takes over what a process has left that died.
 */
export function createPoller(options: PollerOptions): Poller {
  const { instances, clock, log } = options;
  const store = createPollStore(options.storage, options.processId);
  const setUp = createSetUp({ store, instances, clock, log });
  const parts = { store, gateway: options.gateway, recorder: options.recorder, clock };
  const running = new Map<string, { claimed: ClaimedPoll; stop: AbortController; done: Promise<unknown> }>();
  let isClosing = false;
  let timer: NodeJS.Timeout | undefined;
  let reconciling: NodeJS.Timeout | undefined;
  let renewedMs = 0;
  let isLooking = false;

  function run(claimed: ClaimedPoll): Promise<PollOutcome | undefined> {
    const key = keyOf(claimed);
    // After a long stall a process may take over from itself.
    if (running.has(key)) return Promise.resolve(undefined);
    const stop = new AbortController();
    const done = pollOne(claimed, stop.signal).finally(() => running.delete(key));
    running.set(key, { claimed, stop, done });
    return done;
  }

  async function pollOne(claimed: ClaimedPoll, signal: AbortSignal): Promise<PollOutcome | undefined> {
    const { objectName } = claimed;
    try {
      const connection = await instances.findConnection(claimed.instanceId);
      const plan = connection && pollingOf(connection).plans.find((one) => one.objectName === objectName);
      const obstacle = findObstacle(connection);
      if (!connection || !plan || obstacle !== undefined) {
        await park(
          claimed,
          obstacle ?? 'Not polled: the configuration of the instance does not name the object.',
        );
        return undefined;
      }
      const { records, changes } = await poll(parts, claimed, plan, connection, signal);
      return { objectName, records, changes };
    } catch (error) {
      if (error instanceof LeaseLost) return undefined;
      return await giveUp(claimed, error);
    }
  }

  /** Not polled until somebody changes the instance, or the platform finds it mended. */
  async function park(claimed: ClaimedPoll, error: string): Promise<void> {
    await store.fail(claimed, { error, nextPollMs: clock.nowMs() + parkedMs, startOver: false });
  }

  async function giveUp(claimed: ClaimedPoll, failure: unknown): Promise<PollOutcome> {
    const { objectName, instanceId, intervalMinutes, failures } = claimed;
    const { message, retryAfterMs, isRefused, isOurs } = describeFailure(failure);
    const details = { instance: instanceId, objectName };
    if (isOurs) log.error({ ...details, err: failure }, 'A poll failed by a fault of the server');
    else log.info({ ...details, reason: message }, 'A poll failed');
    const needsPerson = failure instanceof AppError && failure.code === 'credentials-dead';
    const nowMs = clock.nowMs();
    const nextMs = needsPerson
      ? nowMs + parkedMs
      : retryMs(nowMs, intervalMinutes, failures + 1, retryAfterMs);
    // A cursor that the provider does not take any more will not be taken the next time either.
    const startOver = isRefused && claimed.progress !== null;
    await canFail(
      store.fail(claimed, { error: message, nextPollMs: nextMs, startOver }),
      'the lease ends by itself, and the poll is tried again',
    );
    return { objectName, records: 0, changes: 0, error: message };
  }

  /** @returns whether there may be more that is due. */
  async function takeDue(): Promise<boolean> {
    const limit = mostAtOnce - running.size;
    if (limit <= 0) return false;
    const byOrganization = new Map<number, number>();
    for (const { claimed } of running.values())
      byOrganization.set(claimed.organizationId, (byOrganization.get(claimed.organizationId) ?? 0) + 1);
    const due = await store.claim({
      nowMs: clock.nowMs(),
      limit,
      mostOfOne: mostOfOrganization,
      running: byOrganization,
    });
    for (const each of due) void run(each).then(() => look());
    return due.length > 0;
  }

  async function renew(): Promise<void> {
    if (running.size === 0 || performance.now() - renewedMs < renewEveryMs) return;
    renewedMs = performance.now();
    // What begins while the answer is awaited has a lease of its own.
    const asked = [...running.values()];
    const held = new Set((await store.renew(asked.map(({ claimed }) => claimed))).map(keyOf));
    for (const { claimed, stop } of asked) if (!held.has(keyOf(claimed))) stop.abort();
  }

  function look(): void {
    if (isClosing || isLooking || timer === undefined) return;
    isLooking = true;
    clearTimeout(timer);
    void canFail(renew().then(takeDue), 'it is looked again in a moment', (error) =>
      log.warn({ err: error }, 'Polls that are due could not be looked for'),
    ).finally(() => {
      isLooking = false;
      if (!isClosing) timer = setTimeout(look, lookEveryMs).unref();
    });
  }

  /** A definition may change under its instances, of which nobody tells. */
  async function reconcileAgain(): Promise<void> {
    await canFail(poller.reconcileAll(), 'it is tried again the next time', (error) =>
      log.warn({ err: error }, 'The polls of all instances could not be set up'),
    );
    if (!isClosing) reconciling = setTimeout(() => void reconcileAgain(), reconcileEveryMs).unref();
  }

  const poller: Poller = {
    start() {
      timer ??= setTimeout(look, lookEveryMs).unref();
      void reconcileAgain();
    },

    reconcile: setUp.reconcile,
    reconcileAll: () => setUp.reconcileAll(() => isClosing),

    async pollNow(instanceId, objectName) {
      const outcomes = await Promise.all((await store.claimOf(instanceId, objectName)).map(run));
      return outcomes.filter((outcome) => outcome !== undefined);
    },

    async close() {
      isClosing = true;
      clearTimeout(timer);
      clearTimeout(reconciling);
      for (const { stop } of running.values()) stop.abort();
      const all = Promise.all([...running.values()].map(({ done }) => done));
      await Promise.race([all, sleep(closingMs, undefined, { ref: false })]);
      await canFail(store.releaseAll(), 'leases end by themselves');
    },
  };
  return poller;
}

/** Why an instance cannot be called, whoever would call it. */
function findObstacle(connection: Connection | undefined): string | undefined {
  if (!connection) return 'Not polled: the element of the instance is gone.';
  const { disabled, valid, invalidReason } = connection.instance;
  if (disabled) return 'Not polled: the instance is disabled.';
  if (valid) return undefined;
  return `Not polled: the provider does not accept the credentials any more. Connect the account again.${invalidReason ? ` The provider said: ${invalidReason}` : ''}`;
}

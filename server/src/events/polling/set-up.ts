import type { Clock } from '#kernel/clock';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { InstanceOutline, Instances } from '#instances';
import type { KnownPoll, PollStore } from '../poll-store.ts';
import { pollingKeyPrefix, pollingOf } from './plan-source.ts';
import { isOff, keyOf, nextPollMs } from './schedule.ts';

export interface SetUpParts {
  store: Pick<PollStore, 'align' | 'pollsOf'>;
  instances: Pick<Instances, 'findConnection' | 'eachPage'>;
  clock: Clock;
  log: Log;
}

/** Brings the polls of instances in line with their configuration. */
export function createSetUp({ store, instances, clock, log }: SetUpParts) {
  async function reconcile(instanceId: number, isNew = false): Promise<void> {
    const connection = await instances.findConnection(instanceId);
    if (!connection) return;
    const { faults, intervalMinutes } = pollingOf(connection);
    if (faults.length > 0)
      log.warn({ instance: instanceId, faults }, 'Some objects cannot be polled as configured');
    const known = isNew ? [] : ((await store.pollsOf([instanceId])).get(instanceId) ?? []);
    if (known.every(({ failures }) => failures === 0) && agrees(connection, known)) return;
    const nowMs = clock.nowMs();
    const polls = wantedNames(connection, known).map((objectName) => ({
      objectName,
      intervalMinutes,
      firstPollMs: isOff(intervalMinutes) ? nowMs + intervalMinutes * 60_000 : nowMs,
      nextPollMs: nextPollMs(nowMs, intervalMinutes, keyOf({ instanceId, objectName })),
    }));
    await store.align(instanceId, polls, nowMs);
  }

  return {
    /** After a change of an instance: what has failed is tried again at once too. */
    reconcile,

    /** Looks through all in pages, and makes a connection only of those whose polls do not agree. */
    async reconcileAll(isStopped: () => boolean): Promise<void> {
      for await (const page of instances.eachPage(pollingKeyPrefix)) {
        if (isStopped()) return;
        const known = await store.pollsOf(page.map(({ instance }) => instance.id));
        const wrong = page.filter((outline) => !agrees(outline, known.get(outline.instance.id) ?? []));
        for (const { instance } of wrong) {
          if (isStopped()) return;
          await canFail(reconcile(instance.id), 'it is tried again the next time', (error) =>
            log.warn({ instance: instance.id, err: error }, 'The polls of an instance could not be set up'),
          );
        }
      }
    },
  };
}

/** The objects that are to be polled. A disabled instance keeps what it has, to catch up when it is enabled. */
function wantedNames(outline: InstanceOutline, known: KnownPoll[]): string[] {
  const names = pollingOf(outline).plans.map(({ objectName }) => objectName);
  if (!outline.instance.disabled) return names;
  return names.filter((name) => known.some(({ objectName }) => objectName === name));
}

function agrees(outline: InstanceOutline, known: KnownPoll[]): boolean {
  const names = wantedNames(outline, known);
  const { intervalMinutes } = pollingOf(outline);
  const isWanted = new Set(names);
  return (
    names.length === known.length &&
    known.every((poll) => isWanted.has(poll.objectName) && poll.intervalMinutes === intervalMinutes)
  );
}

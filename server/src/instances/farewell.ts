import { setTimeout as sleep } from 'node:timers/promises';
import { canFail } from '#kernel/error';
import type { Element } from '#elements';
import { effectiveConfiguration } from './instance.ts';
import type { Instance } from './instance.ts';
import { unprovision } from './provision.ts';
import type { InstanceRecords } from './record.ts';
import type { InstanceRow } from './store.ts';
import { removeWebhook, wantsWebhook } from './webhook.ts';

interface Parts {
  provisioning: Parameters<typeof removeWebhook>[0] & Parameters<typeof unprovision>[0];
  records: InstanceRecords;
  elementOf(instance: Instance): Promise<Element | undefined>;
}

/** Tells providers that accounts are connected no more. What they answer changes nothing. */
export interface Farewell {
  /** Ends what the provider keeps for an instance: its webhook, what its definition made there, its token. */
  say(instance: Instance): Promise<void>;
  /** The same for many that have been removed together; nobody waits for it. */
  begin(removed: readonly InstanceRow[]): void;
  /** Gives those that are under way a moment. */
  close(): Promise<void>;
}

/** Providers that are slow hold up nobody but others that are removed. */
const mostAtOnce = 4;
const closingMs = 5_000;

export function createFarewell({ provisioning, records, elementOf }: Parts): Farewell {
  const waiting: InstanceRow[] = [];
  const lanes = new Set<Promise<void>>();

  async function say(instance: Instance): Promise<void> {
    const element = await elementOf(instance);
    if (!element) return;
    const { id: instanceId, organizationId, configuration } = instance;
    const target = { tenant: String(organizationId), instanceId };
    if (wantsWebhook(element, configuration))
      await removeWebhook(provisioning, { ...target, element, configuration });
    await unprovision(provisioning, element, effectiveConfiguration(element, configuration), target);
  }

  async function serve(): Promise<void> {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      const { id } = row;
      await canFail(
        records.fromRow(row).then(say),
        'the instance is gone whatever its provider says',
        (error) =>
          provisioning.log.warn(
            { instanceId: id, err: error },
            'A provider could not be told of a removed instance',
          ),
      );
    }
  }

  return {
    say,
    begin(removed) {
      waiting.push(...removed);
      while (lanes.size < Math.min(mostAtOnce, waiting.length)) {
        const lane = serve().finally(() => lanes.delete(lane));
        lanes.add(lane);
      }
    },
    async close() {
      const all = Promise.all(lanes);
      await Promise.race([all, sleep(closingMs, undefined, { ref: false })]);
    },
  };
}

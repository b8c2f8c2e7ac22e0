import { setTimeout as sleep } from 'node:timers/promises';
import { canFail } from '#kernel/error';
import type { Element } from '#elements';
import { effectiveConfiguration } from './instance.ts';
import type { FarewellRow, createFarewellStore } from './farewell-store.ts';
import type { Instance } from './instance.ts';
import { unprovision } from './provision.ts';
import type { InstanceRecords } from './record.ts';
import { removeWebhook, wantsWebhook } from './webhook.ts';

/** What must be known of an instance to end what its provider keeps for it. */
export type Leaving = Pick<
  Instance,
  'id' | 'organizationId' | 'accountId' | 'elementId' | 'elementKey' | 'configuration'
>;

interface Parts {
  store: ReturnType<typeof createFarewellStore>;
  provisioning: Parameters<typeof removeWebhook>[0] & Parameters<typeof unprovision>[0];
  records: InstanceRecords;
  elementOf(instance: Leaving): Promise<Element | undefined>;
}

/** Tells providers that accounts are connected no more. What they answer changes nothing. */
export interface Farewell {
  /** Ends what the provider keeps for an instance: its webhook, what its definition made there, its token. */
  say(instance: Leaving): Promise<void>;
  /** The same for those that were removed with somebody, here or by a process that died since; nobody waits for it. */
  begin(): void;
  /** Gives those that are under way a moment. */
  close(): Promise<void>;
}

/** Providers that are slow hold up nobody but others that are removed. */
const mostAtOnce = 4;
const closingMs = 5_000;
const leaseMs = 10 * 60_000;
/** One that ends the process each time is let go. */
const mostTries = 3;
const lookEveryMs = 30_000;

export function createFarewell({ store, provisioning, records, elementOf }: Parts): Farewell {
  const lanes = new Set<Promise<void>>();
  let isClosed = false;

  async function say(instance: Leaving): Promise<void> {
    const element = await elementOf(instance);
    if (!element) return;
    const { id: instanceId, organizationId, configuration } = instance;
    const target = { tenant: String(organizationId), instanceId };
    if (wantsWebhook(element, configuration))
      await removeWebhook(provisioning, { ...target, element, configuration });
    await unprovision(provisioning, element, effectiveConfiguration(element, configuration), target);
  }

  async function sayTaken(row: FarewellRow): Promise<void> {
    if (row.tries > mostTries) return;
    await say({
      id: row.id,
      organizationId: row.organization_id,
      accountId: row.account_id,
      elementId: row.element_id,
      elementKey: row.element_key,
      configuration: await records.openConfiguration(row),
    });
  }

  async function serve(): Promise<void> {
    for (let row = await store.take(leaseMs); row; row = isClosed ? undefined : await store.take(leaseMs)) {
      begin(); // there may be more
      const { id } = row;
      await canFail(sayTaken(row), 'the instance is gone whatever its provider says', (error) =>
        provisioning.log.warn(
          { instanceId: id, err: error },
          'A provider could not be told of a removed instance',
        ),
      );
      await store.finish(row);
    }
  }

  function begin(): void {
    if (isClosed || lanes.size >= mostAtOnce) return;
    const served = canFail(serve(), 'what is left is told later', (error) =>
      provisioning.log.warn({ err: error }, 'Removed instances could not be read; it is tried again'),
    );
    const lane: Promise<void> = served.then(() => void lanes.delete(lane));
    lanes.add(lane);
  }

  begin();
  const timer = setInterval(begin, lookEveryMs).unref();

  return {
    say,
    begin,
    async close() {
      clearInterval(timer);
      await Promise.race([settle(), sleep(closingMs, undefined, { ref: false })]);
      isClosed = true;
    },
  };

  async function settle(): Promise<void> {
    while (lanes.size > 0) await Promise.all(lanes);
  }
}

import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '#kernel/log';
import { waitFor } from '#test/wait';
import type { Attempt } from './deliver.ts';
import type { AttemptOutcome, DeliveryStore, DueDelivery } from './delivery-store.ts';
import { createDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

const callbackId = 1;
const away = () => Promise.reject(new Error('the database is away'));

/** One callback with deliveries, in memory. */
function keepDeliveries(count: number) {
  const due = Array.from({ length: count }, (_, index) => ({ id: index + 1, orderKey: null }) as DueDelivery);
  const written: AttemptOutcome[] = [];
  const released: { failures: number; openMs: number }[] = [];
  let leasedBy: string | undefined;
  let failures = 0;
  const store: DeliveryStore = {
    addRecords: async () => {},
    waitingCallbacks: async () =>
      leasedBy === undefined && due.length > 0 ? [{ id: callbackId, organizationId: 1 }] : [],
    async lease(id, { processId, limit }) {
      if (leasedBy !== undefined || due.length === 0) return undefined;
      leasedBy = processId;
      return { callback: { id, url: '', failures }, due: due.slice(0, limit) };
    },
    renew: async (ids, processId) => (leasedBy === processId ? ids : []),
    async release(_id, given) {
      leasedBy = undefined;
      failures = given.failures;
      released.push({ failures, openMs: given.openMs });
    },
    async due(_id, except, limit) {
      // A dispatcher that asks without a pause must not keep the test from seeing it.
      await setImmediate();
      return due.filter(({ id }) => !except.includes(id)).slice(0, limit);
    },
    async finish(whose, outcomes, lease) {
      written.push(...outcomes);
      if (lease) await store.release(whose, lease);
      for (const { deliveryId } of outcomes) {
        const at = due.findIndex(({ id }) => id === deliveryId);
        if (at >= 0) due.splice(at, 1);
      }
    },
  };
  const add = (id: number) => due.push({ id, orderKey: null } as DueDelivery);
  return { store, written, released, add, leasedBy: () => leasedBy };
}

/** Many callbacks with one delivery each that never ends to be due, by their organizations, in memory. */
function keepCallbacks(organizations: number[]): DeliveryStore {
  const waiting = organizations.map((organizationId, index) => ({ id: index + 1, organizationId }));
  return {
    ...keepDeliveries(0).store,
    waitingCallbacks: async (limit, _ofOrganization, except) =>
      waiting.filter(({ organizationId }) => !except.includes(organizationId)).slice(0, limit),
    async lease(id) {
      const at = waiting.findIndex((callback) => callback.id === id);
      const [callback] = at < 0 ? [] : waiting.splice(at, 1);
      return (
        callback && { callback: { id, url: '', failures: 0 }, due: [{ id, orderKey: null } as DueDelivery] }
      );
    },
    renew: async (ids) => ids,
    async release(id) {
      waiting.push({ id, organizationId: organizations[id - 1] ?? 0 });
    },
    async due(id, except) {
      await setImmediate();
      return except.includes(id) ? [] : [{ id, orderKey: null } as DueDelivery];
    },
    async finish(id, _outcomes, lease) {
      if (lease) await this.release(id, lease);
    },
  };
}

const outcome = (id: number, status: 'delivered' | 'retry'): Attempt => ({
  outcome: { deliveryId: id, status } as AttemptOutcome,
  callbackFailed: status === 'retry',
  retryAfterMs: undefined,
});

let running: Dispatcher | undefined;
afterEach(() => running?.close());

function run(
  store: DeliveryStore,
  attempt: (delivery: DueDelivery) => Promise<Attempt>,
  times: { leaseMs?: number; lookEveryMs?: number; turnMs?: number } = {},
): Dispatcher {
  running = createDispatcher({ store, attempt, processId: 'me', log: silentLog, lookEveryMs: 20, ...times });
  running.start();
  return running;
}

describe('the dispatcher', () => {
  it('delivers what another process has stored while one delivery hangs', async () => {
    const { store, written, add } = keepDeliveries(1);
    const hanging = Promise.withResolvers<Attempt>();
    run(store, ({ id }) => (id === 1 ? hanging.promise : Promise.resolve(outcome(id, 'delivered'))));
    await waitFor(async () => (await store.waitingCallbacks(1, 1, [])).length === 0);
    add(2);
    await waitFor(() => written.some(({ deliveryId }) => deliveryId === 2));
    hanging.resolve(outcome(1, 'delivered'));
  });

  it('sends nothing twice because the database was away', async () => {
    const { store, written } = keepDeliveries(40);
    const { due, finish } = store;
    const sent: number[] = [];
    let isAway = false;
    store.due = (...given) => (isAway ? away() : due(...given));
    store.finish = (...given) => (isAway ? away() : finish(...given));
    run(store, async ({ id }) => {
      sent.push(id);
      if (sent.length === 10) {
        isAway = true;
        setTimeout(() => (isAway = false), 300);
      }
      return outcome(id, 'delivered');
    });
    await waitFor(() => written.length === 40);
    expect(sent.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('sends no more when it could not renew the lease', async () => {
    const { store, released } = keepDeliveries(100);
    store.renew = away;
    let sent = 0;
    const slow = async ({ id }: DueDelivery) => {
      sent++;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return outcome(id, 'delivered');
    };
    run(store, slow, { leaseMs: 50 });
    await waitFor(() => sent === 16);
    await running?.close();
    expect(sent).toBe(16);
    expect(released).toEqual([]);
  });

  it('opens the circuit for as long after one failure as after sixteen at once', async () => {
    const { store, released } = keepDeliveries(100);
    run(store, async ({ id }) => outcome(id, 'retry'));
    const [first] = await waitFor(() => (released.length > 0 ? released : undefined));
    expect(first?.failures).toBe(10);
    expect(first?.openMs).toBeLessThanOrEqual(6_250);
    const [, second] = await waitFor(() => (released.length > 1 ? released : undefined));
    expect(second?.failures).toBe(11);
    expect(second?.openMs).toBeGreaterThanOrEqual(10_000);
  });

  it('pauses a callback for as long as that asks for', async () => {
    const { store, released } = keepDeliveries(1);
    run(store, async ({ id }) => ({ ...outcome(id, 'retry'), retryAfterMs: 60_000 }));
    const [first] = await waitFor(() => (released.length > 0 ? released : undefined));
    expect(first?.failures).toBe(1);
    expect(first?.openMs).toBeGreaterThan(59_000);
    expect(first?.openMs).toBeLessThanOrEqual(60_000);
  });

  it('keeps places for others when all callbacks of one organization are slow', async () => {
    const sent: number[] = [];
    const slow = Promise.withResolvers<Attempt>();
    run(keepCallbacks([...Array.from({ length: 80 }, () => 1), 2]), ({ id }) => {
      sent.push(id);
      return slow.promise;
    });
    await waitFor(() => sent.includes(81));
    expect(sent).toHaveLength(17);
    slow.resolve(outcome(1, 'delivered'));
  });

  it('gives each callback its turn when all places are taken', async () => {
    const organizations = Array.from({ length: 65 }, (_, index) => index + 1);
    const served = new Set<number>();
    const attempt = async ({ id }: DueDelivery) => {
      served.add(id);
      await setImmediate();
      return outcome(id, 'delivered');
    };
    run(keepCallbacks(organizations), attempt, { turnMs: 50 });
    await waitFor(() => served.size === 65);
  });

  it('does not try without a pause what cannot be tried', async () => {
    const { store } = keepDeliveries(1);
    let tries = 0;
    run(store, () => {
      tries++;
      return away();
    });
    await waitFor(() => tries >= 2);
    expect(tries).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(tries).toBe(2);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { silentLog } from '#kernel/log';
import { openStorage } from '#platform/storage';
import type { Storage } from '#platform/storage';
import { createTestDatabase } from '#test/database';
import { waitFor } from '#test/wait';
import { createDeliveryStore } from './delivery-store.ts';
import type { AttemptOutcome, DueDelivery } from './delivery-store.ts';

let storage: Storage;
let drop: () => Promise<void>;
const [one, other] = [randomUUID(), randomUUID()];
const lease = (processId = one) =>
  createDeliveryStore(storage).lease(1, { processId, leaseMs: 15_000, limit: 64 });

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  storage = await openStorage({ url: database.url, log: silentLog });
  await sql`insert into organization (id, name, data_key_wrapped, secret_hash, secret_sealed)
    values (1, 'o', '', 'h', '')`.execute(storage.db);
  await sql`insert into account (id, organization_id, name) values (1, 1, 'a')`.execute(storage.db);
});

beforeEach(async () => {
  await sql`delete from event`.execute(storage.db);
  await sql`delete from event_callback`.execute(storage.db);
  await sql`insert into event_callback (id, organization_id, account_id, url, url_hash)
    overriding system value values (1, 1, 1, 'u', '')`.execute(storage.db);
});

afterAll(async () => {
  await storage.close();
  await drop();
});

async function addDelivery(): Promise<void> {
  await sql`
    with made as (
      insert into event (organization_id, account_id, user_id, instance_id, element_key, source, objects, provider_data,
        size_bytes)
      values (1, 1, 1, 1, 'k', 'webhook', '[]', '{}', 2) returning id
    )
    insert into delivery (event_id, organization_id, account_id, instance_id, callback_id) select id, 1, 1, 1, 1 from made`.execute(
    storage.db,
  );
}

async function readCallback() {
  const { rows } = await sql<{ leased_by: string | null; failures: number; isOpen: boolean }>`
    select leased_by, failures, coalesce(open_until > now(), false) as "isOpen" from event_callback`.execute(
    storage.db,
  );
  return rows[0];
}

const outcomeOf = ({ id, version }: DueDelivery, status: 'delivered' | 'retry'): AttemptOutcome => ({
  deliveryId: id,
  status,
  attempts: 1,
  version,
  waitMs: status === 'retry' ? 4_000 : 0,
  suspends: false,
  startedAt: new Date(),
  durationMs: 1,
  statusCode: 200,
  error: undefined,
  requestHeaders: {},
  responseHeaders: undefined,
  responseBody: undefined,
});

describe('the lease of a callback', () => {
  it('is renewed for many callbacks in the order in which new events lock them', async () => {
    await sql`insert into event_callback (id, organization_id, account_id, url, url_hash)
      overriding system value values (2, 1, 1, 'v', 'v')`.execute(storage.db);
    // The first comes last in the table, as one that was changed.
    await sql`update event_callback set leased_by = ${one}::uuid where id = 2`.execute(storage.db);
    await sql`update event_callback set leased_by = ${one}::uuid where id = 1`.execute(storage.db);
    // A small table is read as it lies.
    await sql`analyze event_callback`.execute(storage.db);
    const renewed = await storage.db.transaction().execute(async (trx) => {
      await sql`select from event_callback where id = 1 for share`.execute(trx);
      const renewing = createDeliveryStore(storage).renew([2, 1], one, 15_000);
      await waitFor(async () => {
        const { rows } = await sql`select from pg_locks where not granted`.execute(storage.db);
        return rows.length > 0;
      });
      await sql`select from event_callback where id = 2 for share nowait`.execute(trx);
      return () => renewing;
    });
    expect((await renewed()).toSorted()).toEqual([1, 2]);
  });

  it('comes with what is due, to one process, and to none when nothing is due', async () => {
    expect(await lease()).toBeUndefined();
    await addDelivery();
    await addDelivery();
    const leased = await lease();
    expect(leased?.callback).toEqual({ id: 1, url: 'u', failures: 0 });
    expect(leased?.due).toHaveLength(2);
    expect(await lease(other)).toBeUndefined();
  });

  it('goes with what came of the last delivery, and with what was learned of the callback', async () => {
    await addDelivery();
    const leased = await lease();
    const outcome = outcomeOf(leased?.due[0] as DueDelivery, 'retry');
    const store = createDeliveryStore(storage);
    await store.finish(1, [outcome], { processId: one, failures: 10, openMs: 5_000 });
    expect(await readCallback()).toEqual({ leased_by: null, failures: 10, isOpen: true });
    // Written again, as after a connection that broke: the lease may be another's by now.
    await sql`update event_callback set leased_by = ${other}, open_until = null`.execute(storage.db);
    await store.finish(1, [outcome], { processId: one, failures: 11, openMs: 5_000 });
    expect(await readCallback()).toEqual({ leased_by: other, failures: 10, isOpen: false });
  });

  it('is not taken by a statement that has waited while another process delivered', async () => {
    await addDelivery();
    const waiting = await storage.db.transaction().execute(async (trx) => {
      await sql`update event_callback set leased_by = null`.execute(trx);
      await sql`update delivery set status = 'delivered'`.execute(trx);
      const taking = lease();
      await waitFor(async () => {
        const { rows } = await sql`select from pg_locks where not granted`.execute(storage.db);
        return rows.length > 0;
      });
      return { taking };
    });
    expect(await waiting.taking).toBeUndefined();
  });
});

describe('an attempt', () => {
  it('is counted into the bytes of its delivery, whether a replay has overtaken it or not', async () => {
    await addDelivery();
    const leased = await lease();
    const store = createDeliveryStore(storage);
    const told = { ...outcomeOf(leased?.due[0] as DueDelivery, 'retry'), responseBody: 'x'.repeat(1_000) };
    const bytes = async () => {
      const { rows } = await sql<{ attempt_bytes: number }>`select attempt_bytes from delivery`.execute(
        storage.db,
      );
      return Number(rows[0]?.attempt_bytes);
    };
    await store.finish(1, [told], undefined);
    const first = await bytes();
    expect(first).toBeGreaterThan(1_100);
    expect(first).toBeLessThan(1_500);
    await store.finish(1, [{ ...told, attempts: 2, version: 'an older one' }], undefined);
    expect(await bytes()).toBe(2 * first);
  });
});

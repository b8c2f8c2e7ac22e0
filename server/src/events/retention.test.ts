import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sql } from 'kysely';
import { silentLog } from '#kernel/log';
import { openStorage } from '#platform/storage';
import type { Storage } from '#platform/storage';
import { createTestDatabase } from '#test/database';
import { createRetentionStore } from './retention-store.ts';
import { keepTidy } from './retention.ts';

let storage: Storage;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  storage = await openStorage({ url: database.url, log: silentLog });
  await sql`insert into organization (id, name, data_key_wrapped, secret_hash, secret_sealed)
    values (1, 'o', '', 'h', '')`.execute(storage.db);
  await sql`insert into account (id, organization_id, name) values (1, 1, 'a')`.execute(storage.db);
  await sql`insert into event_callback (organization_id, account_id, url, url_hash) values (1, 1, 'u', '')`.execute(
    storage.db,
  );
});

afterAll(async () => {
  await storage.close();
  await drop();
});

async function addEvent(daysAgo: number, bytes: number, delivery?: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into event (organization_id, account_id, user_id, instance_id, element_key, source, objects, provider_data,
      size_bytes, received_at)
    values (1, 1, 1, 1, 'k', 'webhook', '[]', '{}', ${bytes}, now() - make_interval(days => ${daysAgo}::int))
    returning id`.execute(storage.db);
  const id = rows[0]?.id ?? 0;
  if (delivery)
    await sql`insert into delivery (event_id, organization_id, account_id, instance_id, callback_id, status)
      select ${id}, 1, 1, 1, id, ${delivery} from event_callback`.execute(storage.db);
  return id;
}

const leftIds = async () => {
  const { rows } = await sql<{ id: number }>`select id from event order by id`.execute(storage.db);
  return rows.map(({ id }) => id);
};

beforeEach(async () => {
  await sql`delete from event`.execute(storage.db);
});

it('deletes what is old, and the oldest that nobody waits for when there is too much', async () => {
  await addEvent(31, 10, 'delivered');
  const waiting = await addEvent(20, 300_000, 'retry');
  await addEvent(19, 300_000, 'delivered');
  await addEvent(18, 300_000);
  const { tidy, close } = keepTidy(
    createRetentionStore(storage),
    { days: 30, mostBytes: 400_000 },
    silentLog,
  );
  await tidy();
  close();
  expect(await leftIds()).toEqual([waiting]);
});

it('counts the attempts of deliveries, and what rows take beside what they hold', async () => {
  const store = createRetentionStore(storage);
  await addEvent(3, 10, 'failed');
  const first = await store.sizeBytes();
  expect(first).toBeGreaterThan(500);
  await sql`update delivery set attempt_bytes = 100_000`.execute(storage.db);
  expect((await store.sizeBytes()) - first).toBe(100_000);
  await addEvent(2, 10, 'failed');
  const { tidy, close } = keepTidy(store, { days: 30, mostBytes: 50_000 }, silentLog);
  await tidy();
  close();
  expect(await leftIds()).toEqual([]);
});

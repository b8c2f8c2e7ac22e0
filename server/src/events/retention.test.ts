import { afterAll, beforeAll, expect, it } from 'vitest';
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

it('deletes what is old, and the oldest that nobody waits for when there is too much', async () => {
  await addEvent(31, 10, 'delivered');
  const waiting = await addEvent(20, 400, 'retry');
  await addEvent(19, 400, 'delivered');
  await addEvent(18, 400);
  const { tidy, close } = keepTidy(createRetentionStore(storage), { days: 30, mostBytes: 500 }, silentLog);
  await tidy();
  close();
  const left = await sql<{ id: number }>`select id from event order by id`.execute(storage.db);
  expect(left.rows.map(({ id }) => id)).toEqual([waiting]);
});

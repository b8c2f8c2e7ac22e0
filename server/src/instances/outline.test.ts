import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Element } from '#elements';
import { silentLog } from '#kernel/log';
import { openStorage } from '#platform/storage';
import { createTestDatabase } from '#test/database';
import { toOutlines } from './outline.ts';
import { createStore } from './store.ts';

const shop = {
  key: 'shop',
  operatorKeys: new Set(),
  configuration: [{ key: 'event.vendor.type', defaultValue: 'polling' }],
} as unknown as Element;

it('outlines all instances in pages, with the keys that are asked for, where their elements are known', async () => {
  const database = await createTestDatabase();
  const storage = await openStorage({ url: database.url, log: silentLog });
  const add = (count: number, key: string, configuration: object) =>
    sql`
    insert into instance (organization_id, account_id, user_id, element_id, element_key, name, token_hash, token_sealed,
      secrets_sealed, configuration)
    select 1, 1, 1, 1, ${key}, 'test', ${randomBytes(8)} || n::text::bytea, '', '', ${JSON.stringify(configuration)}::jsonb
    from generate_series(1, ${count}) n`.execute(storage.db);
  await sql`insert into organization (id, name, data_key_wrapped, secret_hash, secret_sealed)
    values (1, 'o', '', 'h', '')`.execute(storage.db);
  await sql`insert into account (id, organization_id, name) values (1, 1, 'a')`.execute(storage.db);
  await sql`insert into app_user (id, organization_id, account_id, email, password_hash, secret_hash, secret_sealed)
    values (1, 1, 1, 'e@example.com', '', 'h', '')`.execute(storage.db);
  await add(1, 'shop', { 'event.objects': 'things', 'base.url': 'https://example.com' });
  await add(1, 'gone', {});
  await add(1_500, 'shop', {});
  const pages = [];
  const catalog = {
    findOf: ({ elementKey }: { elementKey: string }) =>
      Promise.resolve(elementKey === 'shop' ? shop : undefined),
  };
  for await (const page of toOutlines(createStore(storage).eachPage('event.'), catalog)) pages.push(page);
  await storage.close();
  await database.drop();
  expect(pages.map(({ length }) => length)).toEqual([999, 502]);
  expect(pages[0]?.[0]).toEqual({
    instance: { id: 1, disabled: false, configuration: { 'event.objects': 'things' } },
    element: shop,
    configuration: { 'event.objects': 'things', 'event.vendor.type': 'polling' },
  });
  expect(new Set(pages.flat().map(({ instance }) => instance.id)).size).toBe(1_501);
});

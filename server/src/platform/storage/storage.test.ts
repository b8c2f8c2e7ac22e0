import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '#kernel/log';
import { type TestDatabase, createEmptyDatabase, createTestDatabase } from '#test/database';
import { type Storage, openStorage } from './storage.ts';

const log = silentLog;

describe('an open storage', () => {
  let database: TestDatabase;
  let storage: Storage;
  beforeAll(async () => {
    database = await createTestDatabase();
    storage = await openStorage({ url: database.url, log, maxConnections: 2 });
  });
  afterAll(async () => {
    await storage.close();
    await database.drop();
  });

  it('reads bigint as number, timestamps as Date and jsonb as values', async () => {
    const { rows } =
      await sql`select 5::bigint as id, count(*) as n, now() as at, '{"a":[1]}'::jsonb as j`.execute(
        storage.db,
      );
    expect(rows).toEqual([{ id: 5, n: 1, at: expect.any(Date), j: { a: [1] } }]);
  });

  it('answers check() while it is alive', async () => {
    await expect(storage.check()).resolves.toBeUndefined();
  });

  it('lets one holder of a lock in at a time, also across two storages', async () => {
    const other = await openStorage({ url: database.url, log });
    const events: string[] = [];
    const hold = (by: Storage, name: string) =>
      by.withLock('shared', async (trx) => {
        events.push(`${name} in`);
        await sql`select pg_sleep(0.02)`.execute(trx);
        events.push(`${name} out`);
      });
    await Promise.all([hold(storage, 'a'), hold(other, 'b'), hold(storage, 'c'), hold(other, 'd')]);
    await other.close();
    expect(events).toHaveLength(8);
    for (let i = 0; i < 8; i += 2) expect(events[i + 1]).toBe(events[i]?.replace(' in', ' out'));
  });

  it('lets the holder query while many wait for the lock', async () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      storage.withLock('busy', async () => {
        const { rows } = await sql<{ n: number }>`select ${i}::int as n`.execute(storage.db);
        return rows[0]?.n;
      }),
    );
    expect(await Promise.all(many)).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  it('undoes the transaction and frees the lock when the holder fails', async () => {
    const failing = storage.withLock('failing', async (trx) => {
      await sql`create table half_made (id int)`.execute(trx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const after = storage.withLock('failing', async (trx) => {
      const { rows } = await sql<{ name: string | null }>`select to_regclass('half_made') as name`.execute(
        trx,
      );
      return rows[0]?.name;
    });
    expect(await after).toBeNull();
  });

  it('delivers notifications of another storage, by channel', async () => {
    const other = await openStorage({ url: database.url, log });
    const heard: string[] = [];
    await storage.listen('Channel "one"', (payload) => heard.push(`one ${payload}`));
    await storage.listen('two', (payload) => heard.push(`two ${payload}`));
    await other.notify('two', 'x');
    await other.notify('Channel "one"', "it's");
    await vi.waitFor(() => expect(heard).toEqual(['two x', "one it's"]));
    await other.close();
  });

  it('says "forget everything" after the listening connection was lost, and goes on hearing', async () => {
    const heard: string[] = [];
    await storage.listen('lossy', (payload) => heard.push(payload));
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'ligand listener'`.execute(storage.db);
    await vi.waitFor(() => expect(heard).toEqual(['*']), 10_000);
    await storage.notify('lossy', 'again');
    await vi.waitFor(() => expect(heard).toEqual(['*', 'again']));
  });
});

describe('migrations', () => {
  let database: TestDatabase;
  let migrations: string;
  beforeEach(async () => {
    database = await createEmptyDatabase();
    migrations = await mkdtemp(join(tmpdir(), 'ligand-migrations-'));
    await writeFile(join(migrations, '0001_a.sql'), 'create table a (id int); insert into a values (1);');
  });
  afterEach(async () => {
    await rm(migrations, { recursive: true });
    await database.drop();
  });
  const open = () => openStorage({ url: database.url, log, migrations });
  const openAndClose = async () => (await open()).close();

  it('run once each, in the order of their names, however many processes start together', async () => {
    await writeFile(join(migrations, '0002_b.sql'), 'insert into a values (2);');
    await Promise.all([openAndClose(), openAndClose(), openAndClose()]);
    await writeFile(join(migrations, '0003_c.sql'), 'insert into a values (3);');
    const storage = await open();
    const { rows } = await sql`select id from a order by id`.execute(storage.db);
    await storage.close();
    expect(rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  it('are undone as a whole when they fail, and named', async () => {
    await writeFile(join(migrations, '0002_b.sql'), 'insert into a values (2); select nonsense;');
    await expect(open()).rejects.toThrow(/0002_b\.sql failed and was undone: column "nonsense"/);
    await writeFile(join(migrations, '0002_b.sql'), 'insert into a values (3);');
    const storage = await open();
    const { rows } = await sql`select id from a order by id`.execute(storage.db);
    await storage.close();
    expect(rows).toEqual([{ id: 1 }, { id: 3 }]);
  });

  it('may not change after they were applied', async () => {
    await openAndClose();
    await writeFile(join(migrations, '0001_a.sql'), 'create table a (id bigint);');
    await expect(open()).rejects.toMatchObject({ code: 'migration-changed' });
  });

  it('may have other line ends', async () => {
    await writeFile(join(migrations, '0001_a.sql'), 'create table a (\n  id int\n);\n');
    await openAndClose();
    await writeFile(join(migrations, '0001_a.sql'), 'create table a (\r\n  id int\r\n);\r\n');
    await openAndClose();
  });

  it('of a newer version are not ignored', async () => {
    await writeFile(join(migrations, '0002_new.sql'), 'select 1;');
    await openAndClose();
    await rm(join(migrations, '0002_new.sql'));
    await expect(open()).rejects.toMatchObject({ code: 'migration-unknown' });
  });
});

describe('opening a storage', () => {
  it.each([
    ['nobody listens', 'postgres://u:pass-word@127.0.0.1:1/db', /127\.0\.0\.1:1\/db: connect ECONNREFUSED/],
    ['the name is unknown', 'postgres://u:pass-word@no-such-host.invalid/db', /no-such-host\.invalid\/db/],
    ['it is no URL', 'pass-word', /not a URL/],
  ])('fails with the place and without the password when %s', async (_case, url, message) => {
    const error = await openStorage({ url, log }).catch((failure: Error) => failure);
    expect(error).toMatchObject({ code: 'database-unreachable', message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('pass-word');
  });

  it('fails when the password is wrong', async () => {
    const database = await createEmptyDatabase();
    const url = new URL(database.url);
    url.password = 'wrong-one';
    await expect(openStorage({ url: url.href, log })).rejects.toThrow(/password authentication failed/);
    await database.drop();
  });
});

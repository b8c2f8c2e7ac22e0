import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Log } from '#kernel/log';
import { migrationChanged, migrationFailed, migrationUnknown } from './errors.ts';

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Brings the database to this version: runs the `.sql` files of a folder that it has not seen, in the order of
 * their names, each in a transaction of its own. Processes that start together wait for each other.
 */
export async function migrate(client: pg.ClientBase, folder: string, log: Log): Promise<void> {
  const migrations = await readMigrations(folder);
  await client.query(`select pg_advisory_lock(hashtextextended('ligand migrations', 0))`);
  try {
    await client.query(`create table if not exists schema_migration (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from schema_migration order by name',
    );
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    refuseDifferences(applied, migrations);
    for (const migration of migrations) {
      if (applied.has(migration.name)) continue;
      await apply(client, migration);
      log.info({ migration: migration.name }, 'applied a database migration');
    }
  } finally {
    await client.query(`select pg_advisory_unlock(hashtextextended('ligand migrations', 0))`);
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      // Git may check the file out with CRLF; that is no change.
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function refuseDifferences(applied: Map<string, string>, migrations: Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const [name, checksum] of applied) {
    const now = known.get(name);
    if (now === undefined) throw migrationUnknown(name);
    if (now !== checksum) throw migrationChanged(name);
  }
}

async function apply(client: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw migrationFailed(name, error);
  }
}

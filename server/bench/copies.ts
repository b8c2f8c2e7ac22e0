import { sql } from 'kysely';
import { systemClock } from '#kernel/clock';
import { silentLog } from '#kernel/log';
import { createAccounts } from '#accounts';
import { loadMasterKey } from '#platform/crypto';
import { openStorage } from '#platform/storage';
import type { Storage } from '#platform/storage';
import type { BenchServer } from './bench-server.ts';

const batch = 10_000;

/** Adds instances that are like one which was connected, with tokens `t<id>`; a connection for each would take minutes. */
export async function copyInstance(
  server: BenchServer,
  id: number,
  count: number,
  work: (storage: Storage) => Promise<unknown> = async () => {},
): Promise<{ firstId: number }> {
  const masterKey = await loadMasterKey({ fromEnvironment: undefined, folder: server.folder });
  const storage = await openStorage({ url: server.databaseUrl, log: silentLog, maxConnections: 4 });
  const accounts = await createAccounts({
    storage,
    masterKey,
    clock: systemClock,
    log: silentLog,
    auditDays: 1,
    imagesUrl: () => '',
  });
  const seal = (of: number, what: string, text: string) =>
    accounts.seal(1, text, `instance ${of} ${what}`).then((box) => box.toString('base64'));
  const { rows } = await sql<{ last: string }>`select max(id) as last from instance`.execute(storage.db);
  const firstId = Number(rows[0]?.last) + 1;
  for (let done = 0; done < count; done += batch) {
    const copies = Array.from({ length: Math.min(batch, count - done) }, async (_, index) => {
      const copy = firstId + done + index;
      return {
        id: copy,
        token: `t${copy}`,
        sealed: await seal(copy, 'token', `t${copy}`),
        secrets: await seal(copy, 'secrets', '{}'),
      };
    });
    const given = JSON.stringify(await Promise.all(copies));
    await sql`
      insert into instance (id, organization_id, account_id, user_id, element_id, element_key, name, tags, token_hash,
        token_sealed, configuration, secrets_sealed)
      select copy.id, organization_id, account_id, user_id, element_id, element_key, name, tags,
        sha256(copy.token::bytea), decode(copy.sealed, 'base64'), configuration, decode(copy.secrets, 'base64')
      from instance
      cross join jsonb_to_recordset(${given}::jsonb) as copy (id bigint, token text, sealed text, secrets text)
      where instance.id = ${id}`.execute(storage.db);
  }
  await work(storage);
  // What so many new rows leave to do for PostgreSQL is no price of theirs.
  await sql`vacuum analyze instance, event_poll`.execute(storage.db);
  await accounts.close();
  await storage.close();
  return { firstId };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { BenchServer, Usage } from './bench-server.ts';
import { copyInstance } from './copies.ts';
import { pace } from './load.ts';
import type { Row } from './results.ts';

const windowMs = 12_000;
const instanceCount = () => (pace.isQuick ? 100 : 10_000);
const longestSettlingMs = 120_000;
/** A server that uses less of a core has set up its polls. */
const quietShare = 0.05;

/** What do polled instances cost while nothing is due? The server is started anew before each look. */
export async function benchPolls(server: BenchServer): Promise<Row[]> {
  const without = await look(server);
  await addInstances(server);
  const withPolls = await look(server);
  const cpu = (used: Used, of: 'serverCpuMs' | 'databaseCpuMs') => used.idle[of] / windowMs;
  const count = instanceCount().toLocaleString('en');
  const rows: Row[] = [];
  for (const [what, used] of [
    ['no polled instances', without],
    [`${count} polled instances`, withPolls],
  ] as const)
    rows.push(
      { what: `${what}: CPU of the server`, value: percent(cpu(used, 'serverCpuMs')) },
      { what: `${what}: CPU of PostgreSQL`, value: percent(cpu(used, 'databaseCpuMs')) },
      { what: `${what}: memory`, value: `${Math.round(used.bytes / 1024 ** 2)} MB` },
    );
  const setUpMs = withPolls.startMs - without.startMs;
  return [...rows, { what: 'setting them up at a start, CPU', value: `${Math.round(setUpMs)} ms` }];
}

interface Used {
  idle: Usage;
  bytes: number;
  /** CPU until the server was quiet. */
  startMs: number;
}

async function look(server: BenchServer): Promise<Used> {
  await server.restart();
  const startMs = await settle(server);
  const before = await server.usage();
  await sleep(windowMs);
  const after = await server.usage();
  const idle = {
    ...after,
    serverCpuMs: after.serverCpuMs - before.serverCpuMs,
    databaseCpuMs: after.databaseCpuMs - before.databaseCpuMs,
  };
  return { idle, bytes: after.serverBytes, startMs };
}

/** @returns the CPU that was used until then: a server looks through all instances when it starts. */
async function settle(server: BenchServer): Promise<number> {
  const stepMs = 2_000;
  let quiet = 0;
  let { serverCpuMs } = await server.usage();
  for (let waitedMs = 0; waitedMs < longestSettlingMs; waitedMs += stepMs) {
    await sleep(stepMs);
    const before = serverCpuMs;
    ({ serverCpuMs } = await server.usage());
    quiet = serverCpuMs - before < stepMs * quietShare ? quiet + 1 : 0;
    if (quiet === 3) return serverCpuMs;
  }
  throw new Error(`The server was not quiet after ${longestSettlingMs / 1000} seconds.`);
}

/** One is connected; the others are like it, as they are between two polls. A connection for each would take minutes. */
async function addInstances(server: BenchServer): Promise<void> {
  const element = { name: 'Polled', key: 'polled', authentication: { type: 'custom' } };
  await server.call('POST', '/elements', { ...element, configuration: [], resources: [] });
  const { id } = await server.call<{ id: number }>('POST', '/instances', {
    name: 'polled',
    element: { key: 'polled' },
    configuration: {
      'event.notification.enabled': true,
      'event.vendor.type': 'polling',
      'event.notification.callback.url': `${server.provider}/callback`,
      'event.poller.configuration': JSON.stringify({ things: { url: '/things', idField: 'id' } }),
      'event.poller.refresh_interval': '999999999',
    },
  });
  await copyInstance(server, id, instanceCount() - 1, async ({ db }) => {
    await sql`
      update instance set configuration = configuration || '{"event.poller.refresh_interval": "1440"}'`.execute(
      db,
    );
    await sql`delete from event_poll`.execute(db);
    await sql`
      insert into event_poll (instance_id, object_name, organization_id, interval_minutes, next_poll_at, enabled_at,
        checkpoint_at, last_polled_at)
      select id, 'things', organization_id, 1440, now() + make_interval(mins => 60 + (random() * 1300)::int), now(),
        now(), now()
      from instance`.execute(db);
  });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

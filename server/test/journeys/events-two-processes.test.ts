import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Client as DatabaseClient } from 'pg';
import type { Client, Loose } from '#test/client';
import { createTestDatabase } from '#test/database';
import type { TestDatabase } from '#test/database';
import { startProvider } from '#test/provider';
import type { Provider, ProviderReply } from '#test/provider';
import { killServerProcesses, logIn, startServerProcess } from '#test/server-process';
import { waitFor } from '#test/wait';

/** Each callback is served by one process; with so many both have some. */
const callbackCount = 8;
const perCallback = 20;
/** The lease of 15 seconds and a look of one, and then much for a machine that has other work. */
const takeoverLimitMs = 150_000;

let folder: string;
let database: TestDatabase;
let callbacks: Provider;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ligand-two-'));
  database = await createTestDatabase();
  callbacks = await startProvider();
});
afterEach(killServerProcesses);
afterAll(async () => {
  await callbacks.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

it('two processes share the deliveries, and what one leaves when it is killed the other delivers', async () => {
  const [first, second] = await startBoth();
  const targets = await connectAccounts(first.client);
  const heldBack: ((reply: ProviderReply) => void)[] = [];
  let areHeld = true;
  const answered = new Map<string, string[]>();
  callbacks.answer(async (request) => {
    // What went to the killed process reaches nobody: only answers that are given after it count.
    if (areHeld) return new Promise((resolve) => heldBack.push(resolve));
    const { raw, eventId } = (request.json() as Loose).message;
    answered.set(raw.id, [...(answered.get(raw.id) ?? []), eventId]);
    return {};
  });

  const accepted = new Map<string, string>();
  for (const [index, path] of targets.entries()) {
    const { client } = index % 2 === 0 ? first : second;
    for (let number = 0; number < perCallback; number++) {
      const id = `${index}-${number}`;
      const json = { objectType: 'contacts', id, eventType: 'updated' };
      const { status, body, text } = await client.call('POST', path, { authorization: null, json });
      expect(status, text).toBe(200);
      accepted.set(id, body[0].id);
    }
  }
  await waitFor(() => new Set(callbacks.received.map(({ path }) => path)).size === callbackCount);
  const holders = await leaseHolders();
  expect(holders.size).toBe(2);
  expect([...holders.values()].reduce((sum, count) => sum + count)).toBe(callbackCount);

  await first.server.stop('SIGKILL');
  areHeld = false;
  for (const answer of heldBack) answer({ status: 503 });
  await waitFor(() => answered.size === accepted.size, {
    timeoutMs: takeoverLimitMs,
    what: 'every delivery, from the process that is left',
  });
  for (const [id, eventIds] of answered) expect(new Set(eventIds), id).toEqual(new Set([accepted.get(id)]));
  expect(answered.size).toBe(callbackCount * perCallback);
}, 300_000);

async function startBoth() {
  const admin = { email: 'ops@example.com', password: 'correct horse' };
  const env = {
    DATABASE_URL: database.url,
    LIGAND_MASTER_KEY: randomBytes(32).toString('hex'),
    LIGAND_ALLOW_HOSTS: callbacks.host,
    LIGAND_ADMIN_EMAIL: admin.email,
    LIGAND_ADMIN_PASSWORD: admin.password,
    LIGAND_LOG_LEVEL: 'error',
  };
  const start = async () => {
    const server = startServerProcess({ folder, args: ['--port', '0'], env });
    return { server, client: await logIn(await server.ready(), admin.email, admin.password) };
  };
  return [await start(), await start()] as const;
}

/** @returns the path of the webhook of each. */
async function connectAccounts({ call }: Client): Promise<string[]> {
  const json = {
    name: 'Shared',
    key: 'shared',
    authentication: { type: 'custom' },
    configuration: [],
    resources: [],
  };
  expect(await call('POST', '/elements', { json })).toMatchObject({ status: 200 });
  const paths: string[] = [];
  for (let index = 0; index < callbackCount; index++) {
    const { status, body, text } = await call('POST', '/instances', {
      json: {
        name: `shared ${index}`,
        element: { key: 'shared' },
        configuration: {
          'event.notification.enabled': true,
          'event.vendor.type': 'webhook',
          'event.notification.callback.url': `${callbacks.url}/${index}`,
        },
      },
    });
    expect(status, text).toBe(200);
    paths.push(`/events/shared/${Buffer.from(String(body.id)).toString('base64url')}`);
  }
  return paths;
}

/** How many callbacks each process serves at the moment. */
async function leaseHolders(): Promise<Map<string, number>> {
  const client = new DatabaseClient({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ leased_by: string; count: string }>(
      'select leased_by, count(*) from event_callback where leased_until > now() group by leased_by',
    );
    return new Map(rows.map(({ leased_by, count }) => [leased_by, Number(count)]));
  } finally {
    await client.end();
  }
}

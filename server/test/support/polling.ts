import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Clock } from '#kernel/clock';
import { silentLog } from '#kernel/log';
import type { Gateway, HubCall } from '#gateway';
import type { Connection, Instances } from '#instances';
import { openStorage } from '#platform/storage';
import type { Storage } from '#platform/storage';
import { createEventStore } from '../../src/events/event-store.ts';
import type { ObjectEvent } from '../../src/events/event.ts';
import { createPoller } from '../../src/events/polling/poller.ts';
import type { Poller, PollerOptions } from '../../src/events/polling/poller.ts';
import { createRecorder } from '../../src/events/recorder.ts';
import { createTestDatabase } from './database.ts';

type Answer = (
  call: HubCall,
  instanceId: number,
) => Promise<{ records: unknown[]; next?: string | undefined }>;

/** Pollers on a real database, in place of whose instances and gateway stand what a test says. */
export interface PollingStage {
  storage: Storage;
  clock: Clock & { nowMs(): number; advance(byMs: number): void };
  /** What hub calls answer. */
  answer: Answer;
  /** Hub calls so far. */
  calls: { instanceId: number; path: string; query: HubCall['query'] }[];
  /** A connected account with events by polling. */
  addInstance(configuration: Record<string, string>, organizationId?: number): Promise<number>;
  addOrganization(): Promise<number>;
  connectionOf(instanceId: number): Connection;
  /** A poller as one process has it. */
  poller(more?: Partial<PollerOptions>): Poller;
  /** The changes that were told of an instance, in order. */
  told(instanceId: number): Promise<ObjectEvent[]>;
  rows<Row>(statement: ReturnType<typeof sql<Row>>): Promise<Row[]>;
  close(): Promise<void>;
}

export async function setPollingStage(): Promise<PollingStage> {
  const database = await createTestDatabase();
  const storage = await openStorage({ url: database.url, log: silentLog });
  const connections = new Map<number, Connection>();
  const pollers: Poller[] = [];
  let nowMs = Date.now();
  const rows: PollingStage['rows'] = async (statement) => (await statement.execute(storage.db)).rows;
  const recorder = createRecorder(createEventStore(storage), () => {});
  const instances: PollerOptions['instances'] = {
    findConnection: (id) => Promise.resolve(connections.get(id)),
    async *eachPage() {
      yield [...connections.values()];
    },
  } satisfies Pick<Instances, 'findConnection' | 'eachPage'>;
  const gateway: Pick<Gateway, 'run'> = {
    async run({ instance }, call) {
      stage.calls.push({ instanceId: instance.id, path: call.path, query: call.query });
      const { records, next } = await stage.answer(call, instance.id);
      return {
        body: JSON.stringify(records),
        headers: next === undefined ? {} : { 'elements-next-page-token': next },
      };
    },
  };
  const stage: PollingStage = {
    storage,
    clock: { nowMs: () => nowMs, advance: (byMs) => void (nowMs += byMs) },
    answer: () => Promise.resolve({ records: [] }),
    calls: [],
    rows,
    async addOrganization() {
      const [row] = await rows(sql<{ id: number }>`
        insert into organization (name, data_key_wrapped, secret_hash, secret_sealed)
        values ('test', '', ${randomBytes(8)}, '') returning id`);
      const id = row?.id ?? 0;
      await rows(
        sql`insert into account (id, organization_id, name, is_default) values (${id}, ${id}, 'test', true)`,
      );
      await rows(sql`
        insert into app_user (id, organization_id, account_id, email, password_hash, secret_hash, secret_sealed)
        values (${id}, ${id}, ${id}, ${`${id}@example.com`}, '', ${randomBytes(8)}, '')`);
      return id;
    },
    async addInstance(configuration, organizationId) {
      const organization = organizationId ?? (await stage.addOrganization());
      const [row] = await rows(sql<{ id: number }>`
        insert into instance (organization_id, account_id, user_id, element_id, element_key, name, token_hash, token_sealed,
          secrets_sealed)
        values (${organization}, ${organization}, ${organization}, 1, 'shop', 'test', ${randomBytes(8)}, '', '')
        returning id`);
      const id = row?.id ?? 0;
      const on = { 'event.notification.enabled': 'true', 'event.vendor.type': 'polling', ...configuration };
      connections.set(id, {
        instance: {
          id,
          organizationId: organization,
          accountId: organization,
          userId: organization,
          elementKey: 'shop',
          configuration: on,
          valid: true,
          disabled: false,
        },
        element: { key: 'shop', hub: 'documents', definition: {}, find: () => undefined },
        configuration: on,
      } as unknown as Connection);
      return id;
    },
    connectionOf: (id) => connections.get(id) as Connection,
    poller(more = {}) {
      const { clock } = stage;
      const parts = { storage, instances, gateway, recorder, clock, log: silentLog, processId: randomUUID() };
      const poller = createPoller({ ...parts, ...more });
      pollers.push(poller);
      return poller;
    },
    async told(instanceId) {
      const found = await rows(sql<{ objects: ObjectEvent[] }>`
        select objects from event where instance_id = ${instanceId} order by id`);
      return found.flatMap(({ objects }) => objects);
    },
    async close() {
      await Promise.all(pollers.map((poller) => poller.close()));
      await storage.close();
      await database.drop();
    },
  };
  return stage;
}

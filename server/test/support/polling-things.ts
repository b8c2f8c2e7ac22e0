import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { PollerOptions } from '../../src/events/polling/poller.ts';
import { setPollingStage } from './polling.ts';
import type { PollingStage } from './polling.ts';

export const minuteMs = 60_000;

export interface Thing {
  id: number | string;
  created?: number;
  updated?: number;
  [field: string]: unknown;
}

export const dates = {
  createdDateField: 'created',
  createdDateFormat: 'milliseconds',
  updatedDateField: 'updated',
  updatedDateFormat: 'milliseconds',
};
/** The provider filters by what it is asked for. */
export const filtered = {
  url: '/things?since=${epoch}',
  datesConfiguration: dates,
  createdCheckTolerance: 1,
};
/** The provider sends all that it has. */
export const whole = { url: '/things' };

/** Pollers of things, for the tests of one file. To be called once, outside of tests. */
export function setThings() {
  let given: PollingStage | undefined;
  const stageOf = () => {
    if (!given) throw new Error('the stage is set before the first test');
    return given;
  };
  beforeAll(async () => {
    given = await setPollingStage();
  });
  beforeEach(async () => {
    const stage = stageOf();
    await stage.rows(sql`delete from event_poll`);
    stage.calls.length = 0;
    stage.clock.advance(7 * 24 * 60 * minuteMs);
  });
  afterAll(() => given?.close());
  return {
    get stage() {
      return stageOf();
    },
    now: () => stageOf().clock.nowMs(),
    open: (...wish: Wish) => open(stageOf(), ...wish),
    rowOf: (instanceId: number) => rowOf(stageOf(), instanceId),
    /** As time ends the leases of processes that have died. */
    async endLeases() {
      await stageOf().rows(sql`
        update event_poll set leased_until = now() - interval '1 second' where leased_by is not null`);
    },
    /** What was read of a connection stays with it: a changed instance is a new one. None is set up by itself. */
    freshConnections: (): PollerOptions['instances'] => ({
      findConnection: (id) => Promise.resolve({ ...stageOf().connectionOf(id) }),
      async *eachPage() {},
    }),
  };
}

type Wish = [plan: object, things: Thing[], more?: Record<string, string>, pageSize?: number];

/** An instance whose things are polled as a plan says, after its first poll. */
async function open(stage: PollingStage, ...[plan, things, more = {}, pageSize = 1000]: Wish) {
  stage.answer = (call) => {
    const since = Number(call.query['since'] ?? 0);
    const all = things.filter(({ updated = since }) => updated >= since);
    const first = Number(call.query['nextPage'] ?? 0);
    const next = first + pageSize < all.length ? String(first + pageSize) : undefined;
    return Promise.resolve({ records: all.slice(first, first + pageSize), next });
  };
  const id = await stage.addInstance({
    'event.poller.configuration': JSON.stringify({ things: plan }),
    'event.poller.refresh_interval': '15',
    ...more,
  });
  const poller = stage.poller();
  await poller.reconcile(id);
  await poller.pollNow(id);
  stage.clock.advance(minuteMs);
  return {
    id,
    poller,
    told: async () => (await stage.told(id)).map((one) => `${one.objectId} ${one.eventType}`),
  };
}

async function rowOf(stage: PollingStage, id: number) {
  const rows = await stage.rows(sql<{
    next_poll_at: Date;
    checkpoint_at: Date;
    failures: number;
    last_error: string | null;
    leased_by: string | null;
    seen: number;
    progress: unknown;
  }>`
      select *, (select count(*) from event_poll_seen seen where seen.instance_id = poll.instance_id) as seen
      from event_poll poll where instance_id = ${id}`);
  return rows[0];
}

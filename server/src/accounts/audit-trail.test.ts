import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '#kernel/log';
import type { AuditStore, NewAuditRow } from './audit-store.ts';
import { createAuditTrail, mostWaiting } from './audit-trail.ts';

const actor = { organizationId: 1, accountId: 2, userId: 3, email: 'a@example.com' };
const deed = { action: 'thing.remove', requestId: 'r', method: 'DELETE', path: '/things/1' };
const nowMs = Date.parse('2030-01-31T00:00:00Z');

let written: NewAuditRow[];
let failures: number;
let removedBefore: Date[];
const store = {
  async add(rows: NewAuditRow[]) {
    if (failures-- > 0) throw new Error('the database is away');
    written.push(...rows);
  },
  async removeOlder(than: Date) {
    removedBefore.push(than);
  },
} as unknown as AuditStore;
const create = () =>
  createAuditTrail({ store, clock: { nowMs: () => nowMs }, log: silentLog, retentionDays: 30 });

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  removedBefore = [];
  failures = 0;
});
afterEach(() => void vi.useRealTimers());

describe('the audit trail', () => {
  it('is written a moment later, many entries at once', async () => {
    const trail = create();
    for (let n = 0; n < 2500; n++) trail.record({ ...deed, path: `/${n}` }, actor);
    expect(written).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(written).toHaveLength(2500);
    expect(written[2499]).toMatchObject({ path: '/2499', user_id: 3, done_at: new Date(nowMs) });
  });

  it('waits for a database that is away, in order, and holds no more than it may', async () => {
    const trail = create();
    failures = 2;
    for (let n = 0; n < mostWaiting + 5; n++) trail.record({ ...deed, path: `/${n}` }, actor);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(written).toHaveLength(mostWaiting);
    expect(written[0]).toMatchObject({ path: '/0' });
    await trail.close();
  });

  it('is whole when the server ends', async () => {
    const trail = create();
    trail.record(deed, actor);
    await trail.close();
    expect(written).toHaveLength(1);
  });

  it('forgets what is older than it is kept, at the start and then each hour', async () => {
    const trail = create();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(removedBefore).toEqual([new Date('2030-01-01T00:00:00Z'), new Date('2030-01-01T00:00:00Z')]);
    await trail.close();
  });
});

import { describe, expect, it } from 'vitest';
import { createConnections } from './connections.ts';
import type { InstanceRow } from './store.ts';

type Parts = Parameters<typeof createConnections>[0];

/** Connections whose rows are read when a test says so. */
async function open() {
  const reads: ((row: { name: string }) => void)[] = [];
  let hear: (payload: string) => void = () => {};
  const connections = await createConnections({
    store: {
      findById: () => new Promise((resolve) => reads.push((row) => resolve(row as InstanceRow))),
    },
    records: {
      fromRow: (row: InstanceRow) =>
        Promise.resolve({ id: 1, name: row.name, token: 'token', configuration: {} }),
    },
    catalog: { changesOf: () => 0 },
    elementOf: () => Promise.resolve({ configuration: [], operatorKeys: new Set() }),
    storage: { listen: (_: string, onTold: typeof hear) => Promise.resolve(void (hear = onTold)) },
  } as unknown as Parts);
  return { connections, reads, hear: (payload: string) => hear(payload) };
}

describe('a connection that is asked for after a change', () => {
  it.each<[string, (parts: Awaited<ReturnType<typeof open>>) => void]>([
    ['in this process', ({ connections }) => connections.forget(1)],
    ['of what is lent', ({ connections }) => connections.forgetOrganization('all')],
    ['in another process', ({ hear }) => hear('1')],
    ['that nobody knows', ({ hear }) => hear('*')],
  ])('%s is not that of a read from before it', async (_, change) => {
    const parts = await open();
    const { connections, reads } = parts;
    const before = connections.find(1);
    change(parts);
    const after = connections.find(1);
    const together = connections.find(1);
    expect(reads).toHaveLength(2);
    reads[0]?.({ name: 'old' });
    expect((await before)?.instance.name).toBe('old');
    const late = connections.find(1);
    expect(reads).toHaveLength(2);
    reads[1]?.({ name: 'new' });
    for (const found of [after, together, late]) expect((await found)?.instance.name).toBe('new');
  });
});

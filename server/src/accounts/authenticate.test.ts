import { expect, it } from 'vitest';
import { hashSecret } from '#platform/crypto';
import { createCallerCheck } from './authenticate.ts';
import type { CallerStore } from './store.ts';

function open() {
  const reads: Buffer[] = [];
  const row = {
    userId: 1,
    accountId: 2,
    organizationId: 3,
    email: 'a@example.com',
    firstName: 'A',
    lastName: 'B',
    active: true,
    accountActive: true,
    roleKeys: [],
    roleChanges: [],
    secretHash: hashSecret('mine'),
    organizationSecretHash: hashSecret('ours'),
    organizationPreviousHash: null,
    organizationPreviousUntil: null,
    previousUntil: null,
  };
  const store = {
    findCallerBySecret: async (hash: Buffer) => {
      reads.push(hash);
      return hash.equals(row.secretHash) ? row : undefined;
    },
  } as unknown as CallerStore;
  const check = createCallerCheck(store, { findCaller: async () => undefined }, { nowMs: Date.now });
  const call = (header: string, kind: 'user' | 'element' = 'element') => check.authenticate(header, kind, []);
  return { reads, check, call };
}

it('reads a user once for all the accounts that it calls for, and again after a change', async () => {
  const { reads, check, call } = open();
  const callers = [];
  for (const token of ['a', 'b', 'c']) callers.push(await call(`User mine, Element ${token}`));
  expect(callers.map(({ elementToken }) => elementToken)).toEqual(['a', 'b', 'c']);
  expect(reads).toHaveLength(1);
  check.forget('3');
  await call('User mine, Element a');
  expect(reads).toHaveLength(2);
});

it('knows a user that was right without an organization not by any organization', async () => {
  const { call } = open();
  await call('User mine, Element a');
  for (const secret of ['undefined', 'theirs', '""'])
    await expect(call(`User mine, Organization ${secret}`, 'user')).rejects.toThrow();
  expect(await call('User mine, Organization ours', 'user')).not.toHaveProperty('elementToken');
  await expect(call('User mine, Organization theirs, Element a')).rejects.toThrow();
});

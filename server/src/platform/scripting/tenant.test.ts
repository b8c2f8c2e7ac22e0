import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { createTenants } from './tenant.ts';

const limits = { memoryMb: 64, cpuMs: 1_000, wallMs: 60_000 };

it('gives a tenant one isolate while few runs are in it, and more for many, at most as many as there are cores', () => {
  const tenants = createTenants(limits);
  const few = Array.from({ length: 4 }, () => tenants.get('busy'));
  expect(new Set(few).size).toBe(1);
  const many = [...few, ...Array.from({ length: 60 }, () => tenants.get('busy'))];
  expect(new Set(many).size).toBe(Math.min(4, availableParallelism()));
  const other = tenants.get('other');
  expect(many).not.toContain(other);
  for (const tenant of [...many, other]) tenants.leave(tenant);
  expect(tenants.get('busy')).toBe(few[0]);
  tenants.close();
});

it('puts a new isolate in the place of one that has ended', () => {
  const tenants = createTenants(limits);
  const first = tenants.get('a');
  first.isolate.dispose();
  tenants.leave(first);
  expect(tenants.get('a')).not.toBe(first);
  tenants.close();
});

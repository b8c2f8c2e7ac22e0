import { expect, it } from 'vitest';
import { newRequestId } from './id.ts';

it('makes ids of 24 hexadecimal digits, none of them twice', () => {
  const ids = Array.from({ length: 2_000 }, newRequestId);
  expect(ids.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(2_000);
});

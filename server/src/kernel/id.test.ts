import { expect, it } from 'vitest';
import { newRequestId } from './id.ts';

it('makes ids of 24 hexadecimal digits, none of them twice', () => {
  const ids = Array.from({ length: 2_000 }, newRequestId);
  expect(ids.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(2_000);
});

it('begins them with the second, so that later ones come after earlier ones', () => {
  const before = Math.floor(Date.now() / 1000);
  const second = Number.parseInt(newRequestId().slice(0, 8), 16);
  expect(second).toBeGreaterThanOrEqual(before);
  expect(second).toBeLessThanOrEqual(Math.floor(Date.now() / 1000));
});

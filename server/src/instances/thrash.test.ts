import { expect, it } from 'vitest';
import type { Log } from '#kernel/log';
import { createThrashWatch } from './thrash.ts';

function watch() {
  const told: object[] = [];
  let nowMs = 1_000_000;
  const log = { warn: (details: object) => told.push(details) } as unknown as Log;
  const drop = createThrashWatch({ log, clock: { nowMs: () => nowMs } }, { kept: 5 }, 'too many');
  return {
    told,
    wait: (ms: number) => (nowMs += ms),
    drop: (times: number) => Array.from({ length: times }, drop),
  };
}

it('says nothing of a cache that drops an entry now and then', () => {
  const { told, wait, drop } = watch();
  for (let minute = 0; minute < 10; minute++) {
    drop(999);
    wait(60_000);
  }
  expect(told).toEqual([]);
});

it('says once an hour that a cache drops much', () => {
  const { told, wait, drop } = watch();
  drop(900);
  wait(30_000);
  drop(2_000);
  expect(told).toEqual([{ kept: 5, dropped: 1_000, ofSeconds: 30 }]);
  wait(3_600_000);
  drop(1_000);
  expect(told).toHaveLength(2);
});

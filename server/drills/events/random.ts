import { setTimeout as sleep } from 'node:timers/promises';

export const between = (least: number, most: number): number => least + Math.random() * (most - least);

/** A moment somewhere between the two. */
export const sleepBetween = (leastMs: number, mostMs: number): Promise<void> =>
  sleep(between(leastMs, mostMs));

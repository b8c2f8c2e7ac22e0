import { expect, it } from 'vitest';
import { endOfTurn } from './turn.ts';

it('lets all who wait in one turn of the event loop go on together, step by step', async () => {
  const steps: string[] = [];
  const walk = async (name: string) => {
    await endOfTurn();
    for (let step = 1; step <= 3; step++) {
      steps.push(`${name}${step}`);
      await undefined;
    }
  };
  await Promise.all([walk('a'), walk('b'), walk('c')]);
  expect(steps).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3']);
});

it('ends with the turn, and the next turn has an end of its own', async () => {
  let ended = 0;
  void endOfTurn().then(() => ended++);
  await new Promise(setImmediate);
  expect(ended).toBe(1);
  const next = endOfTurn().then(() => ended++);
  await Promise.resolve();
  expect(ended).toBe(1);
  await next;
  expect(ended).toBe(2);
});

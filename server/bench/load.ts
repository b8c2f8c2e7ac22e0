import type { Pool } from 'undici';

export interface Target {
  path: string;
  authorization: string;
}

/** Calls a second with 32 at a time, over so many milliseconds. Every reply has to be a success. */
export async function measureRate(
  pool: Pool,
  { path, authorization }: Target,
  durationMs: number,
): Promise<number> {
  const request = { method: 'GET', path: `/elements/api-v2${path}`, headers: { authorization } } as const;
  const begun = performance.now();
  let calls = 0;
  const worker = async () => {
    while (performance.now() - begun < durationMs) {
      const { statusCode, body } = await pool.request(request);
      await body.dump();
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
      calls++;
    }
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  return (calls * 1000) / (performance.now() - begun);
}

/** Rates of several targets in turns, so that what disturbs the machine disturbs all: for each the median of its rounds. */
export async function compareRates(
  pool: Pool,
  targets: readonly Target[],
  { rounds = 7, durationMs = 700 } = {},
): Promise<number[]> {
  const rates: number[][] = targets.map(() => []);
  for (const target of targets) await measureRate(pool, target, durationMs);
  for (let round = 0; round < rounds; round++) {
    for (const [index, target] of targets.entries()) {
      rates[index]?.push(await measureRate(pool, target, durationMs));
    }
  }
  return rates.map(median);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

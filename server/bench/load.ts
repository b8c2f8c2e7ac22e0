import type { Pool } from 'undici';

export interface Target {
  path: string;
  authorization?: string;
  /** Posted as JSON; GET without one. */
  json?: string;
  /** Of another server than the others'. */
  pool?: Pool;
}

/** Calls a second with 32 at a time, over so many milliseconds. Every reply has to be a success. */
export async function measureRate(pool: Pool, target: Target, durationMs: number): Promise<number> {
  const request = toRequest(target);
  const begun = performance.now();
  let calls = 0;
  const worker = async () => {
    while (performance.now() - begun < durationMs) {
      const { statusCode, body } = await (target.pool ?? pool).request(request);
      await body.dump();
      if (statusCode !== 200) throw new Error(`${target.path} answered ${statusCode}`);
      calls++;
    }
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  return (calls * 1000) / (performance.now() - begun);
}

export function toRequest({ path, authorization, json }: Target) {
  return {
    method: json === undefined ? ('GET' as const) : ('POST' as const),
    path: `/elements/api-v2${path}`,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(json === undefined ? {} : { body: json }),
  };
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
  return quantile(values, 0.5);
}

/** `share` 0.99 is the value that 99 of 100 do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadResult } from './load-process.ts';
import { usageOf } from './process-usage.ts';

/** What is called, and the process whose work that is. */
export interface Target {
  /** `http://127.0.0.1:port` */
  url: string;
  /** Below the API's base. */
  path: string;
  authorization?: string | undefined;
  /** Numbers that take the place of `{turn}` in the header, one after the other. */
  turn?: { first: number; count: number } | undefined;
  /** Posted as JSON; GET without one. */
  json?: string;
  /** Its CPU time is counted, with that of the processes which it has started. */
  pid?: number | undefined;
}

export interface Measured {
  /** Median of the rounds. */
  callsPerSecond: number;
  /** Median of what it is beside the first target in the same round: the machine's own speed is no part of that. */
  beside: number;
  /** The lowest and the highest round. */
  spread: [number, number];
  /** Of all rounds together. */
  cpuMicrosOfCall: number;
  p50Ms: number;
  p99Ms: number;
  /** Median of how far p99 is above that of the first target in the same round. */
  p99AboveMs: number;
}

export interface How {
  /** 32 without it. */
  connections?: number;
  /** As fast as replies come without it. */
  callsPerSecond?: number;
}

/** A process that makes calls, a target at a time. */
export interface Load {
  /** Every reply has to be a success. */
  run(target: Target, durationMs: number, how?: How): Promise<LoadResult>;
  close(): void;
}

export const atOnce = 32;

export function startLoad(): Load {
  const child = fork(fileURLToPath(new URL('load-process.ts', import.meta.url)));
  return {
    async run({ url, path, authorization, json, turn }, durationMs, how) {
      const order: LoadOrder = {
        port: Number(new URL(url).port),
        path: `/elements/api-v2${path}`,
        headers: authorization === undefined ? {} : { authorization },
        ...(json === undefined ? {} : { body: json }),
        ...(turn && { turn }),
        connections: atOnce,
        durationMs,
        ...how,
      };
      child.send(order);
      const [result] = (await once(child, 'message')) as [LoadResult];
      if (result.fault !== undefined) throw new Error(`${path}: ${result.fault}`);
      return result;
    },
    close: () => void child.kill(),
  };
}

/** How long is measured. `--quick` cuts it short: then it only shows that everything runs. */
export const pace = { rounds: 7, roundMs: 700, warmUps: 10, firstWarmUps: 25, isQuick: false };

export function beQuick(): void {
  Object.assign(pace, { rounds: 1, roundMs: 300, warmUps: 1, firstWarmUps: 1, isQuick: true });
}

/**
 * Calls after which the engine has compiled what they run: a new process went on compiling, on all cores, for 35,000; another
 * kind of call to the same process needs fewer. A slow target is given up waiting for after as many rounds as `pace` says.
 */
const warmUpCalls = { ofProcess: 45_000, ofTarget: 10_000 };
const warm = new Set<number>();

/** Targets in turns, so that what disturbs the machine disturbs all. */
export async function compare(
  load: Load,
  targets: readonly Target[],
  { rounds = pace.rounds, ...how }: How & { rounds?: number } = {},
): Promise<Measured[]> {
  const results: LoadResult[][] = targets.map(() => []);
  const cpuMs = targets.map(() => 0);
  for (const target of targets) await warmUp(load, target);
  for (let round = 0; round < rounds; round++) {
    for (const [index, target] of targets.entries()) {
      const before = target.pid ? await usageOf(target.pid) : undefined;
      const result = await load.run(target, pace.roundMs, how);
      results[index]?.push(result);
      const after = before && (await usageOf(target.pid ?? 0));
      if (after) cpuMs[index] = (cpuMs[index] ?? 0) + after.cpuMs - before.cpuMs;
    }
  }
  return results.map((all, index) => {
    const rates = all.map(({ callsPerSecond }) => callsPerSecond);
    const calls = all.reduce((sum, one) => sum + one.calls, 0);
    return {
      callsPerSecond: median(rates),
      beside: median(rates.map((rate, round) => rate / (results[0]?.[round]?.callsPerSecond ?? Number.NaN))),
      spread: [Math.min(...rates), Math.max(...rates)],
      cpuMicrosOfCall: ((cpuMs[index] ?? 0) * 1000) / calls,
      p50Ms: median(all.map(({ p50Ms }) => p50Ms)),
      p99Ms: median(all.map(({ p99Ms }) => p99Ms)),
      p99AboveMs: median(all.map(({ p99Ms }, round) => p99Ms - (results[0]?.[round]?.p99Ms ?? Number.NaN))),
    };
  });
}

async function warmUp(load: Load, target: Target): Promise<void> {
  const isFirst = target.pid !== undefined && !warm.has(target.pid);
  const enough = isFirst ? warmUpCalls.ofProcess : warmUpCalls.ofTarget;
  const most = isFirst ? pace.firstWarmUps : pace.warmUps;
  let calls = 0;
  for (let rounds = 0; rounds < most && calls < enough; rounds++)
    calls += (await load.run(target, pace.roundMs)).calls;
  if (target.pid !== undefined) warm.add(target.pid);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** `share` 0.99 is the value that 99 of 100 do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

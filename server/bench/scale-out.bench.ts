import { availableParallelism } from 'node:os';
import type { BenchServer } from './bench-server.ts';
import { limitCpu } from './cpu-share.ts';
import { atOnce, median, pace, startLoad } from './load.ts';
import type { Target } from './load.ts';
import { usageOf } from './process-usage.ts';
import type { Row } from './results.ts';

/** Load, provider and two servers. */
const coresWanted = 4;
/** Of one core, for each server: what the others need for two of them is then there on two cores as well. */
const share = 0.25;

/** How much more do two processes on one database serve than one? Any of them takes any call. */
export async function benchScaleOut(server: BenchServer): Promise<Row[]> {
  await server.call('POST', '/elements', {
    name: 'Scaled',
    key: 'scaled',
    authentication: { type: 'custom' },
    configuration: [{ key: 'base.url', name: 'URL', description: 'URL', defaultValue: server.provider }],
    resources: [
      {
        method: 'GET',
        path: '/hubs/general/record',
        vendorMethod: 'GET',
        vendorPath: '/records/7',
        type: 'api',
        paginationType: 'NO_PAGINATION',
      },
    ],
  });
  const second = await server.another();
  const loads = [server.load, startLoad()];
  try {
    // Connected at the first, and known to the second at once.
    const authorization = await server.connect('scaled');
    const path = '/record';
    const targets: Target[] = [
      { url: server.url, pid: server.pid, path, authorization },
      { url: second.url, pid: second.pid, path, authorization },
    ];
    const run = async (used: Target[]) => {
      const before = await cpuOf(used);
      const results = await Promise.all(
        used.map((target, index) =>
          loads[index]?.run(target, pace.roundMs, { connections: atOnce / used.length }),
        ),
      );
      const calls = results.reduce((sum, one) => sum + (one?.calls ?? 0), 0);
      const rate = results.reduce((sum, one) => sum + (one?.callsPerSecond ?? 0), 0);
      return { rate, cpuMicros: (((await cpuOf(used)) - before) * 1000) / calls };
    };
    for (let warmUps = 0; warmUps < pace.warmUps; warmUps++) await run(targets);
    const measure = async () => {
      const taken: Taken = { one: [], two: [] };
      for (let round = 0; round < pace.rounds; round++) {
        taken.one.push(await run(targets.slice(0, 1)));
        taken.two.push(await run(targets));
      }
      return taken;
    };
    const rows = toRows(await measure());
    const limits = await Promise.all(targets.map(({ pid }) => limitCpu(pid ?? 0, share)));
    try {
      if (limits.every((one) => one !== undefined)) rows.push(...toSharedRows(await measure()));
    } finally {
      for (const letGo of limits) await letGo?.();
    }
    return rows;
  } finally {
    loads[1]?.close();
    await second.stop();
  }
}

type Round = { rate: number; cpuMicros: number };
type Taken = Record<'one' | 'two', Round[]>;

const rate = (rounds: Round[]) => median(rounds.map((each) => each.rate));
const cpu = (rounds: Round[]) => median(rounds.map(({ cpuMicros }) => cpuMicros));

/** Two processes beside one, in the same round. */
function compareRows(
  names: [one: string, two: string],
  { one, two }: Taken,
  wanted: string,
  note = '',
): Row[] {
  return [
    {
      what: names[0],
      value: `${Math.round(rate(one))}/s`,
      ratio: 1,
      note: `${cpu(one).toFixed(0)} µs of CPU a call`,
    },
    {
      what: names[1],
      value: `${Math.round(rate(two))}/s`,
      ratio: median(two.map((each, round) => each.rate / (one[round]?.rate ?? Number.NaN))),
      wanted,
      note: `${cpu(two).toFixed(0)} µs of CPU a call${note}`,
    },
  ];
}

/** With so little of the processor each that load, provider and database have enough of it also for two. */
function toSharedRows(taken: Taken): Row[] {
  const one = `one process that may use ${share} of a core`;
  return compareRows([one, `two processes that may use ${share} of a core each`], taken, '≥ 1.6');
}

function toRows(taken: Taken): Row[] {
  const cores = availableParallelism();
  const isShort = cores < coresWanted;
  return [
    ...compareRows(
      ['one process', 'two processes on one database'],
      taken,
      isShort ? `≥ 1.6 on ${coresWanted} cores` : '≥ 1.6',
      isShort ? `; ${cores} cores for them, load, provider and database` : '',
    ),
    {
      what: 'CPU a call of two processes beside one',
      value: `${(cpu(taken.two) / cpu(taken.one)).toFixed(2)} times`,
      ...(!isShort && { wanted: '≤ 1.25' }),
      note: isShort
        ? 'they take the caches of the cores from each other, which they would not on cores of their own'
        : 'what a second one costs: 1.6 of 2',
    },
  ];
}

async function cpuOf(targets: Target[]): Promise<number> {
  const all = await Promise.all(targets.map(({ pid }) => usageOf(pid ?? 0)));
  return all.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

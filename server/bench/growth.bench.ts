import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchServer } from './bench-server.ts';
import type { BenchServer } from './bench-server.ts';
import { copyInstance } from './copies.ts';
import { compare, pace } from './load.ts';
import type { Load, Target } from './load.ts';
import { readBytes } from './process-usage.ts';
import { rateRow } from './results.ts';
import type { Row } from './results.ts';

/** The first is the baseline of the others. */
const sizes = [
  { elements: 1, instances: 1 },
  { elements: 100, instances: 1_000 },
  { elements: 5_000, instances: 100_000 },
];
const quickSizes = [
  { elements: 1, instances: 1 },
  { elements: 20, instances: 100 },
];
/** Accounts that are called in turn where there are so many. */
const mostCalled = 10_000;
/** Accounts that a process keeps in memory. */
const mostKept = 50_000;
const atOnce = 8;

interface Grown {
  server: BenchServer;
  elements: number;
  instances: number;
  /** Calls of an account of the first element. */
  first: Target;
}

/**
 * Do calls slow down, and what memory is taken, as the elements and the connected accounts grow? A server of each size, side by
 * side: one that grows would be compared with what the machine was minutes before.
 */
export async function benchGrowth(server: BenchServer): Promise<Row[]> {
  const all: Grown[] = [];
  try {
    const rows: Row[] = [];
    for (const size of pace.isQuick ? quickSizes : sizes) {
      const own = all.length === 0 ? server : await startBenchServer();
      const imported = await addElements(own, size.elements);
      if (size.elements > 1) rows.push(imported);
      all.push({ server: own, ...size, first: toTarget(own, await own.connect('grown1')) });
    }
    return [
      ...(await compareElements(server.load, all)),
      ...rows,
      ...(await growInstances(server.load, all)),
    ];
  } finally {
    for (const { server: own } of all.slice(1)) await own.close();
  }
}

async function addElements(server: BenchServer, elements: number): Promise<Row> {
  const bytes = await restingBytes(server);
  const begun = performance.now();
  let made = 0;
  const add = async () => {
    while (made < elements) await server.call('POST', '/elements', definition(server.provider, ++made));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, elements) }, add));
  const imports = (elements * 1000) / (performance.now() - begun);
  const grown = ((await restingBytes(server)) - bytes) / elements;
  return {
    what: `${count(elements)} elements: imports`,
    value: `${Math.round(imports)}/s`,
    note: `${(grown / 1024).toFixed(1)} KB of resident memory for each, that of imports included`,
  };
}

async function compareElements(load: Load, all: readonly Grown[]): Promise<Row[]> {
  const targets = [];
  for (const { server, elements, first } of all) {
    targets.push({ what: `${count(elements)} elements: calls to the first`, target: first });
    if (elements === 1) continue;
    const newest = toTarget(server, await server.connect(`grown${elements}`));
    targets.push({ what: `${count(elements)} elements: calls to the newest`, target: newest });
  }
  return measure(load, targets);
}

async function growInstances(load: Load, all: readonly Grown[]): Promise<Row[]> {
  const targets = [];
  const rows: Row[] = [];
  for (const { server, instances, first } of all) {
    targets.push({ what: `${count(instances)} instances: calls to one`, target: first });
    if (instances === 1) continue;
    const [connected] = await server.call<{ id: number }[]>('GET', '/instances?pageSize=1');
    const { firstId } = await copyInstance(server, connected?.id ?? 0, instances);
    const inTurn = (called: number): Target => ({
      ...first,
      authorization: `${server.user}, Element t{turn}`,
      turn: { first: firstId, count: called },
    });
    // Of fewer, the memory cannot be told from what the engine takes and gives back meanwhile.
    if (instances > mostKept) {
      const bytes = await restingBytes(server);
      for (let calls = 0; calls < mostKept;) calls += (await load.run(inTurn(mostKept), 30_000)).calls;
      const grown = ((await restingBytes(server)) - bytes) / mostKept;
      rows.push({
        what: `${count(instances)} instances: memory for each of ${count(mostKept)} that are called`,
        value: `${(grown / 1024).toFixed(1)} KB`,
        note: 'none for one that is not; no more than these are kept',
      });
    }
    const called = Math.min(instances, mostCalled);
    const what = `${count(instances)} instances: calls to ${count(called)} in turn`;
    targets.push({ what, target: inTurn(called) });
  }
  return [...(await measure(load, targets)), ...rows];
}

async function measure(load: Load, targets: readonly { what: string; target: Target }[]): Promise<Row[]> {
  const measured = await compare(
    load,
    targets.map(({ target }) => target),
  );
  return measured.map((one, index) =>
    rateRow(targets[index]?.what ?? '', one, { wanted: index > 0 ? '0.9–1.1' : undefined }),
  );
}

/** When the garbage of what was just done is gone, as far as the engine lets it go by itself. */
async function restingBytes({ pid }: BenchServer): Promise<number> {
  await sleep(2_000);
  return readBytes(pid);
}

function toTarget({ url, pid }: BenchServer, authorization: string): Target {
  return { url, pid, path: '/records/7', authorization };
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function definition(provider: string, number: number): object {
  return {
    name: `Grown ${number}`,
    key: `grown${number}`,
    authentication: { type: 'custom' },
    configuration: [{ key: 'base.url', name: 'URL', description: 'URL', defaultValue: provider }],
    resources: Array.from({ length: 10 }, (_, index) => ({
      method: 'GET',
      path: `/hubs/general/${index === 0 ? 'records' : `records${index}`}/{id}`,
      vendorMethod: 'GET',
      vendorPath: '/records/{id}',
      type: 'api',
      paginationType: 'NO_PAGINATION',
      parameters: [{ name: 'id', vendorName: 'id', type: 'path', vendorType: 'path', required: true }],
    })),
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchServer } from './bench-server.ts';
import { copyInstance } from './copies.ts';
import { compare, pace } from './load.ts';
import type { Target } from './load.ts';
import { readBytes } from './process-usage.ts';
import type { Row } from './results.ts';

const elementCounts = [1, 100, 5_000];
const instanceCounts = [1_000, 100_000];
/** Accounts that are called in turn where there are so many. */
const mostCalled = 10_000;
const atOnce = 8;

/** Do calls slow down, and what memory is taken, as the elements and the connected accounts grow? */
export async function benchGrowth(server: BenchServer): Promise<Row[]> {
  return [...(await growElements(server)), ...(await growInstances(server))];
}

async function growElements(server: BenchServer): Promise<Row[]> {
  const rows: Row[] = [];
  let made = 0;
  let base = Number.NaN;
  let first: Target | undefined;
  for (const step of pace.isQuick ? [1, 20] : elementCounts) {
    const begun = performance.now();
    const before = made;
    const bytes = await restingBytes(server);
    const add = async () => {
      while (made < step) await server.call('POST', '/elements', definition(server.provider, ++made));
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, step) }, add));
    const imports = ((made - before) * 1000) / (performance.now() - begun);
    const grown = ((await restingBytes(server)) - bytes) / (made - before);
    const of = async (key: string) => toTarget(server, await server.connect(key));
    first ??= await of('grown1');
    const [old, newest] = await compare(server.load, [first, await of(`grown${made}`)]);
    if (step === 1) base = old?.callsPerSecond ?? Number.NaN;
    rows.push(
      ...(step === 1 ? [old] : [old, newest]).flatMap((measured, index) =>
        measured
          ? {
              what: `${count(step)} elements: calls to the ${index === 0 ? 'first' : 'newest'}`,
              value: `${Math.round(measured.callsPerSecond)}/s`,
              spread: measured.spread.map(Math.round).join('–'),
              ratio: measured.callsPerSecond / base,
              wanted: '0.9–1.1',
              note: `${measured.cpuMicrosOfCall.toFixed(0)} µs of CPU a call`,
            }
          : [],
      ),
    );
    if (step > 1)
      rows.push({
        what: `${count(step)} elements: imports`,
        value: `${Math.round(imports)}/s`,
        note: `${(grown / 1024).toFixed(1)} KB of resident memory for each, that of imports included`,
      });
  }
  return rows;
}

async function growInstances(server: BenchServer): Promise<Row[]> {
  const authorization = await server.connect('grown1');
  const instances = await server.call<{ id: number }[]>('GET', '/instances?pageSize=1000');
  const id = Math.max(...instances.map((one) => one.id));
  const one = toTarget(server, authorization);
  const rows: Row[] = [];
  let made = 0;
  for (const step of pace.isQuick ? [100] : instanceCounts) {
    const { firstId } = await copyInstance(server, id, step - made);
    made = step;
    const bytes = await restingBytes(server);
    const turn = { first: firstId, count: Math.min(step, mostCalled) };
    const all: Target = { ...one, authorization: `${server.user}, Element t{turn}`, turn };
    for (let calls = 0; calls < turn.count;) calls += (await server.load.run(all, 1_000)).calls;
    const grown = ((await restingBytes(server)) - bytes) / turn.count;
    const [alone, inTurn] = await compare(server.load, [one, all]);
    if (!alone || !inTurn) continue;
    rows.push(
      ...[alone, inTurn].map(({ callsPerSecond, beside, spread, cpuMicrosOfCall }, index) => ({
        what: `${count(step)} instances: calls to ${index === 0 ? 'one' : `${count(turn.count)} in turn`}`,
        value: `${Math.round(callsPerSecond)}/s`,
        spread: spread.map(Math.round).join('–'),
        ratio: beside,
        ...(index === 1 && { wanted: '0.9–1.1' }),
        note: `${cpuMicrosOfCall.toFixed(0)} µs of CPU a call`,
      })),
      {
        what: `${count(step)} instances: memory for each that is called`,
        value: `${(grown / 1024).toFixed(1)} KB`,
        note: 'none for one that is not; at most 50,000 are kept',
      },
    );
  }
  return rows;
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

/** Measures, each question beside its baseline in the same run: npm run bench [-- name …] */
import { cpus, totalmem } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';
import { startBenchServer } from './bench-server.ts';
import type { BenchServer } from './bench-server.ts';
import { benchElements } from './elements.bench.ts';
import { benchEvents } from './events.bench.ts';
import { benchHook } from './hook.bench.ts';
import { benchPolls } from './polls.bench.ts';

export interface Row {
  what: string;
  value: string;
  /** Beside the baseline of the same run; undefined where there is none. */
  ratio: number | undefined;
}

const benches: Record<string, (server: BenchServer) => Promise<Row[]>> = {
  hook: benchHook,
  elements: benchElements,
  events: benchEvents,
  polls: benchPolls,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0 || wanted.includes('--help')) {
  process.stderr.write(
    `npm run bench [-- name …], with the names ${Object.keys(benches).join(', ')}; all by default.\n`,
  );
  process.exit(wanted.includes('--help') ? 0 : 2);
}
const results: Record<string, Row[]> = {};
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const server = await startBenchServer();
  try {
    results[name] = await bench(server);
  } finally {
    await server.close();
  }
  process.stdout.write(`\n${name}\n`);
  for (const { what, value, ratio } of results[name] ?? []) {
    process.stdout.write(
      `  ${what.padEnd(44)} ${value.padStart(16)}  ${ratio === undefined ? '' : ratio.toFixed(2)}\n`,
    );
  }
}
const machine = {
  cpus: cpus().length,
  model: cpus()[0]?.model,
  memoryBytes: totalmem(),
  node: process.version,
};
const file = new URL('results.json', import.meta.url);
const before = JSON.parse(await readFile(file, 'utf8')) as { results: object };
await writeFile(
  file,
  `${JSON.stringify({ machine, results: { ...before.results, ...results } }, undefined, 2)}\n`,
);

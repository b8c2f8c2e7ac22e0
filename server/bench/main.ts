/** Measures, each question beside its baseline in the same run: npm run bench [-- name …] */
import { startBenchServer } from './bench-server.ts';
import type { BenchServer } from './bench-server.ts';
import { benchEvents } from './events.bench.ts';
import { benchGateway } from './gateway.bench.ts';
import { benchGrowth } from './growth.bench.ts';
import { beQuick } from './load.ts';
import { benchPolls } from './polls.bench.ts';
import { benchProvisioning } from './provisioning.bench.ts';
import { writeResults } from './results.ts';
import type { Row } from './results.ts';
import { benchScaleOut } from './scale-out.bench.ts';
import { writeBundle } from './server-process.ts';
import { benchStart } from './start.bench.ts';

const benches: Record<string, (server: BenchServer) => Promise<Row[]>> = {
  gateway: benchGateway,
  growth: benchGrowth,
  provisioning: benchProvisioning,
  'scale-out': benchScaleOut,
  start: benchStart,
  events: benchEvents,
  polls: benchPolls,
};

const given = process.argv.slice(2);
const isQuick = given.includes('--quick');
const wanted = given.filter((name) => name !== '--quick');
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0 || wanted.includes('--help')) {
  process.stderr.write(
    `npm run bench [-- name … --quick], with the names ${Object.keys(benches).join(', ')}; all by default.
--quick shows that they run: its rounds are too few and too short to be written down.\n`,
  );
  process.exit(wanted.includes('--help') ? 0 : 2);
}
if (isQuick) beQuick();
writeBundle();
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const begun = performance.now();
  const server = await startBenchServer();
  let rows: Row[];
  try {
    rows = await bench(server);
  } finally {
    await server.close();
  }
  if (!isQuick) await writeResults({ [name]: rows });
  process.stdout.write(`\n${name} (${((performance.now() - begun) / 1000).toFixed(0)} s)\n`);
  for (const { what, value, ratio, wanted: goal = '', note = '' } of rows) {
    const beside = ratio === undefined ? '    ' : ratio.toFixed(2);
    process.stdout.write(
      `  ${what.padEnd(60)} ${value.padStart(12)}  ${beside}  ${goal.padEnd(8)} ${note}\n`,
    );
  }
}

/** Mixed traffic with faults for half an hour, and whether the server stays as it is: npm run drill:load */
import { parseArgs } from 'node:util';
import { startBenchServer } from '../../bench/bench-server.ts';
import { writeResults } from '../../bench/results.ts';
import { writeBundle } from '../../bench/server-process.ts';
import { judge } from './judge.ts';
import { createTraffic } from './traffic.ts';
import { watchProcess } from './watch-process.ts';

const help = `npm run drill:load [-- --minutes 30 --share 60]

Sends calls, calls with a hook, and connections that are made and deleted again, at a share of what the server can do, to a
provider that fails once in a hundred calls: with a 503, or by breaking the connection. Ends with status 0 only when memory and
handles of the server are flat after it has warmed up, and each error is one that the provider made. The result is written
to the table in server/bench/README.md.

  --minutes  how long, from 1
  --share    percent of the calls a second that were possible in the beginning
  --help     this text
`;

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { minutes: text, share: text, help: { type: 'boolean' } } });
if (values.help) {
  process.stdout.write(help);
  process.exit(0);
}
const minutes = Number(values.minutes ?? 30);
const share = Number(values.share ?? 60) / 100;
if (!(minutes >= 1) || !(share > 0 && share <= 1)) {
  process.stderr.write(help);
  process.exit(2);
}

writeBundle();
// A provider's fault is a warning, and there will be many.
const server = await startBenchServer({ logLevel: 'error' });
let failed = true;
try {
  const traffic = await createTraffic(server);
  const capacity = await traffic.measureCapacity();
  process.stdout.write(
    `${Math.round(capacity)} calls a second are possible; ${share * 100} % for ${minutes} min\n`,
  );
  const watch = watchProcess(server.pid, (minutes * 60_000) / 60);
  const outcome = await traffic.run(capacity * share, minutes * 60_000);
  const { rows, faults } = judge(outcome, await watch.stop(), minutes);
  for (const { what, value, note = '' } of rows)
    process.stdout.write(`  ${what.padEnd(40)} ${value}  ${note}\n`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  await writeResults({ 'drill:load': rows });
  failed = faults.length > 0;
} finally {
  await server.close();
}
process.exitCode = failed ? 1 : 0;

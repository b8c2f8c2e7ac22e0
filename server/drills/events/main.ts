/** Kills the server while events are on their way, and tells whether one was lost: npm run drill:events */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killServerProcesses } from '#test/server-process';
import { runDrill } from './drill.ts';
import type { DrillOutcome } from './drill.ts';

const help = `npm run drill:events [-- --webhooks 2000 --kills 5 --callbacks 4 --patience 420]

Sends webhooks to a server of its own that is killed (SIGKILL) again and again, on a PostgreSQL that is restarted once, for
callbacks that answer 500 or nothing for half of the time. Ends with status 0 only when each webhook that was accepted has
reached its callback, however often it came with one id. The server runs as users run it, with its real back-off: the end
waits for the deliveries that have failed three times, which takes a minute and a half.

  --webhooks   webhooks that the provider sends
  --kills      times that the server is killed
  --callbacks  callbacks that the webhooks go to in turn
  --patience   seconds that deliveries may take when all is well again
  --help       this text
`;

function readNumbers() {
  const text = { type: 'string' } as const;
  const options = {
    webhooks: text,
    kills: text,
    callbacks: text,
    patience: text,
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const number = (name: 'webhooks' | 'kills' | 'callbacks' | 'patience', fallback: number, least: number) => {
    const value = Number(values[name] ?? fallback);
    if (!Number.isSafeInteger(value) || value < least)
      throw new Error(`--${name} takes a whole number from ${least}.`);
    return value;
  };
  return {
    webhooks: number('webhooks', 2_000, 1),
    kills: number('kills', 5, 0),
    callbacks: number('callbacks', 4, 1),
    patienceMs: number('patience', 420, 1) * 1000,
  };
}

function printOutcome({ tally, kills, databaseRestarts, repeated, lost, durationMs }: DrillOutcome): void {
  const rows: [string, number | string][] = [
    ['accepted', tally.accepted],
    ['delivered', tally.delivered],
    ['duplicates', tally.duplicates],
    ['with more than one id', tally.strangeIds],
    ['lost', lost.length],
    ['attempts that arrived', tally.arrivals],
    ['calls that were sent again', repeated],
    ['kills', kills],
    ['restarts of PostgreSQL', databaseRestarts],
    ['seconds', (durationMs / 1000).toFixed(0)],
  ];
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(28)}${String(value).padStart(8)}\n`);
  if (lost.length > 0) process.stdout.write(`Lost: ${lost.slice(0, 50).join(', ')}\n`);
}

let wish;
try {
  wish = readNumbers();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${help}`);
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'ligand-drill-'));
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
let isGood = false;
let log = '';
try {
  const outcome = await runDrill({
    ...wish,
    folder,
    ending: ending.signal,
    say: (text) => process.stdout.write(`${text}\n`),
  });
  log = outcome.log;
  printOutcome(outcome);
  isGood =
    outcome.lost.length === 0 && outcome.tally.strangeIds === 0 && outcome.tally.accepted === wish.webhooks;
} catch (error) {
  process.stderr.write(`${ending.signal.aborted ? 'Broken off.' : (error as Error).stack}\n`);
} finally {
  await killServerProcesses();
}
if (isGood || ending.signal.aborted) await rm(folder, { recursive: true, force: true });
else {
  await writeFile(join(folder, 'server.log'), log);
  process.stdout.write(`The database and server.log are left in ${folder}\n`);
}
process.exit(isGood ? 0 : 1);

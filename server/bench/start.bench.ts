import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { BenchServer } from './bench-server.ts';
import { median, pace } from './load.ts';
import { readBytes } from './process-usage.ts';
import type { Row } from './results.ts';
import { startServer } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';

const rounds = 3;
const restMs = 3_000;

/** How long does a warm start take to the first call that is answered, and what memory has a server that does nothing? */
export async function benchStart(server: BenchServer): Promise<Row[]> {
  const external: number[] = [];
  const embedded: number[] = [];
  const restingMegabytes: number[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'ligand-bench-start-'));
  try {
    const first = await startServer({ folder, isFirst: true });
    await first.stop();
    const asUser = `User ${first.userSecret}, Organization ${first.organizationSecret}`;
    for (let round = 0; round < Math.min(rounds, pace.rounds); round++) {
      await timed(
        external,
        () => server.another(),
        server.asUser,
        async ({ pid }) => {
          if (round > 0) return;
          await sleep(restMs);
          restingMegabytes.push((await readBytes(pid)) / 1024 ** 2);
        },
      );
      await timed(embedded, () => startServer({ folder }), asUser);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const row = (what: string, times: number[], wanted: string) => ({
    what: `warm start to the first answer, ${what}`,
    value: `${median(times).toFixed(0)} ms`,
    spread: `${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)}`,
    wanted,
  });
  return [
    row('embedded PostgreSQL', embedded, '< 2000 ms'),
    row('external PostgreSQL', external, '< 1000 ms'),
    {
      what: 'resident memory of the server process at rest',
      value: `${Math.max(...restingMegabytes).toFixed(0)} MB`,
      wanted: '< 150 MB',
    },
  ];
}

async function timed(
  times: number[],
  start: () => Promise<ServerProcess>,
  authorization: string,
  look: (server: ServerProcess) => Promise<void> = async () => {},
): Promise<void> {
  const begun = performance.now();
  const started = await start();
  try {
    const { statusCode, body } = await request(
      `${started.url}/elements/api-v2/elements?pageSize=1&abridged=true`,
      {
        headers: { authorization },
      },
    );
    await body.dump();
    if (statusCode !== 200) throw new Error(`The first call was answered with ${statusCode}`);
    times.push(performance.now() - begun);
    await look(started);
  } finally {
    await started.stop();
  }
}

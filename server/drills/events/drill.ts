import { setTimeout as sleep } from 'node:timers/promises';
import { startCallbacks } from './callback.ts';
import { startDatabase } from './database.ts';
import type { DrillDatabase } from './database.ts';
import { connectAccount, createProvider } from './provider.ts';
import type { SendingProvider } from './provider.ts';
import { between, sleepBetween } from './random.ts';
import { startServer } from './server.ts';
import type { DrillServer } from './server.ts';
import { createTally } from './tally.ts';
import type { Counts } from './tally.ts';

export interface DrillWish {
  webhooks: number;
  kills: number;
  callbacks: number;
  /** How long deliveries may take when all is well again. */
  patienceMs: number;
  folder: string;
  ending: AbortSignal;
  say(text: string): void;
}

export interface DrillOutcome {
  tally: Counts;
  kills: number;
  databaseRestarts: number;
  repeated: number;
  lost: number[];
  durationMs: number;
  log: string;
}

/** Between two blows. */
const pauseMs = [4_000, 16_000] as const;
/** A blow comes so soon after many calls at once, so that it hits some that are being taken. */
const aimMs = 150;
const reportEveryMs = 5_000;

/** What has been started, the last first. */
type Closers = (() => Promise<void>)[];

/** @throws when something does not start, or `ending` broke it off; nothing that it has started is left. */
export async function runDrill(wish: DrillWish): Promise<DrillOutcome> {
  const closers: Closers = [];
  const { promise: broken, reject } = Promise.withResolvers<never>();
  wish.ending.addEventListener('abort', () => reject(wish.ending.reason));
  try {
    return await Promise.race([run(wish, closers), broken]);
  } finally {
    for (const close of closers) await close();
  }
}

async function run(wish: DrillWish, closers: Closers): Promise<DrillOutcome> {
  const { folder, say } = wish;
  const begun = performance.now();
  const tally = createTally();
  const database = await startDatabase(folder);
  closers.unshift(database.stop);
  const callbacks = await startCallbacks(wish.callbacks, tally);
  closers.unshift(callbacks.close);
  const server = await startServer({ folder, databaseUrl: database.url, allowHosts: callbacks.host });
  closers.unshift(server.stop);
  const urls: string[] = [];
  for (let index = 0; index < wish.callbacks; index++)
    urls.push(await connectAccount(server.client, server.origin, callbacks.url(index), index));
  const provider = createProvider(urls, tally);
  const seconds = () => `${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s`;
  const report = setInterval(() => {
    const { accepted, delivered, duplicates } = tally.counts();
    say(
      `${seconds()}  accepted ${accepted} of ${provider.told()}, delivered ${delivered}, duplicates ${duplicates}`,
    );
  }, reportEveryMs);
  closers.unshift(async () => clearInterval(report));

  const kills = await strike(
    { ...wish, say: (text) => say(`${seconds()}  ${text}`) },
    server,
    database,
    provider,
  );
  callbacks.heal();
  say(`${seconds()}  all is well from now on`);
  const deadline = performance.now() + wish.patienceMs;
  await Promise.race([provider.allAccepted(), sleep(wish.patienceMs, undefined, { ref: false })]);
  while (tally.missing().length > 0 && performance.now() < deadline) await sleep(100);
  return {
    tally: tally.counts(),
    kills,
    databaseRestarts: 1,
    repeated: provider.repeated(),
    lost: tally.missing(),
    durationMs: performance.now() - begun,
    log: server.log(),
  };
}

/** Lets the provider send everything, and strikes meanwhile: the server again and again, the database once. */
async function strike(
  { webhooks, kills, say }: DrillWish,
  server: DrillServer,
  database: DrillDatabase,
  provider: SendingProvider,
): Promise<number> {
  const databaseTurn = Math.floor(between(0, kills + 1));
  const share = Math.ceil(webhooks / (2 * (kills + 1)));
  const tell = (count: number) => provider.tell(Math.min(count, webhooks - provider.told()));
  let killed = 0;
  for (let turn = 0; turn <= kills; turn++) {
    // Half of its share trickles in, the other half comes just before the blow.
    const end = performance.now() + between(...pauseMs);
    for (let sent = 0; performance.now() < end; await sleepBetween(50, 250)) {
      const count = Math.min(Math.ceil(share / 20), share - sent);
      tell(count);
      sent += count;
    }
    tell(turn === kills ? webhooks : share * 2 * (turn + 1) - provider.told());
    await sleepBetween(0, aimMs);
    if (turn === databaseTurn) {
      say('PostgreSQL is restarted');
      await database.restart();
      say('PostgreSQL is back');
    } else {
      killed++;
      say('the server is killed');
      await server.kill();
      await server.startAgain();
      say('the server is back');
    }
  }
  return killed;
}

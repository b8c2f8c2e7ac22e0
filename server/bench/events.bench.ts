import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import type { BenchServer } from './bench-server.ts';
import { median, pace, quantile } from './load.ts';
import type { Target } from './load.ts';
import type { Row } from './results.ts';
import { startProgram } from './started.ts';

const deliveriesOfRound = 1_000;
const latenciesOfRound = 50;
const callbackCount = 4;
const change = JSON.stringify({ objectType: 'contacts', id: 7, eventType: 'updated', note: 'x'.repeat(150) });

/** How many webhooks are taken and delivered, and how fast, beside a bare endpoint that writes one row for each? */
export async function benchEvents(server: BenchServer): Promise<Row[]> {
  const bare = await startProgram('bare-endpoint.ts', server.databaseUrl);
  const barePool = new Pool(bare.line, { connections: 32 });
  const receiver = createServer((_, response) => void response.end()).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const callback = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/callback`;
  try {
    const kept = await addWebhook(server, 'kept', undefined);
    const delivered: Target[] = [];
    for (let index = 0; index < callbackCount; index++)
      delivered.push(await addWebhook(server, `delivered${index}`, `${callback}/${index}`));
    const endpoint: Target = { url: bare.line, path: '/bare', json: change };
    const arrivals = watchArrivals(receiver);
    const of = { bare: [] as number[], kept: [] as number[], delivered: [] as number[] };
    const latencies = { bare: [] as number[], delivered: [] as number[] };
    // The first round warms up and is not counted.
    for (let round = 0; round <= pace.rounds; round++) {
      const rates = {
        bare: (await server.load.run(endpoint, pace.roundMs)).callsPerSecond,
        kept: (await server.load.run(kept, pace.roundMs)).callsPerSecond,
        delivered: await measureDeliveries(server, delivered, arrivals),
      };
      const bareMs = await measureReplies(barePool, endpoint);
      const deliveredMs = await measureLatencies(server, delivered[0] ?? kept, arrivals);
      if (round === 0) continue;
      for (const name of ['bare', 'kept', 'delivered'] as const) of[name].push(rates[name]);
      latencies.bare.push(...bareMs);
      latencies.delivered.push(...deliveredMs);
    }
    return [...toRateRows(of), ...toLatencyRows(latencies)];
  } finally {
    receiver.close();
    await barePool.close();
    await bare.close();
  }
}

function toRateRows(of: Record<'bare' | 'kept' | 'delivered', number[]>): Row[] {
  const base = median(of.bare);
  const names = {
    bare: 'bare endpoint, one row each',
    kept: 'webhooks accepted',
    delivered: 'webhooks accepted and delivered',
  };
  return (['bare', 'kept', 'delivered'] as const).map((name) => ({
    what: names[name],
    value: `${Math.round(median(of[name]))}/s`,
    spread: `${Math.round(Math.min(...of[name]))}–${Math.round(Math.max(...of[name]))}`,
    ratio: median(of[name]) / base,
  }));
}

function toLatencyRows({ bare, delivered }: { bare: number[]; delivered: number[] }): Row[] {
  return [0.5, 0.99].flatMap((share) => {
    const [reply, arrival] = [quantile(bare, share), quantile(delivered, share)];
    const name = `p${share * 100}`;
    return [
      { what: `reply of the bare endpoint, ${name}`, value: `${reply.toFixed(1)} ms`, ratio: 1 },
      { what: `from intake to callback, ${name}`, value: `${arrival.toFixed(1)} ms`, ratio: arrival / reply },
    ];
  });
}

/** A connected account whose events are delivered there, or kept only. */
async function addWebhook(
  { call, url }: BenchServer,
  key: string,
  callbackUrl: string | undefined,
): Promise<Target> {
  const definition = { name: key, key, authentication: { type: 'custom' }, configuration: [], resources: [] };
  await call('POST', '/elements', definition);
  const { id } = await call<{ id: number }>('POST', '/instances', {
    name: key,
    element: { key },
    configuration: {
      'event.notification.enabled': true,
      'event.vendor.type': 'webhook',
      ...(callbackUrl === undefined ? {} : { 'event.notification.callback.url': callbackUrl }),
    },
  });
  return { url, path: `/events/${key}/${Buffer.from(String(id)).toString('base64url')}`, json: change };
}

interface Arrivals {
  count: number;
  /** The moment at which an event arrived. */
  of(eventId: string): Promise<number>;
  reached(count: number): Promise<void>;
}

function watchArrivals(receiver: Server): Arrivals {
  const moments = new Map<string, number>();
  const waiting = new Set<() => void>();
  const until = <T>(look: () => T | undefined) =>
    new Promise<T>((resolve) => {
      const check = () => {
        const found = look();
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  const arrivals: Arrivals = {
    count: 0,
    of: (eventId) => until(() => moments.get(eventId)),
    reached: async (count) => void (await until(() => (arrivals.count >= count ? true : undefined))),
  };
  receiver.on('request', ({ headers }: IncomingMessage) => {
    arrivals.count++;
    moments.set(String(headers['webhook-id']), performance.now());
    for (const check of waiting) check();
  });
  return arrivals;
}

/** From the first call to the last arrival; 32 calls at a time, to all callbacks in turn. */
async function measureDeliveries(
  server: BenchServer,
  targets: Target[],
  arrivals: Arrivals,
): Promise<number> {
  const wanted = arrivals.count + deliveriesOfRound;
  const begun = performance.now();
  let sent = 0;
  const worker = async () => {
    while (sent < deliveriesOfRound) await post(server.pool, targets[sent++ % targets.length]);
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  await arrivals.reached(wanted);
  return (deliveriesOfRound * 1000) / (performance.now() - begun);
}

/** One after the other: how long a single change takes to the callback. */
async function measureLatencies(server: BenchServer, target: Target, arrivals: Arrivals): Promise<number[]> {
  const times: number[] = [];
  while (times.length < latenciesOfRound) {
    const begun = performance.now();
    const [event] = JSON.parse(await post(server.pool, target)) as { id: string }[];
    times.push((await arrivals.of(event?.id ?? '')) - begun);
  }
  return times;
}

async function measureReplies(pool: Pool, target: Target): Promise<number[]> {
  const times: number[] = [];
  while (times.length < latenciesOfRound) {
    const begun = performance.now();
    await post(pool, target);
    times.push(performance.now() - begun);
  }
  return times;
}

async function post(pool: Pool, target: Target | undefined): Promise<string> {
  if (!target) return '';
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: `/elements/api-v2${target.path}`,
    headers: { 'content-type': 'application/json' },
    body: target.json ?? '',
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${target.path} answered ${statusCode}: ${text}`);
  return text;
}

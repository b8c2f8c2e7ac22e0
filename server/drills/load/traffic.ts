import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { BenchServer } from '../../bench/bench-server.ts';

export interface TrafficOutcome {
  sent: number;
  /** Calls that could not start when they should have: the machine had no time for them. */
  late: number;
  /** Answered with 502, as a provider's fault is. */
  failed: number;
  /** What the provider made fail in that time. */
  providerFaults: number;
  /** Answers that no fault explains; a few of them. */
  unexplained: string[];
  /** Of some calls, spread over the time. */
  durationsMs: number[];
}

export interface Traffic {
  /** Calls a second that are possible, 32 at a time. */
  measureCapacity(): Promise<number>;
  run(callsPerSecond: number, durationMs: number): Promise<TrafficOutcome>;
}

const atOnce = 32;
const warmUpMs = 10_000;
const capacityMs = 5_000;
const tickMs = 10;
/** More than so many that wait for an answer are no load but a queue. */
const mostWaiting = 512;
const mostUnexplained = 20;
const keptDurations = 10_000;

/** Of a hundred: plain calls, calls with a hook, and accounts that are connected and deleted. */
const hooked = 10;
const provisioned = 2;

export async function createTraffic(server: BenchServer): Promise<Traffic> {
  await addElement(server);
  const authorization = await server.connect('drilled');
  let outcome = newOutcome();
  let made = 0;

  const call = async (method: string, path: string, header: string, body?: unknown) => {
    const answer = await server.pool.request({
      method: method as 'GET',
      path: `/elements/api-v2${path}`,
      headers: { authorization: header, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    if (answer.statusCode === 502) outcome.failed++;
    else if (answer.statusCode !== 200) note(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
    return { status: answer.statusCode, text };
  };
  const note = (what: string) => {
    if (outcome.unexplained.length < mostUnexplained) outcome.unexplained.push(what);
  };
  const provision = async () => {
    const body = { name: 'Drilled', element: { key: 'drilled' } };
    const { status, text } = await call('POST', '/instances', server.asUser, body);
    if (status !== 200) return;
    const { id } = JSON.parse(text) as { id: number };
    await call('DELETE', `/instances/${id}`, server.asUser);
  };
  const sendOne = async () => {
    const kind = made++ % 100;
    const begun = performance.now();
    try {
      if (kind < provisioned) await provision();
      else await call('GET', kind < provisioned + hooked ? '/hooked' : '/plain', authorization);
    } catch (error) {
      note(`no answer: ${(error as Error).message}`);
    }
    outcome.sent++;
    if (outcome.durationsMs.length < keptDurations) outcome.durationsMs.push(performance.now() - begun);
    else outcome.durationsMs[outcome.sent % keptDurations] = performance.now() - begun;
  };

  return {
    async measureCapacity() {
      const loop = async (durationMs: number) => {
        const before = outcome.sent;
        const begun = performance.now();
        const worker = async () => {
          while (performance.now() - begun < durationMs) await sendOne();
        };
        await Promise.all(Array.from({ length: atOnce }, worker));
        return ((outcome.sent - before) * 1000) / (performance.now() - begun);
      };
      await loop(warmUpMs);
      return loop(capacityMs);
    },
    async run(callsPerSecond, durationMs) {
      outcome = newOutcome();
      const faultsBefore = await faultsOf(server);
      const begun = performance.now();
      const waiting = new Set<Promise<void>>();
      let due = 0;
      for (let now = 0; now < durationMs; now = performance.now() - begun) {
        for (; due < (now / 1000) * callsPerSecond; due++) {
          if (waiting.size >= mostWaiting) {
            outcome.late++;
            continue;
          }
          const one: Promise<void> = sendOne().finally(() => waiting.delete(one));
          waiting.add(one);
        }
        await sleep(tickMs);
      }
      await Promise.all(waiting);
      return { ...outcome, providerFaults: (await faultsOf(server)) - faultsBefore };
    },
  };
}

function newOutcome(): TrafficOutcome {
  return { sent: 0, late: 0, failed: 0, providerFaults: 0, unexplained: [], durationsMs: [] };
}

async function faultsOf({ provider }: BenchServer): Promise<number> {
  const { body } = await request(`${provider}/faults`);
  return Number(await body.text());
}

async function addElement(server: BenchServer): Promise<void> {
  const resource = (path: string, hooks: object[] = []) => ({
    method: 'GET',
    path: `/hubs/general${path}`,
    vendorMethod: 'GET',
    vendorPath: '/faulty/7',
    type: 'api',
    paginationType: 'NO_PAGINATION',
    hooks,
  });
  const body = 'done({ response_body: Object.assign({ seen: true }, response_body) });';
  await server.call('POST', '/elements', {
    name: 'Drilled',
    key: 'drilled',
    authentication: { type: 'custom' },
    configuration: [{ key: 'base.url', name: 'URL', description: 'URL', defaultValue: server.provider }],
    resources: [
      resource('/plain'),
      resource('/hooked', [{ type: 'postRequest', mimeType: 'application/javascript', body }]),
    ],
  });
}

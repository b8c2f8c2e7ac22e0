import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchServer } from './bench-server.ts';
import { compare } from './load.ts';
import type { Measured, Target } from './load.ts';
import { readBytes } from './process-usage.ts';
import type { Row } from './results.ts';
import { startProgram } from './started.ts';

/** What does a call through the server cost beside a bare Fastify and undici that pass everything through? */
export async function benchGateway(server: BenchServer): Promise<Row[]> {
  const bare = await startProgram('bare-gateway.ts', server.provider);
  try {
    const { accounts } = await addElement(server);
    const ofBare = (path: string): Target => ({ url: bare.line, pid: bare.pid, path });
    const of = (path: string, authorization = accounts.filtered): Target => ({
      url: server.url,
      pid: server.pid,
      path,
      authorization,
    });
    const small = await compare(server.load, [
      ofBare('/records/7'),
      of('/record'),
      of('/mapped/7?kind=a'),
      of('/hooked'),
      of('/hooked-twice'),
    ]);
    const names = [
      'bare pass-through, 240 bytes of JSON',
      'null filter on',
      'field mapping and root key',
      'one hook',
      'two hooks',
    ];
    const wanted = [undefined, 0.7, 0.55, 0.45, undefined];
    const large = await compare(server.load, [ofBare('/megabyte'), of('/megabyte', accounts.plain)]);
    return [
      ...toRows(small, names, wanted),
      ...toLatencyRows(small, names),
      ...toRows(
        large,
        ['bare pass-through, 1 MB of JSON', '1 MB of JSON that needs no change'],
        [undefined, 0.9],
      ),
      await download(server, of('/download', accounts.plain)),
    ];
  } finally {
    await bare.close();
  }
}

function toRows(measured: Measured[], names: string[], wanted: (number | undefined)[]): Row[] {
  const base = measured[0];
  return measured.map(({ callsPerSecond, spread, cpuMicrosOfCall }, index) => ({
    what: names[index] ?? '',
    value: `${Math.round(callsPerSecond)}/s`,
    spread: spread.map(Math.round).join('–'),
    ratio: callsPerSecond / (base?.callsPerSecond ?? Number.NaN),
    note: `${cpuMicrosOfCall.toFixed(0)} µs of CPU a call`,
    ...(wanted[index] === undefined ? {} : { wanted: `≥ ${wanted[index]}` }),
  }));
}

function toLatencyRows([bare, ...others]: Measured[], [, ...names]: string[]): Row[] {
  return others.slice(0, 1).map(({ p50Ms, p99Ms }, index) => ({
    what: `p99 that is added at 32 connections: ${names[index]}`,
    value: `${(p99Ms - (bare?.p99Ms ?? 0)).toFixed(2)} ms`,
    note: `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms; bare ${bare?.p50Ms.toFixed(2)} and ${bare?.p99Ms.toFixed(2)} ms`,
    wanted: '≤ 2 ms',
  }));
}

/** By how much the server's own process grows at most while it passes 100 MB on. */
async function download(server: BenchServer, target: Target): Promise<Row> {
  const growths: number[] = [];
  for (let round = 0; round < 3; round++) {
    await sleep(500);
    const before = await readBytes(server.pid);
    let most = before;
    const look = async () => (most = Math.max(most, await readBytes(server.pid)));
    const looking = setInterval(() => void look(), 5);
    await server.load.run(target, 1, 1);
    clearInterval(looking);
    await look();
    growths.push((most - before) / 1024 ** 2);
  }
  return {
    what: 'a download of 100 MB: growth of resident memory',
    value: `${Math.max(...growths).toFixed(1)} MB`,
    note: `the highest of ${growths.length}`,
    wanted: '< 30 MB',
  };
}

async function addElement(server: BenchServer) {
  const resource = (path: string, vendorPath: string, more: object = {}) => ({
    method: 'GET',
    path: `/hubs/general${path}`,
    vendorMethod: 'GET',
    vendorPath,
    type: 'api',
    paginationType: 'NO_PAGINATION',
    ...more,
  });
  const hook = (type: string, body: string) => ({ type, mimeType: 'application/javascript', body });
  const before = hook('preRequest', 'done({ request_vendor_parameters: { page: 1 } });');
  const after = hook('postRequest', 'done({ response_body: Object.assign({ seen: true }, response_body) });');
  const parameters = [
    { name: 'id', vendorName: 'number', type: 'path', vendorType: 'path', required: true },
    { name: 'kind', vendorName: 'record_kind', type: 'query', vendorType: 'query' },
  ];
  await server.call('POST', '/elements', {
    name: 'Measured',
    key: 'measured',
    authentication: { type: 'oauth2' },
    configuration: [{ key: 'base.url', name: 'URL', description: 'URL', defaultValue: server.provider }],
    resources: [
      resource('/record', '/records/7'),
      resource('/mapped/{id}', '/wrapped/{number}', {
        parameters,
        response: { rootKey: 'data' },
        rootKey: '|data',
      }),
      resource('/hooked', '/records/7', { hooks: [after] }),
      resource('/hooked-twice', '/records/7', { hooks: [before, after] }),
      resource('/megabyte', '/megabyte'),
      resource('/download', '/download'),
    ],
  });
  const connect = (configuration: object) =>
    server.connect('measured', { 'oauth.user.token': 'token', ...configuration });
  const filtered = await connect({ 'filter.response.nulls': true });
  const plain = await connect({ 'filter.response.nulls': false });
  return { accounts: { filtered, plain } };
}

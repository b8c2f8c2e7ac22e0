import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchServer } from './bench-server.ts';
import { compare, median, pace } from './load.ts';
import type { Load, Measured, Target } from './load.ts';
import { readBytes } from './process-usage.ts';
import { rateRow } from './results.ts';
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
    // As fast as replies come, a latency is 32 by the rate, and says nothing else.
    const rate = Math.round((small[1]?.callsPerSecond ?? 0) / 2);
    // One hiccup of the machine is more than a hundredth of a round, so there are more of them.
    const often = { callsPerSecond: rate, rounds: pace.rounds * 2 + 1 };
    const paced = await compare(server.load, [ofBare('/records/7'), of('/record')], often);
    const large = await compare(server.load, [ofBare('/megabyte'), of('/megabyte', accounts.plain)]);
    return [
      ...toRows(small, names, wanted),
      toLatencyRow(paced, rate),
      ...toRows(
        large,
        ['bare pass-through, 1 MB of JSON', '1 MB of JSON that needs no change'],
        [undefined, 0.9],
      ),
      ...(await downloadRows(server.load, ofBare('/download'), of('/download', accounts.plain))),
    ];
  } finally {
    await bare.close();
  }
}

function toRows(measured: Measured[], names: string[], wanted: (number | undefined)[]): Row[] {
  return measured.map((one, index) => {
    const least = wanted[index];
    return rateRow(names[index] ?? '', one, { wanted: least === undefined ? undefined : `≥ ${least}` });
  });
}

function toLatencyRow([bare, own]: Measured[], rate: number): Row {
  const of = (measured?: Measured) => `${measured?.p50Ms.toFixed(2)} and ${measured?.p99Ms.toFixed(2)} ms`;
  return {
    what: `p99 that is added at 32 connections and ${rate} calls a second`,
    value: `${own?.p99AboveMs.toFixed(2)} ms`,
    note: `half of what it serves with the null filter; p50 and p99 ${of(own)}, bare ${of(bare)}`,
    wanted: '≤ 2 ms',
  };
}

/** By how much the processes grow at most while each passes 100 MB on. */
async function downloadRows(load: Load, bare: Target, own: Target): Promise<Row[]> {
  const rows = [
    { what: 'bare pass-through', target: bare, growths: [] as number[] },
    { what: 'through the server', target: own, growths: [] as number[], wanted: '< 30 MB' },
  ];
  for (let round = 0; round < pace.rounds; round++)
    for (const { target, growths } of rows) growths.push(await growthOf(load, target));
  return rows.map(({ what, growths, wanted }) => ({
    what: `a download of 100 MB: growth of resident memory, ${what}`,
    value: `${median(growths).toFixed(1)} MB`,
    spread: [Math.min(...growths), Math.max(...growths)].map((one) => one.toFixed(0)).join('–'),
    ...(wanted && { wanted }),
  }));
}

async function growthOf(load: Load, target: Target): Promise<number> {
  const pid = target.pid ?? 0;
  await sleep(500);
  const before = await readBytes(pid);
  let most = before;
  const look = async () => (most = Math.max(most, await readBytes(pid)));
  const looking = setInterval(() => void look(), 5);
  await load.run(target, 1, { connections: 1 });
  clearInterval(looking);
  await look();
  return (most - before) / 1024 ** 2;
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

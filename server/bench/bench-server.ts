import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { silentLog } from '#kernel/log';
import { usageOf } from './process-usage.ts';
import { startEmbeddedPostgres } from '#platform/storage';

/** A server of its own process on an empty PostgreSQL, and a provider that answers at once. */
export interface BenchServer {
  /** The server's data folder, with its master key. */
  folder: string;
  /** Of the PostgreSQL, for what is measured beside the server. */
  databaseUrl: string;
  /** Tells of each call that the provider gets. */
  onProviderCall(listener: (request: IncomingMessage) => void): void;
  /** `http://127.0.0.1:port` of the provider. */
  provider: string;
  /** Of the server, for load. */
  readonly pool: Pool;
  /** `User …, Organization …` */
  asUser: string;
  /** A call below the API's base that must succeed; its reply parsed. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Connects an account and gives the header for its hub calls. */
  connect(elementKey: string): Promise<string>;
  /** Starts the server anew, on the same database. */
  restart(): Promise<void>;
  /** What the server and its PostgreSQL have used so far. */
  usage(): Promise<Usage>;
  close(): Promise<void>;
}

export interface Usage {
  /** CPU time of the server with the processes that it has started. */
  serverCpuMs: number;
  /** Memory that they have now. */
  serverBytes: number;
  databaseCpuMs: number;
}

const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
const reply = JSON.stringify({
  id: 7,
  name: 'A record of about the usual size',
  tags: ['a', 'b'],
  text: 'x'.repeat(150),
});

export async function startBenchServer(): Promise<BenchServer> {
  const stub = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(reply);
  });
  stub.listen(0, '127.0.0.1');
  await once(stub, 'listening');
  const providerHost = `127.0.0.1:${(stub.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'ligand-bench-'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'database'), log: silentLog });
  const args = [main, '--port', '0', '--data', folder, '--log-level', 'warn'];
  const env = { ...process.env, LIGAND_ALLOW_HOSTS: providerHost, DATABASE_URL: postgres.url };
  const first = await startServer(args, env, 3);
  const { said } = first;
  let { child, pool } = first;
  const user = `User ${said.get('user secret')}`;
  const asUser = `${user}, Organization ${said.get('organization secret')}`;
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await pool.request({
      method: method as 'GET',
      path: `/elements/api-v2${path}`,
      headers: {
        authorization: asUser,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return JSON.parse(text) as T;
  };
  return {
    folder,
    databaseUrl: postgres.url,
    onProviderCall: (listener) => stub.on('request', listener),
    provider: `http://${providerHost}`,
    get pool() {
      return pool;
    },
    asUser,
    call,
    async connect(key) {
      const { token } = await call<{ token: string }>('POST', '/instances', { name: key, element: { key } });
      return `${user}, Element ${token}`;
    },
    async restart() {
      await stopServer(child, pool);
      ({ child, pool } = await startServer(args, env, 1));
    },
    async usage() {
      const postmaster = await readFile(join(folder, 'database', 'postgres', 'postmaster.pid'), 'utf8');
      const [server, database] = await Promise.all([
        usageOf(child.pid ?? 0),
        usageOf(Number(postmaster.split('\n', 1)[0])),
      ]);
      return { serverCpuMs: server.cpuMs, serverBytes: server.bytes, databaseCpuMs: database.cpuMs };
    },
    async close() {
      await stopServer(child, pool);
      stub.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @param lines what it says: the URL, and at the first start two secrets. */
async function startServer(args: string[], env: NodeJS.ProcessEnv, lines: number) {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const said = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /is ready on (http:\S+)/.exec(line)?.[1];
    if (url) said.set('url', url);
    const [, name, value] = /^\s+(user secret|organization secret)\s+(\S+)$/.exec(line) ?? [];
    if (name && value) said.set(name, value);
    if (said.size === lines) break;
  }
  child.stdout.resume();
  return { child, said, pool: new Pool(said.get('url') ?? '', { connections: 32 }) };
}

async function stopServer(child: ChildProcess, pool: Pool): Promise<void> {
  await pool.close();
  child.kill('SIGTERM');
  await once(child, 'exit');
}

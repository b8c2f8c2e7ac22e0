import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { silentLog } from '#kernel/log';
import { startEmbeddedPostgres } from '#platform/storage';
import { startLoad } from './load.ts';
import type { Load } from './load.ts';
import { usageOf } from './process-usage.ts';
import { end, startProgram } from './started.ts';

/** A server on an empty PostgreSQL, a provider that answers at once, and load: each a process of its own. */
export interface BenchServer {
  /** The server's data folder, with its master key. */
  folder: string;
  /** Of the PostgreSQL, for what is measured beside the server. */
  databaseUrl: string;
  /** `http://127.0.0.1:port` of the provider. */
  provider: string;
  load: Load;
  /** `http://127.0.0.1:port` of the server. */
  readonly url: string;
  readonly pid: number;
  /** Of the server, for calls whose replies are looked at. */
  readonly pool: Pool;
  /** `User …, Organization …` */
  asUser: string;
  /** A call below the API's base that must succeed; its reply parsed. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Connects an account and gives the header for its hub calls. */
  connect(elementKey: string, configuration?: object): Promise<string>;
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
export async function startBenchServer(): Promise<BenchServer> {
  const provider = await startProgram('provider.ts');
  const load = startLoad();
  const folder = await mkdtemp(join(tmpdir(), 'ligand-bench-'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'database'), log: silentLog });
  const args = [main, '--port', '0', '--data', folder, '--log-level', 'warn'];
  const env = { ...process.env, LIGAND_ALLOW_HOSTS: '127.0.0.1', DATABASE_URL: postgres.url };
  const first = await startServer(args, env, 3);
  const { said } = first;
  let { child, pool, url } = first;
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
    provider: `http://127.0.0.1:${provider.line}`,
    load,
    get url() {
      return url;
    },
    get pid() {
      return child.pid ?? 0;
    },
    get pool() {
      return pool;
    },
    asUser,
    call,
    async connect(key, configuration) {
      const { token } = await call<{ token: string }>('POST', '/instances', {
        name: key,
        element: { key },
        ...(configuration && { configuration, externalAuthentication: 'initial' }),
      });
      return `${user}, Element ${token}`;
    },
    async restart() {
      await stopServer(child, pool);
      ({ child, pool, url } = await startServer(args, env, 1));
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
      load.close();
      await provider.close();
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
  const url = said.get('url') ?? '';
  return { child, said, url, pool: new Pool(url, { connections: 32 }) };
}

async function stopServer(child: ChildProcess, pool: Pool): Promise<void> {
  await pool.close();
  await end(child);
}

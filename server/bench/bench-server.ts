import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { silentLog } from '#kernel/log';
import { startEmbeddedPostgres } from '#platform/storage';
import { startLoad } from './load.ts';
import type { Load } from './load.ts';
import { usageOf } from './process-usage.ts';
import { startServer } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';
import { startProgram } from './started.ts';

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
  /** `User …` */
  user: string;
  /** `User …, Organization …` */
  asUser: string;
  /** A call below the API's base that must succeed; its reply parsed. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Connects an account and gives the header for its hub calls. */
  connect(elementKey: string, configuration?: object): Promise<string>;
  /** One more server on the same database and folder, beside the first; its caller stops it. */
  another(): Promise<ServerProcess>;
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

export async function startBenchServer({ logLevel = 'warn' as 'warn' | 'error' } = {}): Promise<BenchServer> {
  const provider = await startProgram('provider.ts');
  const load = startLoad();
  const folder = await mkdtemp(join(tmpdir(), 'ligand-bench-'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'database'), log: silentLog });
  const place = { folder, databaseUrl: postgres.url, logLevel };
  let server = await startServer({ ...place, isFirst: true });
  let pool = new Pool(server.url, { connections: 32 });
  const { userSecret, organizationSecret } = server;
  const user = `User ${userSecret}`;
  const asUser = `${user}, Organization ${organizationSecret}`;
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
      return server.url;
    },
    get pid() {
      return server.pid;
    },
    get pool() {
      return pool;
    },
    user,
    asUser,
    call,
    another: () => startServer(place),
    async connect(key, configuration) {
      const { token } = await call<{ token: string }>('POST', '/instances', {
        name: key,
        element: { key },
        ...(configuration && { configuration, externalAuthentication: 'initial' }),
      });
      return `${user}, Element ${token}`;
    },
    async restart() {
      await pool.close();
      await server.stop();
      server = await startServer(place);
      pool = new Pool(server.url, { connections: 32 });
    },
    async usage() {
      const postmaster = await readFile(join(folder, 'database', 'postgres', 'postmaster.pid'), 'utf8');
      const [ofServer, ofDatabase] = await Promise.all([
        usageOf(server.pid),
        usageOf(Number(postmaster.split('\n', 1)[0])),
      ]);
      return { serverCpuMs: ofServer.cpuMs, serverBytes: ofServer.bytes, databaseCpuMs: ofDatabase.cpuMs };
    },
    async close() {
      await pool.close();
      await server.stop();
      load.close();
      await provider.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import { embeddedPostgresFailed } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import type { Launcher } from './launcher.ts';
import { clusterName } from './orphans.ts';
import { waitUntil } from './processes.ts';

/** After a crash PostgreSQL first replays its log; that may take a while. */
const READY_MS = 180_000;
const FAST_STOP_MS = 20_000;
const LOG_SIZE_BYTES = 10_000_000;
const PORT_ATTEMPTS = 3;

export interface RunningServer {
  port: number;
  stop(): Promise<void>;
}

export interface ServerPlaces {
  data: string;
  logFile: string;
}

/** Starts PostgreSQL on a free port of 127.0.0.1 and waits until it takes connections. */
export async function startServer(
  places: ServerPlaces,
  binaries: Binaries,
  launcher: Launcher,
  durable: boolean,
  log: Log,
): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const logFile = await openLog(places.logFile);
    const child = launcher.launch(
      binaries.postgres,
      ['-D', places.data, '-p', String(port), ...settings(places.data, durable)],
      ['ignore', logFile.fd, logFile.fd],
    );
    await logFile.close();
    if (await isReady(child, places.data)) return supervise(child, port, places, log);
    await endOf(child, 'SIGQUIT');
    const reason = await lastFatal(places.logFile);
    // Somebody took the port between our look and PostgreSQL's bind.
    if (attempt < PORT_ATTEMPTS && /could not create any TCP|could not bind/.test(reason)) continue;
    throw embeddedPostgresFailed(`${reason} (see ${places.logFile})`);
  }
}

function settings(dataFolder: string, durable: boolean): string[] {
  const values: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // A socket's path may have 107 characters only, which a deep data folder exceeds.
    unix_socket_directories: '',
    cluster_name: clusterName(dataFolder),
    max_connections: '60',
    shared_buffers: '64MB',
    max_wal_size: '512MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    // Saves three processes that a small database does not need.
    io_method: 'sync',
    jit: 'off',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** PostgreSQL writes its state into line 8 of postmaster.pid; pg_ctl waits for the same. */
async function isReady(child: ChildProcess, dataFolder: string): Promise<boolean> {
  let ended = false;
  let ready = false;
  child.once('error', () => (ended = true)).once('exit', () => (ended = true));
  await waitUntil(async () => {
    const file = await canFail(readFile(join(dataFolder, 'postmaster.pid'), 'utf8'), 'not written yet');
    const lines = (file ?? '').split('\n');
    ready = lines[0]?.trim() === String(child.pid) && lines[7]?.trim() === 'ready';
    return ready || ended;
  }, READY_MS);
  return ready && !ended;
}

function supervise(child: ChildProcess, port: number, places: ServerPlaces, log: Log): RunningServer {
  let stopping = false;
  const stopWithUs = () => child.kill('SIGINT');
  // For process.exit() where the kernel does not do it (see findLauncher).
  process.once('exit', stopWithUs);
  child.once('exit', (code, signalName) => {
    process.off('exit', stopWithUs);
    if (!stopping) log.error({ code, signal: signalName, logFile: places.logFile }, 'PostgreSQL has ended');
  });
  child.unref();
  return {
    port,
    async stop() {
      stopping = true;
      await endOf(child, 'SIGINT');
    },
  };
}

/** Ends the child with a signal, and harder when it takes too long. */
async function endOf(child: ChildProcess, name: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const harder = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MS);
  const exit = once(child, 'exit');
  child.kill(name);
  await exit;
  clearTimeout(harder);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw embeddedPostgresFailed('no free port');
  return address.port;
}

/** PostgreSQL appends to it while it runs; it begins anew when it has grown large. */
async function openLog(file: string) {
  const before = await canFail(stat(file), 'it is not there before the first start');
  return open(file, (before?.size ?? 0) > LOG_SIZE_BYTES ? 'w' : 'a', 0o600);
}

async function lastFatal(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-20);
  const telling = lines.filter((line) => /FATAL|PANIC|could not|setpriv/.test(line));
  return telling.slice(-2).join(' ') || lines.at(-1) || 'it said nothing';
}

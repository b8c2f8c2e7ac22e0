import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { end } from './started.ts';

/** A server that runs, as users start it. */
export interface ServerProcess {
  pid: number;
  /** `http://127.0.0.1:port` */
  url: string;
  /** At the first start on a database. */
  userSecret: string | undefined;
  organizationSecret: string | undefined;

  stop(): Promise<void>;
}

/** What is measured is what users start: the bundle, which a server leaves aside after the first change of a source. */
export function writeBundle(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/bundle.ts', import.meta.url))]);
}

const main = fileURLToPath(new URL('../src/main.js', import.meta.url));

/** @param databaseUrl without one it starts its own PostgreSQL. */
export async function startServer({
  folder,
  databaseUrl,
  isFirst = false,
  logLevel = 'warn',
}: {
  folder: string;
  databaseUrl?: string;
  isFirst?: boolean;
  logLevel?: 'warn' | 'error';
}): Promise<ServerProcess> {
  const args = [main, '--port', '0', '--data', folder, '--log-level', logLevel];
  const { DATABASE_URL: _, ...around } = process.env;
  const env = {
    ...around,
    LIGAND_ALLOW_HOSTS: '127.0.0.1',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const said = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /is ready on (http:\S+)/.exec(line)?.[1];
    if (url) said.set('url', url);
    const [, name, value] = /^\s+(user secret|organization secret)\s+(\S+)$/.exec(line) ?? [];
    if (name && value) said.set(name, value);
    if (said.size === (isFirst ? 3 : 1)) break;
  }
  child.stdout.resume();
  return {
    pid: child.pid ?? 0,
    url: said.get('url') ?? '',
    userSecret: said.get('user secret'),
    organizationSecret: said.get('organization secret'),

    stop: () => end(child),
  };
}

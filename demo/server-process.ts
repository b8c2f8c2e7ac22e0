import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  url: string;
  email: string;
  password: string;
  /** Resolves with what the process said last when it ends by itself. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const startTimeoutMs = 90_000;
/** Later starts take what Node has compiled before: half a second less for each process. */
const compileCache = join(root, 'node_modules/.cache/ligand');

/** Starts the server with its simulators, as `npm start -- --demo` does, with its data in a folder of the demo's own. */
export async function startServer(
  folder: string,
  options: { port: number | undefined; allowHost: string },
): Promise<ServerProcess> {
  const { email, password } = readPerson(folder);
  const port = options.port ?? (await freePort());
  const child = spawn(
    process.execPath,
    [
      join(root, 'server/src/main.js'),
      '--demo',
      '--data',
      folder,
      '--port',
      String(port),
      '--allow-hosts',
      options.allowHost,
      '--log-level',
      'warn',
    ],
    {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        NODE_COMPILE_CACHE: compileCache,
        ...process.env,
        LIGAND_ADMIN_EMAIL: email,
        LIGAND_ADMIN_PASSWORD: password,
      },
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said = (said + String(chunk)).slice(-4_000)));
  child.stderr.on('data', (chunk: Buffer) => (said = (said + String(chunk)).slice(-4_000)));
  const ended = new Promise<string>((resolve) => child.once('exit', () => resolve(said.trim())));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  const gaveUp = new AbortController();
  try {
    await Promise.race([
      untilReady(url, gaveUp.signal),
      ended.then((text) => {
        throw new Error(text || 'The server ended before it was ready.');
      }),
    ]);
  } catch (error) {
    gaveUp.abort();
    await stop();
    throw error;
  }
  return { url, email, password, ended, stop };
}

/** The demo's user: made once, so that a later run can log in again. */
function readPerson(folder: string): { email: string; password: string } {
  const file = join(folder, 'demo-user.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as { email: string; password: string };
  const person = { email: 'demo@ligand.example', password: randomBytes(12).toString('base64url') };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(person), { mode: 0o600 });
  return person;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilReady(url: string, signal: AbortSignal): Promise<void> {
  const lateAt = Date.now() + startTimeoutMs;
  while (Date.now() < lateAt && !signal.aborted) {
    try {
      if ((await fetch(`${url}/health`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('The server was not ready in time.');
}

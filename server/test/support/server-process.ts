import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createClient } from './client.ts';
import type { Client } from './client.ts';

const mainFile = fileURLToPath(new URL('../../src/main.js', import.meta.url));

export interface ServerProcess {
  child: ChildProcess;
  pid: number;
  /** Everything that was printed so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with the first line of stdout that matches; fails when the process ends before. */
  line(pattern: RegExp): Promise<string>;
  /** `http://127.0.0.1:port`, as soon as the server says that it is ready. */
  ready(): Promise<string>;
  /** Exit status, or the signal that ended it. */
  ended: Promise<number | string>;
  /** Sends SIGTERM, unless it says another signal, and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

const running = new Set<ServerProcess>();

/** Starts `server/src/main.js` as its user does, in a folder of the test, with no settings but those given. */
export function startServerProcess(options: {
  folder: string;
  args?: string[];
  env?: Record<string, string>;
  /** A command that it is started by, in the place of which it then runs. */
  launcher?: string[];
}): ServerProcess {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const { launcher = [], args = [] } = options;
  const [command = '', ...rest] = [...launcher, process.execPath, mainFile, ...args];
  const child = spawn(command, rest, {
    cwd: options.folder,
    env: { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let errors = '';
  const waiting = new Set<() => void>();
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const server: ServerProcess = {
    child,
    pid: child.pid ?? 0,
    stdout: () => lines.join('\n'),
    stderr: () => errors,
    ended,
    line(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => pattern.test(line));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then((status) =>
          reject(new Error(`The server ended (${status}) without saying ${pattern}: ${errors}`)),
        );
      });
    },
    async ready() {
      const line = await server.line(/is ready on/);
      return /http:\/\/\S+/.exec(line)?.[0] ?? '';
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
  running.add(server);
  void ended.then(() => running.delete(server));
  return server;
}

/** For `afterEach`: ends what a failed test has left. */
export async function killServerProcesses(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop('SIGKILL')));
}

/** Logs in over the API, as a script of the operator's does. */
export async function logIn(origin: string, username: string, password: string): Promise<Client> {
  const stranger = createClient(origin, { userSecret: '', organizationSecret: '' });
  const login = await stranger.call('POST', '/authentication', {
    authorization: null,
    json: { username, password },
  });
  if (login.status !== 200) throw new Error(`The login was refused: ${login.text}`);
  const secrets = await stranger.call('GET', '/authentication/secrets', {
    authorization: `Bearer ${login.body.token}`,
  });
  return createClient(origin, secrets.body as { userSecret: string; organizationSecret: string });
}

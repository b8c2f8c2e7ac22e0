import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '#test/client';
import { logIn, startServerProcess } from '#test/server-process';
import type { ServerProcess } from '#test/server-process';

export interface DrillServer {
  /** Stays the same over restarts. */
  origin: string;
  /** Logged in as the first user. */
  client: Client;
  /** Ends the process as a crash does. */
  kill(): Promise<void>;
  /** Starts a process in place of the ended one, again until one is ready. */
  startAgain(): Promise<void>;
  /** What all processes have logged. */
  log(): string;
  stop(): Promise<void>;
}

const stopMs = 15_000;
const admin = { email: 'drill@example.com', password: 'correct horse' };

/** The server as its user starts it, with nothing set that users cannot set. */
export async function startServer(options: {
  folder: string;
  databaseUrl: string;
  allowHosts: string;
}): Promise<DrillServer> {
  const env = {
    DATABASE_URL: options.databaseUrl,
    LIGAND_MASTER_KEY: randomBytes(32).toString('hex'),
    LIGAND_ALLOW_HOSTS: options.allowHosts,
    LIGAND_ADMIN_EMAIL: admin.email,
    LIGAND_ADMIN_PASSWORD: admin.password,
    LIGAND_LOG_LEVEL: 'warn',
  };
  const before: ServerProcess[] = [];
  const launcher = diesWithUs();
  const start = (port: string) => {
    const { folder } = options;
    const server = startServerProcess({ folder, args: ['--port', port], env, launcher });
    before.push(server);
    return server;
  };
  let server = start('0');
  const origin = await server.ready();
  const { port } = new URL(origin);
  return {
    origin,
    client: await logIn(origin, admin.email, admin.password),
    kill: async () => void (await server.stop('SIGKILL')),
    async startAgain() {
      for (;;) {
        server = start(port);
        const isReady = await server.ready().then(
          () => true,
          () => false, // The database may be away.
        );
        if (isReady) return;
        await sleep(200);
      }
    },
    log: () => before.map((each) => each.stderr()).join(''),
    async stop() {
      const harder = setTimeout(() => server.child.kill('SIGKILL'), stopMs);
      await server.stop();
      clearTimeout(harder);
    },
  };
}

/** Where util-linux's setpriv is there, the kernel ends a server when the drill is killed. */
function diesWithUs(): string[] {
  const launcher = ['setpriv', '--pdeathsig', 'KILL'];
  try {
    execFileSync('setpriv', [...launcher.slice(1), 'true'], { stdio: 'ignore' });
    return launcher;
  } catch {
    return [];
  }
}

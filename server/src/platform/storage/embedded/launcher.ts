import { type ChildProcess, type SpawnOptions, execFile, spawn } from 'node:child_process';
import { chmod, chown, lchown, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { canFail } from '#kernel/error';
import { embeddedPostgresFailed } from '../errors.ts';
import type { Binaries } from './binaries.ts';

const run = promisify(execFile);

/**
 * What of our own environment the binaries see: not the PG… variables, which would redirect them, and no secrets.
 */
const ENVIRONMENT = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export interface Launcher {
  /** Starts a binary in a session of its own, so that Ctrl-C reaches us first and not PostgreSQL. */
  launch(binary: string, args: string[], stdio: SpawnOptions['stdio']): ChildProcess;
  /** Gives files that we made to the user that PostgreSQL runs as. */
  own(...paths: string[]): Promise<void>;
}

interface User {
  uid: number;
  gid: number;
}

interface Way {
  prefix: string[];
  user?: User;
}

/**
 * Finds out how PostgreSQL can be run here. It refuses to run as root; then the owner of the data folder is used, else
 * `postgres` or `nobody`. Only where that user cannot enter the folders above (0700) does it keep root's right to pass
 * and read them (dac_override); initdb asks with access(2), which ignores such rights unless no_setuid_fixup is set.
 * Where util-linux's setpriv is there, the kernel also stops PostgreSQL when our process dies, even by SIGKILL.
 */
export async function findLauncher(binaries: Binaries, dataFolder: string): Promise<Launcher> {
  const user = process.getuid?.() === 0 ? await chooseUser(dataFolder) : undefined;
  const folder = dirname(dataFolder);
  // That user must be able to pass through our folder; its secrets have modes of their own.
  if (user && (await stat(folder)).uid === 0) await chmod(folder, 0o711);
  const failures: unknown[] = [];
  for (const way of waysToLaunch(user)) {
    try {
      const probe = ['sh', '-c', 'test -x "$1" && exec "$2" --version', 'sh', folder, binaries.postgres];
      const [command = '', ...args] = [...way.prefix, ...probe];
      await run(command, args, { env: ENVIRONMENT, cwd: '/', ...way.user });
      return createLauncher(way, user);
    } catch (error) {
      failures.push(error);
    }
  }
  throw embeddedPostgresFailed(
    user
      ? `it must not run as root, and the user with id ${user.uid} cannot reach ${folder} or run ${binaries.postgres}`
      : `${binaries.postgres} cannot be run`,
    new AggregateError(failures),
  );
}

function waysToLaunch(user: User | undefined): Way[] {
  const stopWithUs = ['--pdeathsig', 'INT'];
  if (!user) return [{ prefix: ['setpriv', ...stopWithUs] }, { prefix: [] }];
  const asUser = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const rights = '+dac_override,+dac_read_search';
  const passing = ['--securebits=+no_setuid_fixup', `--inh-caps=${rights}`, `--ambient-caps=${rights}`];
  return [
    { prefix: ['setpriv', ...asUser, ...stopWithUs] },
    { prefix: ['setpriv', ...asUser, ...passing, ...stopWithUs] },
    { prefix: [], user },
  ];
}

function createLauncher(way: Way, user: User | undefined): Launcher {
  return {
    launch(binary, args, stdio) {
      const [command = '', ...rest] = [...way.prefix, binary, ...args];
      return spawn(command, rest, { env: ENVIRONMENT, cwd: '/', detached: true, stdio, ...way.user });
    },
    async own(...paths) {
      if (user) for (const path of paths) await chown(path, user.uid, user.gid);
    },
  };
}

async function chooseUser(dataFolder: string): Promise<User> {
  const owner = await canFail(stat(dataFolder), 'it is not there before the first start');
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = (await findUser('postgres')) ?? (await findUser('nobody'));
  if (!user) throw embeddedPostgresFailed('it must not run as root, and there is no user postgres or nobody');
  // A data folder that was copied or restored by root.
  if (owner) await ownTree(dataFolder, user);
  return user;
}

async function findUser(name: string): Promise<User | undefined> {
  const ids = await canFail(Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]), 'no such user');
  return ids && { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
}

async function ownTree(folder: string, { uid, gid }: User): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), uid, gid);
  await lchown(folder, uid, gid);
}

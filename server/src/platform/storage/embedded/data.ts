import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { canFail } from '#kernel/error';
import { embeddedPostgresFailed } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import type { Launcher } from './launcher.ts';

export interface DataPlaces {
  /** PostgreSQL's data folder. */
  data: string;
  /** Where initdb works before the result is moved to `data`: an interrupted initdb leaves no half data folder. */
  draft: string;
  passwordFile: string;
}

/** PostgreSQL's superuser; only sets up the database and the role that the server uses. */
export const SUPERUSER = 'postgres';

/** Makes the data folder when it is not there yet; returns the password of its owner. */
export async function ensureData(
  places: DataPlaces,
  binaries: Binaries,
  launcher: Launcher,
  durable: boolean,
): Promise<string> {
  await rm(places.draft, { recursive: true, force: true });
  if (await isDataFolder(places.data)) return readPassword(places);
  const password = await ensurePassword(places, launcher);
  await mkdir(places.draft, { mode: 0o700 });
  await launcher.own(places.draft);
  await runInitdb(places, binaries, launcher, durable);
  await rename(places.draft, places.data);
  return password;
}

async function isDataFolder(folder: string): Promise<boolean> {
  const names = await canFail(readdir(folder), 'it is not there before the first start');
  if (names === undefined) return false;
  if (names.includes('PG_VERSION')) return true;
  if (names.length > 0) {
    throw embeddedPostgresFailed(`${folder} has files but no PostgreSQL database; move it away`);
  }
  await rmdir(folder);
  return false;
}

async function readPassword({ data, passwordFile }: DataPlaces): Promise<string> {
  try {
    return (await readFile(passwordFile, 'utf8')).trim();
  } catch (error) {
    throw embeddedPostgresFailed(
      `the password of the database in ${data} cannot be read from ${passwordFile}`,
      error,
    );
  }
}

async function ensurePassword({ passwordFile }: DataPlaces, launcher: Launcher): Promise<string> {
  const known = await canFail(readFile(passwordFile, 'utf8'), 'it is not there before the first start');
  const password = known?.trim() || randomBytes(24).toString('base64url');
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  // initdb reads it, as the user that PostgreSQL runs as.
  await launcher.own(passwordFile);
  return password;
}

async function runInitdb(
  places: DataPlaces,
  binaries: Binaries,
  launcher: Launcher,
  durable: boolean,
): Promise<void> {
  const child = launcher.launch(
    binaries.initdb,
    [
      `--pgdata=${places.draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${places.passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own C.UTF-8: the order of texts does not change with the machine's libc.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
    ['ignore', 'ignore', 'pipe'],
  );
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code === 0 && (await canFail(stat(places.draft), 'then initdb failed'))) return;
  throw embeddedPostgresFailed(`initdb ended with ${code ?? 'a signal'}: ${said.trim().split('\n').at(-1)}`);
}

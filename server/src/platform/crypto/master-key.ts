import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#kernel/error';
import { masterKeyExposed, masterKeyMalformed, masterKeyUnreadable } from './errors.ts';
import type { SealingKey } from './sealing.ts';

const MASTER_KEY_VERSION = 1;
const READABLE_BY_OTHERS = 0o077;

/**
 * The key that wraps all other keys: from LIGAND_MASTER_KEY, else from `master.key` in the data folder, which is made
 * at the first start. Whoever loses it loses all stored credentials.
 */
export async function loadMasterKey(options: {
  fromEnvironment: string | undefined;
  folder: string;
}): Promise<SealingKey> {
  if (options.fromEnvironment) return parseKey(options.fromEnvironment, 'LIGAND_MASTER_KEY');
  const file = join(options.folder, 'master.key');
  try {
    return (await readKey(file)) ?? (await createKey(options.folder, file));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw masterKeyUnreadable(file, error);
  }
}

async function readKey(file: string): Promise<SealingKey | undefined> {
  let mode: number;
  try {
    mode = (await stat(file)).mode & 0o777;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if ((mode & READABLE_BY_OTHERS) !== 0 && process.platform !== 'win32') {
    throw masterKeyExposed(file, mode.toString(8));
  }
  return parseKey(await readFile(file, 'utf8'), file);
}

/** Written beside, flushed and linked into place: another process sees the whole key or none, and the first one wins. */
async function createKey(folder: string, file: string): Promise<SealingKey> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `master.key.${randomBytes(6).toString('hex')}`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await handle.sync();
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
  const key = await readKey(file);
  if (!key) throw masterKeyUnreadable(file, 'it vanished');
  return key;
}

function parseKey(text: string, source: string): SealingKey {
  const trimmed = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : /^[\w+/-]{43}=?$/.test(trimmed)
      ? Buffer.from(trimmed, 'base64')
      : undefined;
  if (bytes?.length !== 32) throw masterKeyMalformed(source);
  return { version: MASTER_KEY_VERSION, bytes };
}

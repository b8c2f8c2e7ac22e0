import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { canFail } from '#kernel/error';
import { folderInUse } from '../errors.ts';
import { findStartTime } from './processes.ts';

const SETTLE_MS = 50;

/**
 * Marks a data folder as this process's own (`ligand.pid`) until the returned function is called. The mark of a
 * process that was killed is recognised and replaced.
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'ligand.pid');
  const mine = `${process.pid} ${(await findStartTime(process.pid)) ?? ''}\n`;
  // Written beside and linked into place, so that nobody can read a half-written mark.
  const draft = join(folder, `ligand.pid.${process.pid}`);
  await writeFile(draft, mine);
  try {
    let isNew = true;
    do {
      while (!(await placeMark(draft, file))) {
        await removeDeadMark(folder, file);
        isNew = false;
      }
      // Others that saw the same dead mark may be about to move ours away by mistake; see removeDeadMark.
      if (!isNew) await sleep(SETTLE_MS);
    } while (!isNew && (await canFail(readFile(file, 'utf8'), 'it was moved away')) !== mine);
  } finally {
    await rm(draft, { force: true });
  }
  return async () => {
    const now = await canFail(readFile(file, 'utf8'), 'the folder may be gone');
    if (now === mine) await rm(file, { force: true });
  };
}

async function placeMark(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeDeadMark(folder: string, file: string): Promise<void> {
  const mark = await canFail(readFile(file, 'utf8'), 'its owner may just have removed it');
  if (mark === undefined) return;
  // The start time may hold blanks. A mark without one, as of a system that tells none, counts as alive.
  const [, pid = '', startTime = ''] = /^(\d*) ?(.*)$/.exec(mark.trim()) ?? [];
  const living = await findStartTime(Number(pid));
  if (living !== undefined && (startTime === '' || living === startTime))
    throw folderInUse(folder, Number(pid));
  // Two processes may both see the dead mark, and the later one moves the living mark of the earlier one: the rename
  // tells what was moved, and a living mark is put back. If a third one came between, the first one gives way.
  const taken = join(folder, `ligand.pid.dead.${process.pid}`);
  await canFail(rename(file, taken), 'another process removed it first');
  if ((await canFail(readFile(taken, 'utf8'), 'as above')) !== mark) {
    await canFail(link(taken, file), 'a newer mark is there already');
  }
  await rm(taken, { force: true });
}

import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { canFail } from '#kernel/error';

const run = promisify(execFile);
const LOOK_AGAIN_MS = 25;

/**
 * When a living process was started, in the system's own words; undefined when there is none. With the pid it names
 * a process for good, where a pid alone may belong to another one later (a container's are the same at every start).
 * A zombie counts as dead: containers without an init keep them for ever.
 */
export async function findStartTime(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') {
    const ps = await canFail(run('ps', ['-o', 'lstart=', '-p', String(pid)]), 'ps fails for an unknown pid');
    return ps?.stdout.trim() || undefined;
  }
  const stat = await canFail(readFile(`/proc/${pid}/stat`, 'utf8'), 'no such process');
  // "pid (name) state …": the name may hold blanks and brackets. State is field 3, the start time field 22.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return fields[19];
}

export interface ProcessLine {
  pid: number;
  command: string;
}

/** The living processes and their command lines. */
export async function listProcesses(): Promise<ProcessLine[]> {
  if (process.platform !== 'linux') {
    const { stdout } = await run('ps', ['-axo', 'pid=,command=']);
    return stdout.split('\n').flatMap((line) => {
      const match = /^\s*(\d+)\s+(.*)$/.exec(line);
      return match ? [{ pid: Number(match[1]), command: match[2] ?? '' }] : [];
    });
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => {
      const text = await canFail(readFile(`/proc/${pid}/cmdline`, 'utf8'), 'it ended meanwhile');
      return { pid: Number(pid), command: (text ?? '').replaceAll('\0', ' ').trim() };
    }),
  );
  // Zombies have an empty command line.
  return lines.filter((line) => line.command !== '');
}

/** Signals a process that may have ended meanwhile. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until `isDone` holds; false when it did not within the time. */
export async function waitUntil(isDone: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; ; await sleep(LOOK_AGAIN_MS)) {
    if (await isDone()) return true;
    if (Date.now() > end) return false;
  }
}

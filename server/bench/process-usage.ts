import { readFile, readdir } from 'node:fs/promises';

const ticksPerSecond = 100;
const pageBytes = 4096;

/** CPU time and memory of a process and all that it has started, as Linux tells of them. */
export async function usageOf(pid: number): Promise<{ cpuMs: number; bytes: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const resident = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  // Behind the name, which may have blanks: user, system, and the same of children that have ended.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  const usage = {
    cpuMs: (ticks * 1000) / ticksPerSecond,
    bytes: Number(resident.split(' ')[1] ?? 0) * pageBytes,
  };
  for (const child of await childrenOf(pid)) {
    const { cpuMs, bytes } = await usageOf(child);
    usage.cpuMs += cpuMs;
    usage.bytes += bytes;
  }
  return usage;
}

/** Resident memory of a process alone. */
export async function readBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8');
  return Number(text.split(' ')[1]) * pageBytes;
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

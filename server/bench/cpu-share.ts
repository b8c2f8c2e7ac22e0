import { access, mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const periodMicros = 20_000;

/** Where Linux has the processor's control groups, the newer ones first. */
const homes = [
  { folder: '/sys/fs/cgroup', mark: 'cpu.max', isOne: true },
  { folder: '/sys/fs/cgroup/cpu', mark: 'cpu.cfs_quota_us', isOne: false },
];

/**
 * Holds a process to a share of one core, so that a machine with few of them has enough for several. Gives what lets it go;
 * undefined where this may not be done: it takes Linux, and the right to make control groups.
 */
export async function limitCpu(pid: number, share: number): Promise<(() => Promise<void>) | undefined> {
  const quota = Math.round(periodMicros * share);
  for (const { folder, mark, isOne } of homes) {
    const group = join(folder, `ligand-bench-${pid}`);
    try {
      await mkdir(group);
      await access(join(group, mark));
      if (isOne) await writeFile(join(group, mark), `${quota} ${periodMicros}`);
      else {
        await writeFile(join(group, 'cpu.cfs_period_us'), String(periodMicros));
        await writeFile(join(group, mark), String(quota));
      }
      await writeFile(join(group, 'cgroup.procs'), String(pid));
    } catch {
      await rmdir(group).catch(() => {});
      continue;
    }
    return async () => {
      await writeFile(join(folder, 'cgroup.procs'), String(pid));
      await rmdir(group);
    };
  }
  return undefined;
}

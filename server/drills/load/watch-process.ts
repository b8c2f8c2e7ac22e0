import { readdir } from 'node:fs/promises';
import { usageOf } from '../../bench/process-usage.ts';

export interface Sample {
  /** Of the server and of the process that runs its scripts. */
  bytes: number;
  /** Files and sockets that the server has open. */
  handles: number;
}

/** Looks at a process again and again. */
export function watchProcess(pid: number, everyMs: number): { stop(): Promise<Sample[]> } {
  const samples: Sample[] = [];
  const look = async () => {
    const [{ bytes }, files] = await Promise.all([usageOf(pid), readdir(`/proc/${pid}/fd`)]);
    samples.push({ bytes, handles: files.length });
  };
  const timer = setInterval(() => void look(), everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await look();
      return samples;
    },
  };
}

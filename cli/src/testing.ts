import { spawn } from 'node:child_process';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What a run of the program gave. */
export interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  env: Record<string, string>;
  cwd?: string;
  input?: string;
  /** Ended when it has written this. */
  untilOutput?: RegExp;
}

/** For tests: the program as its user runs it. */
export async function runProgram(
  args: string[],
  { env, cwd, input = '', untilOutput }: RunOptions,
): Promise<Run> {
  // What ends itself is started as users do; what is to be ended is started so that the signal reaches it.
  const program = fileURLToPath(new URL(untilOutput ? 'main.ts' : '../bin/ligand.js', import.meta.url));
  const child = spawn(process.execPath, [program, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  let seen = '';
  child.stdout.on('data', (part: Buffer) => {
    seen += part.toString();
    if (untilOutput?.test(seen)) child.kill();
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([readAll(child.stdout), readAll(child.stderr)]);
  return { status: await ended, stdout, stderr };
}

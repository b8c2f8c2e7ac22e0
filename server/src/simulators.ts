import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A look-alike provider that runs beside the server in demo mode. */
export interface Simulator {
  /** Key of the element whose provider it plays. */
  elementKey: string;
  url: string;
}

export interface Simulators {
  all: Simulator[];
  stop(): Promise<void>;
}

const startTimeoutMs = 20_000;

/** Below a simulator's folder. The bundle has a file of its own in place of the sources. */
const program = 'src/main.ts';

/** Starts the program of every simulator (`<folder>/<element key>`) as a process of its own; each ends with this one. */
export async function startSimulators(folder: string): Promise<Simulators> {
  const keys = existsSync(folder)
    ? readdirSync(folder).filter((key) => existsSync(join(folder, key, program)))
    : [];
  const processes: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(processes.map(end));
  };
  try {
    const all = await Promise.all(
      keys.map(async (elementKey) => {
        const process_ = spawn(
          process.execPath,
          [join(folder, elementKey, program), '--host', '127.0.0.1', '--port', '0', '--exit-with-parent'],
          { stdio: ['pipe', 'pipe', 'inherit'], detached: true },
        );
        processes.push(process_);
        return { elementKey, url: await readUrl(process_, elementKey) };
      }),
    );
    return { all, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readUrl(child: ChildProcess, elementKey: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new Error(`The simulator of '${elementKey}' did not start: ${reason}`));
    const timer = setTimeout(() => fail('it did not say where it listens'), startTimeoutMs);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with status ${code}`));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      try {
        resolve((JSON.parse(line) as { url: string }).url);
      } catch {
        fail(`it said '${line}'`);
      }
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(timer);
}

import { Worker } from 'node:worker_threads';
import { AppError } from '#kernel/error';
import { parseJson } from '#kernel/json';
import { conversionTooLong, conversionTooLarge, convertersBusy } from '../errors.ts';
import type { DocumentKind } from './convert.ts';
import type { Converted } from './rows.ts';
import type { Told } from './worker.ts';

const wallLimitMs = 60_000;
const memoryLimitMb = 1024;
const mostAtOnce = 2;
const mostWaiting = 20;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Converts a document in a thread of its own: several MB of YAML take seconds, in which others are to be served, and
 * what it is like is the caller's to say.
 *
 * @throws 400 when it is no document of that kind, takes too long or too much memory; 503 when many are waiting.
 */
export async function convertApart(text: string, kind: DocumentKind | undefined): Promise<Converted> {
  if (running >= mostAtOnce) {
    if (waiting.length >= mostWaiting) throw convertersBusy();
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await run(text, kind);
  } finally {
    // The place is handed on, so that nobody can come between.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

async function run(text: string, kind: DocumentKind | undefined): Promise<Converted> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { text, kind },
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    // Nothing of the server's secrets is in reach there.
    env: {},
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const told = await new Promise<Told>((resolve, reject) => {
      timer = setTimeout(() => reject(conversionTooLong(wallLimitMs)), wallLimitMs);
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? conversionTooLarge() : error),
      );
    });
    if ('converted' in told) return parseJson(told.converted) as unknown as Converted;
    throw new AppError(told.fault.code, told.fault.status, told.fault.message);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

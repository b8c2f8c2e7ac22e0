import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '#kernel/error';
import { stringifyJson } from '#kernel/json';
import { convertText } from './convert.ts';
import type { DocumentKind } from './convert.ts';

/** What is told to whoever asked: the draft as JSON, or why there is none. */
export type Told = { converted: string } | { fault: { code: string; status: number; message: string } };

const { text, kind } = workerData as { text: string; kind: DocumentKind | undefined };

function convert(): Told {
  try {
    return { converted: stringifyJson(convertText(text, kind)) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { fault: { code: error.code, status: error.status, message: error.message } };
  }
}

// A port has no origin, unlike a window.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(convert());

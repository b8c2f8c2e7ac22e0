import { open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { bodyTooLarge } from './errors.ts';

/** What was read from a stream and can be read again: small in memory, large on disk. */
export interface Spooled {
  sizeBytes: number;
  open(): Readable;
  /** Frees it; it must not be opened any more. */
  close(): Promise<void>;
}

const memoryLimitBytes = 1024 * 1024;

/**
 * Takes a stream in, so that it can be sent again when the provider wants a second try. The file has no name from
 * the moment it is made: nobody else can open it, and it is gone when the process is.
 *
 * @throws 413 when there is more than `limitBytes`.
 */
export async function spool(
  stream: AsyncIterable<Buffer>,
  limitBytes: number,
  what: string,
): Promise<Spooled> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  let file: FileHandle | undefined;
  try {
    for await (const chunk of stream) {
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) throw bodyTooLarge(limitBytes, what);
      if (!file && sizeBytes > memoryLimitBytes) {
        file = await openNameless();
        for (const early of chunks.splice(0)) await file.write(early);
      }
      if (file) await file.write(chunk);
      else chunks.push(chunk);
    }
  } catch (error) {
    await file?.close();
    throw error;
  }
  const kept = file;
  if (!kept) return { sizeBytes, open: () => Readable.from(chunks), close: async () => {} };
  return {
    sizeBytes,
    open: () => Readable.from(readFrom(kept, sizeBytes)),
    close: () => kept.close(),
  };
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `ligand-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}

async function* readFrom(file: FileHandle, sizeBytes: number): AsyncGenerator<Buffer> {
  const stepBytes = 64 * 1024;
  for (let position = 0; position < sizeBytes;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(stepBytes), 0, stepBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

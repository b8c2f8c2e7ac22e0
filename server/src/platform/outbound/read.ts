import type { Readable } from 'node:stream';
import { OutboundError } from './errors.ts';

/** Reads a body whole. Throws OutboundError 'too-large' and drops the rest when it has more than `maxBytes`. */
export async function readBuffer(body: Readable, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of body) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : (piece as Buffer);
    sizeBytes += bytes.length;
    if (sizeBytes > maxBytes) {
      throw new OutboundError(
        'too-large',
        `The reply is larger than the ${maxBytes} bytes that are accepted.`,
      );
    }
    pieces.push(bytes);
  }
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, sizeBytes);
}

/** Like readBuffer, decoded as UTF-8; a byte order mark is dropped. */
export async function readText(body: Readable, maxBytes: number): Promise<string> {
  const text = (await readBuffer(body, maxBytes)).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

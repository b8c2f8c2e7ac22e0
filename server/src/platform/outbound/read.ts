import type { Readable } from 'node:stream';
import { OutboundError } from './errors.ts';
import { ReplyBody } from './reply-body.ts';

/**
 * Reads a body whole. Throws OutboundError 'too-large' and drops the rest when it has more than `maxBytes`. By events, since
 * nearly every call reads a reply, and a stream's iterator costs several promises for it.
 */
export async function readBuffer(body: Readable, maxBytes: number): Promise<Buffer> {
  return takeWhole(body, maxBytes) ?? readStream(body, maxBytes);
}

function takeWhole(body: Readable, maxBytes: number): Buffer | undefined {
  const whole = body instanceof ReplyBody ? body.takeWhole() : undefined;
  if (whole !== undefined && whole.length > maxBytes) throw tooLarge(maxBytes);
  return whole;
}

function readStream(body: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let sizeBytes = 0;
    body.on('data', (piece: Buffer | string) => {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      sizeBytes += bytes.length;
      if (sizeBytes <= maxBytes) return void pieces.push(bytes);
      reject(tooLarge(maxBytes));
      body.destroy();
    });
    let isWhole = false;
    body.once('end', () => {
      isWhole = true;
      resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, sizeBytes));
    });
    body.on('error', reject);
    // Somebody has destroyed it: neither of the two comes then. An error costs more than all else here, so none is made for nothing.
    const end = () => {
      if (!isWhole) reject(body.errored ?? new Error('The reply was closed before its end.'));
    };
    if (body.closed) end();
    else body.once('close', end);
  });
}

function tooLarge(maxBytes: number): OutboundError {
  const sentence = `The reply is larger than the ${maxBytes} bytes that are accepted.`;
  return new OutboundError('too-large', sentence);
}

/** Like readBuffer, decoded as UTF-8; a byte order mark is dropped. */
export async function readText(body: Readable, maxBytes: number): Promise<string> {
  const text = (takeWhole(body, maxBytes) ?? (await readStream(body, maxBytes))).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

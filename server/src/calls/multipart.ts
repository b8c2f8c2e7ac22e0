import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FilePart, InputBody, Part } from './call.ts';

/** Encodes parts as multipart/form-data (RFC 7578); files are streamed and can be read again for a second try. */
export function encodeMultipart(parts: Part[]): {
  contentType: string;
  /** Undefined where that of a file is not known. */
  sizeBytes: number | undefined;
  open(): Readable;
} {
  const boundary = `ligand-${randomBytes(18).toString('hex')}`;
  const heads = parts.map((part) => Buffer.from(head(part, boundary)));
  const tail = Buffer.from(`--${boundary}--\r\n`);
  const sizes = parts.map((part, index) => (heads[index]?.length ?? 0) + sizeOf(part) + 2);
  const sizeBytes = sizes.reduce((sum, size) => sum + size, tail.length);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    sizeBytes: Number.isNaN(sizeBytes) ? undefined : sizeBytes,
    open: () => Readable.from(write(parts, heads, tail)),
  };
}

async function* write(parts: Part[], heads: Buffer[], tail: Buffer): AsyncGenerator<Buffer> {
  for (const [index, part] of parts.entries()) {
    yield heads[index] as Buffer;
    if ('open' in part) yield* part.open() as AsyncIterable<Buffer>;
    else yield Buffer.from(part.value);
    yield Buffer.from('\r\n');
  }
  yield tail;
}

function head(part: Part, boundary: string): string {
  const lines = [`--${boundary}`];
  const name = `Content-Disposition: form-data; name="${escape(part.name)}"`;
  if ('open' in part) {
    lines.push(
      `${name}; filename="${escape(part.filename)}"`,
      `Content-Type: ${part.contentType.replace(/[\r\n]/g, '')}`,
    );
  } else lines.push(name);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function sizeOf(part: Part): number {
  return 'open' in part ? (part.sizeBytes ?? Number.NaN) : Buffer.byteLength(part.value);
}

/** Quotes and line ends inside a name are percent-encoded, as browsers do. */
function escape(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A file, or a body that was sent as it is, as a part of that name. */
export function toFilePart(file: FilePart | Omit<RawBody, 'kind'>, name: string): FilePart {
  return {
    name,
    filename: 'filename' in file ? file.filename : name,
    contentType: file.contentType,
    open: () => file.open(),
    sizeBytes: file.sizeBytes,
  };
}

type RawBody = Extract<InputBody, { kind: 'raw' }>;

import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { nameFailures } from './failure.ts';

export const acceptedEncodings = 'gzip, deflate, br, zstd';

const decoders: Record<
  string,
  () => ReturnType<typeof createGunzip> | ReturnType<typeof createBrotliDecompress>
> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** More than this is an attack, not an encoding. */
const mostEncodings = 3;

type Headers = Record<string, string | string[]>;

/**
 * Decodes a body by its content-encoding and removes the headers that spoke of the encoded one. Streams, so a small
 * reply that unpacks to a large one costs only what the reader takes. An encoding that is not known passes as it is.
 */
export function decode(headers: Headers, body: Readable, host: string): { headers: Headers; body: Readable } {
  const encodings = String(headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (encodings.length === 0 || encodings.length > mostEncodings) return { headers, body };
  if (!encodings.every((name) => Object.hasOwn(decoders, name))) return { headers, body };
  const { 'content-encoding': _encoding, 'content-length': _length, ...rest } = headers;
  const decoded = encodings.toReversed().reduce<Readable>((source, name) => {
    const decoder = nameFailures(decoders[name]?.() as ReturnType<typeof createGunzip>, host);
    // The failure arrives at the reader through the decoder, which pipeline destroys with it.
    pipeline(source, decoder, () => {});
    return decoder;
  }, body);
  return { headers: rest, body: decoded };
}

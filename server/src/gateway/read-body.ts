import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { parseJson } from '#kernel/json';
import { chunksOf, collectBody } from '#platform/http';
import type { FilePart, InputBody, Part } from '#calls';
import { bodyTooLarge, bodyUnreadable } from './errors.ts';
import { spool } from './spool.ts';
import type { Spooled } from './spool.ts';

/** Largest JSON or form body, which is held in memory. */
const mappedLimitBytes = 20 * 1024 * 1024;
/** Largest file, which goes through the disk. */
const fileLimitBytes = 1024 * 1024 * 1024;
const longestBoundary = 200;

export interface ReadBody {
  body: InputBody;
  /** Frees files; after the call, whatever came of it. */
  close(): Promise<void>;
}

const nothing: ReadBody = { body: { kind: 'none' }, close: async () => {} };

/**
 * Reads the body of a hub call by its content type. Files and bodies that we do not map are spooled.
 *
 * @throws 400 when it cannot be read, 413 when it is too large.
 */
export async function readBody(
  stream: Readable | undefined,
  headers: Record<string, string>,
): Promise<ReadBody> {
  if (!stream || headers['content-length'] === '0') return nothing;
  const contentType = headers['content-type'] ?? '';
  if (/^multipart\/form-data/i.test(contentType)) return readMultipart(stream, contentType);
  if (/[/+]json\b/i.test(contentType) || contentType === '') return readJson(stream, contentType !== '');
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) {
    const fields = Object.fromEntries(new URLSearchParams(await readText(stream)));
    return { body: { kind: 'form', fields }, close: nothing.close };
  }
  const spooled = await spool(chunksOf(stream), fileLimitBytes, 'The body');
  if (spooled.sizeBytes === 0) return nothing;
  return {
    body: { kind: 'raw', contentType, open: spooled.open, sizeBytes: spooled.sizeBytes },
    close: spooled.close,
  };
}

async function readJson(stream: Readable, stated: boolean): Promise<ReadBody> {
  const text = await readText(stream);
  if (text.trim() === '') return nothing;
  try {
    return { body: { kind: 'json', value: parseJson(text), text }, close: nothing.close };
  } catch (error) {
    const hint = stated ? '' : ' Say in Content-Type what it is, if it is something else.';
    throw bodyUnreadable(`The body is not valid JSON. ${(error as Error).message}${hint}`);
  }
}

async function readText(stream: Readable): Promise<string> {
  const body = await collectBody(stream, mappedLimitBytes, () =>
    bodyTooLarge(mappedLimitBytes, 'A JSON or form body'),
  );
  return body.toString('utf8');
}

async function readMultipart(stream: Readable, contentType: string): Promise<ReadBody> {
  const parts: Part[] = [];
  const files: Spooled[] = [];
  const close = async () => {
    await Promise.all(files.map((file) => file.close()));
  };
  try {
    await parseMultipart(stream, contentType, parts, files);
  } catch (error) {
    await close();
    throw error;
  }
  return { body: { kind: 'multipart', parts }, close };
}

function parseMultipart(
  stream: Readable,
  contentType: string,
  parts: Part[],
  files: Spooled[],
): Promise<void> {
  let parser: busboy.Busboy;
  try {
    if (contentType.length > longestBoundary) throw new Error('its boundary is too long');
    const limits = { fieldSize: mappedLimitBytes, fields: 1000, files: 100, parts: 1100 };
    parser = busboy({ headers: { 'content-type': contentType }, limits, defParamCharset: 'utf8' });
  } catch (error) {
    throw bodyUnreadable(`The multipart body cannot be read: ${(error as Error).message}.`);
  }
  return new Promise((resolve, reject) => {
    const pending: Promise<void>[] = [];
    const fail = (error: unknown) => {
      stream.unpipe(parser);
      stream.resume();
      reject(error as Error);
    };
    parser.on('field', (name, value, info) => {
      if (info.valueTruncated) fail(bodyTooLarge(mappedLimitBytes, `The field '${name}'`));
      else parts.push({ name, value });
    });
    parser.on('file', (name, file, info) => {
      // The part keeps its place among the others while its file is still being read.
      const index = parts.push({ name, value: '' }) - 1;
      const read = spool(file, fileLimitBytes, `The file '${name}'`).then((spooled) => {
        files.push(spooled);
        const part: FilePart = {
          name,
          filename: info.filename || name,
          contentType: info.mimeType,
          open: spooled.open,
          sizeBytes: spooled.sizeBytes,
        };
        parts[index] = part;
      });
      pending.push(read);
      read.catch(fail);
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      parser.on(limit, () =>
        fail(bodyUnreadable('The multipart body has too many parts: at most 1,000 fields and 100 files.')),
      );
    }
    parser.on('error', (error) =>
      fail(bodyUnreadable(`The multipart body cannot be read: ${(error as Error).message}.`)),
    );
    parser.on('close', () => Promise.all(pending).then(() => resolve(), fail));
    stream.on('error', fail);
    stream.on('aborted', () => fail(bodyUnreadable('The request broke off before its body had ended.')));
    stream.pipe(parser);
  });
}

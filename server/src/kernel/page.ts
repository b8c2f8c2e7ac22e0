import { crc32 } from 'node:zlib';
import { AppError } from './error.ts';

/** An opaque token that says where the next page starts. It is not secret and not signed: validate what it holds. */
export function encodePageToken(state: object): string {
  const text = Buffer.from(JSON.stringify(state));
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(text));
  return Buffer.concat([check, text]).toString('base64url');
}

/** @throws 400 when the token was not made by `encodePageToken`, or lost or changed a character on its way. */
export function decodePageToken(token: string): Record<string, unknown> {
  const bytes = Buffer.from(token, 'base64url');
  const text = bytes.subarray(4);
  // Buffer.from skips what is no base64url, hence the comparison.
  const whole =
    bytes.length > 4 && bytes.toString('base64url') === token && bytes.readUInt32BE(0) === crc32(text);
  const state = whole ? parseState(text.toString()) : undefined;
  if (state) return state;
  throw pageTokenInvalid();
}

/** 400 for a token that no page of this list gave. */
export function pageTokenInvalid(): AppError {
  return new AppError(
    'page-token-invalid',
    400,
    "'nextPage' did not come from this API or has been altered. Send the header elements-next-page-token of the page before, unchanged.",
  );
}

/**
 * The number of the page that was asked for, where a token holds nothing but that: `{ page }`.
 *
 * @throws 400 when the token is one of another list.
 */
export function pageNumber(asked: AskedPage): number {
  if (!asked.token) return asked.page;
  const page = decodePageToken(asked.token)['page'];
  if (typeof page !== 'number' || !Number.isSafeInteger(page) || page < 1 || page > mostPages)
    throw pageTokenInvalid();
  return page;
}

const mostPages = 100_000_000;

function parseState(text: string): Record<string, unknown> | undefined {
  try {
    const state = JSON.parse(text) as unknown;
    const isObject = typeof state === 'object' && state !== null && !Array.isArray(state);
    return isObject ? (state as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export interface AskedPage {
  /** From 1; to be ignored when there is a token. */
  page: number;
  pageSize: number;
  token: string | undefined;
}

/**
 * Reads the paging parameters of a list; `nextPage` wins over `page`.
 *
 * @throws one 400 that names each fault.
 */
export function readPage(
  query: { page?: string | undefined; pageSize?: string | undefined; nextPage?: string | undefined },
  limits: { defaultSize: number; maxSize: number },
): AskedPage {
  const faults: string[] = [];
  const whole = (name: 'page' | 'pageSize', fallback: number, most: number): number => {
    const text = query[name];
    if (text === undefined || text === '') return fallback;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (number < 1) faults.push(`'${name}' must be a whole number from 1, not '${text.slice(0, 40)}'.`);
    else if (number > most) faults.push(`'${name}' must be at most ${most}.`);
    return number;
  };
  const page = query.nextPage ? 1 : whole('page', 1, mostPages);
  const pageSize = whole('pageSize', limits.defaultSize, limits.maxSize);
  if (faults.length > 0) throw new AppError('page-invalid', 400, faults.join(' '));
  return { page, pageSize, token: query.nextPage || undefined };
}

/** One page of a list, and the headers that tell of it. */
export interface Page<T> {
  rows: T[];
  headers: Record<string, string>;
}

/** Headers of the `number`-th page of `size` rows; the token of the next page is absent on the last one. */
export function pageHeaders(page: {
  number: number;
  size: number;
  returned: number;
  total: number;
}): Record<string, string> {
  const headers: Record<string, string> = {
    'elements-returned-count': String(page.returned),
    'elements-total-count': String(page.total),
  };
  if (page.number * page.size < page.total)
    headers['elements-next-page-token'] = encodePageToken({ page: page.number + 1 });
  return headers;
}

/**
 * The page of a list that is in memory; all of it when the query asks for no page.
 *
 * @throws one 400 that names each fault of the query.
 */
export function cutPage<T>(rows: readonly T[], query: Parameters<typeof readPage>[0]): Page<T> {
  const asked = readPage(query, { defaultSize: Math.max(1, rows.length), maxSize: mostInMemory });
  const number = pageNumber(asked);
  const size = asked.pageSize;
  const shown = rows.slice((number - 1) * size, number * size);
  return { rows: shown, headers: pageHeaders({ number, size, returned: shown.length, total: rows.length }) };
}

const mostInMemory = 100_000;

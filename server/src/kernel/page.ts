import { AppError } from './error.ts';

/** An opaque token that says where the next page starts. */
export function encodePageToken(state: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(state)).toString('base64url');
}

/** @throws 400 when the token was not made by `encodePageToken`. */
export function decodePageToken(token: string): Record<string, unknown> {
  try {
    const state = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown;
    if (typeof state === 'object' && state !== null && !Array.isArray(state)) return state as Record<string, unknown>;
  } catch {
    // Told below, together with tokens that hold something else.
  }
  throw new AppError(
    'page_token_invalid',
    400,
    "'nextPage' is not a token of this API. Send the header elements-next-page-token of the page before, unchanged.",
  );
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
  const page = query.nextPage ? 1 : whole('page', 1, 100_000_000);
  const pageSize = whole('pageSize', limits.defaultSize, limits.maxSize);
  if (faults.length > 0) throw new AppError('page_invalid', 400, faults.join(' '));
  return { page, pageSize, token: query.nextPage || undefined };
}

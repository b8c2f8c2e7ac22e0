import { createHmac, timingSafeEqual } from 'node:crypto';
import { type FastifyRequest, csrfHeader } from '#platform/http';
import { csrfTokenWrong, foreignPage } from './errors.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export type PublicUrl = () => string | undefined;

/** Belongs to one session, and tells nothing of its token. */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('csrf').digest('base64url');
}

/** Whether the browser says that a page of our own sends this; no browser lets a page write these headers. */
export function isOwnPage({ headers }: FastifyRequest, publicUrl: PublicUrl): boolean {
  const site = headers['sec-fetch-site'];
  // Sent by all browsers of today; `none` is a person who has typed the address.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  try {
    const { host } = new URL(origin);
    // Behind a proxy the Host header may be another than the browser's.
    return host === headers.host || host === hostOf(publicUrl());
  } catch {
    return false; // `null`, as sandboxed pages send
  }
}

function hostOf(url: string | undefined): string | undefined {
  return url ? new URL(url).host : undefined;
}

/** @throws 403 for a foreign page. */
export function checkOwnPage(request: FastifyRequest, publicUrl: PublicUrl): void {
  if (!isOwnPage(request, publicUrl)) throw foreignPage();
}

/**
 * Whether the session's cookie counts for a call. What only reads counts when a script of ours asks; a link to the API counts
 * as nobody's, so that nothing that a provider sends is ever shown as a page of ours.
 * @throws 403 for a change that does not show the session's own token.
 */
export function mayUseSession(request: FastifyRequest, sessionToken: string, publicUrl: PublicUrl): boolean {
  if (safeMethods.has(request.method))
    return isOwnPage(request, publicUrl) && request.headers['sec-fetch-mode'] !== 'navigate';
  checkOwnPage(request, publicUrl);
  const given = Buffer.from(String(request.headers[csrfHeader] ?? ''));
  const expected = Buffer.from(csrfTokenOf(sessionToken));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw csrfTokenWrong();
  return true;
}

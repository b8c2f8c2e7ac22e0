import { getPath } from '#kernel/path';
import { toText } from '#kernel/json';

/** Unwraps a reply: what stands under the key, or the whole body when nothing does. */
export function unwrap(body: unknown, rootKey: string | undefined): unknown {
  if (!rootKey || typeof body !== 'object' || body === null) return body;
  return getPath(body, rootKey) ?? body;
}

/**
 * Reads what `nextPageKey` and `totalCountKey` name: `body.<path>`, `header.<name>`, a bare path in the body;
 * `?name` behind it takes that query parameter of the URL found there.
 */
export function readKey(
  key: string | undefined,
  body: unknown,
  headers: Record<string, string | string[]>,
): string | undefined {
  if (!key) return undefined;
  const [place, parameter] = key.split('?', 2) as [string, string | undefined];
  const found = place.startsWith('header.')
    ? headers[place.slice('header.'.length).toLowerCase()]
    : getPath(body, place.replace(/^body\./, ''));
  if (found === undefined || found === null || found === '' || found === false) return undefined;
  const text = Array.isArray(found) ? String(found[0]) : toText(found);
  if (!parameter) return text;
  const query = text.includes('?') ? text.slice(text.indexOf('?') + 1) : text;
  return new URLSearchParams(query.split('#', 1)[0]).get(parameter) ?? undefined;
}

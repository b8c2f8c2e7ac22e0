import { getPath, setPath } from '#kernel/path';
import { toText } from '#kernel/json';

/** Unwraps a reply: what stands under the first of the keys that is there, or the whole body when none is. */
export function unwrap(body: unknown, rootKeys: readonly string[]): unknown {
  if (typeof body !== 'object' || body === null) return body;
  for (const rootKey of rootKeys) {
    const found = getPath(body, rootKey);
    if (found !== undefined) return found;
  }
  return body;
}

/** Wraps our body: `a.b` makes two objects around it. */
export function wrap(body: unknown, rootKey: string): object {
  const whole = {};
  setPath(whole, rootKey.replaceAll('[*]', '').replace(/^\./, ''), body);
  return whole;
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
  const stated = Array.isArray(found) ? String(found[0]) : toText(found);
  const text = place.toLowerCase() === 'header.link' ? nextLink(stated) : stated;
  if (text === undefined) return undefined;
  if (!parameter) return text;
  const query = text.includes('?') ? text.slice(text.indexOf('?') + 1) : text;
  return new URLSearchParams(query.split('#', 1)[0]).get(parameter) ?? undefined;
}

/** The URL of `rel=next` in a Link header (RFC 8288 §3). */
function nextLink(header: string): string | undefined {
  for (const match of header.matchAll(/<([^>]*)>((?:\s*;\s*[^;,"=]+(?:=(?:"[^"]*"|[^;,"]*))?)*)/g)) {
    const [, url, parameters = ''] = match;
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^;,\s]+))/i.exec(parameters);
    if ((relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/).includes('next')) return url;
  }
  return undefined;
}

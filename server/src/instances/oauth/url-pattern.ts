/**
 * Patterns of URLs that a person may be sent to: `https://*.example.com/auth/*`. A `*` stands for anything inside the
 * host, or inside path and query; `.*` and `\.` of a regular expression are understood as well. Matching takes no more
 * than one pass, whatever the pattern.
 */

interface Pattern {
  protocol: string;
  host: string;
  rest: string;
}

/** What is wrong with a pattern; undefined when it can be used. */
export function patternFault(text: string): string | undefined {
  const pattern = parse(text);
  if (!pattern) return `'${text}' must be an http or https URL, in which * may stand for anything.`;
  if (/[()[\]{}|\\]/.test(text.replaceAll('\\.', '.').replaceAll('\\/', '/')))
    return `'${text}' is more than a URL with *: only * and .* stand for anything.`;
  const labels = pattern.host.replace(/:[\d*]+$/, '').split('.');
  const owned = labels.length === 1 ? labels : labels.slice(-2);
  if (owned.some((label) => label === '' || label.includes('*')))
    return `'${text}' would allow hosts of others: the domain itself must be without *, as in https://*.example.com/*.`;
  return undefined;
}

/** Whether a URL is one of the pattern's. A pattern without a path allows no other path. */
export function matchesPattern(text: string, target: string): boolean {
  const pattern = parse(text);
  if (!pattern || !URL.canParse(target)) return false;
  const url = new URL(target);
  if (url.username || url.password || url.hash || url.protocol !== pattern.protocol) return false;
  return glob(pattern.host, url.host) && glob(pattern.rest, url.pathname + url.search);
}

function parse(text: string): Pattern | undefined {
  const plain = text
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replaceAll('\\.', '.')
    .replaceAll('\\/', '/')
    .replaceAll('.*', '*')
    .replaceAll('.+', '*');
  const [, protocol, host, rest] = /^(https?:)\/\/([^/?#@\s]+)([/?][^#\s]*)?$/i.exec(plain) ?? [];
  if (!protocol || !host) return undefined;
  return {
    protocol: protocol.toLowerCase(),
    host: host.toLowerCase(),
    rest: (rest ?? '/').replace(/^\?/, '/?'),
  };
}

function glob(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

import { isExactNumber } from '#kernel/json';

/** What stands in the log in place of a secret. */
export const redacted = '[redacted]';

/**
 * The one list of names whose values are secrets, in any spelling: `clientSecret`, `client_secret`,
 * `oauth.api.secret`, `Elements-User-Password`.
 */
const secretWords =
  'authorization|cookie|secret|password|passwd|passphrase|token|credential|api[-_.]?key|private[-_.]?key|access[-_.]?key|signature|session[-_.]?id|jwt|assertion|code[-_.]?verifier|connection[-_.]?string|database[-_.]?url';
const secretName = new RegExp(`${secretWords}|^pin$|^otp$|^code$|oauth[-_.]code|^auth$`, 'i');

/** A name that ends this way tells about a secret, not the secret: `nextPageToken` is not one of these. */
const harmlessName = /(?:expires?(?:In|At|_in|_at)?|Type|_type|Ms|Count|Url|[._-]url)$/;

const mostLevels = 8;

/** A copy without secrets: by the names of properties, and in every text by what looks like one. */
export function redact(value: unknown, level = 0, seen: ReadonlySet<object> = new Set()): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (isExactNumber(value)) return value;
  if (level > mostLevels || seen.has(value)) return '[not shown]';
  const path = new Set([...seen, value]);
  if (value instanceof Error) return redactError(value, level, path);
  if (value instanceof Date) return value;
  if (value instanceof URL) return redactText(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return redactList(value, level, path);
  const entries = value instanceof Map || value instanceof Headers ? [...value] : Object.entries(value);
  // A configuration value is often an entry of a list: { key: 'oauth.api.secret', propertyValue: '…' }.
  const names = ['key', 'name', 'header'].map((key) => (value as Record<string, unknown>)[key]);
  const holdsSecret = names.some((name) => typeof name === 'string' && isSecretName(name));
  return Object.fromEntries(
    entries.map(([name, member]) => {
      const hidden = isSecretName(String(name)) || (holdsSecret && /value$/i.test(String(name)));
      return [String(name), hidden && !isEmpty(member) ? redacted : redact(member, level + 1, path)];
    }),
  );
}

/** Lists may be names and values in turns, as in the raw headers of a request. */
function redactList(values: unknown[], level: number, path: ReadonlySet<object>): unknown[] {
  return values.map((member, index) => {
    const before = values[index - 1];
    if (typeof member === 'string' && typeof before === 'string' && isSecretName(before)) return redacted;
    return redact(member, level + 1, path);
  });
}

function redactError(error: Error, level: number, path: ReadonlySet<object>): Record<string, unknown> {
  const own = redact({ ...error }, level + 1, path) as Record<string, unknown>;
  return {
    ...own,
    // The code of an error names its kind; the `code` of anything else may be that of an OAuth login.
    ...('code' in error && { code: redact(error.code, level + 1, path) }),
    type: error.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
    ...(error.cause !== undefined && { cause: redact(error.cause, level + 1, path) }),
    ...(error instanceof AggregateError && { errors: redact(error.errors, level + 1, path) }),
  };
}

/**
 * Removes from a text: credentials and query strings of URLs, `Scheme secret` pairs, and `name=value`,
 * `"name": "value"` or `<name>value</name>` with a secret's name. Each pattern can begin only at the edge of a run of its characters,
 * so the work grows with the length of the text and no faster.
 */
export function redactText(text: string): string {
  if (!suspicious.test(text)) return text;
  const shown = text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
  const withoutRest = shown
    .replaceAll(urls, (_all, scheme: string, rest: string) => scheme + withoutUserAndQuery(rest))
    .replaceAll(queries, `?${redacted}`)
    .replaceAll(schemes, `$1 ${redacted}`)
    .replaceAll(xmlElements, (all, tag: string, name: string) => (isSecretName(name) ? tag + redacted : all));
  return redactPairs(withoutRest);
}

/** By hand, since the value of a harmless name may be a pair itself: `Error: password=…`. */
function redactPairs(text: string): string {
  let shown = '';
  let done = 0;
  for (const { 0: nameAndMark, 1: name = '', index } of text.matchAll(nameBeforeMark)) {
    const start = index + nameAndMark.length;
    if (index < done || !isSecretName(name)) continue;
    valueAfterMark.lastIndex = start;
    const [value = ''] = valueAfterMark.exec(text) ?? [];
    if (value === '') continue;
    shown += text.slice(done, start) + redacted;
    done = start + value.length;
  }
  return shown + text.slice(done);
}

const mostCharacters = 20_000;
/** What every pattern below needs; most texts have none of it. */
const suspicious = /[?#=:<\s]/;
const urls = /(?<![a-z\d+.-])([a-z][a-z\d+.-]*:\/\/)([^\s"'<>]+)/gi;
const queries = /(?<=[\w/%)\]])\?[^\s"'<>]+/g;
const schemes =
  /\b(User|Organization|Element|Bearer|Basic|Digest|OAuth)\s+(?=[^\s,]*[\d+/=_.-])[\w+/=.~-]{8,}/gi;
const xmlElements = /(<([\w:.-]+)(?:\s[^<>]*)?>)[^<]+(?=<\/)/g;
const nameBeforeMark = /(?<![\w.-])([\w.-]+)\\*["']?\s*[=:]\s*\\*["']?/g;
const valueAfterMark = /(?!\[redacted)[^\s"'\\,;&}]+/y;

function withoutUserAndQuery(rest: string): string {
  const query = rest.search(/[?#]/);
  const place = query < 0 ? rest : rest.slice(0, query);
  const authorityEnd = place.search(/\//);
  const authority = authorityEnd < 0 ? place : place.slice(0, authorityEnd);
  const bare = place.slice(authority.lastIndexOf('@') + 1);
  return query < 0 ? bare : `${bare}?${redacted}`;
}

const judged = new Map<string, boolean>();

/** The same few names come again and again, so they are judged once. */
function isSecretName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const secret = secretName.test(name) && !harmlessName.test(name);
  if (judged.size < 5_000 && name.length < 100) judged.set(name, secret);
  return secret;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || typeof value === 'boolean';
}

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
    type: error.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
    ...(error.cause !== undefined && { cause: redact(error.cause, level + 1, path) }),
    ...(error instanceof AggregateError && { errors: redact(error.errors, level + 1, path) }),
  };
}

/**
 * Removes from a text: credentials and query strings of URLs, `Scheme secret` pairs, and `name=value` or
 * `"name": "value"` pairs with a secret's name.
 */
export function redactText(text: string): string {
  return text
    .replaceAll(urlParts, (_all, scheme: string, rest: string) => scheme + withoutUserAndQuery(rest))
    .replaceAll(pathQuery, `$1?${redacted}`)
    .replaceAll(schemes, `$1 ${redacted}`)
    .replaceAll(pairs, `$1${redacted}`);
}

const urlParts = /\b([a-z][a-z\d+.-]*:\/\/)([^\s"'<>]+)/gi;
const pathQuery = /(\/[\w\-./%~:@+*]*)\?[^\s"'<>]+/g;
const schemes =
  /\b(User|Organization|Element|Bearer|Basic|Digest|OAuth)\s+(?=[^\s,]*[\d+/=_.-])[\w+/=.~-]{8,}/gi;
const pairs = new RegExp(
  `((?:[\\w.-]*(?:${secretWords})[\\w.-]*)\\\\?["']?\\s*[=:]\\s*\\\\?["']?)(?!\\[redacted)[^\\s"'\\\\,;&}]+`,
  'gi',
);

function withoutUserAndQuery(rest: string): string {
  const query = rest.search(/[?#]/);
  const place = query < 0 ? rest : rest.slice(0, query);
  const authorityEnd = place.search(/\//);
  const authority = authorityEnd < 0 ? place : place.slice(0, authorityEnd);
  const bare = place.slice(authority.lastIndexOf('@') + 1);
  return query < 0 ? bare : `${bare}?${redacted}`;
}

function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmlessName.test(name);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || typeof value === 'boolean';
}

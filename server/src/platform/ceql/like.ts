/** The texts between the `%` of a pattern; the first and the last are tied to the ends. */
export function likeParts(pattern: string): string[] {
  // Two wildcards in a row are one.
  return pattern.replaceAll(/%+/g, '%').split('%');
}

/** Ignores case. In linear time: each part is looked for once, behind the one before. */
export function matchesLike(text: string, parts: readonly string[]): boolean {
  const lower = text.toLowerCase();
  const [first = '', ...more] = parts;
  const last = more.pop();
  if (last === undefined) return lower === first;
  if (!lower.startsWith(first)) return false;
  let at = first.length;
  for (const part of more) {
    const found = lower.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return lower.length - last.length >= at && lower.endsWith(last);
}

export type LikeShape =
  | { kind: 'exact' | 'starts' | 'ends' | 'contains'; text: string }
  | { kind: 'around'; start: string; end: string }
  | { kind: 'any' | 'other' };

/** What a pattern comes to in languages that have no wildcards. */
export function likeShape(pattern: string): LikeShape {
  const parts = likeParts(pattern);
  const [first = '', second = '', third = ''] = parts;
  if (parts.length === 1) return { kind: 'exact', text: first };
  if (parts.length === 2) {
    if (first === '' && second === '') return { kind: 'any' };
    if (first !== '' && second !== '') return { kind: 'around', start: first, end: second };
    return first === '' ? { kind: 'ends', text: second } : { kind: 'starts', text: first };
  }
  return parts.length === 3 && first === '' && third === ''
    ? { kind: 'contains', text: second }
    : { kind: 'other' };
}

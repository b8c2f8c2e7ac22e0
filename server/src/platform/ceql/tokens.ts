import { type JsonValue, parseJson } from '#kernel/json';
import { tooLong, unexpected } from './errors.ts';
import type { CeqlValue, Field } from './expression.ts';

export type Token =
  /** A name; `keyword` is its lower-case text when it could be one. */
  | ({ kind: 'name'; keyword: string | undefined } & Field & Place)
  | ({ kind: 'value'; value: CeqlValue } & Place)
  | ({ kind: 'symbol'; symbol: string } & Place)
  | ({ kind: 'end' } & Place);

interface Place {
  /** From 0. */
  at: number;
  length: number;
}

/** Enough for a list of a thousand ids, and little enough to be read in no time. */
export const maxCeqlLength = 50_000;

const space = /\s*/y;
const symbol = /<=|>=|!=|<>|[=<>(),*]/y;
const bareSegment = /[\p{L}_$@#][\p{L}\p{M}\p{N}_$@#:-]*(?:\[(?:\d{1,9}|\*)\])*/uy;
const tickedSegment = /`([^`]+)`(?:\[(?:\d{1,9}|\*)\])*/y;
const endOfWord = '(?![\\p{L}\\p{N}_.:-])';
const number = new RegExp(`-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?${endOfWord}`, 'uy');
const timestamp = new RegExp(
  `\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?${endOfWord}`,
  'uy',
);
const plainWord = /^[\p{L}_$@#][\p{L}\p{M}\p{N}_$@#:-]*$/u;
/** Words that mean something at the place of a name; as names they are kept in back-ticks. */
const keywords = new Set(['and', 'or', 'not', 'in', 'is', 'like', 'null', 'true', 'false', 'limit']);

/** @throws CeqlError */
export function tokenize(text: string): Token[] {
  if (text.length > maxCeqlLength) throw tooLong(text.length, maxCeqlLength);
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += matchAt(space, text, at)?.[0].length ?? 0;
    const token = readToken(text, at);
    tokens.push(token);
    if (token.kind === 'end') return tokens;
    at += token.length;
  }
}

function readToken(text: string, at: number): Token {
  if (at >= text.length) return { kind: 'end', at, length: 0 };
  const char = text.charAt(at);
  if (char === "'" || char === '"') return readString(text, at, char);
  const sign = matchAt(symbol, text, at)?.[0];
  if (sign) return { kind: 'symbol', symbol: sign === '<>' ? '!=' : sign, at, length: sign.length };
  const date = matchAt(timestamp, text, at)?.[0];
  if (date) return { kind: 'value', value: date, at, length: date.length };
  const digits = matchAt(number, text, at)?.[0];
  if (digits)
    return { kind: 'value', value: parseJson(digits) as JsonValue & CeqlValue, at, length: digits.length };
  const name = readName(text, at);
  if (name) return name;
  if (char === '`') throw unexpected(text, at, text.length - at, 'a name that ends in a back-tick');
  const word = /^\S[\w.:+-]*/.exec(text.slice(at, at + 100))?.[0] ?? char;
  const hint = /^[\d+-]/.test(word)
    ? 'a number, or the value in single quotes'
    : 'a name, an operator or a value';
  throw unexpected(text, at, word.length, hint);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** Segments with dots between them: words, words with `[0]` or `[*]` behind, and anything in back-ticks. */
function readName(text: string, start: number): Token | undefined {
  const attribute: string[] = [];
  const path: string[] = [];
  let at = start;
  for (;;) {
    const bare = matchAt(bareSegment, text, at)?.[0];
    const ticked = bare === undefined ? matchAt(tickedSegment, text, at) : undefined;
    const source = bare ?? ticked?.[0];
    if (source === undefined) {
      if (at === start) return undefined;
      throw unexpected(text, at, 1, 'the rest of the name behind the dot');
    }
    const word = bare ?? ticked?.[1] ?? '';
    const places = bare === undefined ? source.slice(word.length + 2) : '';
    attribute.push(word + places);
    path.push(bare === undefined || keywords.has(word.toLowerCase()) ? inTicks(word) + places : word);
    at += source.length;
    if (text.charAt(at) !== '.') {
      const keyword = bare !== undefined && path.length === 1 ? bare.toLowerCase() : undefined;
      const length = at - start;
      return {
        kind: 'name',
        attribute: attribute.join('.'),
        path: path.join('.'),
        keyword,
        at: start,
        length,
      };
    }
    at++;
  }
}

function inTicks(word: string): string {
  return plainWord.test(word) && !keywords.has(word.toLowerCase()) ? word : `\`${word}\``;
}

/** Behind a closing quote there can only be one of these. */
const afterValue = /\s*(?:$|[),]|(?:and|or|limit)\b)/iy;

/**
 * A quote inside is doubled. `\'` is taken for a quote too, unless it is read as a backslash at the end of the text just
 * as well: when a second quote, a comma, a parenthesis, AND, OR, LIMIT or nothing follows. All other backslashes stand
 * for themselves.
 */
function readString(text: string, start: number, quote: string): Token {
  let value = '';
  let from = start + 1;
  for (;;) {
    const at = text.indexOf(quote, from);
    if (at < 0) throw unexpected(text, start, text.length - start, `text that ends in ${quote}`);
    if (text.charAt(at + 1) === quote) {
      value += text.slice(from, at + 1);
      from = at + 2;
    } else if (at > from && text.charAt(at - 1) === '\\' && !matchAt(afterValue, text, at + 1)) {
      value += text.slice(from, at - 1) + quote;
      from = at + 1;
    } else {
      return { kind: 'value', value: value + text.slice(from, at), at: start, length: at + 1 - start };
    }
  }
}

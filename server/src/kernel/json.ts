import { findJsonFault } from './json-fault.ts';

/**
 * JSON without lost digits. A number that a double does not print back to the same text is kept as its own text
 * (`JSON.rawJSON`) and written as it came: 12345678901234567890 and 1.0 stay themselves.
 */

export type JsonValue =
  null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue } | ExactNumber;

/** A number as its text, where a double would change it. Made by `parseJson` only. */
export interface ExactNumber {
  readonly rawJSON: string;
}

// The standard library's types do not have these yet.
const json = JSON as typeof JSON & {
  rawJSON(text: string): ExactNumber;
  isRawJSON(value: unknown): value is ExactNumber;
};

/** Deeper nesting is refused: what walks the value afterwards recurses, and no honest document comes near. */
export const maxJsonDepth = 1000;

/** A text that is no JSON. The message has the place but never more than one character of the text. */
export class JsonSyntaxError extends SyntaxError {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;

  constructor(fault: string, line: number, column: number) {
    super(`${fault} at line ${line}, column ${column}.`);
    this.name = 'JsonSyntaxError';
    this.line = line;
    this.column = column;
  }
}

/**
 * Parses JSON; a byte order mark in front is allowed.
 *
 * @throws JsonSyntaxError (a SyntaxError) with line and column.
 */
export function parseJson(text: string): JsonValue {
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const { exactNumbers, tooDeepAt } = scan(clean);
  if (tooDeepAt >= 0) {
    const before = clean.slice(0, tooDeepAt);
    const line = before.split('\n').length;
    throw new JsonSyntaxError('The JSON is nested too deeply', line, tooDeepAt - before.lastIndexOf('\n'));
  }
  try {
    return JSON.parse(clean, exactNumbers ? (keepExact as never) : undefined) as JsonValue;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { found, line, column } = findJsonFault(clean);
    throw new JsonSyntaxError(`The JSON has an unexpected ${found}`, line, column);
  }
}

function keepExact(_key: string, value: unknown, { source }: { source: string }): unknown {
  if (typeof value !== 'number' || String(value) === source) return value;
  return json.rawJSON(source);
}

const quote = 0x22;
const backslash = 0x5c;

/**
 * Decides whether plain `JSON.parse` will do; its reviver costs several times as much. By hand because a pattern
 * over the whole text also finds the digits in strings, and nearly every reply has a timestamp in one.
 * On a text that is no JSON the answer may be anything, as parsing fails then.
 */
function scan(text: string): { exactNumbers: boolean; tooDeepAt: number } {
  let exactNumbers = false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxJsonDepth) return { exactNumbers, tooDeepAt: at };
    } else if (code === 0x5d || code === 0x7d) {
      depth--;
    } else if (code === 0x2d || isDigit(code)) {
      const end = endOfNumber(text, at);
      exactNumbers ||= losesText(text, at, end);
      at = end - 1;
    }
  }
  return { exactNumbers, tooDeepAt: -1 };
}

/** The place of the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  let from = start + 1;
  for (;;) {
    const end = text.indexOf('"', from);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end;
    from = end + 1;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Behind digits, signs, points and exponents. */
function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const belongs =
      isDigit(code) || code === 0x2e || code === 0x2b || code === 0x2d || (code | 0x20) === 0x65;
    if (!belongs) break;
  }
  return at;
}

function losesText(text: string, start: number, end: number): boolean {
  if (end - start < 16 && isWholeNumber(text, start, end)) return false;
  const number = text.slice(start, end);
  return String(Number(number)) !== number;
}

/** Digits alone, at most 15 of them, are safe; asking that spares a substring and two conversions for every id. */
function isWholeNumber(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return true;
}

/** Writes JSON; exact numbers as they came. What JSON cannot say (undefined, a function) becomes null. */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

export function isExactNumber(value: unknown): value is ExactNumber {
  return json.isRawJSON(value);
}

export function isNumber(value: unknown): value is number | ExactNumber {
  return typeof value === 'number' || isExactNumber(value);
}

/** The nearest double of a number in either form. */
export function toNumber(value: unknown): number {
  return isExactNumber(value) ? Number(value.rawJSON) : Number(value);
}

/** A value as it stands in a URL, a header or a form: numbers to the last digit, objects as JSON. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (isExactNumber(value)) return value.rawJSON;
  return typeof value === 'object' ? stringifyJson(value) : String(value);
}

/** An object with fields, and no list. */
export function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without the fields that are null, at any depth; items of arrays stay. The same value when there was none. */
export function omitNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return value;
  return Array.isArray(value) ? omitNullsOfItems(value) : omitNullsOfFields(value as Record<string, unknown>);
}

function omitNullsOfItems(items: unknown[]): unknown[] {
  let copy: unknown[] | undefined;
  items.forEach((item, index) => {
    const kept = omitNulls(item);
    if (kept === item) return;
    copy ??= items.slice();
    copy[index] = kept;
  });
  return copy ?? items;
}

function omitNullsOfFields(object: Record<string, unknown>): Record<string, unknown> {
  let changed: Map<string, unknown> | undefined;
  for (const key of Object.keys(object)) {
    const kept = omitNulls(object[key]);
    if (kept === null || kept !== object[key]) (changed ??= new Map()).set(key, kept);
  }
  if (!changed) return object;
  const instead = changed;
  // Object.fromEntries defines properties, so that a key `__proto__` stays a field.
  const fields = Object.entries(object).map(([key, field]): [string, unknown] => [
    key,
    instead.has(key) ? instead.get(key) : field,
  ]);
  return Object.fromEntries(fields.filter(([, field]) => field !== null));
}

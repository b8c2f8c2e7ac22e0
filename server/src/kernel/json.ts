/**
 * JSON without lost digits. A number that a double cannot hold to its last digit is kept as its own text
 * (`JSON.rawJSON`) and written back as it came: 12345678901234567890 stays itself.
 */

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue } | ExactNumber;

/** A number as its text, where a double would change it. Made by `parseJson` only. */
export interface ExactNumber {
  readonly rawJSON: string;
}

// The standard library's types do not have these yet.
const json = JSON as typeof JSON & {
  rawJSON(text: string): ExactNumber;
  isRawJSON(value: unknown): value is ExactNumber;
};

/**
 * Finds texts in which a number might be that a double does not print back: many digits, an exponent, a fraction
 * that ends in 0, or minus zero. Digits inside strings only cost the slower way.
 */
const suspicious = /\d{16}|[\d.]{17}|\d[eE]|\.\d*0(?!\d)|-0(?![\d.])|-0\.0*(?!\d)/;

/** @throws SyntaxError with line and column. */
export function parseJson(text: string): JsonValue {
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    if (!suspicious.test(clean)) return JSON.parse(clean) as JsonValue;
    return JSON.parse(clean, keepExact as never) as JsonValue;
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError('the JSON is nested too deeply', { cause: error });
    throw error;
  }
}

function keepExact(_key: string, value: unknown, { source }: { source: string }): unknown {
  if (typeof value !== 'number' || String(value) === source) return value;
  return json.rawJSON(source);
}

export function stringifyJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

export function isExactNumber(value: unknown): value is ExactNumber {
  return json.isRawJSON(value);
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

/** Without the fields that are null, at any depth; items of arrays stay. The same value when there was none. */
export function omitNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return value;
  if (Array.isArray(value)) {
    let changed = false;
    const items = value.map((item) => {
      const kept = omitNulls(item);
      changed ||= kept !== item;
      return kept;
    });
    return changed ? items : value;
  }
  let changed = false;
  const fields: [string, unknown][] = [];
  for (const [key, field] of Object.entries(value)) {
    const kept = omitNulls(field);
    changed ||= kept === null || kept !== field;
    if (kept !== null) fields.push([key, kept]);
  }
  return changed ? Object.fromEntries(fields) : value;
}

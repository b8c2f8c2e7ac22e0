import { createHash } from 'node:crypto';

type LookUp = (name: string) => string | undefined;

/** A call of a function with its argument, or a placeholder. */
const marks = /CE\.(\w+)\(([^()]*)\)|\$?\{(?:configuration\.)?([^{}]+)\}/g;

/**
 * Fills a text of a definition: `${configuration.key}`, `${key}`, `{key}` and `CE.b64(…)`. What a value holds is not
 * filled again. A name that nobody knows is left as it stands, so that a mistake can be seen in the request.
 *
 * @param encode is told where in the text the value goes.
 */
export function fillTemplate(
  text: string,
  lookUp: LookUp,
  encode: (value: string, at: number) => string = (value) => value,
): string {
  if (!text.includes('{') && !text.includes('CE.')) return text;
  return text.replace(marks, (whole, name?: string, argument?: string, key?: string, at = 0) => {
    if (key !== undefined) {
      const value = lookUp(key.trim());
      return value === undefined ? whole : encode(value, at);
    }
    const apply = name !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
    return apply ? encode(apply(fillTemplate(argument ?? '', lookUp)), at) : whole;
  });
}

const functions: Record<string, (text: string) => string> = {
  b64: (text) => Buffer.from(text).toString('base64'),
  decode64: (text) => Buffer.from(text, 'base64').toString(),
  md5: (text) => createHash('md5').update(text).digest('hex'),
};

/**
 * Fills `{other.key}` inside configuration values, so that `{base.url}/token` follows the base URL.
 * Depth is bounded: two keys that name each other stay unfilled.
 */
export function resolveConfiguration(values: Record<string, string>, key: string, depth = 4): string {
  const value = values[key] ?? '';
  if (depth === 0) return value;
  return fillTemplate(value, (name) =>
    Object.hasOwn(values, name) && name !== key ? resolveConfiguration(values, name, depth - 1) : undefined,
  );
}

import { createHash } from 'node:crypto';

/**
 * Fills a text of a definition: `${configuration.key}`, `${key}`, `{key}` and `CE.b64(…)`.
 * A name that nobody knows is left as it stands, so that a mistake can be seen in the request.
 */
export function fillTemplate(
  text: string,
  lookUp: (name: string) => string | undefined,
  encode: (value: string) => string = (value) => value,
): string {
  if (!text.includes('{') && !text.includes('CE.')) return text;
  const filled = text.replace(/\$?\{(?:configuration\.)?([^{}]+)\}/g, (whole, name: string) => {
    const value = lookUp(name.trim());
    return value === undefined ? whole : encode(value);
  });
  return filled.includes('CE.') ? applyFunctions(filled) : filled;
}

const functions: Record<string, (text: string) => string> = {
  b64: (text) => Buffer.from(text).toString('base64'),
  decode64: (text) => Buffer.from(text, 'base64').toString(),
  md5: (text) => createHash('md5').update(text).digest('hex'),
};

function applyFunctions(text: string): string {
  return text.replace(/CE\.(\w+)\(([^()]*)\)/g, (whole, name: string, argument: string) => {
    const apply = Object.hasOwn(functions, name) ? functions[name] : undefined;
    return apply ? apply(argument) : whole;
  });
}

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

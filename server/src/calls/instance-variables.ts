import { parseJson, toText } from '#kernel/json';
import type { Target } from './call.ts';

const key = 'instance.variables';

/**
 * Values that an account has besides its element's configuration, kept as one of them: `instance.variables`. It is a JSON
 * object (`{"region": "eu"}`), a JSON list of rows (`[{"key": "region", "value": "eu"}]`), or a list of bare names
 * (`region, shop`), which are there and empty until a hook stores something. The configuration itself goes before them.
 */
export function withVariables(target: Target): Target {
  const text = target.configuration[key]?.trim();
  if (!text) return target;
  return { ...target, configuration: { ...readVariables(text), ...target.configuration } };
}

/** Never fails: what it cannot read is no variable. */
export function readVariables(text: string): Record<string, string> {
  const value = readJson(text);
  const rows = Array.isArray(value) ? value.map(toRow) : toRows(value, text);
  return Object.fromEntries(rows.filter(([name]) => name !== '' && name !== key && name !== '__proto__'));
}

function toRows(value: unknown, text: string): [string, string][] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([name, content]) => [name, toText(content)]);
  return value === undefined && /^[\w.,;\s-]+$/.test(text)
    ? text.split(/[,;\s]+/).map((name) => [name, ''])
    : [];
}

function toRow(item: unknown): [string, string] {
  if (typeof item !== 'object' || item === null) return [toText(item), ''];
  const row = item as Record<string, unknown>;
  return [toText(row['key'] ?? row['name']), toText(row['value'] ?? row['defaultValue'])];
}

function readJson(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

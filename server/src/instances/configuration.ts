import { isExactNumber, stringifyJson, toText } from '#kernel/json';
import type { ConfigurationRow, Element } from '#elements';
import { missingConfiguration } from './errors.ts';
import { effectiveConfiguration } from './instance.ts';
import { isSecret, mask } from './secret.ts';

/** What the platform fills in itself and never asks of a caller. */
const filledByPlatform = new Set([
  'oauth.user.token',
  'oauth.user.token.secret',
  'oauth.user.refresh_token',
  'oauth.user.refresh_interval',
  'oauth.user.refresh_time',
]);

export interface CheckedConfiguration {
  /** Given values as text; unknown keys are kept. */
  values: Record<string, string>;
  /** One sentence for all that is missing, one for all that is wrong. */
  faults: string[];
}

/** What is wrong with the value of a key that means something to the platform, as the rest of a sentence. */
export type SettingRules = Readonly<Record<string, (value: string) => string | undefined>>;

/**
 * Checks what a caller gave against the definition's rows.
 *
 * @param rules of keys that have a meaning to the platform, whatever a definition says of them.
 * @param stored values that an instance already has: an echoed mask stands for them, and is never a value itself.
 */
export function checkConfiguration(
  element: Element,
  rules: SettingRules,
  given: Record<string, unknown>,
  stored: Record<string, string> = {},
): CheckedConfiguration {
  const values: Record<string, string> = { ...stored };
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined) delete values[key];
    else if (value !== mask || !(Object.hasOwn(stored, key) || isSecret(key, element))) {
      values[key] = typeof value === 'object' && !isExactNumber(value) ? stringifyJson(value) : toText(value);
    }
  }
  const effective = effectiveConfiguration(element, values);
  const missing = element.configuration.filter(
    (row) =>
      row.required === true &&
      row.internal !== true &&
      !filledByPlatform.has(row.key) &&
      (effective[row.key] ?? '').trim() === '',
  );
  const wrong = element.configuration.flatMap((row) => {
    const value = values[row.key];
    const fault =
      value === undefined || value === ''
        ? undefined
        : checkValue(row, value, Object.hasOwn(rules, row.key) ? rules[row.key] : undefined);
    return fault ? [`${row.key} (${row.name}) ${fault}`] : [];
  });
  for (const [key, value] of Object.entries(values)) {
    if (`${key}${value}`.includes('\0')) wrong.push(`${key.replaceAll('\0', '')} must not hold a zero byte`);
    // A key with a meaning has it also where the definition has no row of it.
    const isRow = element.configuration.some((row) => row.key === key);
    const fault = !isRow && value !== '' && Object.hasOwn(rules, key) ? rules[key]?.(value) : undefined;
    if (fault) wrong.push(`${key} ${fault}`);
  }
  for (const row of element.configuration) {
    const value = values[row.key];
    if (value !== undefined && row.type.startsWith('BOOLEAN')) values[row.key] = value.toLowerCase();
  }
  const faults = missing.length > 0 ? [missingConfiguration(missing)] : [];
  if (wrong.length > 0) faults.push(`${wrong.join('; ')}.`);
  return { values, faults };
}

function checkValue(
  row: ConfigurationRow,
  value: string,
  rule: SettingRules[string] | undefined,
): string | undefined {
  if (row.type.startsWith('BOOLEAN') && !/^(true|false)$/i.test(value)) return 'must be true or false';
  if (rule) return rule(value);
  const options = row.options?.map((option) => option.value) ?? [];
  if (options.length > 0 && /^(SELECT|COMBO)$/.test(row.type) && !options.includes(value) && !isUrl(value)) {
    return `must be one of ${options.join(', ')}`;
  }
  const limit = /^TEXTFIELD_(\d+)$/.exec(row.type)?.[1];
  if (limit && value.length > Number(limit) && !/token|url|key/i.test(row.key)) {
    return `must have at most ${limit} characters, not ${value.length}`;
  }
  return undefined;
}

function isUrl(value: string): boolean {
  try {
    return /^https?:$/.test(new URL(value).protocol);
  } catch {
    return false;
  }
}

import type { ErrorObject, ValidateFunction } from 'ajv';
import { isExactNumber, parseJson, stringifyJson, toText } from '#kernel/json';
import type { ElementDefinition } from './element.ts';
import { isRow } from './row-ids.ts';

/**
 * A definition with plain slips mended: `"true"` where true is meant, `"3"` for 3, 50 for `"50"`, `Query` for `query`, null for
 * nothing. Definitions are written and merged by hand, and what is meant is clear.
 *
 * @param validate has just refused the definition.
 */
export function withUsualSpelling(
  definition: ElementDefinition,
  validate: ValidateFunction,
): ElementDefinition {
  const errors = validate.errors ?? [];
  const mended = parseJson(stringifyJson(definition)) as unknown as ElementDefinition;
  for (const error of errors) mend(mended, error);
  return mended;
}

/** The steps of a JSON pointer; indexes as numbers. */
export function stepsOf({ instancePath }: ErrorObject): (string | number)[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function mend(definition: ElementDefinition, error: ErrorObject): void {
  const steps = stepsOf(error);
  const field = steps.pop();
  let owner: unknown = definition;
  for (const step of steps) owner = (owner as Record<string | number, unknown> | undefined)?.[step];
  if (!isRow(owner) || typeof field !== 'string') return;
  const value = owner[field];
  const meant =
    error.keyword === 'enum'
      ? amongNames(value, error)
      : error.keyword === 'type'
        ? asType(value, error)
        : value;
  if (meant === undefined) delete owner[field];
  else owner[field] = meant;
}

/** Nothing, for a field that is empty. */
function amongNames(value: unknown, { params }: ErrorObject): unknown {
  if (value === null || value === '') return undefined;
  const names = params['allowedValues'] as unknown[];
  const known = names.find(
    (name) => typeof name === 'string' && name.toLowerCase() === String(value).toLowerCase(),
  );
  return known ?? value;
}

function asType(value: unknown, { params }: ErrorObject): unknown {
  const types = [params['type'] as string | string[]].flat();
  if (value === null) return undefined;
  if (types.includes('string'))
    return typeof value === 'number' || typeof value === 'boolean' || isExactNumber(value)
      ? toText(value)
      : value;
  if (typeof value !== 'string') return value;
  const text = value.trim().toLowerCase();
  if (text === '') return undefined;
  if (types.includes('boolean')) return text === 'true' ? true : text === 'false' ? false : value;
  return types.includes('integer') && /^\d{1,15}$/.test(text) ? Number(text) : value;
}

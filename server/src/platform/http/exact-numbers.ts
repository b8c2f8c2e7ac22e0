import type { ErrorObject } from 'ajv';
import { isExactNumber, toNumber } from '#kernel/json';

/**
 * A body keeps numbers such as `1.0` or `1e3` as their exact text, which a schema does not take for a number.
 * Where the schema asked for one, this puts the plain number in its place. True when anything was changed.
 */
export function exactNumbersAsDoubles(
  root: unknown,
  errors: readonly Pick<ErrorObject, 'instancePath'>[],
): boolean {
  let changed = false;
  for (const { instancePath } of errors) {
    const steps = instancePath.split('/').slice(1).map(unescapePointer);
    const last = steps.pop();
    if (last === undefined) continue;
    const holder = steps.reduce<unknown>(
      (at, step) => (at as Record<string, unknown> | undefined)?.[step],
      root,
    );
    if (typeof holder !== 'object' || holder === null) continue;
    const value = (holder as Record<string, unknown>)[last];
    if (!isExactNumber(value)) continue;
    (holder as Record<string, unknown>)[last] = toNumber(value);
    changed = true;
  }
  return changed;
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

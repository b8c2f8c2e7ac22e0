import { parseCeql } from '#platform/ceql';
import type { Expression } from '#platform/ceql';
import { whereInvalid } from './errors.ts';

/** Which of an account's instances are meant; what is not said does not matter. */
export interface StateFilter {
  valid?: boolean;
  disabled?: boolean;
}

/**
 * The state that a `where` asks for: `disabled = false and valid = false`.
 *
 * @throws 400 that says what may be asked for.
 */
export function readState(where: string | undefined): StateFilter {
  if (!where) return {};
  const expression = parseCeql(where);
  const filter: StateFilter = {};
  for (const one of expression.kind === 'and' ? expression.items : [expression]) {
    const { field, wanted } = readItem(one);
    if (filter[field] !== undefined) throw whereInvalid(`${field} comes twice`);
    filter[field] = wanted;
  }
  return filter;
}

function readItem(item: Expression): { field: keyof StateFilter; wanted: boolean } {
  if (item.kind !== 'comparison' || (item.operator !== '=' && item.operator !== '!='))
    throw whereInvalid('only =, != and AND are understood');
  const { attribute, operator } = item;
  if (attribute !== 'valid' && attribute !== 'disabled')
    throw whereInvalid(`${attribute} is not one of its fields`);
  const value = String(item.value).toLowerCase();
  if (value !== 'true' && value !== 'false') throw whereInvalid(`${attribute} is true or false`);
  return { field: attribute, wanted: (value === 'true') === (operator === '=') };
}

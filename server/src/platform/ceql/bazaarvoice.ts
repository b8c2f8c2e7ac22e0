import { toText } from '#kernel/json';
import { cannotConvert } from './errors.ts';
import { type Expression, type Predicate, withoutNot } from './expression.ts';

const operators: Record<string, string> = {
  '=': 'eq',
  '!=': 'neq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
};
const instead = "use comparisons and IN, joined by AND, such as Rating >= 4 AND Id IN ('a', 'b')";

/**
 * `Rating >= 4 AND Id IN ('a', 'b')` → `Rating:gte:4` and `Id:eq:a,b`: one value of the filter parameter for each
 * condition, all of which have to hold.
 *
 * @throws CeqlError for anything but comparisons and IN joined by AND.
 */
export function toBazaarvoice(expression: Expression): string[] {
  const plain = withoutNot(expression);
  if (plain.kind === 'or') throw cannotConvert('a filter of this provider', 'OR', instead);
  return (plain.kind === 'and' ? plain.items : [plain]).map((item) => {
    if (item.kind === 'and' || item.kind === 'or')
      throw cannotConvert('a filter of this provider', item.kind.toUpperCase(), instead);
    return toFilter(item);
  });
}

function toFilter(predicate: Predicate): string {
  const { attribute } = predicate;
  if (predicate.kind === 'comparison' && predicate.value !== null)
    return `${attribute}:${operators[predicate.operator]}:${toText(predicate.value)}`;
  if (predicate.kind === 'in')
    return `${attribute}:${predicate.negated ? 'neq' : 'eq'}:${predicate.values.map(toText).join(',')}`;
  throw cannotConvert('a filter of this provider', `this condition on '${attribute}'`, instead);
}

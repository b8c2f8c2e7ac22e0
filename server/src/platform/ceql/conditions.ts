import { toText } from '#kernel/json';
import { cannotConvert } from './errors.ts';
import {
  type CeqlValue,
  type Comparison,
  type Expression,
  type Predicate,
  withoutNot,
} from './expression.ts';

/** One predicate as hooks receive it (`request_expression`). */
export interface Condition {
  attribute: string;
  /** `=`, `!=`, `<`, `<=`, `>`, `>=`, `LIKE`, `NOT LIKE`, `IN`, `NOT IN`, `IS NULL` or `IS NOT NULL`. */
  operator: string;
  /** A list for IN, null for IS NULL. */
  value: CeqlValue | CeqlValue[];
}

/**
 * All predicates in the order of the text. A flat list cannot tell AND from OR: whoever has to know takes the
 * expression. NOT in front of a group is moved into its predicates.
 */
export function toConditions(expression: Expression): Condition[] {
  const conditions: Condition[] = [];
  const collect = (item: ReturnType<typeof withoutNot>): void => {
    if (item.kind === 'and' || item.kind === 'or') item.items.forEach(collect);
    else conditions.push(toCondition(item));
  };
  collect(withoutNot(expression));
  return conditions;
}

function toCondition(predicate: Predicate): Condition {
  const { attribute } = predicate;
  if (predicate.kind === 'comparison')
    return { attribute, operator: predicate.operator, value: predicate.value };
  const not = predicate.negated ? 'NOT ' : '';
  if (predicate.kind === 'like') return { attribute, operator: `${not}LIKE`, value: predicate.pattern };
  if (predicate.kind === 'in') return { attribute, operator: `${not}IN`, value: predicate.values };
  return { attribute, operator: `IS ${not}NULL`, value: null };
}

const instead = "use only field = 'value', joined by AND, each field once";

/**
 * `a='x' AND b='y'` as separate query parameters.
 *
 * @throws CeqlError when there is anything else than `=` joined by AND, a null, or a field twice.
 */
export function toQueryParameters(expression: Expression): Record<string, string> {
  const items = expression.kind === 'and' ? expression.items : [expression];
  const parameters = new Map<string, string>();
  for (const item of items) {
    if (!isEquality(item)) throw cannotConvert('query parameters', describe(item), instead);
    const { attribute, value } = item;
    if (value === null) throw cannotConvert('query parameters', `'${attribute}' = null`, instead);
    if (parameters.has(attribute)) throw cannotConvert('query parameters', `'${attribute}' twice`, instead);
    parameters.set(attribute, toText(value));
  }
  return Object.fromEntries(parameters);
}

function isEquality(item: Expression): item is Comparison {
  return item.kind === 'comparison' && item.operator === '=';
}

function describe(item: Expression): string {
  if (item.kind === 'and' || item.kind === 'or' || item.kind === 'not') return item.kind.toUpperCase();
  const { attribute, operator } = toCondition(item);
  return `'${attribute}' ${operator}`;
}

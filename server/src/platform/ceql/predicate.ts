import { toText } from '#kernel/json';
import { getPath } from '#kernel/path';
import { compareValues } from './compare.ts';
import type { CeqlValue, Comparison, ComparisonOperator, Expression } from './expression.ts';
import { likeParts, matchesLike } from './like.ts';

export type RecordTest = (record: unknown) => boolean;

/**
 * Compiles an expression into a test of one record. A missing field is null. Logic has two values: `a != 'x'` is true
 * where `a` is missing, just as `NOT a = 'x'` is. A field that holds a list matches when one of its items does.
 */
export function toPredicate(expression: Expression): RecordTest {
  switch (expression.kind) {
    case 'and': {
      const tests = expression.items.map(toPredicate);
      return (record) => tests.every((test) => test(record));
    }
    case 'or': {
      const tests = expression.items.map(toPredicate);
      return (record) => tests.some((test) => test(record));
    }
    case 'not': {
      const test = toPredicate(expression.item);
      return (record) => !test(record);
    }
    case 'null': {
      const { path, negated } = expression;
      return (record) => ((getPath(record, path) ?? null) === null) !== negated;
    }
    case 'like': {
      const parts = likeParts(expression.pattern.toLowerCase());
      return ofField(expression.path, expression.negated, (value) => isLike(value, parts));
    }
    case 'in': {
      const { path, negated, values } = expression;
      return ofField(path, negated, (value) => values.some((literal) => equals(value, literal)));
    }
    case 'comparison':
      return toComparison(expression);
  }
}

function ofField(path: string, negated: boolean, test: (value: unknown) => boolean): RecordTest {
  return (record) => {
    const value = getPath(record, path) ?? null;
    return (Array.isArray(value) ? value.some(test) : test(value)) !== negated;
  };
}

const ordered: Record<Exclude<ComparisonOperator, '=' | '!='>, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function toComparison({ path, operator, value: literal }: Comparison): RecordTest {
  if (operator === '=' || operator === '!=') {
    return ofField(path, operator === '!=', (value) => equals(value, literal));
  }
  const holds = ordered[operator];
  return ofField(path, false, (value) => {
    const order = compareValues(value, literal);
    return order !== undefined && holds(order);
  });
}

function equals(value: unknown, literal: CeqlValue): boolean {
  if (literal === null || value === null || value === undefined) return (value ?? null) === literal;
  return compareValues(value, literal) === 0;
}

function isLike(value: unknown, parts: readonly string[]): boolean {
  return value !== null && value !== undefined && matchesLike(toText(value), parts);
}

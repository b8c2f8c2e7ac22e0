import { type ExactNumber, toText } from '#kernel/json';

/** A literal. A number that a double would change stays exact. */
export type CeqlValue = string | number | boolean | null | ExactNumber;

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface Field {
  /** The name as people read it: `a.b`, without back-ticks. */
  attribute: string;
  /** The same as a path for `getPath`; segments that are no plain words stand in back-ticks. */
  path: string;
}

export interface Comparison extends Field {
  kind: 'comparison';
  operator: ComparisonOperator;
  value: CeqlValue;
}

export interface Like extends Field {
  kind: 'like';
  negated: boolean;
  /** `%` stands for any characters, also none; every other character for itself. */
  pattern: string;
}

export interface In extends Field {
  kind: 'in';
  negated: boolean;
  values: CeqlValue[];
}

export interface IsNull extends Field {
  kind: 'null';
  negated: boolean;
}

export type Predicate = Comparison | Like | In | IsNull;

/** `and`/`or` hold two or more items, none of which is of the same kind. */
export type Expression =
  | Predicate
  | { kind: 'and'; items: Expression[] }
  | { kind: 'or'; items: Expression[] }
  | { kind: 'not'; item: Expression };

/** An expression without NOT groups. */
export type PositiveExpression =
  Predicate | { kind: 'and'; items: PositiveExpression[] } | { kind: 'or'; items: PositiveExpression[] };

/** Joins expressions, and groups of the same kind with them. */
export function join(kind: 'and' | 'or', items: Expression[]): Expression {
  const [only] = items;
  if (items.length === 1 && only) return only;
  return { kind, items: items.flatMap((item) => (item.kind === kind ? item.items : [item])) };
}

const opposite: Record<ComparisonOperator, ComparisonOperator> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/** Moves every NOT into the predicates, for languages that have no NOT for groups (De Morgan). */
export function withoutNot(expression: Expression, negated = false): PositiveExpression {
  switch (expression.kind) {
    case 'not':
      return withoutNot(expression.item, !negated);
    case 'and':
    case 'or': {
      const kind = (expression.kind === 'and') === negated ? 'or' : 'and';
      return join(
        kind,
        expression.items.map((item) => withoutNot(item, negated)),
      ) as PositiveExpression;
    }
    case 'comparison':
      return negated ? { ...expression, operator: opposite[expression.operator] } : expression;
    default:
      return negated ? { ...expression, negated: !expression.negated } : expression;
  }
}

/** Writes CEQL that parses to the same expression. */
export function printCeql(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.items.map(printItem).join(expression.kind === 'and' ? ' AND ' : ' OR ');
    case 'not':
      return `NOT ${printItem(expression.item)}`;
    case 'comparison':
      return `${expression.path} ${expression.operator} ${printValue(expression.value)}`;
    case 'like':
      return `${expression.path} ${expression.negated ? 'NOT ' : ''}LIKE ${printValue(expression.pattern)}`;
    case 'in':
      return `${expression.path} ${expression.negated ? 'NOT ' : ''}IN (${expression.values.map(printValue).join(', ')})`;
    case 'null':
      return `${expression.path} IS ${expression.negated ? 'NOT ' : ''}NULL`;
  }
}

function printItem(item: Expression): string {
  return item.kind === 'and' || item.kind === 'or' ? `(${printCeql(item)})` : printCeql(item);
}

function printValue(value: CeqlValue): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return value === null ? 'null' : toText(value);
}

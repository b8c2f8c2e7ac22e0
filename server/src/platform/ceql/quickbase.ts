import { toText } from '#kernel/json';
import { cannotConvert } from './errors.ts';
import {
  type CeqlValue,
  type Comparison,
  type ComparisonOperator,
  type Expression,
  type Like,
  type PositiveExpression,
  withoutNot,
} from './expression.ts';
import { isoTimeMs } from '#kernel/iso-time';
import { likeShape } from './like.ts';

const operators: Record<ComparisonOperator, string> = {
  '=': 'EX',
  '!=': 'XEX',
  '<': 'LT',
  '<=': 'LTE',
  '>': 'GT',
  '>=': 'GTE',
};

/** Dates have words of their own: before, on or before, after, on or after. */
const dateOperators: Record<ComparisonOperator, string> = {
  ...operators,
  '<': 'BF',
  '<=': 'OBF',
  '>': 'AF',
  '>=': 'OAF',
};

const language = 'a Quickbase query';

/** `{'7'.EX.'x'}AND{'8'.GT.'1'}`, the query language of Quickbase. @throws CeqlError for what it cannot say. */
export function toQuickbase(expression: Expression): string {
  return write(withoutNot(expression));
}

function write(expression: PositiveExpression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.items.map(writeItem).join(expression.kind === 'and' ? 'AND' : 'OR');
    case 'comparison':
      return writeComparison(expression);
    case 'in': {
      const { attribute, negated, values } = expression;
      const terms = values.map((value) => term(attribute, negated ? 'XEX' : 'EX', value));
      return `(${terms.join(negated ? 'AND' : 'OR')})`;
    }
    case 'null':
      return term(expression.attribute, expression.negated ? 'XEX' : 'EX', null);
    case 'like':
      return writeLike(expression);
  }
}

function writeItem(item: PositiveExpression): string {
  const text = write(item);
  return item.kind === 'and' || item.kind === 'or' ? `(${text})` : text;
}

function writeComparison({ attribute, operator, value }: Comparison): string {
  const isDate = typeof value === 'string' && isoTimeMs(value) !== undefined;
  return term(attribute, (isDate ? dateOperators : operators)[operator], value);
}

function writeLike({ attribute, pattern, negated }: Like): string {
  const shape = likeShape(pattern);
  const not = negated ? 'X' : '';
  if (shape.kind === 'exact') return term(attribute, `${not}EX`, shape.text);
  if (shape.kind === 'starts') return term(attribute, `${not}SW`, shape.text);
  if (shape.kind === 'contains') return term(attribute, `${not}CT`, shape.text);
  if (shape.kind === 'any') return term(attribute, negated ? 'EX' : 'XEX', null);
  throw cannotConvert(language, `LIKE '${pattern}'`, "use 'x', 'x%' or '%x%'");
}

/** Null is the empty text there. How a quote is written inside one is not documented, hence refused. */
function term(attribute: string, operator: string, value: CeqlValue): string {
  const text = toText(value);
  if (/'/.test(attribute + text)) throw cannotConvert(language, 'a single quote', 'leave it out');
  return `{'${attribute}'.${operator}.'${text}'}`;
}

import { toText } from '#kernel/json';
import { cannotConvert } from './errors.ts';
import {
  type CeqlValue,
  type Expression,
  type Like,
  type PositiveExpression,
  withoutNot,
} from './expression.ts';
import { likeShape } from './like.ts';

const language = 'a work item query (WIQL)';

/**
 * A whole work item query: `SELECT [System.Id] FROM WorkItems WHERE [System.State] = 'Active'`.
 *
 * @throws CeqlError for what it cannot say.
 */
export function toWiql(expression: Expression): string {
  return `SELECT [System.Id] FROM WorkItems WHERE ${write(withoutNot(expression))}`;
}

function write(expression: PositiveExpression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.items.map(writeItem).join(expression.kind === 'and' ? ' AND ' : ' OR ');
    case 'comparison': {
      const operator = expression.operator === '!=' ? '<>' : expression.operator;
      return `${toField(expression.attribute)} ${operator} ${literal(expression.value)}`;
    }
    case 'in': {
      const operator = expression.negated ? 'NOT IN' : 'IN';
      return `${toField(expression.attribute)} ${operator} (${expression.values.map(literal).join(', ')})`;
    }
    case 'null':
      return `${toField(expression.attribute)} ${expression.negated ? '<>' : '='} ''`;
    case 'like':
      return writeLike(expression);
  }
}

function writeItem(item: PositiveExpression): string {
  const text = write(item);
  return item.kind === 'and' || item.kind === 'or' ? `(${text})` : text;
}

function writeLike({ attribute, pattern, negated }: Like): string {
  const shape = likeShape(pattern);
  const field = toField(attribute);
  if (shape.kind === 'exact') return `${field} ${negated ? '<>' : '='} ${literal(shape.text)}`;
  if (shape.kind === 'any') return `${field} ${negated ? '=' : '<>'} ''`;
  if (shape.kind === 'contains') return `${field} ${negated ? 'NOT ' : ''}CONTAINS ${literal(shape.text)}`;
  throw cannotConvert(language, `LIKE '${pattern}'`, "use 'x' or '%x%'");
}

function toField(attribute: string): string {
  if (/[[\]]/.test(attribute))
    throw cannotConvert(language, `the field '${attribute}'`, 'use names without brackets');
  return `[${attribute}]`;
}

/** A field without a value is compared with the empty text. */
function literal(value: CeqlValue): string {
  if (value === null) return "''";
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : toText(value);
}

import { toText } from '#kernel/json';
import { cannotConvert } from './errors.ts';
import type { CeqlValue, ComparisonOperator, Expression, Like } from './expression.ts';
import { isoTimeMs, isTimestamp } from '#kernel/iso-time';
import { likeShape } from './like.ts';

interface Dialect {
  name: string;
  contains(field: string, text: string): string;
  date(text: string): string;
}

/** OData 4: `contains`, and dates without quotes. https://docs.oasis-open.org/odata/odata/v4.01/ */
const version4: Dialect = {
  name: 'an OData filter',
  contains: (field, text) => `contains(${field},${text})`,
  // A DateTimeOffset needs its zone.
  date: (text) => (!isTimestamp(text) || /^\S+(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : utc(text)),
};

/** OData 3: `substringof` with its arguments the other way round, and `datetime'…'`, which is UTC without a zone. */
const version3: Dialect = {
  name: 'an OData 3 filter',
  contains: (field, text) => `substringof(${text},${field})`,
  date: (text) => `datetime'${utc(text).slice(0, -1)}'`,
};

/** A `$filter` for OData 4. @throws CeqlError for a LIKE with wildcards in the middle of several texts. */
export function toODataFilter(expression: Expression): string {
  return write(expression, version4);
}

/** A `$filter` for OData 1 to 3. @throws CeqlError for a LIKE with wildcards in the middle of several texts. */
export function toODataV3Filter(expression: Expression): string {
  return write(expression, version3);
}

const operators: Record<ComparisonOperator, string> = {
  '=': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};

function write(expression: Expression, dialect: Dialect): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.items.map((item) => writeItem(item, dialect)).join(` ${expression.kind} `);
    case 'not':
      return `not (${write(expression.item, dialect)})`;
    case 'null':
      return `${toField(expression.attribute, dialect)} ${expression.negated ? 'ne' : 'eq'} null`;
    case 'like':
      return writeLike(expression, dialect);
    case 'in': {
      const [operator, joint] = expression.negated ? ['ne', ' and '] : ['eq', ' or '];
      const field = toField(expression.attribute, dialect);
      return `(${expression.values.map((value) => `${field} ${operator} ${literal(value, dialect)}`).join(joint)})`;
    }
    case 'comparison':
      return `${toField(expression.attribute, dialect)} ${operators[expression.operator]} ${literal(expression.value, dialect)}`;
  }
}

function writeItem(item: Expression, dialect: Dialect): string {
  const text = write(item, dialect);
  return item.kind === 'and' || item.kind === 'or' ? `(${text})` : text;
}

/** OData goes into a complex property with a slash. A name in back-ticks must not become a filter of its own. */
function toField(attribute: string, dialect: Dialect): string {
  if (/[\s'"()[\],]/.test(attribute)) {
    throw cannotConvert(
      dialect.name,
      `the field '${attribute}'`,
      'use names without spaces, quotes and brackets',
    );
  }
  return attribute.replaceAll('.', '/');
}

function literal(value: CeqlValue, dialect: Dialect): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return toText(value);
  return isoTimeMs(value) === undefined ? quoted(value) : dialect.date(value);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function utc(text: string): string {
  return new Date(isoTimeMs(text) ?? 0).toISOString().replace('.000Z', 'Z');
}

function writeLike({ attribute, pattern, negated }: Like, dialect: Dialect): string {
  const field = toField(attribute, dialect);
  const shape = likeShape(pattern);
  const not = negated ? 'not ' : '';
  switch (shape.kind) {
    case 'exact':
      return `${field} ${negated ? 'ne' : 'eq'} ${quoted(shape.text)}`;
    case 'any':
      return `${field} ${negated ? 'eq' : 'ne'} null`;
    case 'starts':
      return `${not}startswith(${field},${quoted(shape.text)})`;
    case 'ends':
      return `${not}endswith(${field},${quoted(shape.text)})`;
    case 'contains':
      return `${not}${dialect.contains(field, quoted(shape.text))}`;
    case 'around': {
      // The length keeps 'aba' from being both the start and the end of 'aba'.
      const { start, end } = shape;
      const length = start.length + end.length;
      const both = `startswith(${field},${quoted(start)}) and endswith(${field},${quoted(end)})`;
      return `${not}(${both} and length(${field}) ge ${length})`;
    }
    case 'other':
      throw cannotConvert(dialect.name, `LIKE ${quoted(pattern)}`, "use 'x', 'x%', '%x', '%x%' or 'x%y'");
  }
}

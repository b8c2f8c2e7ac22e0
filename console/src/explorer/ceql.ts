/*
 * The conditions that a person puts together, and CEQL text. The builder knows a list of comparisons joined by AND; whatever else is
 * typed stays text, and the server says what is wrong with it.
 */

export const operators = ['=', '!=', '<', '<=', '>', '>=', 'LIKE', 'IN', 'IS NULL', 'IS NOT NULL'] as const;
export type Operator = (typeof operators)[number];

export interface Condition {
  field: string;
  operator: Operator;
  /** As it is typed: `IN` takes several, separated by commas. */
  value: string;
}

export const takesValue = (operator: Operator): boolean => !operator.startsWith('IS ');

/** Without conditions that are not yet finished. */
export function writeWhere(conditions: readonly Condition[]): string {
  return conditions
    .filter(({ field }) => field.trim() !== '')
    .map(({ field, operator, value }) => {
      const start = `${fieldText(field.trim())} ${operator}`;
      if (!takesValue(operator)) return start;
      if (operator !== 'IN') return `${start} ${valueText(value)}`;
      return `${start} (${value
        .split(',')
        .map((one) => valueText(one.trim()))
        .join(', ')})`;
    })
    .join(' AND ');
}

/** The conditions of a text; undefined where it says more than the builder knows. */
export function readWhere(text: string): Condition[] | undefined {
  const conditions: Condition[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const found = condition.exec(rest);
    if (!found) return undefined;
    const { name = '', quoted, isNull, symbol = '', one, list } = found.groups ?? {};
    const operator = (isNull ?? symbol).toUpperCase().replace(/\s+/g, ' ').replace('<>', '!=') as Operator;
    if ((operator === 'IN') !== (list !== undefined)) return undefined;
    const values = [...(list ?? one ?? '').matchAll(valuePattern)].map(([value]) => plain(value));
    conditions.push({ field: quoted ?? name, operator, value: values.join(', ') });
    rest = rest.slice(found[0].length);
    if (rest === '') break;
    const and = /^\s+and\s+(?=\S)/i.exec(rest);
    if (!and) return undefined;
    rest = rest.slice(and[0].length);
  }
  // Only what is written back as the same can be shown as conditions.
  const again = conditions.some(({ value, operator }) => operator === 'IN' && value === '');
  return again ? undefined : conditions;
}

const valueSource = String.raw`'(?:[^']|'')*'|"(?:[^"]|"")*"|-?\d+(?:\.\d+)?|true|false|null`;
const valuePattern = new RegExp(valueSource, 'gi');
const condition = new RegExp(
  String.raw`^(?:\`(?<quoted>[^\`]+)\`|(?<name>[A-Za-z_][\w.]*))\s*(?:(?<isNull>is\s+not\s+null|is\s+null)|(?<symbol><=|>=|<>|!=|=|<|>|(?<=\s)(?:like|in)\b)\s*(?:\((?<list>\s*(?:${valueSource})(?:\s*,\s*(?:${valueSource}))*\s*)\)|(?<one>${valueSource})))(?=\s|$)`,
  'i',
);

function plain(value: string): string {
  const quote = value[0];
  if (quote !== "'" && quote !== '"') return value;
  return value.slice(1, -1).replaceAll(quote + quote, quote);
}

function fieldText(field: string): string {
  return /^[A-Za-z_][\w.]*$/.test(field) ? field : `\`${field.replaceAll('`', '')}\``;
}

/** Numbers and the like stand bare; a long row of digits is an id, and the same either way. */
function valueText(value: string): string {
  if (/^(-?\d+(\.\d+)?|true|false|null)$/.test(value)) return value;
  return `'${value.replaceAll("'", "''")}'`;
}

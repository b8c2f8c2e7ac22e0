export { type Condition, toConditions, toQueryParameters } from './conditions.ts';
export { type Converter, converters } from './converters.ts';
export { CeqlError } from './errors.ts';
export {
  type CeqlValue,
  type Comparison,
  type ComparisonOperator,
  type Expression,
  type Field,
  type In,
  type IsNull,
  type Like,
  type Predicate,
  printCeql,
} from './expression.ts';
export { toODataFilter, toODataV3Filter } from './odata.ts';
export { parseCeql } from './parse.ts';
export { type RecordTest, toPredicate } from './predicate.ts';
export { type CeqlQuery, type Order, parseCeqlQuery, parseOrderBy } from './query.ts';
export { toQuickbase } from './quickbase.ts';
export { toWiql } from './wiql.ts';
export { toComparator } from './sort.ts';

import type { Expression, Field } from './expression.ts';
import { Reader } from './parse.ts';

/** `SELECT id, name FROM contacts WHERE … LIMIT 10`, the query of a bulk download. */
export interface CeqlQuery {
  /** Undefined for `*`. */
  fields: Field[] | undefined;
  /** The object to read. */
  from: string;
  where: Expression | undefined;
  limit: number | undefined;
}

/** @throws CeqlError (400) */
export function parseCeqlQuery(text: string): CeqlQuery {
  const reader = new Reader(text);
  reader.expectKeyword('select', 'SELECT');
  const fields = reader.takeSymbol('*') ? undefined : readFields(reader);
  reader.expectKeyword('from', fields ? "',' or FROM" : 'FROM');
  const from = reader.field('the name of an object').attribute;
  const where = reader.takeKeyword('where') ? reader.expression() : undefined;
  const limit = reader.takeKeyword('limit') ? reader.count() : undefined;
  const more = where ? 'AND, OR, LIMIT or the end' : 'WHERE, LIMIT or the end';
  reader.end(limit === undefined ? more : 'the end');
  return { fields, from, where, limit };
}

function readFields(reader: Reader): Field[] {
  const fields = [reader.field("'*' or a field name")];
  while (reader.takeSymbol(',')) fields.push(reader.field());
  return fields;
}

export interface Order extends Field {
  direction: 'asc' | 'desc';
}

/**
 * Reads `orderBy`: `name asc, created desc`; without a direction it is `asc`.
 *
 * @throws CeqlError (400)
 */
export function parseOrderBy(text: string): Order[] {
  const reader = new Reader(text);
  const orders: Order[] = [];
  do {
    const field = reader.field();
    const descending = reader.takeKeyword('desc');
    if (!descending) reader.takeKeyword('asc');
    orders.push({ ...field, direction: descending ? 'desc' : 'asc' });
  } while (reader.takeSymbol(','));
  reader.end("ASC, DESC, ',' or the end");
  return orders;
}

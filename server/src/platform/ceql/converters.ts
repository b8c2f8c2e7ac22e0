import { toBazaarvoice } from './bazaarvoice.ts';
import { toQueryParameters } from './conditions.ts';
import type { Expression } from './expression.ts';
import { toODataFilter, toODataV3Filter } from './odata.ts';
import { parseCeql } from './parse.ts';
import { toQuickbase } from './quickbase.ts';
import { toWiql } from './wiql.ts';

/**
 * Turns the text of a `where` into one text for the provider, into several values of one parameter, or into several
 * query parameters.
 */
export type Converter = (where: string) => string | string[] | Record<string, string>;

function fromText<T>(convert: (expression: Expression) => T): (where: string) => T {
  return (where) => convert(parseCeql(where));
}

/** By the name that a definition gives in `converter`. Each throws CeqlError (400). */
export const converters: Readonly<Record<string, Converter>> = {
  toQueryParameters: fromText(toQueryParameters),
  toODataFilter: fromText(toODataFilter),
  toODataV3Filter: fromText(toODataV3Filter),
  toQuickbase: fromText(toQuickbase),
  toWiql: fromText(toWiql),
  toBazaarvoice: fromText(toBazaarvoice),
};

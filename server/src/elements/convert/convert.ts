import { notConvertible } from '../errors.ts';
import { parseDocument } from './document.ts';
import { convertOData } from './odata.ts';
import { convertOpenApi } from './openapi.ts';
import type { Converted } from './rows.ts';
import { convertWsdl } from './soap.ts';
import { parseXml } from './xml.ts';

export type DocumentKind = 'swagger' | 'soap' | 'odata';

/** What callers call these kinds. */
const names: Record<string, DocumentKind> = {
  swagger: 'swagger',
  openapi: 'swagger',
  soap: 'soap',
  wsdl: 'soap',
  odata: 'odata',
};

/** @throws 400 for a word that names no kind of document. */
export function toKind(type: string): DocumentKind {
  const kind = Object.hasOwn(names, type.toLowerCase()) ? names[type.toLowerCase()] : undefined;
  if (!kind)
    throw notConvertible(
      `documents of type '${type.slice(0, 50)}' are not known; swagger, soap and odata are`,
    );
  return kind;
}

/**
 * Makes a draft of an element of the text of a document.
 *
 * @param kind of the document; without it the document says what it is.
 * @throws 400 when it is no such document.
 */
export function convertText(text: string, kind?: DocumentKind): Converted {
  if (text.trim() === '') throw notConvertible('it is empty');
  if (!/^\uFEFF?\s*</.test(text)) {
    if (kind === 'soap' || kind === 'odata') throw notConvertible('it is no XML');
    return convertOpenApi(parseDocument(text));
  }
  if (kind === 'swagger') throw notConvertible('it is XML');
  const root = parseXml(text);
  const found = root.name === 'Edmx' ? 'odata' : root.name === 'definitions' ? 'soap' : undefined;
  if (root.name === 'description')
    throw notConvertible('it is WSDL 2.0, which is not known here; WSDL 1.1 is');
  if (!found || (kind && kind !== found))
    throw notConvertible(
      `it is XML whose root is <${root.name}>, not <${kind === 'odata' ? 'Edmx' : 'definitions'}>`,
    );
  return found === 'odata' ? convertOData(root) : convertWsdl(root);
}

import { isRow } from '../row-ids.ts';
import { convertBody } from './body.ts';
import { guessPaging, hasLooseCursor } from './paging.ts';
import type { PagingGuess, Stated } from './paging.ts';
import type { Reader } from './reader.ts';
import { findList, readReply } from './reply.ts';
import { parameterRow } from './rows.ts';

type Row = Record<string, unknown>;

export interface ConvertedOperation {
  /** `GET /pets` */
  label: string;
  resource: Row;
  paging: PagingGuess | undefined;
  /** What was guessed to hold the list. */
  rootKey: string | undefined;
  hasLooseCursor: boolean;
  notes: string[];
}

/** One operation of a document, with where it stands. */
export interface OperationFound {
  path: string;
  method: string;
  item: Row;
  operation: Row;
  /** In place of the element's base URL, where the operation has a server of its own. */
  baseUrl: string | undefined;
}

/** The name under which a schema stands in the element's models. */
export type NameModel = (schema: unknown, wish: string) => string | undefined;

/** One operation as a resource of an element. */
export function convertOperation(
  reader: Reader,
  found: OperationFound,
  nameModel: NameModel,
): ConvertedOperation {
  const { path, method, operation } = found;
  const label = `${method} ${path}`;
  const all = uniqueParameters(reader, found.item['parameters'], operation['parameters']);
  const { stated, notes } = convertParameters(reader, all, path);
  const body = convertBody(reader, operation, all);
  const reply = readReply(reader, operation);
  const wish = textOf(operation['operationId']) ?? `${method}${path}`;
  const isList = method === 'GET' && !path.endsWith('}');
  const list = isList ? findList(reader, reply.schema, path) : undefined;
  const paging = isList ? guessPaging(reader, stated, reply.schema) : undefined;
  const rows = paging?.parameters ?? stated.map(({ row }) => row);
  const requestName = nameModel(body.schema, `${wish}Request`);
  const name = nameModel(list?.schema ?? reply.schema, `${wish}Reply`);
  const model = { ...(name && { name }), ...(requestName && { requestName }) };
  return {
    label,
    paging,
    rootKey: list?.rootKey || undefined,
    hasLooseCursor: isList && !paging && hasLooseCursor(rows),
    notes: [...notes, ...(body.note ? [body.note] : [])].map((note) => `${label}: ${note}.`),
    resource: {
      method,
      path: ourPath(path),
      vendorMethod: method,
      vendorPath: `${found.baseUrl ?? ''}${path.split('#', 1)[0] ?? path}`,
      type: 'api',
      kind: 'eb',
      description: textOf(operation['summary']) ?? textOf(operation['description']) ?? label,
      ...(textOf(operation['operationId']) && { operationId: operation['operationId'] }),
      parameters: [...rows, ...body.parameters],
      hooks: [],
      response: { contentType: reply.contentType },
      ...(list?.rootKey && { rootKey: `|${list.rootKey}` }),
      ...pagingFields(paging),
      ...(isList && !paging && { paginationType: 'VENDOR_NOT_SUPPORTED' }),
      ...(Object.keys(model).length > 0 && { model }),
    },
  };
}

function pagingFields(paging: PagingGuess | undefined): Row {
  if (!paging) return {};
  return {
    pagination: {
      type: paging.type,
      ...(paging.startIndex !== undefined && { startIndex: paging.startIndex }),
      ...(paging.max !== undefined && { max: paging.max }),
    },
    ...(paging.nextPageKey && { nextPageKey: paging.nextPageKey }),
    ...(paging.totalCountKey && { totalCountKey: paging.totalCountKey }),
  };
}

/** The document's path; what only a query or a fragment tells apart becomes a part of it. */
function ourPath(path: string): string {
  return path.replace(/[?#&=]+/g, '/').replace(/\/{2,}/g, '/');
}

/** Those of the operation win over those of its path. */
function uniqueParameters(reader: Reader, ...lists: unknown[]): Row[] {
  const unique = new Map<string, Row>();
  for (const given of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const parameter = reader.resolve(given);
    if (typeof parameter['name'] === 'string')
      unique.set(`${String(parameter['in'])} ${parameter['name']}`, parameter);
  }
  return [...unique.values()];
}

const ownHeaders = /^(accept|content-type|authorization|host|content-length)$/i;
const places = new Set(['path', 'query', 'header']);

function convertParameters(
  reader: Reader,
  all: readonly Row[],
  path: string,
): { stated: Stated[]; notes: string[] } {
  const notes: string[] = [];
  const stated: Stated[] = [];
  for (const parameter of all) {
    const name = String(parameter['name']);
    const place = String(parameter['in']);
    if (place === 'cookie') notes.push(`the cookie '${name}' is left out`);
    if (!places.has(place) || (place === 'header' && ownHeaders.test(name))) continue;
    const required = parameter['required'] === true || place === 'path';
    const schema = isRow(parameter['schema']) ? reader.resolve(parameter['schema']) : parameter;
    stated.push({
      row: parameterRow(name, place, place, { required, ...described(parameter, schema) }),
      schema,
    });
  }
  // Some documents forget to state what their paths hold.
  for (const [, name = ''] of path.matchAll(/\{([^{}]+)\}/g)) {
    if (stated.some(({ row }) => row['type'] === 'path' && row['name'] === name)) continue;
    stated.push({
      row: parameterRow(name, 'path', 'path', { required: true, dataType: 'string' }),
      schema: {},
    });
  }
  return { stated, notes };
}

function described(parameter: Row, schema: Row): Row {
  const type = [schema['type']].flat().find((one) => typeof one === 'string' && one !== 'null');
  const dataType = schema['format'] === 'binary' || type === 'file' ? 'file' : type;
  return {
    ...(typeof dataType === 'string' && { dataType, vendorDataType: dataType }),
    ...(typeof parameter['description'] === 'string' && { description: parameter['description'] }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

import { isRow } from '../row-ids.ts';
import { guessPaging } from './paging.ts';
import type { PagingGuess } from './paging.ts';
import type { Reader } from './reader.ts';

type Row = Record<string, unknown>;

export interface ConvertedOperation {
  resource: Row;
  paging: PagingGuess | undefined;
}

/** Names of schemas as they stand in the element's models. */
export type ModelNames = (schema: unknown, wish: string) => string | undefined;

/** One operation as a resource of an element. */
export function convertOperation(
  reader: Reader,
  { path, method, item, operation }: { path: string; method: string; item: Row; operation: Row },
  nameModel: ModelNames,
  notes: string[],
): ConvertedOperation {
  const label = `${method} ${path}`;
  const stated = uniqueParameters(reader, item['parameters'], operation['parameters']);
  const rows = stated.flatMap((one) => convertParameter(one, label, notes));
  const body = convertBody(reader, operation, stated, label, nameModel, notes);
  const reply = readReply(reader, operation);
  const wish = typeof operation['operationId'] === 'string' ? operation['operationId'] : `${method}${path}`;
  const replyModel = nameModel(reply.schema, `${wish}Reply`);
  const isList = method === 'GET' && !path.endsWith('}');
  const rootKey = isList ? guessRootKey(reader, reply.schema) : undefined;
  const paging = isList ? guessPaging(rows, reader.resolve(reply.schema)) : undefined;
  const model = { ...(replyModel && { name: replyModel }), ...(body.model && { requestName: body.model }) };
  const text = [operation['summary'], operation['description']].find((one) => typeof one === 'string');
  return {
    paging,
    resource: {
      method,
      path,
      vendorMethod: method,
      vendorPath: path,
      type: 'api',
      kind: 'eb',
      description: typeof text === 'string' ? text : label,
      ...(typeof operation['operationId'] === 'string' && { operationId: operation['operationId'] }),
      parameters: [...(paging?.parameters ?? rows), ...body.parameters],
      hooks: [],
      response: { contentType: reply.contentType },
      ...(rootKey && { rootKey: `|${rootKey}` }),
      ...(paging && { pagination: { type: paging.type } }),
      ...(paging?.nextPageKey && { nextPageKey: paging.nextPageKey }),
      ...(isList && !paging && { paginationType: 'VENDOR_NOT_SUPPORTED' }),
      ...(Object.keys(model).length > 0 && { model }),
    },
  };
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

function convertParameter(parameter: Row, label: string, notes: string[]): Row[] {
  const name = String(parameter['name']);
  const place = parameter['in'];
  if (place === 'cookie') {
    notes.push(`${label}: the cookie '${name}' is left out.`);
    return [];
  }
  if (place === 'header' && ownHeaders.test(name)) return [];
  if (place !== 'path' && place !== 'query' && place !== 'header') return [];
  return [
    toRow(name, place, place, {
      required: parameter['required'] === true || place === 'path',
      ...described(parameter),
    }),
  ];
}

function toRow(name: string, type: string, vendorType: string, more: Row): Row {
  return { name, vendorName: name, type, vendorType, source: 'request', ...more };
}

function described(parameter: Row): Row {
  const schema = isRow(parameter['schema']) ? parameter['schema'] : parameter;
  const type = [schema['type']].flat().find((one) => typeof one === 'string' && one !== 'null');
  const dataType = schema['format'] === 'binary' || type === 'file' ? 'file' : type;
  return {
    ...(typeof dataType === 'string' && { dataType, vendorDataType: dataType }),
    ...(typeof parameter['description'] === 'string' && { description: parameter['description'] }),
  };
}

interface ConvertedBody {
  parameters: Row[];
  model: string | undefined;
}

function convertBody(
  reader: Reader,
  operation: Row,
  stated: Row[],
  label: string,
  nameModel: ModelNames,
  notes: string[],
): ConvertedBody {
  const old = stated.find((one) => one['in'] === 'body');
  const wish = `${typeof operation['operationId'] === 'string' ? operation['operationId'] : label}Request`;
  const whole = (schema: unknown, required: boolean): ConvertedBody => ({
    parameters: [toRow('body', 'body', 'body', { required })],
    model: nameModel(schema, wish),
  });
  if (old) return whole(old['schema'], old['required'] === true);
  const oldForm = stated.filter((one) => one['in'] === 'formData');
  if (oldForm.length > 0) {
    const isUpload = oldForm.some(({ type }) => type === 'file');
    return {
      parameters: oldForm.map((one) => formRow(String(one['name']), one, isUpload)),
      model: undefined,
    };
  }
  const request = reader.resolve(operation['requestBody']);
  const content = isRow(request['content']) ? request['content'] : {};
  const types = Object.keys(content);
  const find = (pattern: RegExp) => types.find((type) => pattern.test(type));
  const json = find(/[/+]json\b/i);
  const media = (type: string) => (isRow(content[type]) ? content[type] : {});
  if (json) return whole(media(json)['schema'], request['required'] === true);
  const form = find(/^(multipart\/form-data|application\/x-www-form-urlencoded)/i);
  if (form) {
    const schema = reader.resolve(media(form)['schema']);
    const fields = isRow(schema['properties']) ? schema['properties'] : {};
    const isUpload = form.startsWith('multipart');
    return {
      parameters: Object.entries(fields).map(([name, field]) =>
        formRow(name, reader.resolve(field), isUpload),
      ),
      model: undefined,
    };
  }
  const [other] = types;
  if (other === undefined) return { parameters: [], model: undefined };
  notes.push(`${label}: the body of type ${other} is sent as the file of a multipart request.`);
  return {
    parameters: [toRow('file', 'multipart', 'body', { required: true, dataType: 'file' })],
    model: undefined,
  };
}

function formRow(name: string, field: Row, isUpload: boolean): Row {
  const type = isUpload ? 'multipart' : 'form';
  return toRow(name, isUpload ? 'multipart' : 'bodyField', type, {
    required: field['required'] === true,
    ...described(field),
  });
}

function readReply(reader: Reader, operation: Row): { schema: unknown; contentType: string } {
  const replies = isRow(operation['responses']) ? operation['responses'] : {};
  const status = ['200', '201', '202', '2XX', 'default'].find((one) => Object.hasOwn(replies, one));
  const reply = reader.resolve(status === undefined ? undefined : replies[status]);
  if (isRow(reply['content'])) {
    const types = Object.keys(reply['content']);
    const type = types.find((one) => /[/+]json\b/i.test(one)) ?? types[0] ?? 'application/json';
    const media = reply['content'][type];
    return { schema: isRow(media) ? media['schema'] : undefined, contentType: type.split(';')[0] ?? type };
  }
  return { schema: reply['schema'], contentType: 'application/json' };
}

/** The one field of a list's reply that is a list. */
function guessRootKey(reader: Reader, schema: unknown): string | undefined {
  const { properties } = reader.resolve(schema);
  if (!isRow(properties)) return undefined;
  const lists = Object.entries(properties).filter(([, field]) => reader.resolve(field)['type'] === 'array');
  return lists.length === 1 && /^[\w-]+$/.test(lists[0]?.[0] ?? '') ? lists[0]?.[0] : undefined;
}

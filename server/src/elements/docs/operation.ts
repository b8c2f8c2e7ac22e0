import type { Element, Parameter, Resource } from '../element.ts';
import { isRow, rowsOf } from '../row-ids.ts';
import { modelsOf } from './models.ts';
import type { ModelUse } from './models.ts';
import { isFieldName } from './schema.ts';
import type { Definitions } from './schema.ts';

type Row = Record<string, unknown>;

/** The first parameter of every operation. */
export const authorization = {
  name: 'Authorization',
  in: 'header',
  description: 'User <user secret>, Element <element token>',
  type: 'string',
  required: true,
};

const failures: Record<number, string> = {
  400: 'The request has faults; the message names all of them',
  401: 'Credentials are missing or not valid',
  403: 'The account is disabled, or the provider forbids it',
  404: 'There is no such thing',
  405: 'The provider does not allow this method',
  406: 'The provider cannot answer what is accepted',
  409: 'It conflicts with what is there',
  415: 'The provider does not understand this kind of body',
  500: 'A fault of the server or of the element',
  502: 'The provider failed or could not be reached',
};

/** What the documentation says of one resource. */
export interface Operation {
  method: string;
  /** As the document has it: no two variables have one name. */
  path: string;
  /** The resource as the definition has it. */
  row: Row;
  resource: Resource;
  element: Element;
  /** The reply is a list of records. */
  isList: boolean;
}

/** A resource of an element, with what the definition says of it that a call does not need. */
export function toOperation(element: Element, resource: Resource, row: Row): Operation {
  const path = withDistinctVariables(resource.path);
  return {
    method: resource.method,
    path,
    row,
    resource,
    element,
    isList: answersList(element, resource, row),
  };
}

function withDistinctVariables(path: string): string {
  const taken = new Set<string>();
  return path.replace(/\{([^{}]*)\}/g, (_, stated: string) => {
    const name = stated || 'variable';
    let wanted = name;
    for (let number = 2; taken.has(wanted); number++) wanted = `${name}${number}`;
    taken.add(wanted);
    return `{${wanted}}`;
  });
}

function variablesOf(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

/** A resource as an operation of Swagger 2.0, without its operationId. */
export function describeOperation(operation: Operation, definitions: Definitions): Row {
  const { path, row, resource, method } = operation;
  const description = typeof row['description'] === 'string' ? row['description'] : '';
  const parameters = describeParameters(operation, definitions);
  const isForm = parameters.some((one) => one['in'] === 'formData');
  const isUpload = parameters.some((one) => one['type'] === 'file');
  const contentType = resource.rawReply ? rawTypeOf(row['response']) : undefined;
  return {
    tags: [tagOf(path)],
    summary: description || `${method} ${path}`,
    description,
    ...(isForm && { consumes: [isUpload ? 'multipart/form-data' : 'application/x-www-form-urlencoded'] }),
    ...(contentType && { produces: [contentType] }),
    parameters: [authorization, ...parameters],
    responses: describeReplies(operation, definitions),
  };
}

export function tagOf(path: string): string {
  return path.split('/')[1]?.replace(/[{}]/g, '') || 'general';
}

/**
 * Whether the reply is a list: the definition's model says so, or it has pages, or a record of it has a path of its own.
 * A path such as `/me` is none, though pages could be cut out of any list there.
 */
function answersList(element: Element, { pagination, path, mappedQuery }: Resource, row: Row): boolean {
  if (pagination.mode === 'none' || path.endsWith('}')) return false;
  const { reply } = modelsOf(row, element.definition);
  if (!reply) return true;
  const model = reply.models[reply.name];
  return (
    reply.isItem ||
    (isRow(model) && (model['type'] === 'array' || isRow(model['items']))) ||
    ['page', 'pageSize', 'nextPage'].some((name) => mappedQuery.has(name)) ||
    element.resources.some((one) => one.path.startsWith(`${path}/{`))
  );
}

function describeParameters(operation: Operation, definitions: Definitions): Row[] {
  const { path, row, resource, element, isList } = operation;
  const seen = new Set<string>(['header authorization']);
  const once = (place: string, name: string) => {
    const mark = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    return name === '' || seen.has(mark) ? false : Boolean(seen.add(mark));
  };
  const stated = [...rowsOf(row['parameters']), ...rowsOf(element.definition.parameters)];
  const told = (one: Parameter) => textsOf(stated, one);
  const described: Row[] = [];
  const rows = resource.requestParameters;
  const inDefinition = variablesOf(resource.path);
  for (const [at, name] of variablesOf(path).entries()) {
    const known = rows.find((one) => one.type === 'path' && one.name === inDefinition[at]);
    described.push({ name, in: 'path', required: true, ...(known && told(known)), ...typeOf(known) });
  }
  for (const one of rows) {
    const place = one.type === 'query' || one.type === 'header' ? one.type : undefined;
    if (!place || one.vendorType === 'value' || !once(place, one.name)) continue;
    described.push({ name: one.name, in: place, required: one.required, ...told(one), ...typeOf(one) });
  }
  if (isList) {
    for (const extra of listParameters)
      if (once('query', extra.name)) described.push({ ...extra, in: 'query', required: false });
  }
  return [...described, ...describeBody(operation, definitions, told)];
}

const listParameters = [
  { name: 'where', type: 'string', description: "CEQL, such as name = 'x' and size > 3" },
  { name: 'fields', type: 'string', description: 'Only these fields, separated by commas' },
  { name: 'page', type: 'integer', description: 'From 1' },
  { name: 'pageSize', type: 'integer', description: 'Records of one page' },
  { name: 'nextPage', type: 'string', description: 'elements-next-page-token of the page before' },
];

/** What the definition says of a parameter for people. */
function textsOf(rows: Row[], { type, name }: Parameter): Row {
  const row = rows.find((one) => one['type'] === type && one['name'] === name);
  const description = row?.['description'];
  const sample = row?.['sampleData'];
  return {
    ...(typeof description === 'string' && description !== '' && { description }),
    ...(['string', 'number', 'boolean'].includes(typeof sample) &&
      sample !== '' && { 'x-samplevalue': sample }),
  };
}

function typeOf(parameter: Parameter | undefined): Row {
  const type = (parameter?.dataType ?? '').toLowerCase();
  if (/^(int|integer|long)$/.test(type)) return { type: 'integer' };
  if (/^(number|double|float)$/.test(type)) return { type: 'number' };
  if (type === 'boolean') return { type: 'boolean' };
  if (type === 'date') return { type: 'string', format: 'date' };
  if (type === 'date-time' || type === 'datetime') return { type: 'string', format: 'date-time' };
  return type === 'array' ? { type: 'array', items: { type: 'string' } } : { type: 'string' };
}

/** Swagger 2.0 has either one body or form fields. */
function describeBody(operation: Operation, definitions: Definitions, told: (one: Parameter) => Row): Row[] {
  const { row, method, resource, element } = operation;
  if (method === 'GET' || method === 'HEAD') return [];
  const rows = resource.requestParameters;
  const fields = rows.filter(({ type, name }) => name !== '' && (type === 'multipart' || type === 'form'));
  if (fields.length > 0) {
    const names = new Map(fields.map((field) => [field.name, field]));
    return [...names.values()].map((field) => ({
      name: field.name,
      in: 'formData',
      required: field.required,
      ...told(field),
      ...(field.dataType === 'file' || field.name === 'file' ? { type: 'file' } : typeOf(field)),
    }));
  }
  const whole = rows.find(({ type }) => type === 'body');
  const parts = rows.filter(({ type, name }) => type === 'bodyField' && name !== '');
  const { request } = modelsOf(row, element.definition);
  const asks = isRow(row['model']) && row['model']['requestName'] !== undefined;
  if (!whole && parts.length === 0 && !(request && asks)) return [];
  const schema = request ? schemaOf(request, operation, definitions) : fieldsSchema(parts);
  const required = (whole?.required ?? false) || parts.some((part) => part.required);
  return [{ name: 'body', in: 'body', required, ...(whole && told(whole)), schema }];
}

/** The body where only its fields are known: `address.city` is a field inside. */
function fieldsSchema(parts: Parameter[]): Row {
  const root: Row = { type: 'object' };
  for (const part of parts) {
    const steps = part.name.split('.', deepestField).filter((step) => step !== '' && isFieldName(step));
    let owner = root;
    for (const [at, step] of steps.entries()) {
      const properties = (owner['properties'] ??= {}) as Row;
      const isLast = at === steps.length - 1;
      const before = Object.hasOwn(properties, step) ? (properties[step] as Row) : undefined;
      const next = before ?? (isLast ? typeOf(part) : { type: 'object' });
      if (!isLast && next['properties'] === undefined) next['type'] = 'object';
      properties[step] = next;
      if (part.required) owner['required'] = [...new Set([...((owner['required'] as string[]) ?? []), step])];
      owner = next;
    }
  }
  return root;
}

const deepestField = 20;

function describeReplies(operation: Operation, definitions: Definitions): Row {
  const { row, resource, element, isList } = operation;
  if (resource.rawReply)
    return { 200: { description: 'Success', schema: { type: 'file' } }, ...failureReplies() };
  const { reply } = modelsOf(row, element.definition);
  const schema = reply && schemaOf(reply, operation, definitions);
  const whole = schema && isList ? asList(schema, definitions) : schema;
  return { 200: { description: 'Success', ...(whole && { schema: whole }) }, ...failureReplies() };
}

/** What can go wrong with any call. */
export function failureReplies(): Row {
  return Object.fromEntries(
    Object.entries(failures).map(([status, description]) => [
      status,
      { description, schema: { $ref: '#/definitions/Error' } },
    ]),
  );
}

function asList(schema: Row, definitions: Definitions): Row {
  const target = definitions.all[nameOf(schema)];
  return isRow(target) && target['type'] === 'array' ? schema : { type: 'array', items: schema };
}

function schemaOf({ name, models }: ModelUse, operation: Operation, definitions: Definitions): Row {
  const unique = definitions.add(models).get(name);
  if (unique === undefined) return { type: 'object' };
  const schema = definitions.all[unique];
  if (isRow(schema) && !('$ref' in schema)) tellOfObject(schema, operation);
  return { $ref: `#/definitions/${unique}` };
}

/** What the definition says of the object of a resource, unless its schema says it. */
function tellOfObject(schema: Row, { element, resource, path }: Operation): void {
  const name = resource.objectName ?? tagOf(path);
  const object = rowsOf(element.definition['objects']).find((one) => one['name'] === name) ?? {};
  const { vendorName, customFields, primaryKeyName } = object;
  schema['x-vendor-objectname'] ??= typeof vendorName === 'string' && vendorName !== '' ? vendorName : name;
  if (typeof customFields === 'boolean') schema['x-has-customfields'] ??= customFields;
  if (typeof primaryKeyName === 'string' && primaryKeyName !== '')
    schema['x-primary-key'] ??= [primaryKeyName];
}

function nameOf(schema: Row): string {
  const reference = schema['$ref'];
  return typeof reference === 'string' ? (reference.split('/').at(-1) ?? '') : '';
}

/** The type of a reply that is passed on as it comes, where it is one. */
function rawTypeOf(response: unknown): string | undefined {
  if (!isRow(response)) return undefined;
  const stated = [response['contentTypeAsString'], response['contentType']];
  return stated.find(
    (one): one is string => typeof one === 'string' && /^[\w.+*-]+\/[\w.+*-]+(;.*)?$/.test(one),
  );
}

import type { Parameter, Resource } from '../element.ts';
import { isRow } from '../row-ids.ts';
import { Definitions, toSchema } from './schema.ts';

type Row = Record<string, unknown>;

const authorization = {
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
  path: string;
  row: Row;
  resource: Resource;
  /** The element's own models, for resources that only name theirs. */
  models: unknown;
}

/** A resource as an operation of Swagger 2.0. */
export function describeOperation(
  { path, row: stated, resource, method, models }: Operation,
  definitions: Definitions,
): Row {
  const row = withModels(stated, models);
  const description = typeof row['description'] === 'string' ? row['description'] : '';
  const parameters = describeParameters(path, row, resource, definitions);
  const isForm = parameters.some((one) => one['in'] === 'formData');
  const isUpload = parameters.some((one) => one['type'] === 'file');
  return {
    tags: [tagOf(path)],
    summary: description || `${method} ${path}`,
    description,
    ...(isForm && { consumes: [isUpload ? 'multipart/form-data' : 'application/x-www-form-urlencoded'] }),
    parameters: [authorization, ...parameters],
    responses: describeReplies(row, resource, definitions),
  };
}

/** A resource that only names its model has it from the element. */
function withModels(row: Row, models: unknown): Row {
  const { model } = row;
  if (!isRow(model) || !isRow(models)) return row;
  const { swagger = models, requestSwagger = model['requestName'] === undefined ? undefined : models } =
    model;
  return {
    ...row,
    model: { ...model, swagger, ...(requestSwagger === undefined ? {} : { requestSwagger }) },
  };
}

export function tagOf(path: string): string {
  return path.split('/')[1]?.replace(/[{}]/g, '') || 'general';
}

function describeParameters(path: string, row: Row, resource: Resource, definitions: Definitions): Row[] {
  const seen = new Set<string>(['header authorization']);
  const once = (place: string, name: string) => {
    const mark = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    return seen.has(mark) ? false : Boolean(seen.add(mark));
  };
  const described: Row[] = [];
  const variables = [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  const rows = resource.requestParameters;
  for (const name of variables) {
    const stated = rows.find((one) => one.type === 'path' && one.name === name);
    if (once('path', name)) described.push({ name, in: 'path', required: true, ...typeOf(stated) });
  }
  for (const one of rows) {
    const place = one.type === 'query' || one.type === 'header' ? one.type : undefined;
    if (!place || one.vendorType === 'value' || !once(place, one.name)) continue;
    described.push({ name: one.name, in: place, required: one.required, ...typeOf(one) });
  }
  if (isList(path, resource)) {
    for (const extra of listParameters)
      if (once('query', extra.name)) described.push({ ...extra, in: 'query' });
  }
  return [...described, ...describeBody(row, rows, definitions)];
}

const listParameters = [
  { name: 'where', type: 'string', description: "CEQL, such as name = 'x' and size > 3" },
  { name: 'fields', type: 'string', description: 'Only these fields, separated by commas' },
  { name: 'page', type: 'integer', description: 'From 1' },
  { name: 'pageSize', type: 'integer', description: 'Records of one page' },
  { name: 'nextPage', type: 'string', description: 'elements-next-page-token of the page before' },
];

export function isList(path: string, resource: Resource): boolean {
  return resource.pagination.mode !== 'none' && !path.endsWith('}');
}

function typeOf(parameter: Parameter | undefined): Row {
  const type = (parameter?.dataType ?? '').toLowerCase();
  if (/^(int|integer|long)$/.test(type)) return { type: 'integer' };
  if (/^(number|double|float)$/.test(type)) return { type: 'number' };
  if (type === 'boolean') return { type: 'boolean' };
  return type === 'array' ? { type: 'array', items: { type: 'string' } } : { type: 'string' };
}

/** Swagger 2.0 has either one body or form fields. */
function describeBody(row: Row, rows: Parameter[], definitions: Definitions): Row[] {
  if (/^(GET|HEAD)$/i.test(String(row['method']))) return [];
  const fields = rows.filter(({ type }) => type === 'multipart' || type === 'form');
  if (fields.length > 0) {
    const names = new Map(fields.map((field) => [field.name, field]));
    return [...names.values()].map((field) => ({
      name: field.name,
      in: 'formData',
      required: field.required,
      ...(field.dataType === 'file' || field.name === 'file' ? { type: 'file' } : typeOf(field)),
    }));
  }
  const whole = rows.find(({ type }) => type === 'body');
  const parts = rows.filter(({ type }) => type === 'bodyField');
  const model = isRow(row['model']) ? row['model'] : {};
  const schema = schemaOf(
    model['requestName'] ?? model['name'],
    model['requestSwagger'] ?? model['swagger'],
    definitions,
  );
  if (!whole && parts.length === 0 && (!schema || model['requestName'] === undefined)) return [];
  const properties = Object.fromEntries(parts.map((part) => [part.name, { type: 'string' }]));
  const shape = schema ?? (parts.length > 0 ? { type: 'object', properties } : { type: 'object' });
  return [{ name: 'body', in: 'body', required: whole?.required ?? false, schema: shape }];
}

function describeReplies(row: Row, resource: Resource, definitions: Definitions): Row {
  const model = isRow(row['model']) ? row['model'] : {};
  const schema = schemaOf(model['name'], model['swagger'], definitions);
  const whole = schema && isList(resource.path, resource) ? asList(schema, definitions) : schema;
  const success = { description: 'Success', ...(whole && { schema: whole }) };
  return {
    200: success,
    ...Object.fromEntries(
      Object.entries(failures).map(([status, description]) => [
        status,
        { description, schema: { $ref: '#/definitions/Error' } },
      ]),
    ),
  };
}

function asList(schema: Row, definitions: Definitions): Row {
  const name =
    String(schema['$ref'] ?? '')
      .split('/')
      .at(-1) ?? '';
  const target = definitions.all[name];
  const isArray = schema['type'] === 'array' || (isRow(target) && target['type'] === 'array');
  return isArray ? schema : { type: 'array', items: schema };
}

function schemaOf(name: unknown, models: unknown, definitions: Definitions): Row | undefined {
  const given = readModels(models);
  if (!given) return undefined;
  const names = definitions.add(given);
  const unique = typeof name === 'string' ? names.get(name) : undefined;
  if (unique !== undefined) return { $ref: `#/definitions/${unique}` };
  const [only] = names.values();
  return names.size === 1 ? { $ref: `#/definitions/${only}` } : toSchema(undefined, names);
}

/** Models of a resource: by name, in old exports also as the text of that. */
export function readModels(models: unknown): Row | undefined {
  if (isRow(models)) return models;
  if (typeof models !== 'string' || !/^\s*\{/.test(models)) return undefined;
  try {
    const value = JSON.parse(models) as unknown;
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

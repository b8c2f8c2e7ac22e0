import { isRow, rowsOf } from '../row-ids.ts';
import { isFieldName } from './schema.ts';

type Row = Record<string, unknown>;

const schemaParts = ['type', 'format', 'items', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength'];

/** A Swagger 2.0 document of ours as OpenAPI 3.1. */
export function toOpenApi(swagger: Row): Row {
  const scheme = String((swagger['schemes'] as string[])[0]);
  const paths = Object.entries(swagger['paths'] as Record<string, Row>).map(([path, verbs]) => [
    path,
    Object.fromEntries(Object.entries(verbs).map(([verb, one]) => [verb, toOperation(one as Row)])),
  ]);
  return {
    openapi: '3.1.0',
    info: swagger['info'],
    servers: [{ url: `${scheme}://${String(swagger['host'])}${String(swagger['basePath'])}` }],
    tags: swagger['tags'],
    security: [{ Ligand: [] }],
    paths: Object.fromEntries(paths) as Row,
    components: {
      schemas: toSchemas(swagger['definitions']),
      securitySchemes: {
        Ligand: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'User <user secret>, Element <element token>',
        },
      },
    },
  };
}

function toOperation(operation: Row): Row {
  const { parameters, responses, consumes, produces, ...rest } = operation;
  const rows = rowsOf(parameters);
  const [type = 'application/json'] = (consumes ?? []) as string[];
  const [given = 'application/json'] = (produces ?? []) as string[];
  const body = bodyOf(rows, type);
  // A parameter of this name is to be left out in OpenAPI 3: security says it.
  const others = rows.filter(
    ({ in: place, name }) => place !== 'body' && place !== 'formData' && !isReserved(place, name),
  );
  return {
    ...rest,
    parameters: others.map(toParameter),
    ...(body && { requestBody: body }),
    responses: Object.fromEntries(
      Object.entries(responses as Row).map(([status, reply]) => {
        const contentType = status === '200' ? given : 'application/json';
        return [status, toReply(reply as Row, contentType)];
      }),
    ),
  };
}

function isReserved(place: unknown, name: unknown): boolean {
  return place === 'header' && /^(authorization|accept|content-type)$/i.test(String(name));
}

function toParameter(row: Row): Row {
  const schema: Row = {};
  const rest: Row = {};
  for (const [key, value] of Object.entries(row)) (schemaParts.includes(key) ? schema : rest)[key] = value;
  const isList = schema['type'] === 'array' && row['in'] === 'query';
  return { ...rest, schema, ...(isList && { style: 'form', explode: false }) };
}

function bodyOf(rows: Row[], type: string): Row | undefined {
  const whole = rows.find((row) => row['in'] === 'body');
  if (whole) {
    const { required, description, schema } = whole;
    return {
      required,
      ...(description !== undefined && { description }),
      content: { 'application/json': { schema: toSchema(schema) } },
    };
  }
  // Among the properties of a schema some names would be taken for something else.
  const fields = rows.filter((row) => row['in'] === 'formData' && isFieldName(String(row['name'])));
  if (fields.length === 0) return undefined;
  const required = fields.filter((field) => field['required'] === true).map(({ name }) => name);
  const properties = fields.map((field) => {
    const { description, schema } = toParameter(field) as { description?: string; schema: Row };
    return [
      field['name'],
      { ...(toSchema(schema) as Row), ...(description !== undefined && { description }) },
    ];
  });
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties) as Row,
    ...(required.length > 0 && { required }),
  };
  return { required: required.length > 0, content: { [type]: { schema } } };
}

function toReply({ description, schema }: Row, type: string): Row {
  return { description, ...(schema !== undefined && { content: { [type]: { schema: toSchema(schema) } } }) };
}

function toSchemas(byName: unknown): Row {
  return isRow(byName)
    ? Object.fromEntries(Object.entries(byName).map(([name, schema]) => [name, toSchema(schema)]))
    : {};
}

/** References lead to where schemas are in OpenAPI 3, and a file is a text of bytes. */
function toSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toSchema);
  if (!isRow(schema)) return schema;
  if (schema['type'] === 'file') return { type: 'string', format: 'binary' };
  return Object.fromEntries(
    Object.entries(schema).map(([key, part]) => {
      if (key === '$ref' && typeof part === 'string')
        return [key, part.replace('#/definitions/', '#/components/schemas/')];
      if (key === 'properties') return [key, toSchemas(part)];
      return [key, key === 'enum' || key === 'example' || key.startsWith('x-') ? part : toSchema(part)];
    }),
  );
}

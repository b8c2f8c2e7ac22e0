import { apiBase } from '#platform/http';
import { isRow, rowsOf } from '../row-ids.ts';
import { Definitions, toSchema } from './schema.ts';
import { withReachable } from './select.ts';

type Row = Record<string, unknown>;

/** What Swagger 2.0 lets a parameter outside of the body say of its value. */
const valueParts = ['type', 'format', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern'];

/**
 * An area of the platform's own API as Swagger 2.0: all paths that begin with its name, such as `accounts`.
 *
 * @param openApi the whole API, in OpenAPI 3.1.
 * @param baseUrl `https://host` that calls go to.
 * @returns undefined when the platform has no such area.
 */
export function writePlatformDocument(
  openApi: Readonly<Row>,
  area: string,
  baseUrl: string,
): Row | undefined {
  const start = `${apiBase}/${area}`;
  const found = Object.entries(openApi['paths'] as Record<string, Record<string, Row>>).filter(
    ([path]) => path === start || path.startsWith(`${start}/`),
  );
  if (found.length === 0) return undefined;
  const components = openApi['components'] as Record<string, Row>;
  const definitions = new Definitions();
  const names = definitions.add(components['schemas'] ?? {});
  const write = (schema: unknown) => toSchema(schema, names);
  const usual = components['responses'] ?? {};
  const paths = found.map(([path, verbs]) => [
    path.slice(apiBase.length),
    Object.fromEntries(
      Object.entries(verbs).map(([verb, one]) => [verb, toOperation(one, { area, usual, write })]),
    ),
  ]);
  const written = Object.fromEntries(paths) as Row;
  const url = new URL(baseUrl);
  return {
    swagger: '2.0',
    info: { title: area, version: 'api-v2', contact: { url: url.origin } },
    host: url.host,
    basePath: apiBase,
    schemes: [url.protocol.replace(':', '')],
    consumes: ['application/json'],
    produces: ['application/json'],
    tags: [{ name: area }],
    paths: written,
    definitions: withReachable(written, definitions.all),
  };
}

interface Around {
  area: string;
  /** Replies that the document writes once. */
  usual: Row;
  write(schema: unknown): Row;
}

function toOperation(operation: Row, { area, usual, write }: Around): Row {
  const { operationId, summary, description, security, requestBody } = operation;
  const body = schemaIn(requestBody);
  return {
    operationId,
    summary,
    ...(description !== undefined && { description }),
    tags: [area],
    parameters: [
      ...authorizationOf(rowsOf(security)),
      ...rowsOf(operation['parameters']).map(toParameter),
      ...(isRow(requestBody) && body !== undefined
        ? [{ name: 'body', in: 'body', required: requestBody['required'] !== false, schema: write(body) }]
        : []),
    ],
    responses: Object.fromEntries(
      Object.entries(operation['responses'] as Row).map(([status, reply]) => [
        status,
        toReply(reply as Row, usual, write),
      ]),
    ),
  };
}

/** The header that a call needs; none for what is open to everybody. */
function authorizationOf(security: Row[]): Row[] {
  const [first] = security.filter((one) => Object.keys(one).length > 0);
  if (!first) return [];
  const parts = Object.keys(first).map((scheme) => `${scheme} <${scheme === 'Bearer' ? 'token' : 'secret'}>`);
  const isOpen = security.some((one) => Object.keys(one).length === 0);
  return [
    {
      name: 'Authorization',
      in: 'header',
      description: parts.join(', '),
      type: 'string',
      required: !isOpen,
    },
  ];
}

function toParameter({ name, in: place, required, description, schema }: Row): Row {
  const given = isRow(schema) ? schema : {};
  const stated = Object.entries(given).filter(([key]) => valueParts.includes(key));
  return {
    name,
    in: place,
    required: required === true,
    ...(description !== undefined && { description }),
    // What may be one value or several is written as one: several are joined by commas.
    ...(typeof given['type'] === 'string' && given['type'] !== 'array'
      ? Object.fromEntries(stated)
      : { type: 'string' }),
  };
}

function toReply(reply: Row, usual: Row, write: (schema: unknown) => Row): Row {
  const name = typeof reply['$ref'] === 'string' ? (reply['$ref'].split('/').at(-1) ?? '') : undefined;
  const whole = name === undefined ? reply : ((usual[name] ?? {}) as Row);
  const schema = schemaIn(whole);
  return { description: whole['description'] ?? '', ...(schema !== undefined && { schema: write(schema) }) };
}

function schemaIn(part: unknown): unknown {
  if (!isRow(part) || !isRow(part['content'])) return undefined;
  const json = part['content']['application/json'];
  return isRow(json) ? json['schema'] : undefined;
}

import { isRow } from '../row-ids.ts';
import type { Operation } from './operations.ts';

type Row = Record<string, unknown>;

/** `index.d.ts` of the package: a type for each schema, and a function for each operation. */
export function writeTypes(operations: Operation[], schemas: Row): string {
  const types = Object.entries(schemas).map(([name, schema]) => `  ${quoted(name)}: ${toType(schema)};`);
  return [
    '/** What the calls take and give, by the names of the OpenAPI document. */',
    `export interface Schemas {\n${types.join('\n')}\n}`,
    usual,
    `export interface Client {\n${operations.map(writeFunction).join('\n')}\n}`,
    '',
  ].join('\n\n');
}

const usual = `export interface ClientOptions {
  /** Of the server: https://ligand.example */
  baseUrl: string;
  userSecret: string;
  /** Of the connected account. */
  elementToken: string;
  /** In place of the global one. */
  fetch?: typeof globalThis.fetch;
}

/** All that a query holds is text in the end. */
type Value = string | number | boolean;

/** What any call may say besides what its operation asks for. */
export interface CallOptions {
  query?: Record<string, Value | readonly Value[] | undefined>;
  headers?: Record<string, string | undefined>;
  /** Sent as it is, such as a form with a file; in place of \`json\`. */
  body?: unknown;
  signal?: AbortSignal;
  /** Given the headers of the reply. */
  onHeaders?: (headers: Headers) => void;
}

/** A call that failed. */
export declare class ElementError extends Error {
  readonly status: number;
  /** What the provider said. */
  readonly providerMessage: string | undefined;
  readonly requestId: string | undefined;
}

export declare function createClient(options: ClientOptions): Client;

/** The rows of a list, page by page: each page is read when its rows are wanted. */
export declare function each<Call extends (options?: any) => Promise<any>>(
  call: Call,
  options?: Parameters<Call>[0],
): AsyncGenerator<Awaited<ReturnType<Call>> extends readonly (infer Row)[] ? Row : unknown>;`;

function writeFunction({ name, method, path, summary, parameters, body, reply }: Operation): string {
  const of = (place: string) => parameters.filter((one) => one['in'] === place);
  const parts = [
    ...argument('path', of('path'), 'string | number'),
    ...argument('query', of('query')),
    ...argument('headers', of('header'), 'string'),
    ...(body?.isJson ? [`json${body.required ? '' : '?'}: ${toType(body.schema)}`] : []),
  ];
  const isOptional = parts.every((part) => /^\w+\?:/.test(part));
  const options = parts.length > 0 ? `CallOptions & { ${parts.join('; ')} }` : 'CallOptions';
  const answer = reply === 'file' ? 'Response' : toType(reply);
  const told = [summary, `${method} ${path}`].filter((line, at, all) => line && all.indexOf(line) === at);
  return `  /** ${told.join(' — ').replaceAll(/\s+/g, ' ').replaceAll('*/', '*\\/')} */
  ${quoted(name)}(options${isOptional ? '?' : ''}: ${options}): Promise<${answer}>;`;
}

function argument(place: string, rows: Row[], type?: string): string[] {
  if (rows.length === 0) return [];
  const fields = rows.map(
    (row) =>
      `${quoted(String(row['name']))}${row['required'] === true ? '' : '?'}: ${type ?? toValue(row['schema'])}`,
  );
  const isNeeded = rows.some((row) => row['required'] === true);
  return [`${place}${isNeeded ? '' : '?'}: { ${fields.join('; ')} }`];
}

const simple: Record<string, string> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  object: 'Record<string, unknown>',
  array: 'unknown[]',
};

/** Of a query: a number may be given where a text is meant. */
function toValue(schema: unknown): string {
  const type = toType(schema);
  return type === 'string' ? 'Value' : type;
}

/** A schema of the document as a type. */
function toType(schema: unknown): string {
  if (!isRow(schema)) return 'unknown';
  const { $ref: reference, enum: choices, allOf, type, items, properties } = schema;
  if (typeof reference === 'string') return `Schemas[${quoted(reference.split('/').at(-1) ?? '')}]`;
  if (Array.isArray(choices)) return choices.map(toLiteral).join(' | ');
  const parts = Array.isArray(allOf) ? allOf.map((part) => `(${toType(part)})`) : [];
  if (isRow(properties)) parts.push(toObject(properties, schema));
  else if (isRow(schema['additionalProperties']))
    parts.push(`Record<string, ${toType(schema['additionalProperties'])}>`);
  else if (type === 'array' && isRow(items)) parts.push(`(${toType(items)})[]`);
  else if (parts.length === 0) parts.push((typeof type === 'string' && simple[type]) || 'unknown');
  return parts.join(' & ');
}

/** Providers send more than documents say. */
function toObject(properties: Row, { required }: Row): string {
  const needed = new Set(Array.isArray(required) ? required : []);
  const fields = Object.entries(properties).map(
    ([name, field]) => `${quoted(name)}${needed.has(name) ? '' : '?'}: ${toType(field)}; `,
  );
  return `{ ${fields.join('')}[field: string]: unknown }`;
}

function toLiteral(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'unknown' : JSON.stringify(value);
}

const quoted = (name: string) => JSON.stringify(name);

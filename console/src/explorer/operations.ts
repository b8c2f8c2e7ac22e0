/*
 * What an instance offers, read from its Swagger document: the document is made from what the account's element can run, so nothing is
 * offered here that a call would not find.
 */

export interface Schema {
  type?: string;
  format?: string;
  $ref?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: unknown[];
  example?: unknown;
  'x-samplevalue'?: unknown;
}

export interface Parameter extends Schema {
  name: string;
  in: 'path' | 'query' | 'header' | 'formData' | 'body';
  description?: string;
  required?: never;
  isRequired: boolean;
  schema?: Schema;
}

type SwaggerParameter = Omit<Parameter, 'isRequired' | 'required'> & { required?: boolean };

interface SwaggerOperation {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  consumes?: string[];
  parameters?: SwaggerParameter[];
  responses?: Record<string, { schema?: Schema }>;
}

export interface Swagger {
  paths: Record<string, Record<string, SwaggerOperation>>;
  definitions: Record<string, Schema>;
}

/** One resource, as it is called. */
export interface Operation {
  id: string;
  method: string;
  /** Below the hub, such as `/lists/{id}`. */
  path: string;
  tag: string;
  text: string;
  parameters: Parameter[];
  body: Parameter | undefined;
  isForm: boolean;
  reply: Schema | undefined;
}

export function operationsOf({ paths }: Swagger): Operation[] {
  return Object.entries(paths)
    .flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, one]) => toOperation(verb.toUpperCase(), path, one)),
    )
    .toSorted((a, b) => a.tag.localeCompare(b.tag));
}

function toOperation(method: string, path: string, one: SwaggerOperation): Operation {
  const all = (one.parameters ?? [])
    .filter(({ name, in: place }) => !(place === 'header' && name.toLowerCase() === 'authorization'))
    .map(({ required, ...rest }): Parameter => ({ ...rest, isRequired: required === true }));
  const text = one.description || one.summary || '';
  return {
    id: one.operationId,
    method,
    path,
    tag: one.tags?.[0] ?? '',
    text: text === `${method} ${path}` ? '' : text,
    parameters: all.filter((parameter) => parameter.in !== 'body'),
    body: all.find((parameter) => parameter.in === 'body'),
    isForm: all.some((parameter) => parameter.in === 'formData'),
    reply: one.responses?.['200']?.schema,
  };
}

/** Those in which every word of the search is found. */
export function matching(operations: readonly Operation[], search: string): Operation[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ method, path, id, text }) => {
    const about = `${method} ${path} ${id} ${text}`.toLowerCase();
    return words.every((word) => about.includes(word));
  });
}

/** What a schema refers to; itself when it refers to nothing. */
export function resolve(schema: Schema, definitions: Record<string, Schema>): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return (name !== undefined && definitions[name]) || schema;
}

/** The names of the fields of one record of a reply. */
export function fieldsOf({ reply }: Operation, definitions: Record<string, Schema>): string[] {
  if (!reply) return [];
  const whole = resolve(reply, definitions);
  const record = whole.items ? resolve(whole.items, definitions) : whole;
  return Object.keys(record.properties ?? {});
}

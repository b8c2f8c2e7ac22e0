import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';
import type { FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import { invalidRequest } from './errors.ts';
import { exactNumbersAsDoubles } from './exact-numbers.ts';
import { faultsInWords, type RequestPart } from './faults.ts';

export interface RequestSchemas {
  params?: TSchema;
  querystring?: TSchema;
  headers?: TSchema;
  body?: TSchema;
  /** The body may be left out; else it must be there. */
  bodyOptional?: boolean;
}

// That our schemas are schemas is for a test to say: the first request would wait for a check of that which takes a tenth of a second.
const common = { allErrors: true, verbose: true, useDefaults: true, strict: false, validateSchema: false };
// Query, path and header values are text, so they are converted; a body says its types itself and is not.
const ofText = withFormats(new Ajv2020({ ...common, coerceTypes: 'array' }));
const ofBody = withFormats(new Ajv2020(common));

/**
 * Makes of the schemas of a route one check that names the faults of all parts in a single 400.
 * (Fastify's own validation stops at the first part that has a fault.)
 */
export function compileValidation(schemas: RequestSchemas): ((request: FastifyRequest) => void) | undefined {
  const { params, querystring, headers, body } = schemas;
  const checks: PartCheck[] = [];
  if (params) checks.push({ part: 'path', check: lazily(ofText, params), valueOf: (r) => r.params });
  if (querystring)
    checks.push({ part: 'query', check: lazily(ofText, querystring), valueOf: (r) => r.query });
  if (headers) checks.push({ part: 'header', check: lazily(ofText, headers), valueOf: (r) => r.headers });
  const absent = schemas.bodyOptional ? {} : undefined;
  if (body) checks.push({ part: 'body', check: lazily(ofBody, body), valueOf: (r) => r.body ?? absent });
  if (checks.length === 0) return undefined;
  return (request) => {
    const faults = checks.flatMap(({ part, check, valueOf }) => faultsOf(part, check(), valueOf(request)));
    if (faults.length > 0) throw invalidRequest(faults);
  };
}

/** With the first request that needs it: all of them together would take a sixth of the start of the server. */
function lazily(ajv: Ajv2020, schema: TSchema): () => ValidateFunction {
  let compiled: ValidateFunction | undefined;
  return () => (compiled ??= ajv.compile(schema));
}

interface PartCheck {
  part: RequestPart;
  check: () => ValidateFunction;
  valueOf: (request: FastifyRequest) => unknown;
}

function faultsOf(part: RequestPart, check: ValidateFunction, value: unknown): string[] {
  if (check(value)) return [];
  if (part === 'body' && exactNumbersAsDoubles(value, check.errors ?? []) && check(value)) return [];
  return faultsInWords(part, (check.errors ?? []) as ErrorObject[], value);
}

function withFormats(ajv: Ajv2020): Ajv2020 {
  // The plugin is CommonJS; its function arrives as default or as default.default, depending on who loads it.
  const plugin = formats.default as unknown as { default?: (a: Ajv2020) => Ajv2020 } & ((
    a: Ajv2020,
  ) => Ajv2020);
  return (plugin.default ?? plugin)(ajv);
}

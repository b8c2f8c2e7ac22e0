import { isExactNumber, toText } from '#kernel/json';
import { getPath, setPath } from '#kernel/path';
import { converters } from '#platform/ceql';
import type { Parameter, Resource } from '#elements';
import type { CallInput, FilePart, Target } from './call.ts';
import { convertType } from './data-type.ts';
import { parametersMissing } from './errors.ts';
import { encoderFor } from './body-template.ts';
import { toFilePart } from './multipart.ts';
import { fillTemplate } from './template.ts';
import type { VendorRequest } from './vendor-request.ts';

interface Work {
  input: CallInput;
  target: Target;
  request: VendorRequest;
  resource: Resource;
}

/**
 * Runs the parameter rows over a request: each takes a value from one place of the caller's request, the
 * configuration or its own literal, and puts it into one place of the provider's.
 *
 * @throws one 400 that names every required parameter that is missing.
 */
export function applyParameters(
  resource: Resource,
  input: CallInput,
  target: Target,
  request: VendorRequest,
): void {
  const missing: string[] = [];
  const work = { input, target, request, resource };
  for (const parameter of resource.requestParameters) {
    const value = take(parameter, work);
    if (value === undefined || value === '' || value === null) {
      if (parameter.required && (value === undefined || parameter.type === 'path'))
        missing.push(nameOf(parameter));
      if (value === undefined) continue;
    }
    put(parameter, value, work);
  }
  if (missing.length > 0) throw parametersMissing(missing);
}

function nameOf(parameter: Parameter): string {
  return parameter.type === 'body' ? 'the request body' : `${parameter.name} (${parameter.type})`;
}

type Take = (parameter: Parameter, work: Work) => unknown;

const takers: Record<Parameter['type'], Take> = {
  path: ({ name }, { input }) => input.pathVariables[name],
  query: ({ name }, { input }) => own(input.paging, name) ?? own(input.query, name),
  header: ({ name }, { input }) => own(input.headers, name.toLowerCase()),
  body: (parameter, { input }) => takeBody(parameter, input),
  bodyField: ({ name }, { input }) => takeField(input, name),
  form: ({ name }, { input }) => takeField(input, name),
  multipart: ({ name }, { input }) => takeField(input, name),
  configuration: ({ name }, { target }) => own(target.configuration, name),
  value: (parameter, work) => takeLiteral(parameter, work),
  prevBody: (_, { input }) => input.previous?.body,
  prevBodyField: ({ name }, { input }) => getPath(input.previous?.body, name),
};

function take(parameter: Parameter, work: Work): unknown {
  if (parameter.type === 'header' && parameter.vendorType === 'value') {
    return takeLiteral({ ...parameter, name: parameter.vendorName }, work);
  }
  return takers[parameter.type](parameter, work);
}

function takeLiteral({ name, vendorType }: Parameter, work: Work): string {
  const { target, request, input } = work;
  const lookUp = (key: string) =>
    own(target.configuration, key) ??
    own(request.pathValues, key) ??
    own(input.pathVariables, key) ??
    takeNamed(key, work);
  return vendorType === 'body' ? fillTemplate(name, lookUp, encoderFor(name)) : fillTemplate(name, lookUp);
}

/** A literal may name what another row sends: `{vendorName}`. Tokens are not filled here, but in the whole body. */
function takeNamed(key: string, work: Work): string | undefined {
  const row = work.resource.requestParameters.find(
    ({ vendorName, type, vendorType }) =>
      vendorName === key && type !== 'value' && vendorType !== 'body' && vendorType !== 'bodyToken',
  );
  const value = row && take(row, work);
  return value === undefined || value === null || isFile(value) ? undefined : toText(value);
}

function takeBody(parameter: Parameter, input: CallInput): unknown {
  if (input.body.kind === 'none') return undefined;
  if (input.body.kind === 'json') {
    if (parameter.vendorType === 'body' || parameter.vendorType === 'no-op' || parameter.name === 'body') {
      return input.body.value;
    }
    if (parameter.vendorType === 'form') return input.body.value;
    return getPath(input.body.value, parameter.name) ?? input.body.value;
  }
  if (input.body.kind === 'form') return input.body.fields;
  if (input.body.kind === 'raw') return input.body;
  return Object.fromEntries(input.body.parts.filter(isText).map((part) => [part.name, part.value]));
}

function takeField(input: CallInput, name: string): unknown {
  if (input.body.kind === 'json') return getPath(input.body.value, name);
  if (input.body.kind === 'form') return own(input.body.fields, name);
  if (input.body.kind === 'multipart') {
    const part = input.body.parts.find((candidate) => candidate.name === name);
    return part && isText(part) ? part.value : part;
  }
  return undefined;
}

function isText(part: object): part is { name: string; value: string } {
  return 'value' in part;
}

function isFile(value: unknown): value is FilePart {
  return typeof value === 'object' && value !== null && 'open' in value;
}

function put(parameter: Parameter, value: unknown, work: Work): void {
  const { request, resource } = work;
  const name = parameter.vendorName;
  if (parameter.converter && typeof value === 'string' && value !== '') {
    putConverted(parameter, value, work);
    return;
  }
  // Nothing but JSON can hold a null.
  if (value === null && !['body', 'bodyField', 'no-op'].includes(parameter.vendorType)) return;
  const typed = convertType(parameter, value);
  switch (parameter.vendorType) {
    case 'path':
      request.pathValues[name] = toText(typed);
      return;
    case 'query':
      request.query[name] = Array.isArray(value) ? value.map(toText) : toText(typed);
      return;
    case 'header':
      request.headers[name] = toText(typed);
      return;
    case 'value':
      request.headers[parameter.name] = toText(typed);
      return;
    case 'body':
      putBody(typed, work);
      return;
    case 'bodyField':
      putField(name, typed, request);
      return;
    case 'bodyToken':
      putTokens(parameter, typed, request);
      return;
    case 'form':
      if (typeof typed === 'object' && typed !== null && parameter.type === 'body')
        Object.assign(request.form, typed);
      else request.form[name] = typed;
      return;
    case 'multipart':
      request.parts.push(isFile(value) ? toFilePart(value, name) : { name, value: toText(typed) });
      return;
    case 'configuration':
      request.configuration[name] = toText(typed);
      return;
    case 'no-op':
      // Hooks find it where the caller put it.
      return;
    default:
      throw new Error(`${resource.path}: unknown vendorType ${String(parameter.vendorType)}`);
  }
}

function putBody(value: unknown, { request, input }: Work): void {
  if (isFile(value)) {
    request.raw = value;
    return;
  }
  request.body = value;
  request.ownsBody = false;
  request.bodyText = input.body.kind === 'json' && value === input.body.value ? input.body.text : undefined;
}

/** The body may be the caller's own, or the reply before: what is changed is a copy. */
function putField(name: string, value: unknown, request: VendorRequest): void {
  request.bodyText = undefined;
  if (typeof request.body !== 'object' || request.body === null || isExactNumber(request.body))
    request.body = {};
  else if (!request.ownsBody) request.body = structuredCopy(request.body);
  request.ownsBody = true;
  setPath(request.body as object, name, structuredCopy(value));
}

/** Of an object, each field is a token too. */
function putTokens(parameter: Parameter, value: unknown, request: VendorRequest): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [field, content] of Object.entries(value)) request.tokens[field] = toText(content);
  }
  request.tokens[parameter.vendorName] = toText(value);
}

/** Turns CEQL into what the provider understands: separate values, or one filter expression, wherever the row puts it. */
function putConverted({ converter = '', ...parameter }: Parameter, value: string, work: Work): void {
  const convert = Object.hasOwn(converters, converter) ? converters[converter] : undefined;
  const converted = convert ? convert(value) : value;
  if (parameter.vendorType === 'no-op') work.request.unsent[parameter.vendorName] = converted;
  else if (typeof converted === 'string') put(parameter, converted, work);
  else if (Array.isArray(converted))
    put(parameter, parameter.vendorType === 'query' ? converted : converted.join('&'), work);
  else {
    // What the caller's filter names are fields of the body, not a body each.
    const vendorType = parameter.vendorType === 'body' ? 'bodyField' : parameter.vendorType;
    for (const [vendorName, text] of Object.entries(converted))
      put({ ...parameter, vendorType, vendorName }, text, work);
  }
}

/** A copy that may be changed; exact numbers stay what they are. */
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, content]) => [key, structuredCopy(content)]));
}

function own<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

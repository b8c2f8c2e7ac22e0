import { Readable } from 'node:stream';
import { stringifyJson, toText } from '#kernel/json';
import { AppError } from '#kernel/error';
import type { OutboundRequest } from '#platform/outbound';
import type { Resource } from '#elements';
import { fillBody, fillFields, isMarkup } from './body-template.ts';
import type { FilePart, Part, Target } from './call.ts';
import { removed } from './hooks.ts';
import { encodeMultipart, toFilePart } from './multipart.ts';
import { fillTemplate, resolveConfiguration } from './template.ts';
import type { VendorRequest } from './vendor-request.ts';
import { wrap } from './root-key.ts';
import { isXml, writeXml } from './xml.ts';

const mostRedirects = 5;

/** Writes the provider request that parameters and hooks have put together. */
export function writeRequest(resource: Resource, request: VendorRequest, target: Target): OutboundRequest {
  const content = writeBody(resource, request);
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (content.contentType) headers['Content-Type'] = content.contentType;
  if (content.sizeBytes !== undefined) headers['Content-Length'] = String(content.sizeBytes);
  mergeHeaders(headers, request.headers, content.fixedType);
  const url = writeUrl(resource, request, target);
  // Only what may be repeated is sent to another place; a redirected POST is a failure that says so.
  const followRedirects = request.method === 'GET' ? mostRedirects : 0;
  return { method: request.method, url, headers, body: content.body, followRedirects };
}

interface Content {
  body: string | Buffer | (() => Readable) | null;
  contentType?: string;
  sizeBytes?: number | undefined;
  /** The content type carries a boundary that nobody else can know. */
  fixedType?: boolean;
}

function writeBody(resource: Resource, request: VendorRequest): Content {
  const given = contentTypeGiven(request);
  if (/^multipart\/form-data\s*$/i.test(given) || resource.bodyKind === 'multipart')
    return writeParts(allParts(request));
  if (request.raw) {
    const { open, contentType, sizeBytes } = request.raw;
    return { body: open, contentType, sizeBytes };
  }
  if (resource.bodyKind === 'form' && Object.values(request.form).some(isFile))
    return writeParts(toParts(request.form));
  if (resource.bodyKind === 'form' && typeof request.body !== 'string')
    return { body: writeForm({ ...fieldsOf(request.body), ...request.form }), contentType: formType };
  if (typeof request.body === 'string') return writeText(resource, request, request.body);
  return writeValue(resource, request, given);
}

const formType = 'application/x-www-form-urlencoded';
const xmlType = 'text/xml; charset=utf-8';

function writeText(resource: Resource, { tokens }: VendorRequest, body: string): Content {
  const hasTokens = resource.requestParameters.some(({ vendorType }) => vendorType === 'bodyToken');
  const text = fillBody(body, tokens, hasTokens);
  if (isMarkup(text)) return { body: text, contentType: xmlType };
  const isForm = resource.bodyKind === 'form' && !/^\s*[[{]/.test(text);
  return { body: text, contentType: isForm ? formType : 'application/json' };
}

function writeValue(resource: Resource, request: VendorRequest, given: string): Content {
  const bodiless = ['GET', 'HEAD', 'DELETE'].includes(request.method);
  const hasTokens = !bodiless && Object.keys(request.tokens).length > 0;
  if (request.body === undefined && !hasTokens)
    return bodiless ? { body: null } : { body: null, contentType: 'application/json' };
  const body = hasTokens ? fillFields(request.body, request.tokens) : request.body;
  const value = resource.requestRootKey ? wrap(body, resource.requestRootKey) : body;
  const isObject = typeof value === 'object' && value !== null;
  if (isXml(given) && isObject) return { body: writeXml(value), contentType: xmlType };
  if (isObject && !Array.isArray(value) && given.toLowerCase().startsWith(formType))
    return { body: writeForm(fieldsOf(value)), contentType: formType };
  const untouched = value === request.body ? request.bodyText : undefined;
  return { body: untouched ?? stringifyJson(value), contentType: 'application/json' };
}

function writeParts(parts: Part[]): Content {
  const { contentType, sizeBytes, open } = encodeMultipart(parts);
  return { body: open, contentType, sizeBytes, fixedType: true };
}

/** Whatever there is, where a definition says that it sends parts. */
function allParts({ parts, form, body, raw }: VendorRequest): Part[] {
  const file = raw ? [toFilePart(raw, 'name' in raw ? raw.name : 'file')] : [];
  return [...parts, ...file, ...toParts({ ...fieldsOf(body), ...form })];
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function contentTypeGiven({ headers }: VendorRequest): string {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  return given?.[1] ?? '';
}

function isFile(value: unknown): value is FilePart {
  return typeof value === 'object' && value !== null && 'open' in value;
}

/** A form with a file in it can only be a multipart one. */
function toParts(fields: Record<string, unknown>): Part[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => (isFile(value) ? toFilePart(value, name) : { name, value: toText(value) }));
}

function writeForm(fields: Record<string, unknown>): string {
  const pairs: string[][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) pairs.push([name, toText(item)]);
  }
  return new URLSearchParams(pairs).toString();
}

function mergeHeaders(
  headers: Record<string, string>,
  given: Record<string, string>,
  fixedType = false,
): void {
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    const present = Object.keys(headers).find((key) => key.toLowerCase() === lower);
    if (fixedType && lower === 'content-type') continue;
    if (present) delete headers[present];
    if (value === removed) continue;
    if (/[\r\n\0]/.test(value))
      throw new AppError('header-invalid', 400, `The header '${name}' must not hold line breaks.`);
    headers[name] = value;
  }
}

function writeUrl(resource: Resource, request: VendorRequest, target: Target): string {
  const configured = (name: string) =>
    Object.hasOwn(target.configuration, name) ? resolveConfiguration(target.configuration, name) : undefined;
  const segment = (values: Record<string, string>, name: string) =>
    Object.hasOwn(values, name) ? writeSegment(name, values[name] ?? '') : undefined;
  const given = (name: string) => segment(request.pathValues, name);
  // A parameter that was not given leaves nothing behind, as in `?ref={ref}`; a name that nobody knows is left to be seen.
  const optional = (name: string) =>
    resource.requestParameters.some((one) => one.vendorType === 'path' && one.vendorName === name)
      ? ''
      : undefined;
  // The place of a host comes first: an account's whole URL may stand there, and no caller may take its place.
  const isHost = /^\{[^{}]+\}/.test(request.path);
  const path = fillTemplate(request.path, (name) => {
    if (isHost && request.path.startsWith(`{${name}}`) && /^https?:\/\//i.test(configured(name) ?? ''))
      return configured(name)?.replace(/\/+$/, '');
    return given(name) ?? configured(name) ?? segment(request.pathVariables, name) ?? optional(name);
  });
  const base = fillTemplate(resolveConfiguration(target.configuration, 'base.url'), (name) =>
    given(name)?.replaceAll('%3A', ':'),
  ).replace(/\/+$/, '');
  const whole =
    request.url ??
    (/^https?:\/\//i.test(path) ? path : base + (path.startsWith('/') || path === '' ? path : `/${path}`));
  const query = Object.entries(request.query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => [name, item]))
    .map(([name, value]) => `${encode(name ?? '')}=${encode(value ?? '')}`)
    .join('&');
  if (query === '') return whole;
  return whole + (whole.includes('?') ? (/[?&]$/.test(whole) ? '' : '&') : '?') + query;
}

/** Half of a surrogate pair is no text that a URL can hold; it goes as the character that stands for such faults. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** A segment of dots would climb out of the path that the definition gives. */
function writeSegment(name: string, value: string): string {
  if (value === '.' || value === '..') {
    throw new AppError('path-invalid', 400, `'${value}' is no valid value for {${name}} in the path.`);
  }
  return encode(value);
}

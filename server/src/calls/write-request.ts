import { Readable } from 'node:stream';
import { stringifyJson, toText } from '#kernel/json';
import { AppError } from '#kernel/error';
import type { OutboundRequest } from '#platform/outbound';
import type { Resource } from '#elements';
import type { FilePart, Part, Target } from './call.ts';
import { removed } from './hooks.ts';
import { encodeMultipart } from './multipart.ts';
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
  const url = writeUrl(request, target);
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
  if (request.raw) {
    const { open, contentType, sizeBytes } = request.raw;
    return { body: open, contentType, sizeBytes };
  }
  if (resource.bodyKind === 'multipart') {
    const { contentType, sizeBytes, open } = encodeMultipart(request.parts);
    return { body: open, contentType, sizeBytes, fixedType: true };
  }
  if (resource.bodyKind === 'form' && Object.values(request.form).some(isFile)) {
    const { contentType, sizeBytes, open } = encodeMultipart(toParts(request.form));
    return { body: open, contentType, sizeBytes, fixedType: true };
  }
  if (resource.bodyKind === 'form' && typeof request.body !== 'string') {
    return { body: writeForm(request.form), contentType: 'application/x-www-form-urlencoded' };
  }
  if (request.body === undefined) {
    return ['GET', 'HEAD', 'DELETE'].includes(request.method)
      ? { body: null }
      : { body: null, contentType: 'application/json' };
  }
  if (typeof request.body === 'string') {
    const text = fillTokens(request);
    return { body: text, contentType: isMarkup(text) ? 'text/xml; charset=utf-8' : 'application/json' };
  }
  const value = resource.requestRootKey ? wrap(request.body, resource.requestRootKey) : request.body;
  if (isXml(contentTypeGiven(request)) && typeof value === 'object' && value !== null)
    return { body: writeXml(value), contentType: 'text/xml; charset=utf-8' };
  const text = resource.requestRootKey ? stringifyJson(value) : (request.bodyText ?? stringifyJson(value));
  return { body: text, contentType: 'application/json' };
}

function isMarkup(text: string): boolean {
  return /^\s*</.test(text);
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
    .map(([name, value]) => (isFile(value) ? { ...value, name } : { name, value: toText(value) }));
}

function writeForm(fields: Record<string, unknown>): string {
  const pairs: string[][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) pairs.push([name, toText(item)]);
  }
  return new URLSearchParams(pairs).toString();
}

/** Tokens inside an XML text are escaped as XML, inside any other text they stand as they are. */
function fillTokens(request: VendorRequest): string {
  const text = request.body as string;
  const xml = isMarkup(text);
  return fillTemplate(
    text,
    (name) => (Object.hasOwn(request.tokens, name) ? request.tokens[name] : undefined),
    xml ? escapeXml : undefined,
  );
}

const xmlEscapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => xmlEscapes[character] ?? character);
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

function writeUrl(request: VendorRequest, target: Target): string {
  const configured = (name: string) =>
    Object.hasOwn(target.configuration, name) ? resolveConfiguration(target.configuration, name) : undefined;
  const path = fillTemplate(request.path, (name) => {
    if (Object.hasOwn(request.pathValues, name)) return writeSegment(name, request.pathValues[name] ?? '');
    return configured(name);
  });
  const base = resolveConfiguration(target.configuration, 'base.url').replace(/\/+$/, '');
  const whole =
    request.url ??
    (/^https?:\/\//i.test(path) ? path : base + (path.startsWith('/') || path === '' ? path : `/${path}`));
  const query = Object.entries(request.query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => [name, item]))
    .map(([name, value]) => `${encodeURIComponent(name ?? '')}=${encodeURIComponent(value ?? '')}`)
    .join('&');
  if (query === '') return whole;
  return whole + (whole.includes('?') ? (/[?&]$/.test(whole) ? '' : '&') : '?') + query;
}

/** A segment of dots would climb out of the path that the definition gives. */
function writeSegment(name: string, value: string): string {
  if (value === '.' || value === '..') {
    throw new AppError('path-invalid', 400, `'${value}' is no valid value for {${name}} in the path.`);
  }
  return encodeURIComponent(value);
}

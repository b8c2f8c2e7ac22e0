import { XMLBuilder } from 'fast-xml-parser';
import { isRow, putSample, sampleOf } from './sample-values.ts';
import { rowsOf } from './hub-request.ts';
import type { StubReply, StubRequest } from './provider-stub.ts';

type Row = Record<string, unknown>;

/**
 * What the provider of a resource may plausibly answer, the most likely first: a definition does not say it, and its
 * scripts count on a shape.
 */
export function likelyReplies(element: Row, resource: Row): StubReply[] {
  const record = fromModel(resource);
  const rootKey = responseRoot(resource['rootKey']);
  const isXml = /xml/i.test(String((resource['response'] as Row | undefined)?.['contentType'] ?? ''));
  const bodies: unknown[] = [];
  const stated = sampleData(resource);
  if (stated !== undefined) bodies.push(stated);
  const asList = isList(resource);
  for (const value of asList ? [[record], record] : [record, [record]]) {
    if (rootKey) bodies.push(wrap(rootKey, value));
    bodies.push(value);
  }
  const hooks = [...rowsOf(resource['hooks']), ...rowsOf(element['hooks'])];
  const hinted = fromScripts(hooks, record);
  if (hinted) bodies.unshift(hinted);
  bodies.push({}, []);
  const replies = bodies.map((body) => (isXml ? xmlReply(body) : { body: JSON.stringify(body) }));
  return [...replies, { body: '' }];
}

/** How often another plausible reply is tried when connecting fails. */
export const provisioningAttempts = 6;

/**
 * Tokens of every kind, and every value that the definition takes out of a reply; for its own resources that run when an
 * account is connected, what their scripts count on.
 *
 * @param attempt from 0; later ones are less likely.
 */
export function provisioningReply(element: Row, attempt = 0): (request: StubRequest) => StubReply {
  const body: Row = {
    access_token: 'sample-access-token',
    refresh_token: 'sample-refresh-token',
    token_type: 'bearer',
    expires_in: 3600,
    id: 'sample',
    name: 'sample',
  };
  const headers: Record<string, string> = {};
  for (const row of rowsOf(element['resources']).flatMap(({ parameters }) => rowsOf(parameters))) {
    if (row['source'] !== 'response') continue;
    const name = String(row['vendorName']);
    if (row['vendorType'] === 'header') headers[name] = 'sample';
    else if (/^[\w.[\]:-]+$/.test(name)) putSample(body, name.replace(/^body\./, ''), 'sample');
  }
  const steps = rowsOf(element['resources']).filter(({ type }) => !String(type ?? 'api').startsWith('api'));
  return (request) => {
    // RFC 5849 §2.1: token endpoints of OAuth 1 answer a form.
    if (/oauth_consumer_key/.test(`${String(request.headers['authorization'])} ${request.url}`)) {
      const form = 'oauth_token=sample-token&oauth_token_secret=sample-secret&oauth_callback_confirmed=true';
      return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form };
    }
    const step = steps.find((one) => isCallOf(one, request));
    if (!step) return { headers, body: JSON.stringify(body) };
    const replies = likelyReplies(element, step);
    const reply = replies[Math.min(attempt, replies.length - 1)] ?? { body: '' };
    return { ...reply, headers: { ...headers, ...reply.headers }, body: withTokens(reply.body, body) };
  };
}

/** Whether a request is that of a resource: its method, and the end of its path where nothing is filled in. */
function isCallOf(resource: Row, { method, url }: StubRequest): boolean {
  const stated =
    String(resource['vendorPath'] ?? '')
      .replace(/^https?:\/\/[^/]*/i, '')
      .split('?')[0] ?? '';
  const tail = stated.split('}').at(-1) ?? '';
  const path = url.split('?')[0] ?? '';
  return (
    String(resource['vendorMethod'] ?? resource['method']).toUpperCase() === method &&
    stated !== '' &&
    path.endsWith(tail)
  );
}

/** The tokens beside whatever else an object holds. */
function withTokens(text: string, tokens: Row): string {
  if (!text.startsWith('{')) return text;
  return JSON.stringify({ ...tokens, ...(JSON.parse(text) as Row) });
}

function fromModel(resource: Row): Row {
  const { model } = resource;
  const sample =
    isRow(model) && isRow(model['swagger']) && typeof model['name'] === 'string'
      ? sampleOf(model['swagger'][model['name']], model['swagger'])
      : undefined;
  const record = Array.isArray(sample) ? sample[0] : sample;
  return isRow(record) && Object.keys(record).length > 0 ? record : { id: 'sample', name: 'sample' };
}

function sampleData(resource: Row): unknown {
  const { response } = resource;
  const text = isRow(response) ? response['sampleData'] : undefined;
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isList(resource: Row): boolean {
  const path = String(resource['path']);
  return String(resource['method']).toUpperCase() === 'GET' && !path.endsWith('}');
}

function responseRoot(rootKey: unknown): string | undefined {
  if (typeof rootKey !== 'string') return undefined;
  const side = rootKey.includes('|') ? rootKey.split('|')[1] : rootKey;
  return side?.trim() || undefined;
}

function wrap(rootKey: string, value: unknown): Row {
  const body: Row = {};
  putSample(body, rootKey.replace(/^\./, ''), value);
  return body;
}

/** Fields that the resource's scripts read of the reply: `response_body.records` is there, as a list if it is used as one. */
function fromScripts(hooks: Row[], record: Row): Row | undefined {
  const body: Row = {};
  for (const script of hooks.map((hook) => String(hook['body'] ?? ''))) {
    for (const match of script.matchAll(/\bresponse_body((?:\.\w+|\[["'][^"']+["']\])+)/g)) {
      const names = (match[1] ?? '').split(/[.[\]"']+/).filter(Boolean);
      const used = names.findIndex((name) => listMethods.has(name));
      const path = used < 0 ? names : names.slice(0, used);
      if (path.length === 0 || /error|fault/i.test(path.join('.'))) continue;
      const isUsedAsList = used >= 0 || script.includes(`${path.at(-1)}[`);
      put(body, path, isUsedAsList ? [{ ...record }] : valueOf(path.at(-1) ?? ''));
    }
  }
  return Object.keys(body).length > 0 ? { ...record, ...body } : undefined;
}

/** A reply of success. */
function valueOf(name: string): unknown {
  if (/status_?code$/i.test(name)) return 200;
  return /^(success|ok|isSuccess)$/i.test(name) ? true : 'sample';
}

const listMethods = new Set([
  'length',
  'map',
  'forEach',
  'filter',
  'push',
  'reduce',
  'find',
  'sort',
  'slice',
  'concat',
]);

/** Like setPath, but what is there already goes on to hold what is deeper. */
function put(target: Row, path: string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (name === '__proto__') return;
  if (rest.length === 0) {
    if (!isRow(target[name]) && !Array.isArray(target[name])) target[name] = value;
    return;
  }
  if (!isRow(target[name])) target[name] = {};
  put(target[name] as Row, rest, value);
}

const xml = new XMLBuilder({});

function xmlReply(body: unknown): StubReply {
  const value = isRow(body) && Object.keys(body).length === 1 ? body : { root: body };
  return { headers: { 'content-type': 'text/xml' }, body: String(xml.build(value)) };
}

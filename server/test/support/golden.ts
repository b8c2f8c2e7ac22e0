import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Element } from '#elements';
import type { Reply, TestApp } from './app.ts';
import type { Provider, ReceivedFile, ReceivedRequest } from './provider.ts';

/** A golden example: hub call → expected provider calls with their replies → hub reply. */
export interface Example {
  name: string;
  configuration?: Record<string, string>;
  request: {
    method: string;
    path: string;
    headers?: Record<string, string>;
    body?: unknown;
    multipart?: Record<string, unknown>;
  };
  provider: ProviderExchange[];
  /** `headers` are a subset; a null there means that the header is absent. */
  reply: { status: number; headers?: Record<string, string | null>; body?: unknown };
}

export interface ProviderExchange {
  request: {
    method: string;
    path: string;
    headers?: Record<string, string | null>;
    body?: unknown;
    form?: Record<string, string>;
    multipart?: Record<string, unknown>;
  };
  reply: { status?: number; headers?: Record<string, string | string[]>; body?: unknown };
}

/** What a provider's webhook brings → what the callback is told of it, as far as the example speaks of that. */
export interface EventExample {
  name: string;
  configuration?: Record<string, string>;
  /** A text is sent as it is. */
  webhook: { headers?: Record<string, string>; body: unknown };
  events: object[];
}

/** The examples in a folder of JSON files that hold one or several each. */
export function readExamples(folder: string): Example[] {
  if (!existsSync(folder)) return [];
  const special = ['provision.json', 'events.json'];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && !special.includes(name));
  return files.sort().flatMap((name) => readJson(join(folder, name)) as Example | Example[]);
}

/** What the provider is asked while an account is connected, where the definition has resources for that. */
export function readProvisioning(folder: string): ProviderExchange[] {
  const file = join(folder, 'provision.json');
  return existsSync(file) ? (readJson(file) as { provider: ProviderExchange[] }).provider : [];
}

/** Examples of webhooks, in `events.json`. */
export function readEventExamples(folder: string): EventExample[] {
  const file = join(folder, 'events.json');
  return existsSync(file) ? (readJson(file) as EventExample[]) : [];
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Connects an account of its own (so that no limit of the example before counts), makes the call and compares. */
export async function playExample(
  {
    app,
    provider,
    element,
    provisioning,
  }: { app: TestApp; provider: Provider; element: Element; provisioning: ProviderExchange[] },
  example: Example,
): Promise<void> {
  provider.reset();
  answerInOrder(provider, provisioning);
  const instance = await app.connect(element.key, {
    configuration: { ...fillRequired(element), ...example.configuration },
  });
  provider.reset();
  answerInOrder(provider, example.provider);
  const { method, path, headers = {}, body, multipart } = example.request;
  const reply = await instance.call(method, path, {
    headers,
    ...(multipart ? { body: toFormData(multipart) } : typeof body === 'string' ? { body } : { json: body }),
  });
  const expectedCalls = example.provider.map(({ request }) => normalize(request));
  const calls = await Promise.all(
    provider.received.map((received, index) => describe(received, example.provider[index]?.request)),
  );
  expect({ providerCalls: calls, reply: describeReply(reply, example.reply) }).toEqual({
    providerCalls: expectedCalls,
    reply: example.reply,
  });
}

/** Sends what the provider would send to an account of its own, and compares what reaches its callback. */
export async function playEventExample(
  {
    app,
    provider,
    element,
    provisioning,
  }: { app: TestApp; provider: Provider; element: Element; provisioning: ProviderExchange[] },
  { configuration, webhook, events }: EventExample,
): Promise<void> {
  provider.reset();
  answerInOrder(provider, provisioning);
  const { id } = await app.connect(element.key, {
    configuration: {
      ...fillRequired(element),
      'event.notification.enabled': 'true',
      'event.vendor.type': 'webhook',
      'event.notification.callback.url': `${provider.url}/callback`,
      ...configuration,
    },
  });
  provider.on({ 'POST /callback': { status: 200 } });
  const delivered = provider.next('POST /callback');
  const { headers = {}, body } = webhook;
  const taken = await app.call('POST', `/events/${element.key}/${btoa(String(id))}`, {
    authorization: null,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect([taken.status, taken.text]).toEqual([200, expect.any(String)]);
  const { message } = (await delivered).json() as { message: { events: Record<string, string>[] } };
  const told = message.events.map((event, index) => (events[index] ? pick(event, events[index]) : event));
  expect(told).toEqual(events);
}

/** Answers each call as the example says, as long as the calls are those that it names. */
function answerInOrder(provider: Provider, exchanges: ProviderExchange[]): void {
  const left = [...exchanges];
  provider.answer((received) => {
    const next = left.shift();
    const asked = `${received.method} ${sortQuery(received.url)}`;
    if (next && asked === `${next.request.method} ${sortQuery(next.request.path)}`) return next.reply;
    return {
      status: 599,
      headers: { 'content-type': 'text/plain' },
      body: `The example has no call ${asked} at this place.`,
    };
  });
}

function fillRequired(element: Element): Record<string, string> {
  const asked = element.configuration.filter((row) => row.required && !row.internal && !row.defaultValue);
  return Object.fromEntries(
    asked.map(({ key }) => [key, /url/.test(key) ? 'https://example.com/callback' : `golden-${key}`]),
  );
}

function toFormData(parts: Record<string, unknown>): FormData {
  const data = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (isFile(part))
      data.append(name, new File([part.content ?? ''], part.filename, { type: part.contentType ?? '' }));
    else data.append(name, typeof part === 'string' ? part : JSON.stringify(part));
  }
  return data;
}

function isFile(part: unknown): part is { filename: string; contentType?: string; content?: string } {
  return typeof part === 'object' && part !== null && 'filename' in part;
}

/** The order of query parameters does not matter, nor how much of them is percent-encoded. */
function sortQuery(url: string): string {
  const [path = '', query] = url.split('?', 2);
  if (query === undefined) return path;
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${name}=${value}`);
  return `${path}?${pairs.sort().join('&')}`;
}

function normalize(request: ProviderExchange['request']): object {
  return { ...request, path: sortQuery(request.path) };
}

/** What was received, as far as the example speaks of it. */
async function describe(received: ReceivedRequest, expected?: ProviderExchange['request']): Promise<object> {
  const seen: Record<string, unknown> = { method: received.method, path: sortQuery(received.url) };
  if (!expected) return { ...seen, 'not in the example': true };
  if (expected.headers) seen['headers'] = pick(received.headers, expected.headers);
  if ('body' in expected)
    seen['body'] = typeof expected.body === 'string' ? received.text : parseOr(received.text);
  if (expected.form) seen['form'] = received.form();
  if (expected.multipart) {
    const isMultipart = (received.headers['content-type'] ?? '').startsWith('multipart/form-data');
    seen['multipart'] = isMultipart
      ? describeParts(await received.multipart(), expected.multipart)
      : 'no multipart body';
  }
  return seen;
}

function describeParts(
  parts: Record<string, string | ReceivedFile>,
  expected: Record<string, unknown>,
): object {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => {
      const wanted = expected[name];
      if (typeof part === 'string') return [name, typeof wanted === 'object' ? parseOr(part) : part];
      const all: Record<string, string> = { ...part, content: part.content.toString('utf8') };
      return [name, typeof wanted === 'object' && wanted !== null ? pick(all, wanted) : all];
    }),
  );
}

function describeReply(reply: Reply, expected: Example['reply']): object {
  const seen: Record<string, unknown> = { status: reply.status };
  if (expected.headers) seen['headers'] = pick(reply.headers, expected.headers);
  if ('body' in expected || reply.status !== expected.status) {
    const asText = typeof expected.body === 'string' && typeof reply.body !== 'string';
    seen['body'] = asText ? reply.text : withoutRequestId(reply.body ?? reply.text);
  }
  return seen;
}

/** It is another one each time. */
function withoutRequestId(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('requestId' in body)) return body;
  const { requestId: _, ...rest } = body;
  return rest;
}

function pick(values: Record<string, string | undefined>, wanted: object): Record<string, string | null> {
  return Object.fromEntries(
    Object.keys(wanted).map((name) => [name, values[name.toLowerCase()] ?? values[name] ?? null]),
  );
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

import { getPath } from '#kernel/path';
import { toText } from '#kernel/json';
import { silentLog } from '#kernel/log';
import type { Log } from '#kernel/log';
import { OutboundError } from '#platform/outbound';
import type { Outbound, OutboundReply } from '#platform/outbound';
import type { Scripting } from '#platform/scripting';
import type { Parameter, Resource } from '#elements';
import { authorize, isSigned, sign } from './authorize.ts';
import type { CallInput, CallReply, ReplyBody, Target } from './call.ts';
import { addressRefused, chainBroken, chainTooLong, javaUnsupported, providerFailed } from './errors.ts';
import { runHook } from './hooks.ts';
import type { HookParts, HookState, VendorReply } from './hooks.ts';
import { withVariables } from './instance-variables.ts';
import { applyParameters } from './parameters.ts';
import { readProviderMessage, readSoapFault } from './provider-message.ts';
import {
  contentTypeOf,
  discard,
  isJson,
  parseReply,
  parseXmlReply,
  readReplyText,
  shownHeaders,
} from './read-reply.ts';
import { isXml } from './xml.ts';
import { readEvents } from './read-events.ts';
import type { EventsRead } from './read-events.ts';
import { readKey, unwrap } from './root-key.ts';
import { newVendorRequest } from './vendor-request.ts';
import { writeRequest } from './write-request.ts';

export interface Calls {
  /**
   * Calls a resource at the provider: parameters, hooks, sending, reading the reply, and the resources chained to it.
   * A provider's error reply is returned, not thrown.
   *
   * @throws AppError 400 for what the caller did wrong, 502 when the provider cannot be reached or read.
   */
  execute(resource: Resource, input: CallInput, target: Target): Promise<CallReply>;
  /**
   * The URL that a resource would call, which is not called: for a person's browser to open. A hook may give it in
   * place of a reply: as text, or as `url` or `oauthUrl`.
   */
  writeUrl(resource: Resource, input: CallInput, target: Target): Promise<string>;
  /** Runs the element's event hooks on what its provider sent. @throws 500 when a hook fails. */
  readEvents(payload: Record<string, unknown>, target: Target): Promise<EventsRead>;
}

const longestChain = 5;

interface Parts extends HookParts {
  outbound: Outbound;
}

/** @param given without a log, what hooks print is lost. */
export function createCalls(given: { outbound: Outbound; scripting: Scripting; log?: Log }): Calls {
  const parts = { log: silentLog, ...given };
  return {
    async execute(resource, input, plain) {
      if (resource.kind === 'java') throw javaUnsupported();
      const target = withVariables(plain);
      let reply = await callOnce(parts, resource, input, target);
      if (!resource.nextResource) return reply;
      const updates = { ...reply.configuration };
      let current = resource;
      for (let links = 1; current.nextResource && !reply.error; links++) {
        if (links >= longestChain) throw chainTooLong(longestChain);
        const next = target.element.nextOf(current);
        if (!next) throw chainBroken(`${current.nextResource.method} ${current.nextResource.path}`);
        const previous = {
          body: bodyOf(reply),
          headers: reply.headers,
        };
        // What the calls before have stored, such as a token, is there for this one.
        const configuration = { ...target.configuration, ...updates };
        reply = await callOnce(parts, next, { ...input, previous }, { ...target, configuration });
        Object.assign(updates, reply.configuration);
        current = next;
      }
      return { ...reply, configuration: updates };
    },
    async writeUrl(resource, input, target) {
      const prepared = await prepare(parts, resource, input, withVariables(target));
      const body = prepared.reply?.body;
      if (typeof body === 'string') return body;
      if (body !== undefined) return toText(getPath(body, 'oauthUrl') ?? getPath(body, 'url'));
      return writeRequest(resource, prepared.request, prepared.target).url;
    },
    readEvents: (payload, target) => readEvents(parts, target.element.eventHooks, payload, target),
  };
}

function bodyOf({ body }: CallReply): unknown {
  if (body.kind === 'json') return body.value;
  return body.kind === 'text' ? body.text : undefined;
}

/** Parameters and pre-request hooks; `reply` is set where a hook has answered in the provider's place. */
async function prepare(
  parts: HookParts,
  resource: Resource,
  input: CallInput,
  target: Target,
): Promise<HookState> {
  const request = newVendorRequest(resource.vendorMethod, resource.vendorPath, input.pathVariables);
  const own = { ...target, configuration: configurationFor(resource, target) };
  applyParameters(resource, input, own, request);
  Object.assign(own.configuration, request.configuration);
  if (input.nextUrl !== undefined) {
    request.url = input.nextUrl;
    request.query = {};
  }
  const state: HookState = {
    resource,
    input,
    // Hooks may store values; the caller's own copy of the configuration stays untouched.
    target: own,
    request,
    reply: undefined,
    configuration: { ...request.configuration },
    isTranslated: false,
  };
  let send = true;
  for (const hook of resource.preRequestHooks) {
    send = await runHook(parts, hook, state);
    if (!send || state.reply) break;
  }
  if (!send)
    state.reply ??= {
      status: 200,
      headers: {},
      body: undefined,
      text: '',
      raw: undefined,
      error: undefined,
      added: {},
    };
  return state;
}

/**
 * A copy. What the operator lends to a shipped element is not for an account's own resources on it, which could send it
 * anywhere: they see its URLs alone.
 */
function configurationFor(resource: Resource, { element, configuration }: Target): Record<string, string> {
  if (!resource.isOwn) return { ...configuration };
  const lent = element.configuration.filter(
    ({ key, defaultValue }) =>
      element.operatorKeys.has(key) &&
      configuration[key] === defaultValue &&
      !/^https?:/.test(defaultValue ?? ''),
  );
  const keys = new Set(lent.map(({ key }) => key));
  return Object.fromEntries(Object.entries(configuration).filter(([key]) => !keys.has(key)));
}

async function callOnce(
  parts: Parts,
  resource: Resource,
  input: CallInput,
  target: Target,
): Promise<CallReply> {
  const state = await prepare(parts, resource, input, target);
  if (state.reply) return finish(parts, state, undefined);
  authorize(resource, state.target, state.request);
  const sent = await sendRequest(target.outbound ?? parts.outbound, resource, state);
  return receive(parts, resource, state, sent);
}

async function sendRequest(outbound: Outbound, resource: Resource, state: HookState): Promise<OutboundReply> {
  const written = writeRequest(resource, state.request, state.target);
  const request = isSigned(state.target.element) ? await sign(resource, state.target, written) : written;
  try {
    return await outbound.send(request);
  } catch (error) {
    throw toCallError(error, state.target.element.name);
  }
}

/** Tells whose fault it is that a provider was not reached. */
export function toCallError(error: unknown, provider: string): unknown {
  if (!(error instanceof OutboundError)) return error;
  switch (error.kind) {
    case 'invalid-url':
    case 'refused-address':
      return addressRefused(error.message);
    case 'timeout':
      return providerFailed(`${provider} did not answer in time. Try again later.`, error.message, error);
    case 'reset':
      return providerFailed(
        `${provider} closed the connection before it had answered. Try again later.`,
        error.message,
        error,
      );
    default:
      return providerFailed(`${provider} cannot be reached. Try again later.`, error.message, error);
  }
}

async function receive(
  parts: HookParts,
  resource: Resource,
  state: HookState,
  sent: OutboundReply,
): Promise<CallReply> {
  const contentType = contentTypeOf(sent);
  const json = isJson(contentType);
  const xml = !resource.rawReply && isXml(contentType);
  const failed = isFailure(sent.status);
  if (
    !failed &&
    contentType !== '' &&
    passes(resource, json || xml || misleads(resource, contentType), state.input)
  ) {
    return streamed(state, sent, contentType);
  }
  const text = await readReplyText(sent);
  const looksJson = /^\s*[[{]/.test(text);
  const readable = json || (contentType === '' && looksJson);
  const mislabelled = !readable && looksJson && misleads(resource, contentType);
  const parse = xml ? parseXmlReply : readable || mislabelled ? parseReply : undefined;
  const body = text === '' ? undefined : parse ? parseOr(parse, text, failed || mislabelled) : text;
  state.isTranslated = xml;
  const isRead = xml || (mislabelled && typeof body !== 'string');
  const { headers } = sent;
  // SOAP 1.1 §6.2 wants a fault to come as a 500; not all providers keep to it.
  const status = xml && sent.status < 400 && isFault(body) ? 500 : sent.status;
  state.reply = { status, headers, body, text, raw: body, error: undefined, added: {} };
  return finish(parts, state, isRead ? 'application/json' : contentType);
}

function isFault(body: unknown): boolean {
  return typeof body === 'object' && body !== null && readSoapFault(body) !== undefined;
}

/** Where a definition says JSON, some providers send it as another kind of text. */
function misleads(resource: Resource, contentType: string): boolean {
  return (
    resource.expectsJson &&
    /^\s*(?:text\/(?:plain|html|javascript)|application\/(?:x-)?javascript)\b/i.test(contentType)
  );
}

/** Whether the definition leaves the reply as it is, so that it need not be held in memory. */
function passes(resource: Resource, json: boolean, input: CallInput): boolean {
  return (
    (!json || input.mayStreamJson === true) &&
    resource.postRequestHooks.length === 0 &&
    (resource.responseRootKeys.length === 0 || !json) &&
    resource.responseParameters.length === 0 &&
    resource.nextResource === undefined
  );
}

/** A redirect that was not followed leads the caller nowhere. */
function isFailure(status: number): boolean {
  return status >= 400 || (status >= 300 && status !== 304);
}

/** An error page that calls itself JSON or XML and is not must not hide the provider's status. */
function parseOr(parse: (text: string) => unknown, text: string, failed: boolean): unknown {
  if (!failed) return parse(text);
  try {
    return parse(text);
  } catch {
    return text;
  }
}

function streamed(state: HookState, sent: OutboundReply, contentType: string): CallReply {
  const headers = shownHeaders(sent.headers);
  if (sent.status === 204 || sent.status === 205) void discard(sent);
  const length = sent.headers['content-length'];
  const body: ReplyBody =
    sent.status === 204 || sent.status === 205
      ? { kind: 'none' }
      : {
          kind: 'stream',
          stream: sent.body,
          contentType,
          headers: typeof length === 'string' ? { 'content-length': length } : {},
        };
  return {
    status: sent.status,
    headers,
    body,
    nextPage: undefined,
    totalCount: undefined,
    configuration: state.configuration,
    error: undefined,
  };
}

/** Ours to write: what a hook puts there is the provider's cursor. */
const nextPageHeader = 'elements-next-page-token';

/** Post-request hooks, stored values, root key: from the provider's reply to ours. */
async function finish(
  parts: HookParts,
  state: HookState,
  contentType: string | undefined,
): Promise<CallReply> {
  const { resource } = state;
  const reply = state.reply as VendorReply;
  const raw = reply.body;
  const nextPage = readKey(resource.nextPageKey, raw, reply.headers);
  const total = Number(readKey(resource.totalCountKey, raw, reply.headers));
  for (const hook of resource.postRequestHooks) await runHook(parts, hook, state);
  if (!isFailure(reply.status)) storeParameters(state, raw, reply);
  const failed = isFailure(reply.status) || reply.error !== undefined;
  const headers = Object.assign(shownHeaders(reply.headers), reply.added);
  delete headers[nextPageHeader];
  const value = failed ? reply.body : unwrap(reply.body, resource.responseRootKeys);
  const unchanged = value === raw && reply.body === raw && !state.isTranslated;
  return {
    status: reply.status,
    headers,
    body: toBody(value, unchanged ? reply.text : undefined, contentType),
    nextPage: reply.added[nextPageHeader] || nextPage,
    totalCount: Number.isFinite(total) ? total : undefined,
    configuration: state.configuration,
    error: failed
      ? { message: reply.error, providerMessage: readProviderMessage(reply.body, reply.text) }
      : undefined,
  };
}

function toBody(value: unknown, text: string | undefined, contentType: string | undefined): ReplyBody {
  if (value === undefined) return { kind: 'none' };
  if (typeof value === 'string' && contentType !== undefined && !isJson(contentType)) {
    return { kind: 'text', text: value, contentType: contentType || 'text/plain' };
  }
  return text ? { kind: 'json', value, text } : { kind: 'json', value };
}

/** Rows with `source: response` keep values of the reply in the instance: sessions, ids, tokens. */
function storeParameters({ resource, configuration }: HookState, raw: unknown, reply: VendorReply): void {
  for (const parameter of resource.responseParameters) {
    const found =
      parameter.vendorType === 'header'
        ? reply.headers[parameter.vendorName.toLowerCase()]
        : (getPath(raw, parameter.vendorName) ?? getPath(reply.body, parameter.vendorName));
    if (found === undefined || found === null) continue;
    const text =
      Array.isArray(found) && parameter.vendorType === 'header' ? joined(parameter, found) : toText(found);
    if (parameter.type === 'header') reply.added[parameter.name.toLowerCase()] = text;
    configuration[parameter.name] = text;
  }
}

/** A header that came several times; of cookies, what is to be sent back. */
function joined({ vendorName }: Parameter, values: string[]): string {
  if (vendorName.toLowerCase() !== 'set-cookie') return values.join(', ');
  return values.map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

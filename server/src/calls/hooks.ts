import { isRow, parseJson, stringifyJson, toText } from '#kernel/json';
import { Readable } from 'node:stream';
import { AppError } from '#kernel/error';
import type { Hook, Resource } from '#elements';
import { ScriptError } from '#platform/scripting';
import type { ScriptOutcome, Scripting } from '#platform/scripting';
import type { Log } from '#kernel/log';
import type { CallInput, FilePart, HookRun, Part, Target } from './call.ts';
import { scriptFailed } from './errors.ts';
import { readProviderMessage } from './provider-message.ts';
import { resolveConfiguration } from './template.ts';
import type { VendorRequest } from './vendor-request.ts';

/** The provider's reply while post-request hooks are at work on it. */
export interface VendorReply {
  status: number;
  headers: Record<string, string | string[]>;
  /** Parsed where it was JSON, else its text; undefined when there was none. */
  body: unknown;
  /** As the provider sent it. */
  text: string;
  /** What that was read as; hooks do not change it. */
  raw: unknown;
  /** Set by a hook: makes the reply an error. */
  error: string | undefined;
  /** Headers that hooks added. */
  added: Record<string, string>;
}

export interface HookState {
  resource: Resource;
  input: CallInput;
  target: Target;
  request: VendorRequest;
  reply: VendorReply | undefined;
  /** Values that hooks want stored in the instance. */
  configuration: Record<string, string>;
  /** The provider's reply was XML and is an object now: its text is not what the caller gets. */
  isTranslated: boolean;
}

/** What hooks run on and tell to. */
export interface HookParts {
  scripting: Scripting;
  log: Log;
}

/**
 * Runs one hook and applies what it gave to `done`. What it prints is logged, and the mails that it asks for: none is sent.
 *
 * @returns false when the hook said `continue: false`.
 * @throws 500 with the hook's name and line when it threw or broke a limit: the definition is at fault, not the caller.
 */
export async function runHook(parts: HookParts, hook: Hook, state: HookState): Promise<boolean> {
  const run: HookRun = {
    name: hook.name,
    when: state.reply ? 'postRequest' : 'preRequest',
    startedAtMs: Date.now(),
    durationMs: 0,
    outcome: 'failed',
  };
  const begun = performance.now();
  try {
    const goesOn = await runWatched(parts, hook, state, run);
    run.outcome = goesOn ? 'done' : 'stopped';
    return goesOn;
  } finally {
    run.durationMs = performance.now() - begun;
    state.target.hookRan?.(run);
  }
}

async function runWatched(parts: HookParts, hook: Hook, state: HookState, run: HookRun): Promise<boolean> {
  const options = {
    tenant: state.target.tenant,
    ...(state.target.scriptFetch ? { fetch: state.target.scriptFetch } : {}),
  };
  let outcome: ScriptOutcome;
  try {
    outcome = await parts.scripting.run(hook, bindings(state), options);
  } catch (error) {
    if (error instanceof ScriptError) throw scriptFailed(error.message);
    throw error;
  }
  noteOutcome(parts.log, hook, state.target, outcome);
  const result = outcome.result;
  if (!result) return true;
  run.output = result;
  applyConfiguration(result, state);
  if (state.reply) applyToReply(result, state.reply);
  else applyToRequest(result, state);
  return result['continue'] !== false;
}

/** What a hook printed is logged, and the mails that it asks for: none is sent. */
export function noteOutcome(log: Log, hook: Hook, target: Target, outcome: ScriptOutcome): void {
  const about = { hook: hook.name, instanceId: target.instanceId };
  for (const { to, subject } of outcome.notifications)
    log.info(
      { ...about, to, subject },
      'A hook asks for a mail, which is not sent: there is no mail server.',
    );
  if (outcome.console.length > 0)
    log.debug({ ...about, lines: outcome.console }, 'A hook printed something.');
}

function bindings({ resource, input, target, request, reply }: HookState): Record<string, unknown> {
  const body = textOf(input);
  const vendorBody = vendorBodyOf(resource, request);
  const all: Record<string, unknown> = {
    request_method: input.method,
    request_path: input.path,
    request_path_variables: input.pathVariables,
    request_parameters: input.query,
    request_headers: input.headers,
    request_body: body.text,
    request_body_map: body.map,
    request_expression: input.expression ?? [],
    request_root_key: resource.requestRootKey,
    request_vendor_method: request.method,
    request_vendor_path: request.path,
    request_vendor_url: request.url ?? resolveConfiguration(target.configuration, 'base.url') + request.path,
    request_vendor_parameters: { ...request.unsent, ...request.query },
    request_vendor_headers: shownToHooks(request.headers),
    request_vendor_body: vendorBody.text,
    request_vendor_body_map: vendorBody.map,
    request_previous_response: input.previous?.body,
    request_previous_response_headers: input.previous?.headers,
    configuration: target.configuration,
    object_name: resource.objectName ?? input.pathVariables['objectName'],
    meta_data: undefined,
    events: undefined,
    response_body: reply?.body,
    response_body_map: typeof reply?.body === 'object' ? reply.body : undefined,
    response_body_raw: reply?.text,
    response_body_raw_map: typeof reply?.raw === 'object' ? reply.raw : undefined,
    response_headers: reply?.headers,
    response_status_code: reply?.status,
    response_iserror: reply ? reply.status >= 400 || reply.error !== undefined : undefined,
    response_error: reply && errorOf(reply),
  };
  return all;
}

function errorOf({ status, error, body, text }: VendorReply): string | undefined {
  return error ?? (status >= 400 ? readProviderMessage(body, text) : undefined);
}

/** A header that an earlier hook has removed is null to the later ones. */
function shownToHooks(headers: Record<string, string>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === removed ? null : value]),
  );
}

function textOf({ body }: CallInput): { text: string | undefined; map: unknown } {
  if (body.kind === 'json') return { text: body.text, map: body.value };
  if (body.kind === 'form') return { text: stringifyJson(body.fields), map: body.fields };
  if (body.kind !== 'multipart') return { text: undefined, map: undefined };
  const map = Object.fromEntries(body.parts.map((part) => [part.name, describePart(part, true)]));
  return { text: stringifyJson(map), map };
}

/** What a hook sees of a part: a text (JSON texts parsed), or a description of the file. */
function describePart(part: Part, parse: boolean): unknown {
  if ('open' in part)
    return { file: true, filename: part.filename, contentType: part.contentType, sizeBytes: part.sizeBytes };
  if (parse && /^\s*[[{]/.test(part.value)) {
    try {
      return JSON.parse(part.value) as unknown;
    } catch {
      return part.value;
    }
  }
  return part.value;
}

function vendorBodyOf(
  resource: Resource,
  request: VendorRequest,
): { text: string | undefined; map: unknown } {
  if (resource.bodyKind === 'multipart') {
    const map = Object.fromEntries(request.parts.map((part) => [part.name, describePart(part, false)]));
    return { text: stringifyJson(map), map };
  }
  const value = resource.bodyKind === 'form' ? request.form : request.body;
  if (value === undefined) return { text: undefined, map: undefined };
  if (typeof value === 'string') return { text: value, map: undefined };
  return { text: request.bodyText ?? stringifyJson(value), map: value };
}

function applyConfiguration(result: Record<string, unknown>, state: HookState): void {
  const given = result['configuration'];
  if (typeof given !== 'object' || given === null) return;
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    const text = toText(value);
    if (state.target.configuration[key] === text) continue;
    state.configuration[key] = text;
    state.target.configuration[key] = text;
  }
}

function applyToRequest(result: Record<string, unknown>, state: HookState): void {
  const { request, resource } = state;
  const given = (key: string) => (Object.hasOwn(result, key) ? result[key] : undefined);
  const parameters = given('request_vendor_parameters');
  if (isRow(parameters)) request.query = withoutUnsent(parameters, request.unsent);
  const headers = given('request_vendor_headers');
  if (isRow(headers)) applyHeaders(headers, request);
  if (typeof given('request_vendor_path') === 'string') request.path = String(given('request_vendor_path'));
  if (typeof given('request_vendor_url') === 'string') request.url = String(given('request_vendor_url'));
  if (typeof given('request_vendor_method') === 'string')
    request.method = String(given('request_vendor_method')).toUpperCase();
  const body = given('request_vendor_body_map') ?? given('request_vendor_body');
  if (body !== undefined) applyBody(body, resource, request);
  const reply = replyOf(result);
  if (reply) state.reply = reply;
}

/** A pre-request hook may answer in the provider's place. */
function replyOf(result: Record<string, unknown>): VendorReply | undefined {
  const answers = [
    'response_body',
    'response_status_code',
    'response_error',
    'response_error_message',
    'response_body_raw',
  ];
  if (result['continue'] !== false && !('response_error' in result || 'response_error_message' in result))
    return undefined;
  const reply: VendorReply = {
    status: 200,
    headers: {},
    body: undefined,
    text: '',
    raw: undefined,
    error: undefined,
    added: {},
  };
  if (answers.some((key) => key in result) || 'response_headers' in result) applyToReply(result, reply);
  return reply;
}

function withoutUnsent(
  parameters: Record<string, unknown>,
  unsent: Record<string, unknown>,
): VendorRequest['query'] {
  const query: VendorRequest['query'] = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined) continue;
    if (Object.hasOwn(unsent, name) && unsent[name] === value) continue;
    query[name] = Array.isArray(value) ? value.map(toText) : toText(value);
  }
  return query;
}

/** A header that a hook sets to null is removed, our defaults included. */
function applyHeaders(headers: Record<string, unknown>, request: VendorRequest): void {
  const next: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === null || value === undefined) next[name] = removed;
    else next[name] = toText(value);
  }
  request.headers = next;
}

/** Marks a header that must not be sent, even where there is a default for it. */
export const removed = '\u0000removed';

function applyBody(body: unknown, resource: Resource, request: VendorRequest): void {
  request.bodyText = undefined;
  const value = typeof body === 'string' && resource.bodyKind !== 'json' ? parseOrText(body) : body;
  if (resource.bodyKind === 'multipart' && isRow(value)) {
    const before = new Map(request.parts.map((part) => [part.name, part]));
    request.parts = Object.entries(value)
      .filter(([, content]) => content !== null && content !== undefined)
      .map(([name, content]) => toPart(name, content, before));
  } else if (resource.bodyKind === 'form' && isRow(value)) request.form = value;
  else request.body = value;
}

function toPart(name: string, content: unknown, before: Map<string, Part>): Part {
  if (!isRow(content)) return { name, value: toText(content) };
  if (content['file'] === true) {
    const source = typeof content['part'] === 'string' ? content['part'] : name;
    const file = before.get(source);
    if (file && 'open' in file) return renamed(file, name, content);
    throw new AppError(
      'hook-part-unknown',
      500,
      `A hook passed on the file '${source}', but the request has no such part.`,
    );
  }
  if (typeof content['content'] !== 'string') return { name, value: stringifyJson(content) };
  const bytes = Buffer.from(content['content']);
  return {
    name,
    filename: textOr(content['filename'], name),
    contentType: textOr(content['contentType'], 'application/octet-stream'),
    open: () => Readable.from([bytes]),
    sizeBytes: bytes.length,
  };
}

function renamed(file: FilePart, name: string, content: Record<string, unknown>): FilePart {
  return {
    ...file,
    name,
    filename: textOr(content['filename'], file.filename),
    contentType: textOr(content['contentType'], file.contentType),
  };
}

function applyToReply(result: Record<string, unknown>, reply: VendorReply): void {
  if ('response_body_raw' in result) reply.body = parseOrText(result['response_body_raw']);
  if ('response_body' in result) reply.body = parseOrText(result['response_body']);
  if (result['response_status_code'] !== undefined)
    reply.status = Number(result['response_status_code']) || reply.status;
  if (isRow(result['response_headers'])) {
    for (const [name, value] of Object.entries(result['response_headers'])) {
      const lower = name.toLowerCase();
      if (value === null) delete reply.headers[lower];
      else if (reply.headers[lower] !== value) reply.added[lower] = toText(value);
    }
  }
  const error = result['response_error_message'] ?? result['response_error'];
  if (error === undefined || error === null || error === false) return;
  reply.error = typeof error === 'string' ? error : stringifyJson(error);
  if (reply.status < 400) reply.status = 400;
}

function parseOrText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

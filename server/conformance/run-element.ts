import { parseJson } from '#kernel/json';
import { findDifference } from './compare.ts';
import type { FoundDefinition } from './find-definitions.ts';
import { rowsOf, writeHubRequest } from './hub-request.ts';
import { likelyReplies, provisioningAttempts, provisioningReply } from './provider-replies.ts';
import type { ProviderStub } from './provider-stub.ts';
import { isRow } from './sample-values.ts';

type Row = Record<string, unknown>;

/** What became of one definition. */
export interface ElementOutcome {
  file: string;
  element: string;
  imported: boolean;
  exportedEqual: boolean;
  provisioned: boolean;
  /** All of the definition. */
  resources: number;
  /** Those that a caller can call. */
  called: number;
  passed: number;
  failures: { resource: string; reason: string }[];
  /** What the import said that cannot work. */
  report: string[];
}

export interface Desk {
  stub: ProviderStub;
  /** One call below the API's base, with the user's secrets or an element token. */
  call(method: string, path: string, options?: CallOptions): Promise<{ status: number; text: string }>;
}

export interface CallOptions {
  body?: string | FormData | undefined;
  headers?: Record<string, string>;
  elementToken?: string;
}

/** What a resource answers that was code of the old product. */
const javaMessage = 'This API is not currently supported for this element';

/** Imports a definition, exports it, connects an account and calls each resource; nothing of it stays. */
export async function runElement(desk: Desk, found: FoundDefinition): Promise<ElementOutcome> {
  const { definition } = found;
  const outcome: ElementOutcome = {
    file: found.file,
    element: String(definition['key'] ?? definition['name']),
    imported: false,
    exportedEqual: false,
    provisioned: false,
    resources: rowsOf(definition['resources']).length,
    called: 0,
    passed: 0,
    failures: [],
    report: [],
  };
  const fail = (resource: string, reason: string) => outcome.failures.push({ resource, reason });
  const made = await desk.call('POST', '/elements', { body: found.text, headers: json });
  if (made.status !== 200) {
    fail('POST /elements', messageOf(made));
    return outcome;
  }
  outcome.imported = true;
  const element = parseJson(made.text) as Row;
  outcome.report = rowsOf(element['importReport']).map(({ method, path, reason }) =>
    `${String(method ?? '')} ${String(path ?? '')} ${String(reason)}`.trim(),
  );
  try {
    // A definition without a key gets one.
    const given = { ...definition, key: definition['key'] || element['key'] };
    const difference = findDifference(given, await exportOf(desk, element));
    outcome.exportedEqual = difference === undefined;
    if (difference) fail('GET /elements/{id}/export', `differs at ${difference}`);
    await connectAndCall(desk, { definition, element }, outcome);
  } catch (error) {
    // One definition must not end the run of the others.
    fail('the run', (error as Error).message);
  } finally {
    await desk.call('DELETE', `/elements/${String(element['id'])}`);
  }
  return outcome;
}

const json = { 'content-type': 'application/json' };

async function exportOf(desk: Desk, element: Row): Promise<unknown> {
  const { text } = await desk.call('GET', `/elements/${String(element['id'])}/export`);
  return parseJson(text);
}

async function connectAndCall(
  desk: Desk,
  { definition, element }: { definition: Row; element: Row },
  outcome: ElementOutcome,
): Promise<void> {
  const connected = await connect(desk, definition, element);
  if (connected.status !== 200) {
    outcome.failures.push({ resource: 'POST /instances', reason: messageOf(connected) });
    return;
  }
  outcome.provisioned = true;
  const instance = parseJson(connected.text) as Row;
  try {
    // As imported: each path stands below its hub.
    for (const resource of rowsOf(element['resources'])) {
      if (!/^(api|apiNoDocumentation)$/.test(String(resource['type'] ?? 'api'))) continue;
      outcome.called++;
      const reason = await callResource(desk, definition, resource, String(instance['token']));
      if (reason === undefined) outcome.passed++;
      else
        outcome.failures.push({
          resource: `${String(resource['method'])} ${String(resource['path'])}`,
          reason,
        });
    }
  } finally {
    desk.stub.answer(provisioningReply(definition));
    await desk.call('DELETE', `/instances/${String(instance['id'])}`);
  }
}

/** Connects an account; what its provider may answer meanwhile is tried in turns. */
async function connect(desk: Desk, definition: Row, element: Row): Promise<{ status: number; text: string }> {
  let first: { status: number; text: string } | undefined;
  for (let attempt = 0; attempt < provisioningAttempts; attempt++) {
    desk.stub.answer(provisioningReply(definition, attempt));
    const connected = await desk.call('POST', '/instances', {
      headers: json,
      body: JSON.stringify({
        name: String(element['key']),
        element: { id: element['id'] },
        configuration: configurationOf(definition, element),
        providerData,
      }),
    });
    if (connected.status === 200) return connected;
    first ??= connected;
  }
  return first ?? { status: 0, text: '' };
}

/** Why no plausible reply of the provider was answered; undefined when one was. */
async function callResource(
  desk: Desk,
  definition: Row,
  resource: Row,
  elementToken: string,
): Promise<string | undefined> {
  let first: string | undefined;
  for (const reply of likelyReplies(definition, resource)) {
    const { method, path, headers, body } = writeHubRequest(resource, rowsOf(definition['parameters']));
    desk.stub.answer(() => reply);
    const answered = await desk
      .call(method, path, { headers, body, elementToken })
      // What no client can send, such as a method that is none.
      .catch((error: Error) => ({ status: 400, text: `The call cannot be made: ${error.message}` }));
    if (answered.status < 400) return undefined;
    const message = messageOf(answered);
    if (resource['kind'] === 'java') return message === javaMessage ? undefined : message;
    first ??= `${answered.status} ${message}`;
  }
  return first;
}

/** Codes and tokens as a person's consent would bring them; an element takes what it needs. */
const providerData = {
  code: 'sample-code',
  oauth_token: 'sample-token',
  oauth_verifier: 'sample-verifier',
  secret: 'sample-secret',
};

/** What a caller has to say: everything without a default that is required, or that its resources use. */
function configurationOf(definition: Row, element: Row): Record<string, string> {
  const values: Record<string, string> = {};
  const used = usedKeys(definition);
  const hosts = hostKeys(definition);
  for (const row of rowsOf(element['configuration'])) {
    const key = String(row['key']);
    const given = String(row['defaultValue'] ?? '').trim() !== '';
    if (given || isTrue(row['internal'])) continue;
    if (key === 'base.url' || hosts.has(key)) values[key] = 'https://provider.example';
    else if (isTrue(row['required']) || isCredential(key) || used(key))
      values[key] = configurationValue(key, row);
  }
  return values;
}

const isTrue = (value: unknown) => String(value).toLowerCase() === 'true';

/** Values that stand where an address begins: `{host}/api`. */
function hostKeys(definition: Row): Set<string> {
  const addresses = [
    ...rowsOf(definition['configuration']).map(({ defaultValue }) => defaultValue),
    ...rowsOf(definition['resources']).map(({ vendorPath }) => vendorPath),
  ];
  const named = addresses.map(
    (one) => /^\s*\$?\{(?:configuration\.)?([^{}]+)\}\//.exec(String(one ?? ''))?.[1],
  );
  return new Set(named.filter((key) => key !== undefined));
}

/** Which optional values parameters send, or scripts ask for; those of the platform are best left to it. */
function usedKeys(definition: Row): (key: string) => boolean {
  const owners = [definition, ...rowsOf(definition['resources'])];
  const sent = new Set(
    owners
      .flatMap(({ parameters }) => rowsOf(parameters))
      .filter(({ type, source }) => type === 'configuration' && source !== 'response')
      .map(({ name }) => name),
  );
  const scripts = owners.flatMap(({ hooks }) => rowsOf(hooks)).map(({ body }) => String(body));
  return (key) =>
    !/^(event|bulk|pagination|oauth|filter|default|allow|authentication|instance|base)\.|^expires_in$/.test(
      key,
    ) &&
    (sent.has(key) || scripts.some((script) => script.includes(`'${key}'`) || script.includes(`"${key}"`)));
}

const isCredential = (key: string) =>
  /^(username|password|oauth\.(api\.key|api\.secret|callback\.url|token\.url|request\.url|authorization\.url))$/.test(
    key,
  );

function configurationValue(key: string, row: Row): string {
  const options = rowsOf(row['options']);
  if (options.length > 0 && isRow(options[0])) return String(options[0]['value']);
  if (String(row['type']).startsWith('BOOLEAN')) return 'true';
  if (/callback/.test(key)) return 'https://app.example/callback';
  if (/url|endpoint/i.test(key)) return 'https://provider.example/sample';
  if (/e-?mail/i.test(key)) return 'sample@example.com';
  return 'sample';
}

function messageOf({ status, text }: { status: number; text: string }): string {
  try {
    const { message, providerMessage } = JSON.parse(text) as { message?: string; providerMessage?: string };
    if (message) return providerMessage ? `${message} (${providerMessage})` : message;
  } catch {
    // An answer that is no JSON says what it is by itself.
  }
  return text.slice(0, 200) || `status ${status}`;
}

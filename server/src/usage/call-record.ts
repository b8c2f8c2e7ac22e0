import type { CallDetails, ServedCall } from '#platform/http';
import { apiBase } from '#platform/http';
import { redactText } from '#platform/telemetry';

/** What the gateway tells of a hub call; it fills in more as the call goes on. */
export interface HubCallDetails {
  /** The connected account, as soon as its Element token was found good. */
  connected: ConnectedAccount | undefined;
  /** Whether the call was let through to it. */
  passed: boolean;
  /** The status of the provider's last reply. */
  providerStatus: number | undefined;
  /** All requests to the provider together. */
  providerMs: number;
  providerCalls: number;
  /** The first of them, in the order in which they ended. */
  steps: CallStep[];
}

/** Something that a hub call has waited for. */
export interface CallStep {
  kind: 'hook' | 'provider';
  name: string;
  /** Of a hook. */
  when?: 'preRequest' | 'postRequest';
  startedAtMs: number;
  durationMs: number;
  outcome: 'done' | 'stopped' | 'failed';
  /** Of a provider's reply. */
  status?: number | undefined;
}

export interface ConnectedAccount {
  instanceId: number;
  elementKey: string;
  elementName: string;
  hub: string;
  tags: readonly string[];
}

declare module '#platform/http' {
  interface CallDetails extends HubCallDetails {}
}

/** One call as it is kept. Nothing secret is in it. */
export interface CallRecord {
  organizationId: number;
  accountId: number;
  userId: number;
  atMs: number;
  requestId: string;
  method: string;
  uri: string;
  ip: string;
  status: number;
  durationMs: number;
  hubCall: CallDetails | undefined;
  message: string | undefined;
  providerMessage: string | undefined;
}

const longestUri = 1_000;
const longestMessage = 1_000;

/** Undefined for what nobody wants to see in a list of calls: that somebody has looked at it. */
export function toCallRecord(call: ServedCall): CallRecord | undefined {
  if (call.method === 'GET' && call.url.startsWith(`${apiBase}/usage`)) return undefined;
  const { principal, failure } = call;
  return {
    organizationId: principal.organizationId,
    accountId: principal.accountId,
    userId: principal.userId,
    atMs: Math.round(call.startedAtMs),
    requestId: call.requestId,
    method: call.method,
    uri: withoutValues(call.url),
    ip: call.ip,
    status: call.status,
    durationMs: Math.round(call.durationMs),
    hubCall: call.details,
    message: failure && toStorable(failure.message),
    providerMessage: failure?.providerMessage === undefined ? undefined : toStorable(failure.providerMessage),
  };
}

/** Parameters whose values say how, not what: they are no secrets and no customer's data. */
const harmless = new Set(['page', 'pageSize', 'pageOffset', 'orderBy', 'fields', 'interval', 'returnCount']);

/** Path and names of query parameters; of values only those that cannot be secrets. */
function withoutValues(url: string): string {
  const at = url.indexOf('?');
  if (at === -1) return url.slice(0, longestUri);
  const pairs = url
    .slice(at + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return harmless.has(name) ? pair : `${name}=…`;
    });
  return `${url.slice(0, at)}?${pairs.join('&')}`.slice(0, longestUri);
}

/** Redacted and short. PostgreSQL's text has no zero byte and no half of a character. */
function toStorable(text: string): string {
  return redactText(text).slice(0, longestMessage).replaceAll('\0', '').toWellFormed();
}

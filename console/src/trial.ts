import type { HookOutput } from './calls.ts';
import { LigandError, call, callInstanceRaw } from './api.ts';
import type { ResourceRow } from './elements.ts';

/** What is logged is deleted after three days; a window of a few minutes is enough to look at one call. */
const logMinutes = 5;

interface Message {
  headers: Record<string, unknown>;
  body?: string;
}

/** A request to the provider and its reply, as they were logged. */
export interface Exchange {
  id: string;
  method: string;
  url: string;
  durationMs: number;
  request: Message;
  response?: Message & { status: number };
  failure?: string;
}

/** What a call has waited for, where the server tells it. */
interface Step {
  kind: string;
  name: string;
  durationMs: number;
  outcome: string;
}

/** One call: as it was made, at the provider, and its reply. */
export interface Trial {
  method: string;
  path: string;
  sent: string;
  status: number;
  ms: number;
  requestId: string | undefined;
  headers: Record<string, string>;
  body: string;
  exchanges: Exchange[];
  hooks: Step[];
  outputs: HookOutput[];
}

export interface TrialWish {
  instanceId: number;
  method: string;
  path: string;
  body: string;
  /** Whether what goes to the provider may be logged and shown. */
  isLogged: boolean;
}

export async function tryCall(
  { instanceId, method, path, body, isLogged }: TrialWish,
  signal: AbortSignal,
): Promise<Trial> {
  if (isLogged) await openLog(instanceId);
  const given = body === '' ? undefined : body;
  const { reply, ms } = await callInstanceRaw(instanceId, method, path, { headers: {}, body: given, signal });
  const requestId = reply.headers.get('elements-request-id') ?? undefined;
  const [text, told] = await Promise.all([reply.text(), requestId ? readCall(requestId) : undefined]);
  return {
    method,
    path,
    sent: body,
    status: reply.status,
    ms,
    requestId,
    headers: Object.fromEntries(reply.headers),
    body: text,
    exchanges: told?.exchanges ?? [],
    outputs: told?.hooks ?? [],
    hooks: (told?.steps ?? []).filter(({ kind }) => kind === 'hook'),
  };
}

/** One that is open already stays as it is: it may be longer. */
async function openLog(instanceId: number): Promise<void> {
  const path = `/instances/${instanceId}/logging`;
  const { traceLoggingEnabled } = await call<{ traceLoggingEnabled: boolean }>('GET', path);
  if (!traceLoggingEnabled) await call('PUT', path, { json: { minutes: logMinutes } });
}

interface ToldCall {
  exchanges?: Exchange[];
  steps?: Step[];
  hooks?: HookOutput[];
}

const tries = 6;
const waitMs = 500;

/** Another process of the server may have the call; it tells of it within two seconds. */
async function readCall(requestId: string): Promise<ToldCall> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call<ToldCall>('GET', `/usage/${requestId}`);
    } catch (error) {
      if (!(error instanceof LigandError) || error.status !== 404) throw error;
      if (attempt === tries) return {};
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/** How the address of the page names a resource: shipped ones have no ids of their own. */
export const nameOf = ({ id, method, path }: ResourceRow): string => String(id ?? `${method} ${path}`);

/** Names in braces of a path of ours. */
export const pathNames = (path: string): string[] =>
  [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);

export const queryParameters = ({ parameters = [] }: ResourceRow) =>
  parameters.filter(({ type, source }) => type === 'query' && source !== 'response');

/** The path with its names filled in, and the query. */
export function writePath(
  path: string,
  values: Record<string, string>,
  query: Record<string, string>,
  more: string,
): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const pairs = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  for (const line of more.split('\n')) {
    const at = line.indexOf('=');
    if (line.trim() !== '')
      pairs.append(
        line.slice(0, at === -1 ? undefined : at).trim(),
        at === -1 ? '' : line.slice(at + 1).trim(),
      );
  }
  return pairs.size > 0 ? `${filled}?${pairs.toString()}` : filled;
}

import { LRUCache } from 'lru-cache';
import type { Exchange, Outbound } from '#platform/outbound';
import { readText, watchOutbound } from '#platform/outbound';
import type { Storage } from '#platform/storage';
import type { ScriptFetch } from '#platform/scripting';
import type { CallInput, CallReply, Calls, HookRun } from '#calls';
import { resolveConfiguration } from '#calls';
import type { Resource } from '#elements';
import { keepMost } from '#kernel/cache';
import type { Clock } from '#kernel/clock';
import type { ExchangeLog } from '#usage';
import { keptBodyBytes } from '#usage';
import type { Connection, Connections } from './connections.ts';
import { connectAgain, instanceDisabled } from './errors.ts';
import type { Pacer } from './pace.ts';
import type { InstanceRecords } from './record.ts';
import { credentialsLock } from './refresh.ts';
import type { Refresher } from './refresh.ts';
import { isLogging } from './instance.ts';
import { secretsOf } from './secret.ts';
import type { InstanceStore } from './store.ts';

interface Parts {
  calls: Calls;
  outbound: Outbound;
  pacer: Pacer;
  refresher: Refresher;
  connections: Connections;
  store: InstanceStore;
  storage: Pick<Storage, 'withLock'>;
  records: InstanceRecords;
  exchangeLog: Pick<ExchangeLog, 'keep' | 'keepHook'>;
  clock: Clock;
  /** Longest that a call waits for its provider's limits, all tries together. */
  maxWaitMs: number;
}

/** One call to a provider for an instance: paced, with living credentials, tried again where the provider asks for it. */
export type InstanceCall = (
  connection: Connection,
  resource: Resource,
  input: CallInput,
  watch?: CallWatch,
) => Promise<CallReply>;

/** Who wants to know of the requests that a call makes. */
export interface CallWatch {
  /** The call that they are made for. */
  requestId: string;
  exchanged(exchange: Exchange): void;
  hookRan(run: HookRun): void;
}

const tooManyTries = 6;
const scriptReplyLimitBytes = 32 * 1024 * 1024;

/** For so long a refusal of brand-new tokens is taken to be about something else than their age. */
const refusalHoldsMs = 60_000;

export function createInstanceCall(parts: Parts): InstanceCall {
  /** The newest credentials of an instance that were refused although they were new. */
  const refused = new LRUCache<number, number>({ ...keepMost(10_000), ttl: refusalHoldsMs });
  return async (given, resource, input, watch) => {
    if (given.instance.disabled) throw instanceDisabled(given.instance.name);
    if (!given.instance.valid) throw connectAgain(given.instance.name, given.instance.invalidReason);
    let connection = parts.refresher.isDue(given) ? await parts.refresher.refresh(given) : given;
    let reply = await callPaced(parts, connection, resource, input, watch);
    const { id, credentialsVersion } = connection.instance;
    const worthRefreshing = parts.refresher.canRefresh(connection) && refused.get(id) !== credentialsVersion;
    if (reply.status === 401 && worthRefreshing) {
      connection = await parts.refresher.refresh(connection);
      reply = await callPaced(parts, connection, resource, input, watch);
      if (reply.status === 401) refused.set(id, connection.instance.credentialsVersion);
    }
    if (Object.keys(reply.configuration).length > 0)
      await storeValues(parts, connection, reply.configuration);
    return reply;
  };
}

async function callPaced(
  parts: Parts,
  connection: Connection,
  resource: Resource,
  input: CallInput,
  watch: CallWatch | undefined,
): Promise<CallReply> {
  const { pacer, calls } = parts;
  const { instance, element } = connection;
  const { outbound, ...told } = watched(parts, connection, watch);
  const target = {
    element,
    configuration: connection.configuration as Record<string, string>,
    tenant: String(instance.organizationId),
    instanceId: instance.id,
    scriptFetch: pacedFetch(parts.pacer, outbound, connection),
    outbound,
    ...told,
  };
  let waitedMs = 0;
  for (let attempt = 1; ; attempt++) {
    if (element.limits.length > 0) await pacer.take(instance.id, element.limits);
    const reply = await calls.execute(resource, input, target);
    if (reply.status !== 429) return reply;
    const waitMs =
      retryAfterMs(reply.headers['retry-after']) ?? 500 * 2 ** attempt * (0.75 + Math.random() / 2);
    waitedMs += waitMs;
    if (attempt === tooManyTries || waitedMs > parts.maxWaitMs) {
      const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)));
      return { ...reply, headers: { 'retry-after': seconds, ...reply.headers } };
    }
    pacer.pause(instance.id, waitMs);
    // Elements without limits of their own have no lane to wait in.
    if (element.limits.length === 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** The way out and what is told of hooks, with those who want to know: who has called, and the account's log while it is on. */
function watched(
  { outbound, exchangeLog, clock }: Parts,
  connection: Connection,
  watch: CallWatch | undefined,
): { outbound: Outbound; hookRan?: CallWatch['hookRan'] } {
  if (!watch) return { outbound };
  const { instance, element } = connection;
  const { exchanged, hookRan } = watch;
  if (!isLogging(instance, clock.nowMs())) return { outbound: watchOutbound(outbound, exchanged), hookRan };
  const secrets = secretsOf(element, connection.configuration);
  const origin = {
    organizationId: instance.organizationId,
    accountId: instance.accountId,
    instanceId: instance.id,
    elementKey: element.key,
    requestId: watch.requestId,
    traceTag: instance.logging?.traceTag,
  };
  const endMs = instance.logging?.untilMs ?? 0;
  const logged = watchOutbound(outbound, (exchange) => exchangeLog.keep(origin, exchange, secrets, endMs), {
    bodyBytes: keptBodyBytes,
  });
  return {
    outbound: watchOutbound(logged, exchanged),
    hookRan(run) {
      hookRan(run);
      if (run.output) exchangeLog.keepHook(origin, { ...run, output: run.output }, secrets, endMs);
    },
  };
}

/** `Retry-After` in seconds or as a date (RFC 9110 §10.2.3). */
function retryAfterMs(value: string | string[] | undefined): number | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  if (!text) return undefined;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** What a hook's own requests go through: those to the provider keep to its limits like any other. */
function pacedFetch(
  pacer: Pacer,
  outbound: Outbound,
  { instance, element, configuration }: Connection,
): ScriptFetch {
  return async (request) => {
    const base = resolveConfiguration(configuration as Record<string, string>, 'base.url');
    if (request.url.startsWith(base)) await pacer.take(instance.id, element.limits);
    const reply = await outbound.send({ ...request, body: request.body ?? null });
    const headers = Object.fromEntries(
      Object.entries(reply.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    );
    return { status: reply.status, headers, body: await readText(reply.body, scriptReplyLimitBytes) };
  };
}

/** Values that the definition or a hook wants kept, merged into what is stored by now. */
async function storeValues(parts: Parts, connection: Connection, values: Record<string, string>) {
  const { store, storage, records, connections } = parts;
  const { id, organizationId } = connection.instance;
  await storage.withLock(credentialsLock(id), async () => {
    const row = await store.find(organizationId, id);
    if (!row) return;
    const instance = await records.fromRow(row);
    if (Object.entries(values).every(([key, value]) => instance.configuration[key] === value)) return;
    const configuration = { ...instance.configuration, ...values };
    const sealed = await records.sealConfiguration(organizationId, id, connection.element, configuration);
    await store.update(organizationId, id, sealed);
    connections.keep(await connections.toConnection({ ...instance, configuration }));
  });
}

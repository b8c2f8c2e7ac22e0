import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import type { Outbound } from '#platform/outbound';
import type { Storage } from '#platform/storage';
import type { Connection, Connections } from './connections.ts';
import { connectAgain, elementTokenInvalid } from './errors.ts';
import { callTokenEndpoint } from './oauth/token-call.ts';
import type { InstanceRecords } from './record.ts';
import type { InstanceStore } from './store.ts';

export interface Refresher {
  /** Whether there is anything to refresh with. */
  canRefresh(connection: Connection): boolean;
  /** Whether the access token is about to expire. */
  isDue(connection: Connection): boolean;
  /**
   * A connection with newer tokens than the one given. Exactly one process asks the provider, because refresh
   * tokens may work only once; everybody else waits and takes what it got.
   *
   * @throws 401 that tells the caller to connect again, when the refresh token is dead.
   */
  refresh(connection: Connection): Promise<Connection>;
}

/** A token is refreshed this long before it expires, or in the last tenth of a short life. */
const marginMs = 60_000;
const storeTries = 5;

/** Held by whoever reads an instance's configuration in order to write it. */
export const credentialsLock = (instanceId: number): string => `instance credentials ${instanceId}`;

interface Parts {
  store: InstanceStore;
  records: InstanceRecords;
  connections: Connections;
  storage: Storage;
  outbound: Outbound;
  clock: Clock;
  log: Log;
}

export function createRefresher(parts: Parts): Refresher {
  const running = new Map<number, Promise<Connection>>();
  const canRefresh = ({ element, configuration }: Connection) =>
    element.authentication.type.startsWith('oauth2') && Boolean(configuration['oauth.user.refresh_token']);
  return {
    canRefresh,
    isDue(connection) {
      if (!canRefresh(connection)) return false;
      const refreshedMs = Number(connection.configuration['oauth.user.refresh_time']);
      const lifeMs = Number(connection.configuration['oauth.user.refresh_interval'] || 3600) * 1000;
      if (!Number.isFinite(refreshedMs) || refreshedMs === 0) return false;
      return parts.clock.nowMs() >= refreshedMs + lifeMs - Math.min(marginMs, lifeMs / 10);
    },
    refresh(connection) {
      const { id } = connection.instance;
      const newest = parts.connections.peek(id);
      if (newest && newest.instance.credentialsVersion > connection.instance.credentialsVersion) {
        return Promise.resolve(newest);
      }
      let pending = running.get(id);
      if (!pending) {
        pending = refreshOnce(parts, connection).finally(() => running.delete(id));
        running.set(id, pending);
      }
      return pending;
    },
  };
}

async function refreshOnce(parts: Parts, stale: Connection): Promise<Connection> {
  const { store, records, connections, storage } = parts;
  const { id, organizationId } = stale.instance;
  return storage.withLock(credentialsLock(id), async () => {
    const row = await store.find(organizationId, id);
    if (!row) throw elementTokenInvalid();
    const current = await connections.toConnection(await records.fromRow(row));
    if (current.instance.credentialsVersion > stale.instance.credentialsVersion) {
      connections.keep(current);
      return current;
    }
    if (!current.instance.valid) throw connectAgain(current.instance.name, current.instance.invalidReason);
    return askProvider(parts, current);
  });
}

async function askProvider(parts: Parts, current: Connection): Promise<Connection> {
  const { outbound, clock, connections, store, log } = parts;
  const { instance, element, configuration } = current;
  const result = await callTokenEndpoint(
    outbound,
    element,
    configuration,
    {
      grantType: 'refresh_token',
      parameters: { refresh_token: configuration['oauth.user.refresh_token'] ?? '' },
      urlKey: 'oauth.token.refresh_url',
    },
    clock.nowMs(),
  );
  if (result.kind === 'refused') {
    const reason =
      result.refusal.providerMessage ?? result.refusal.error ?? `status ${result.refusal.status}`;
    await store.update(instance.organizationId, instance.id, { valid: false, invalid_reason: reason });
    connections.forget(instance.id);
    log.warn(
      { instanceId: instance.id, status: result.refusal.status },
      'The provider refused a refresh token',
    );
    throw connectAgain(instance.name, reason);
  }
  const renewed = await connections.toConnection({
    ...instance,
    configuration: { ...instance.configuration, ...result.tokens },
    credentialsVersion: instance.credentialsVersion + 1,
  });
  await storeTokens(parts, renewed);
  connections.keep(renewed);
  return renewed;
}

/** The old refresh token is dead by now: the new pair must not be lost to a database that is away for a moment. */
async function storeTokens({ store, records, log }: Parts, { instance, element }: Connection): Promise<void> {
  const sealed = await records.sealConfiguration(
    instance.organizationId,
    instance.id,
    element,
    instance.configuration,
  );
  for (let attempt = 1; ; attempt++) {
    try {
      await store.update(instance.organizationId, instance.id, { ...sealed, newCredentials: true });
      return;
    } catch (error) {
      if (attempt === storeTries) throw error;
      log.error({ instanceId: instance.id, err: error }, 'New tokens could not be stored yet');
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }
}

import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import type { Calls } from '#calls';
import { authenticationKind } from '#calls';
import type { Outbound } from '#platform/outbound';
import type { Storage } from '#platform/storage';
import type { Connection, Connections } from './connections.ts';
import { connectAgain, elementTokenInvalid } from './errors.ts';
import { afterRenewal, findWay } from './renew.ts';
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
  calls: Calls;
  clock: Clock;
  log: Log;
}

export function createRefresher(parts: Parts): Refresher {
  const running = new Map<number, Promise<Connection>>();
  const canRefresh = (connection: Connection) => findWay(connection) !== undefined;
  return {
    canRefresh,
    isDue(connection) {
      const { configuration, element } = connection;
      if (configuration['authentication.time'] === 'never') return false;
      const refreshedMs = Number(configuration['oauth.user.refresh_time'] || Number.NaN);
      if (!Number.isFinite(refreshedMs) || !canRefresh(connection)) return false;
      // A session says how long it lives, or nobody knows until the provider refuses it.
      const usual = authenticationKind(element).startsWith('oauth2') ? 3600 : Number.NaN;
      // What the provider said of this token goes before the element's default.
      const key = 'oauth.user.refresh_interval';
      const said = connection.instance.configuration[key] || configuration['expires_in'];
      const lifeMs = Number(said || configuration[key] || usual) * 1000;
      if (!(lifeMs > 0)) return false;
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
  const { connections, store, log } = parts;
  const { instance } = current;
  const way = findWay(current);
  if (!way) throw connectAgain(instance.name, instance.invalidReason);
  const result = await way(parts, current);
  if (result.kind === 'refused') {
    const { reason } = result;
    await store.update(instance.organizationId, instance.id, { valid: false, invalid_reason: reason });
    connections.forget(instance.id);
    log.warn({ instanceId: instance.id }, 'The provider refused to renew credentials');
    throw connectAgain(instance.name, reason);
  }
  const renewed = await withNewer(parts, current, result.tokens);
  await storeTokens(parts, renewed);
  const more = await afterRenewal(parts, renewed);
  if (Object.keys(more).length === 0) {
    connections.keep(renewed);
    return renewed;
  }
  const whole = await withNewer(parts, renewed, more);
  await storeTokens(parts, whole);
  connections.keep(whole);
  return whole;
}

function withNewer(
  { connections }: Parts,
  { instance }: Connection,
  tokens: Record<string, string>,
): Promise<Connection> {
  return connections.toConnection({
    ...instance,
    configuration: { ...instance.configuration, ...tokens },
    credentialsVersion: instance.credentialsVersion + 1,
  });
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

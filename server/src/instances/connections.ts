import { LRUCache } from 'lru-cache';
import { keepMost } from '#kernel/cache';
import type { Clock } from '#kernel/clock';
import { AppError } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { Principal } from '#accounts';
import type { Catalog, Element } from '#elements';
import { hashSecret } from '#platform/crypto';
import type { Storage } from '#platform/storage';
import { elementTokenInvalid } from './errors.ts';
import { effectiveConfiguration } from './instance.ts';
import type { Instance } from './instance.ts';
import type { InstanceRecords } from './record.ts';
import { changeChannel } from './store.ts';
import type { InstanceRow, InstanceStore } from './store.ts';
import { createThrashWatch } from './thrash.ts';

/** A live instance: what a hub call needs, in memory, secrets in the clear. */
export interface Connection {
  instance: Instance;
  element: Element;
  /** Given values over defaults. */
  configuration: Readonly<Record<string, string>>;
  /** State of the element's changes when it was taken: another one now means that it is old. */
  elementChanges: number;
}

export interface Connections {
  /**
   * The connection of the principal's Element token; no query when it is warm.
   * @throws 401 when the token is missing, unknown, of a deleted instance or of another account.
   */
  get(principal: Principal): Promise<Connection>;
  /** The connection of an instance that the platform itself works for; undefined when it or its element is gone. */
  find(instanceId: number): Promise<Connection | undefined>;
  /**
   * The connection of the row that is read or written so; kept, if nothing changes meanwhile.
   * @throws 401 when there is none, or when the instance's element is gone.
   */
  load(row: () => Promise<InstanceRow | undefined>): Promise<Connection>;
  /** The newest that this process knows of an instance, if it is warm. */
  peek(instanceId: number): Connection | undefined;
  /** @throws 401 when the instance's element is gone. */
  toConnection(instance: Instance): Promise<Connection>;
  /** After a change in this process: the next call must see it, without waiting for the notification. */
  forget(instanceId: number): void;
  /** After a change of what an organization's elements are lent. */
  forgetOrganization(organizationId: number | 'all'): void;
  /** Puts a changed instance in place of the one that is kept. */
  keep(connection: Connection): void;
}

const maxConnections = 50_000;

export async function createConnections(parts: {
  store: InstanceStore;
  records: InstanceRecords;
  catalog: Catalog;
  /** The instance's element, with what is lent to it. */
  elementOf(instance: Instance): Promise<Element | undefined>;
  storage: Storage;
  log: Log;
  clock: Clock;
}): Promise<Connections> {
  const { store, records, catalog, elementOf, storage } = parts;
  const dropped = createThrashWatch(
    parts,
    { kept: maxConnections },
    'More accounts are called in turn than are kept in memory: each call of one that was dropped waits for the database.',
  );
  const byHash = new LRUCache<string, Connection>({
    ...keepMost(maxConnections),
    dispose: (connection, hash, reason) => {
      if (reason === 'evict') dropped();
      if (hashOf.get(connection.instance.id) === hash) hashOf.delete(connection.instance.id);
    },
    noDisposeOnSet: true,
  });
  const hashOf = new Map<number, string>();
  const loading = new Map<string, Promise<Connection>>();
  /** Counts changes, so that a row read before one is not kept after it. */
  let changes = 0;

  await storage.listen(changeChannel, (payload) => {
    if (payload !== '*') return forget(Number(payload));
    noteChange();
    byHash.clear();
  });

  /** Who asks after a change must not join a read from before it. */
  function noteChange(): void {
    changes++;
    loading.clear();
  }

  function forget(instanceId: number): void {
    noteChange();
    byHash.delete(hashOf.get(instanceId) ?? '');
  }

  function forgetOrganization(organizationId: number | 'all'): void {
    noteChange();
    for (const [hash, { instance }] of byHash.entries())
      if (organizationId === 'all' || instance.organizationId === organizationId) byHash.delete(hash);
  }

  async function toConnection(instance: Instance): Promise<Connection> {
    const element = await elementOf(instance);
    if (!element) throw elementTokenInvalid();
    const configuration = effectiveConfiguration(element, instance.configuration);
    return { instance, element, configuration, elementChanges: catalog.changesOf(element, instance) };
  }

  async function load(findRow: () => Promise<InstanceRow | undefined>): Promise<Connection> {
    const before = changes;
    const row = await findRow();
    if (!row) throw elementTokenInvalid();
    const connection = await toConnection(await records.fromRow(row));
    if (before === changes) keep(connection);
    return connection;
  }

  /** Who asks for the same while it is read waits for that. */
  async function loadOnce(key: string, findRow: () => Promise<InstanceRow | undefined>): Promise<Connection> {
    let pending = loading.get(key);
    if (!pending) {
      const own = load(findRow).finally(() => {
        if (loading.get(key) === own) loading.delete(key);
      });
      loading.set(key, own);
      pending = own;
    }
    return pending;
  }

  function isFresh(connection: Connection | undefined): connection is Connection {
    return (
      connection !== undefined &&
      connection.elementChanges === catalog.changesOf(connection.element, connection.instance)
    );
  }

  function keep(connection: Connection): void {
    const hash = hashOfToken(connection.instance.token);
    byHash.set(hash, connection);
    hashOf.set(connection.instance.id, hash);
  }

  return {
    async get(principal) {
      if (!principal.elementToken) throw elementTokenInvalid();
      const hash = hashOfCaller(principal, principal.elementToken);
      const kept = byHash.get(hash);
      const connection = isFresh(kept)
        ? kept
        : await loadOnce(hash, () => store.findByTokenHash(Buffer.from(hash, 'hex')));
      const { organizationId, accountId } = connection.instance;
      if (organizationId !== principal.organizationId || accountId !== principal.accountId)
        throw elementTokenInvalid();
      return connection;
    },
    async find(instanceId) {
      const kept = byHash.get(hashOf.get(instanceId) ?? '');
      if (isFresh(kept)) return kept;
      try {
        return await loadOnce(String(instanceId), () => store.findById(instanceId));
      } catch (error) {
        if (error instanceof AppError && error.status === 401) return undefined;
        throw error;
      }
    },
    load,
    peek: (instanceId) => byHash.peek(hashOf.get(instanceId) ?? ''),
    toConnection,
    forget,
    forgetOrganization,
    keep,
  };
}

/** A caller who is known is one object for all its calls, and does not change. */
const hashOfKnown = new WeakMap<Principal, string>();

function hashOfCaller(caller: Principal, token: string): string {
  let found = hashOfKnown.get(caller);
  if (found === undefined) {
    found = hashOfToken(token);
    if (Object.isFrozen(caller)) hashOfKnown.set(caller, found);
  }
  return found;
}

function hashOfToken(token: string): string {
  return hashSecret(token).toString('hex');
}

import { accountNotFound } from '#accounts';
import { parseJson, stringifyJson } from '#kernel/json';
import type { DatabaseTransaction, Storage } from '#platform/storage';
import type { Catalog, Scope } from './catalog.ts';
import { compileElement } from './compile.ts';
import { keyOf, mergeDefinition, readDefinition, withoutAppCredentials } from './definition.ts';
import { abridgeElement } from './describe.ts';
import type { Element, ElementDefinition } from './element.ts';
import { elementForeign, elementNotFound, elementShipped, keyTaken, versionNotFound } from './errors.ts';
import { readExtension } from './extend.ts';
import { withPagingOfNew } from './platform-configuration.ts';
import { isRow, withIds } from './row-ids.ts';
import type { ElementRow, ElementStore } from './store.ts';
import { toUsable } from './usable.ts';
import type { VersionStore } from './version-store.ts';

type Row = Record<string, unknown>;

/** What of an element an account may change: its own definition, or its own resources on a shipped one. */
export type Document = { resources: Row[] } & Partial<ElementDefinition>;

export interface Editor {
  /** @throws 400 when it is no element, 409 when the account has one of that key. */
  create(scope: Scope, given: unknown): Promise<Element>;
  /** Replaces the fields that are given; the key stays. */
  change(scope: Scope, keyOrId: string, given: unknown): Promise<Element>;
  /** A copy that belongs to the account, without the credentials of the original's app. */
  clone(scope: Scope, keyOrId: string, given: unknown): Promise<Element>;
  remove(scope: Scope, keyOrId: string): Promise<void>;
  /**
   * Changes parts of what is the account's own.
   *
   * @param part where the account has no definition of its own to change (a shipped element), only `resources` are.
   */
  edit<T>(scope: Scope, keyOrId: string, part: 'resources' | 'all', change: Change<T>): Promise<T>;
  /** The definition of an element of the account's own and those before it, the newest first. */
  listVersions(scope: Scope, keyOrId: string): Promise<Version[]>;
  getVersion(
    scope: Scope,
    keyOrId: string,
    version: number,
  ): Promise<Version & { definition: ElementDefinition }>;
  /** Makes an earlier definition the current one. */
  restore(scope: Scope, keyOrId: string, version: number): Promise<Element>;
  sharedWith(scope: Scope, keyOrId: string): Promise<number[]>;
  /** Shares with another account of the organization, or ends that. */
  share(scope: Scope, keyOrId: string, accountId: number, shared: boolean): Promise<void>;
}

/** A state of a definition. */
export interface Version {
  version: number;
  /** When it became the definition. */
  date: string;
  current: boolean;
}

/**
 * Gives the changed document and what to answer; throws to leave everything as it was.
 *
 * @param newId for a new resource on a shipped element: different from the ids of all of the element's own.
 */
export type Change<T> = (document: Document, newId?: number) => { document: Document; result: T };

export function createEditor(parts: {
  catalog: Catalog;
  store: ElementStore;
  versions: VersionStore;
  storage: Storage;
}): Editor {
  const { catalog, store, versions, storage } = parts;

  async function insert(scope: Scope, stated: ElementDefinition): Promise<Element> {
    const id = await store.nextId();
    const definition: ElementDefinition = { ...stated, id };
    const row = {
      id,
      organization_id: scope.organizationId,
      account_id: scope.accountId,
      key: definition.key,
      extends: null,
      definition: stringifyJson(definition),
      summary: summarize(definition, scope.accountId),
    };
    try {
      await store.insert(row);
    } catch (error) {
      if ((error as { code?: string }).code === uniqueViolation) throw keyTaken(definition.key);
      throw error;
    }
    catalog.forget(row);
    return catalog.get(id, scope);
  }

  function summarize(definition: ElementDefinition, ownerAccountId: number): string {
    const { usable, problems } = toUsable(definition, catalog.shipped.checks.ofDefinition());
    return stringifyJson(abridgeElement(compileElement(definition, { usable, problems, ownerAccountId })));
  }

  /** @throws 404, or 403 when it is somebody else's. */
  async function getOwn(scope: Scope, keyOrId: string): Promise<Element> {
    const element = await catalog.get(keyOrId, scope);
    if (isShipped(element)) throw elementShipped(element.key);
    if (element.ownerAccountId !== scope.accountId) throw elementForeign(element.key);
    return element;
  }

  async function getOwnRow(scope: Scope, keyOrId: string): Promise<ElementRow> {
    const row = await store.findById(scope, (await getOwn(scope, keyOrId)).id);
    if (!row) throw elementNotFound(keyOrId);
    return row;
  }

  /** The account's own element, locked. @throws 404, or 403 when it is somebody else's. */
  async function withOwn<T>(
    scope: Scope,
    keyOrId: string,
    work: (row: ElementRow, trx: DatabaseTransaction) => Promise<T>,
  ): Promise<T> {
    const element = await getOwn(scope, keyOrId);
    const done = await storage.withLock(`element ${element.id}`, async (trx) => {
      const row = await store.findById(scope, element.id, trx);
      if (!row) throw elementNotFound(keyOrId);
      return { row, result: await work(row, trx) };
    });
    catalog.forget(done.row);
    return done.result;
  }

  const isShipped = (element: Element) => catalog.shipped.find(element.id)?.key === element.key;

  async function save(
    row: ElementRow,
    definition: ElementDefinition,
    trx: DatabaseTransaction,
  ): Promise<void> {
    const whole = withIds({ ...definition, id: row.id });
    const text = stringifyJson(whole);
    if (text !== row.definition) await versions.keep(row, trx);
    await store.update(row, { definition: text, summary: summarize(whole, row.account_id) }, trx);
  }

  async function editExtension<T>(scope: Scope, base: Element, change: Change<T>): Promise<T> {
    const mark = { id: 0, account_id: scope.accountId, extends: base.key };
    const result = await storage.withLock(`element ${scope.accountId} ${base.key}`, async (trx) => {
      const row = await store.findExtension(scope, base.key, trx);
      const document = { hub: base.hub, resources: row ? readExtension(row).resources : [] };
      const changed = change(document, await store.nextId());
      const { resources } = withIds(changed.document as ElementDefinition);
      const definition = stringifyJson({ resources });
      if (changed.document.resources.length === 0) {
        if (row) await store.remove(row, trx);
      } else if (row) await store.update(row, { definition }, trx);
      else {
        const { organizationId, accountId } = scope;
        const fresh = { organization_id: organizationId, account_id: accountId, key: base.key };
        const id = await store.nextId();
        await store.insert({ ...fresh, id, extends: base.key, definition, summary: '{}' }, trx);
      }
      return changed.result;
    });
    catalog.forget(mark);
    return result;
  }

  return {
    create: (scope, given) => insert(scope, withPagingOfNew(readDefinition(given))),

    async change(scope, keyOrId, given) {
      await withOwn(scope, keyOrId, (row, trx) => save(row, mergeDefinition(toDefinition(row), given), trx));
      return catalog.get(keyOrId, scope);
    },

    async clone(scope, keyOrId, given) {
      const original = await catalog.get(keyOrId, scope);
      const wish = isRow(given) ? given : {};
      const copy = withoutAppCredentials(original.definition);
      const name = typeof wish['name'] === 'string' ? wish['name'] : `${original.name} (clone)`;
      const asked = typeof wish['key'] === 'string' ? wish['key'] : undefined;
      const key = asked ?? (await freeKey(scope, `${keyOf(original.key) || 'element'}clone`));
      return insert(scope, readDefinition({ ...copy, name, key, private: true, extended: false }));
    },

    remove: (scope, keyOrId) =>
      withOwn(scope, keyOrId, async (row, trx) => {
        await catalog.removalGuard(await catalog.get(row.id, scope), scope);
        await store.remove(row, trx);
      }),

    async edit(scope, keyOrId, part, change) {
      const element = await catalog.get(keyOrId, scope);
      if (isShipped(element)) {
        if (part !== 'resources') throw elementShipped(element.key);
        return editExtension(scope, element, change);
      }
      return withOwn(scope, keyOrId, async (row, trx) => {
        const definition = toDefinition(row);
        const changed = change({ ...definition, resources: definition.resources ?? [] });
        await save(row, changed.document as ElementDefinition, trx);
        return changed.result;
      });
    },

    async listVersions(scope, keyOrId) {
      const row = await getOwnRow(scope, keyOrId);
      return [toVersion(row), ...(await versions.list(row)).map((one) => toVersion(one, row))];
    },

    async getVersion(scope, keyOrId, version) {
      const row = await getOwnRow(scope, keyOrId);
      const found = version === row.version ? row : await versions.find(row, version);
      if (!found) throw versionNotFound(row.key, version);
      return { ...toVersion(found, row), definition: toDefinition(found) };
    },

    async restore(scope, keyOrId, version) {
      await withOwn(scope, keyOrId, async (row, trx) => {
        const found = version === row.version ? row : await versions.find(row, version);
        if (!found) throw versionNotFound(row.key, version);
        await save(row, toDefinition(found), trx);
      });
      return catalog.get(keyOrId, scope);
    },

    async sharedWith(scope, keyOrId) {
      const element = await catalog.get(keyOrId, scope);
      const row = isShipped(element) ? undefined : await store.findById(scope, element.id);
      return row ? row.shared_with.map(Number) : [];
    },

    async share(scope, keyOrId, accountId, shared) {
      if (!(await store.hasAccount(scope.organizationId, accountId))) throw accountNotFound(accountId);
      await withOwn(scope, keyOrId, async (row, trx) => {
        const others = row.shared_with.map(Number).filter((id) => id !== accountId);
        await store.update(row, { shared_with: shared ? [...others, accountId] : others }, trx);
      });
    },
  };

  async function freeKey(scope: Scope, wish: string): Promise<string> {
    const taken = new Set(await store.listKeys(scope));
    for (let number = 1; ; number++) {
      const key = number === 1 ? wish : `${wish}${number}`;
      if (!taken.has(key) && !catalog.shipped.find(key)) return key;
    }
  }
}

const uniqueViolation = '23505';

function toVersion(row: { version: number; saved_at: Date } | ElementRow, current?: ElementRow): Version {
  const date = 'saved_at' in row ? row.saved_at : row.updated_at;
  return {
    version: row.version,
    date: date.toISOString(),
    current: !current || row.version === current.version,
  };
}

function toDefinition(row: Pick<ElementRow, 'definition'>): ElementDefinition {
  return parseJson(row.definition) as unknown as ElementDefinition;
}

import { LRUCache } from 'lru-cache';
import { keepMost } from '#kernel/cache';
import { parseJson } from '#kernel/json';
import type { Storage } from '#platform/storage';
import { compileElement } from './compile.ts';
import { elementNotFound } from './errors.ts';
import type { Element, ElementDefinition } from './element.ts';
import { extendElement } from './extend.ts';
import type { ShippedCatalog } from './shipped.ts';
import { changeChannel, changeMark } from './store.ts';
import type { ElementRow, ElementStore } from './store.ts';
import { toUsable } from './usable.ts';

/** Whose elements are meant besides those that everybody has; a principal is one. */
export interface Scope {
  organizationId: number;
  accountId: number;
}

/** All elements that somebody can use: shipped ones, with the account's own resources on them, and its own. */
export interface Catalog {
  shipped: ShippedCatalog;
  /** By key or id; of several with one key: the account's own, one shared with it, the shipped one. */
  find(keyOrId: string | number, scope?: Scope): Promise<Element | undefined>;
  /** @throws 404 when the caller can see no element of that key or id. */
  get(keyOrId: string | number, scope?: Scope): Promise<Element>;
  /** What an instance was made with: its own element by id, a shipped one by key, since those keep their keys. */
  findOf(made: { elementId: number; elementKey: string }, scope: Scope): Promise<Element | undefined>;
  /** A number that differs when `find` may give something newer than this element; needs no query. */
  changesOf(element: Element, scope: Scope): number;
  /** After a change in this process: it must be seen without waiting for the notification. */
  forget(row: Pick<ElementRow, 'id' | 'account_id' | 'extends'>): void;
  /** Refuses the removal of an element that is in use, by throwing; asked before each. */
  guardRemoval(guard: RemovalGuard): void;
  removalGuard: RemovalGuard;
}

export type RemovalGuard = (element: Element, scope: Scope) => Promise<void>;

/** Ids of customers' elements start here; the migration says so too. */
export const firstCustomerId = 200_000;

/** Compiled elements of customers in memory, counted in characters of their definitions. */
const mostCharacters = 48 * 1024 * 1024;
const mostKeys = 50_000;

export async function createCatalog(parts: {
  shipped: ShippedCatalog;
  store: ElementStore;
  storage: Storage;
}): Promise<Catalog> {
  const { shipped, store, storage } = parts;
  /** By the mark of what it was made from; none where an account has no resources of its own. */
  const compiled = new LRUCache<string, { element: Element | 'none' }>({
    maxSize: mostCharacters,
    sizeCalculation: ({ element }, mark) =>
      element === 'none' ? mark.length : 2000 + (sizes.get(element) ?? 0),
  });
  const sizes = new WeakMap<Element, number>();
  const idsByKey = new LRUCache<string, { id: number | undefined }>(keepMost(mostKeys));
  const changes = new Map<string, number>();
  /** Counts changes, so that what was read before one is not kept after it. */
  let generation = 0;
  let everything = 0;

  const forget: Catalog['forget'] = (row) => forgetMark(changeMark(row));
  await storage.listen(changeChannel, forgetMark);

  function forgetMark(mark: string): void {
    generation++;
    idsByKey.clear();
    if (mark === '*') {
      changes.clear();
      everything++;
      compiled.clear();
      return;
    }
    changes.set(mark, (changes.get(mark) ?? 0) + 1);
    compiled.delete(mark);
  }

  async function remember<T>(load: () => Promise<T>, keep: (value: T) => void): Promise<T> {
    const before = generation;
    const value = await load();
    if (before === generation) keep(value);
    return value;
  }

  async function findOwn(id: number, scope: Scope): Promise<Element | undefined> {
    const known = compiled.get(`e${id}`)?.element;
    // Who may see it is asked again: the cache belongs to all accounts.
    if (known && known !== 'none' && known.ownerAccountId === scope.accountId) return known;
    const before = generation;
    const row = await store.findById(scope, id);
    if (!row) return undefined;
    if (known && known !== 'none') return known;
    const element = compileRow(row);
    sizes.set(element, row.definition.length);
    if (before === generation) compiled.set(`e${id}`, { element });
    return element;
  }

  async function findIdByKey(key: string, scope: Scope): Promise<number | undefined> {
    const place = `${scope.accountId}:${key}`;
    const known = idsByKey.get(place);
    if (known) return known.id;
    const row = await remember(
      () => store.findByKey(scope, key),
      (found) => idsByKey.set(place, { id: found?.id }),
    );
    return row?.id;
  }

  async function withExtension(base: Element, scope: Scope | undefined): Promise<Element> {
    if (!scope) return base;
    const mark = `x${scope.accountId}:${base.key}`;
    const known = compiled.get(mark)?.element;
    if (known) return known === 'none' ? base : known;
    const make = async () => {
      const row = await store.findExtension(scope, base.key);
      if (!row) return undefined;
      const element = extendElement(base, row, shipped.defaultsOf(base.key));
      sizes.set(element, row.definition.length);
      return element;
    };
    const element = await remember(make, (made) => compiled.set(mark, { element: made ?? 'none' }));
    return element ?? base;
  }

  const find: Catalog['find'] = async (keyOrId, scope) => {
    const text = String(keyOrId);
    // The database takes no zero byte, and no key has one.
    if (text.includes('\0')) return undefined;
    const isId = /^-?\d+$/.test(text);
    if (scope) {
      const id = isId ? Number(text) : await findIdByKey(text, scope);
      const own = id !== undefined && Number.isSafeInteger(id) ? await findOwn(id, scope) : undefined;
      if (own) return own;
    }
    const base = shipped.find(text);
    return base && withExtension(base, scope);
  };

  const catalog: Catalog = {
    shipped,
    find,
    async get(keyOrId, scope) {
      const element = await find(keyOrId, scope);
      if (!element) throw elementNotFound(String(keyOrId));
      return element;
    },
    findOf({ elementId, elementKey }, scope) {
      if (elementId >= firstCustomerId) return findOwn(elementId, scope);
      const base = shipped.find(elementKey) ?? shipped.find(elementId);
      return Promise.resolve(base && withExtension(base, scope));
    },
    changesOf(element, scope) {
      if (changes.size === 0) return everything;
      const own = changes.get(`e${element.id}`) ?? 0;
      return everything + own + (changes.get(`x${scope.accountId}:${element.key}`) ?? 0);
    },
    forget,
    guardRemoval(guard) {
      catalog.removalGuard = guard;
    },
    removalGuard: async () => {},
  };
  return catalog;

  function compileRow(row: ElementRow): Element {
    const definition = { ...(parseJson(row.definition) as unknown as ElementDefinition), id: row.id };
    const { usable, problems } = toUsable(definition, shipped.checks.ofDefinition());
    return compileElement(definition, { usable, problems, ownerAccountId: row.account_id });
  }
}

import { parseJson } from '#kernel/json';
import { pageHeaders, pageNumber, readPage } from '#kernel/page';
import type { Page } from '#kernel/page';
import type { CatalogStore, HubRow, NewHub } from '../catalog-store.ts';
import type { Catalog, Scope } from '../catalog.ts';
import { abridgeElement, describeElement } from '../describe.ts';
import type { ElementView } from '../describe.ts';
import type { Element } from '../element.ts';
import { hubExists, hubInUse, hubNotFound } from '../errors.ts';
import type { ElementStore } from '../store.ts';
import { objectNames } from './objects.ts';

/** A group of elements of one kind, such as all CRMs. A hub is there when an element is in it, or an account made it. */
export interface HubView {
  key: string;
  name: string;
  description: string;
  active: boolean;
  videoLink?: string;
  elements: { id: number; name: string; key: string }[];
  /** The objects of its elements. */
  resources?: string[];
}

export interface PageQuery {
  page?: string;
  pageSize?: string;
  nextPage?: string;
}

/** What can be seen of elements together: hubs, and pages of elements without compiling all of them. */
export interface Hubs {
  keys(scope: Scope | null): Promise<string[]>;
  list(scope: Scope | null, hydrate: boolean): Promise<HubView[]>;
  /** A hub of the account's own. @throws 409 */
  create(scope: Scope, hub: NewHub): Promise<HubView>;
  /** @throws 404; 409 for one that is there because of its elements. */
  remove(scope: Scope, key: string): Promise<void>;
  /** @throws 404 when no element that the caller can see is in it. */
  get(key: string, scope: Scope | null): Promise<HubView>;
  /** The elements of a hub, or all; no more than `most`. */
  elements(key: string | undefined, scope: Scope | null, most: number): Promise<Element[]>;
  /** A page of a hub's elements, or of all. */
  page(key: string | undefined, scope: Scope | null, query: PageQuery): Promise<Page<Element>>;
  /** A page of a hub's elements as `GET /elements` shows them. */
  pageOfViews(key: string, scope: Scope | null, query: PageQuery): Promise<Page<ElementView>>;
}

export function createHubs(parts: {
  catalog: Catalog;
  store: ElementStore;
  catalogStore: CatalogStore;
}): Hubs {
  const { catalog, store, catalogStore } = parts;
  const madeBy = async (scope: Scope | null) => {
    const rows = scope ? await catalogStore.listHubs(scope) : [];
    return new Map(rows.map((row) => [row.key, row]));
  };

  async function views(scope: Scope | null): Promise<ElementView[]> {
    const shipped = catalog.shipped.all().map(abridgeElement);
    if (!scope) return shipped;
    const own = await store.listSummaries(scope);
    return [...shipped, ...own.map(({ summary }) => parseJson(summary) as unknown as ElementView)];
  }

  async function viewsOf(key: string | undefined, scope: Scope | null): Promise<ElementView[]> {
    const all = await views(scope);
    const found = key === undefined ? all : all.filter((view) => hubOf(view) === key);
    if (key !== undefined && found.length === 0) throw hubNotFound(key);
    return found;
  }

  /** One after the other: compiling many at once would keep other calls waiting. */
  async function compiled(found: ElementView[], scope: Scope | null): Promise<Element[]> {
    const elements: Element[] = [];
    for (const { id } of found) {
      const element = await catalog.find(id, scope ?? undefined);
      if (element) elements.push(element);
    }
    return elements;
  }

  async function describe(
    hub: { key: string; found: ElementView[]; made: HubRow | undefined },
    scope: Scope | null,
    hydrate: boolean,
  ): Promise<HubView> {
    const { key, found, made } = hub;
    const names = hydrate ? (await compiled(found.slice(0, mostHydrated), scope)).flatMap(objectNames) : [];
    return {
      key,
      name: made?.name ?? key.charAt(0).toUpperCase() + key.slice(1),
      description: made?.description ?? `Elements of the hub ${key}`,
      active: made?.active ?? true,
      ...(made?.video_link && { videoLink: made.video_link }),
      elements: found.map(({ id, name, key: elementKey }) => ({ id, name, key: elementKey })),
      ...(hydrate && { resources: [...new Set(names)].sort() }),
    };
  }

  const hubs: Hubs = {
    async keys(scope) {
      return [...new Set([...(await views(scope)).map(hubOf), ...(await madeBy(scope)).keys()])].sort();
    },
    async list(scope, hydrate) {
      const all = Map.groupBy(await views(scope), hubOf);
      const made = await madeBy(scope);
      const rows: HubView[] = [];
      for (const key of [...new Set([...all.keys(), ...made.keys()])].sort())
        rows.push(await describe({ key, found: all.get(key) ?? [], made: made.get(key) }, scope, hydrate));
      return rows;
    },
    async get(key, scope) {
      const made = (await madeBy(scope)).get(key);
      const found = made ? (await views(scope)).filter((view) => hubOf(view) === key) : undefined;
      return describe({ key, found: found ?? (await viewsOf(key, scope)), made }, scope, true);
    },
    async create(scope, hub) {
      if ((await hubs.keys(scope)).includes(hub.key)) throw hubExists(hub.key);
      try {
        await catalogStore.insertHub(scope, hub);
      } catch (error) {
        if ((error as { code?: string }).code === uniqueViolation) throw hubExists(hub.key);
        throw error;
      }
      return hubs.get(hub.key, scope);
    },
    async remove(scope, key) {
      // Looked for here first: the database takes no zero byte, which a path may have.
      if ((await madeBy(scope)).has(key) && (await catalogStore.removeHub(scope, key))) return;
      throw (await hubs.keys(scope)).includes(key) ? hubInUse(key) : hubNotFound(key);
    },
    async elements(key, scope, most) {
      return compiled((await viewsOf(key, scope)).slice(0, most), scope);
    },
    async page(key, scope, query) {
      const asked = readPage(query, { defaultSize: 200, maxSize: 1000 });
      const number = pageNumber(asked);
      const size = asked.pageSize;
      const all = await viewsOf(key, scope);
      const rows = await compiled(all.slice((number - 1) * size, number * size), scope);
      return { rows, headers: pageHeaders({ number, size, returned: rows.length, total: all.length }) };
    },
    async pageOfViews(key, scope, query) {
      const { rows, headers } = await hubs.page(key, scope, query);
      return { rows: rows.map(describeElement), headers };
    },
  };
  return hubs;
}

/** Elements of a hub whose objects are looked for, when all hubs are asked for with theirs. */
const mostHydrated = 200;

const uniqueViolation = '23505';

function hubOf({ hub }: ElementView): string {
  return hub || 'general';
}

import { parseJson } from '#kernel/json';
import { encodePageToken, pageNumber, readPage } from '#kernel/page';
import type { Catalog, Scope } from '../catalog.ts';
import { abridgeElement, describeElement } from '../describe.ts';
import type { ElementView } from '../describe.ts';
import type { Element } from '../element.ts';
import { hubNotFound } from '../errors.ts';
import type { ElementStore } from '../store.ts';
import { objectNames } from './objects.ts';

/** A group of elements of one kind, such as all CRMs. A hub is there when an element is in it. */
export interface HubView {
  key: string;
  name: string;
  description: string;
  active: boolean;
  elements: { id: number; name: string; key: string }[];
  /** The objects of its elements. */
  resources?: string[];
}

export interface PageQuery {
  page?: string;
  pageSize?: string;
  nextPage?: string;
}

export interface ElementPage<T> {
  rows: T[];
  headers: Record<string, string>;
}

/** What can be seen of elements together: hubs, and pages of elements without compiling all of them. */
export interface Hubs {
  keys(scope: Scope | null): Promise<string[]>;
  list(scope: Scope | null, hydrate: boolean): Promise<HubView[]>;
  /** @throws 404 when no element that the caller can see is in it. */
  get(key: string, scope: Scope | null): Promise<HubView>;
  /** The elements of a hub, or all; no more than `most`. */
  elements(key: string | undefined, scope: Scope | null, most: number): Promise<Element[]>;
  /** A page of a hub's elements, or of all. */
  page(key: string | undefined, scope: Scope | null, query: PageQuery): Promise<ElementPage<Element>>;
  /** A page of a hub's elements as `GET /elements` shows them. */
  pageOfViews(key: string, scope: Scope | null, query: PageQuery): Promise<ElementPage<ElementView>>;
}

export function createHubs({ catalog, store }: { catalog: Catalog; store: ElementStore }): Hubs {
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

  async function describe(key: string, found: ElementView[], scope: Scope | null, hydrate: boolean) {
    const names = hydrate ? (await compiled(found.slice(0, mostHydrated), scope)).flatMap(objectNames) : [];
    return {
      key,
      name: key.charAt(0).toUpperCase() + key.slice(1),
      description: `Elements of the hub ${key}`,
      active: true,
      elements: found.map(({ id, name, key: elementKey }) => ({ id, name, key: elementKey })),
      ...(hydrate && { resources: [...new Set(names)].sort() }),
    };
  }

  const hubs: Hubs = {
    async keys(scope) {
      return [...new Set((await views(scope)).map(hubOf))].sort();
    },
    async list(scope, hydrate) {
      const all = Map.groupBy(await views(scope), hubOf);
      const rows: HubView[] = [];
      for (const key of [...all.keys()].sort())
        rows.push(await describe(key, all.get(key) ?? [], scope, hydrate));
      return rows;
    },
    async get(key, scope) {
      return describe(key, await viewsOf(key, scope), scope, true);
    },
    async elements(key, scope, most) {
      return compiled((await viewsOf(key, scope)).slice(0, most), scope);
    },
    async page(key, scope, query) {
      const asked = readPage(query, { defaultSize: 200, maxSize: 1000 });
      const page = pageNumber(asked);
      const all = await viewsOf(key, scope);
      const shown = all.slice((page - 1) * asked.pageSize, page * asked.pageSize);
      const rows = await compiled(shown, scope);
      const isLast = page * asked.pageSize >= all.length;
      return {
        rows,
        headers: {
          'elements-returned-count': String(rows.length),
          'elements-total-count': String(all.length),
          ...(!isLast && { 'elements-next-page-token': encodePageToken({ page: page + 1 }) }),
        },
      };
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

function hubOf({ hub }: ElementView): string {
  return hub || 'general';
}

import { Readable } from 'node:stream';
import { omitNulls, parseJson, stringifyJson } from '#kernel/json';
import { pageHeaders, pageNumber, readPage } from '#kernel/page';
import type { Page } from '#kernel/page';
import { selectFields } from '#kernel/select-fields';
import { parseCeql, parseOrderBy, toComparator, toConditions, toPredicate } from '#platform/ceql';
import type { Catalog, Scope } from './catalog.ts';
import { abridgeElement, describeElement } from './describe.ts';
import type { ElementView } from './describe.ts';
import type { ElementStore } from './store.ts';

export interface ListQuery {
  page?: string;
  pageSize?: string;
  nextPage?: string;
  where?: string;
  searchText?: string;
  orderBy?: string;
  abridged?: string;
  fields?: string;
}

interface Parts {
  catalog: Catalog;
  store: ElementStore;
}

/** What is asked of a list besides its page; any field may be, so the database cannot do it. */
interface Wish {
  matches: ((view: ElementView) => boolean) | undefined;
  compare: ((a: unknown, b: unknown) => number) | undefined;
  isAbridged: boolean;
}

/**
 * A page of the elements that somebody can use, abridged; all of them when no page is asked for, since old clients look
 * for their own in one reply.
 *
 * @throws 400 for a page, a filter or an order that cannot be read.
 */
export async function listElements(
  parts: Parts,
  scope: Scope | null,
  query: ListQuery,
): Promise<Page<ElementView> & { isAbridged: boolean }> {
  const asked = readPage(query, { defaultSize: 200, maxSize: 1000 });
  const isPaged = Boolean(query.page || query.pageSize || query.nextPage);
  const number = pageNumber(asked);
  const wish = readWish(query);
  const cut = isPaged ? { offset: (number - 1) * asked.pageSize, limit: asked.pageSize } : undefined;
  const { rows, total } = await listAbridged(parts, scope, wish, cut);
  const size = isPaged ? asked.pageSize : Math.max(1, total);
  const headers = pageHeaders({ number, size, returned: rows.length, total });
  return { rows, headers, isAbridged: wish.isAbridged };
}

/** Whole elements, or some fields of them, as JSON, one after the other: a definition may have megabytes, and there may be hundreds. */
export function streamElements(
  catalog: Catalog,
  scope: Scope | null,
  views: readonly ElementView[],
  fields: string,
): Readable {
  return Readable.from(write());

  async function* write(): AsyncGenerator<string> {
    let between = '[';
    for (const { id } of views) {
      const element = await catalog.find(id, scope ?? undefined);
      // One that was removed a moment ago is not there any more.
      if (!element) continue;
      yield between + stringifyJson(omitNulls(selectFields(describeElement(element), fields)));
      between = ',';
    }
    yield between === '[' ? '[]' : ']';
  }
}

/** `abridged` is a parameter of its own, and old clients also put it into `where`. */
function readWish({ where, searchText, orderBy, abridged }: ListQuery): Wish {
  const compare = orderBy ? toComparator(parseOrderBy(orderBy)) : undefined;
  let isAbridged = abridged === 'true';
  const tests: ((view: ElementView) => boolean)[] = [];
  if (searchText) {
    const wanted = searchText.toLowerCase();
    tests.push(({ name, key, description }) =>
      [name, key, description].some((text) => String(text).toLowerCase().includes(wanted)),
    );
  }
  if (where) {
    const expression = parseCeql(where);
    const wish = toConditions(expression).find(({ attribute }) => attribute === 'abridged');
    if (wish) isAbridged ||= String(wish.value) === 'true';
    const matches = toPredicate(expression);
    tests.push((view) => matches(wish ? { ...view, abridged: wish.value } : view));
  }
  const matches = tests.length > 0 ? (view: ElementView) => tests.every((test) => test(view)) : undefined;
  return { matches, compare, isAbridged };
}

/** The shipped ones in the order of their keys, then the account's own in the order of their ids. */
async function listAbridged(
  { catalog, store }: Parts,
  scope: Scope | null,
  { matches, compare }: Wish,
  cut: { offset: number; limit: number } | undefined,
): Promise<{ rows: ElementView[]; total: number }> {
  const extended = new Set(scope ? await store.listExtended(scope) : []);
  const shipped = catalog.shipped
    .all()
    .map(abridgeElement)
    .map((view) => (extended.has(view.key) ? { ...view, extended: true } : view));
  if (scope && cut && !matches && !compare) {
    const first = shipped.slice(cut.offset, cut.offset + cut.limit);
    const limit = cut.limit - first.length;
    const offset = Math.max(0, cut.offset - shipped.length);
    const [own, count] = await Promise.all([
      limit > 0 ? store.listSummaries(scope, { limit, offset }) : [],
      store.count(scope),
    ]);
    return { rows: [...first, ...own.map(toView)], total: shipped.length + count };
  }
  const own = scope ? (await store.listSummaries(scope)).map(toView) : [];
  const found = [...shipped, ...own].filter(matches ?? (() => true));
  const sorted = compare ? found.sort(compare) : found;
  return { rows: cut ? sorted.slice(cut.offset, cut.offset + cut.limit) : sorted, total: sorted.length };
}

function toView({ summary }: { summary: string }): ElementView {
  return parseJson(summary) as unknown as ElementView;
}

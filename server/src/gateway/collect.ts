import type { CallReply } from '#calls';
import type { Pagination } from '#elements';

/** Where a list goes on: kept in the opaque token of the next page. */
export interface PageState {
  /** The provider's page, from 1. */
  page: number;
  /** Size of the provider's pages. */
  vendorSize: number;
  /** Records of that page that have been given already. */
  skip: number;
  cursor: string | undefined;
}

export interface Collected {
  records: unknown[];
  /** Size of our pages. */
  wanted: number;
  next: PageState | undefined;
  /** How many there are in all, where that is known. */
  totalCount: number | undefined;
  /** The last reply, for its headers. */
  reply: CallReply;
}

export interface Collecting {
  start: PageState;
  /** Records to give. */
  wanted: number;
  /** Matching records to leave out first, when a page is asked by its number and only counting finds it. */
  drop: number;
  matches: ((record: unknown) => boolean) | undefined;
  pagination: Pagination;
  /** Whether the provider can be asked for a page behind the first. */
  canGoOn: boolean;
  nextPageKeyed: boolean;
  /** Whether the next page that a reply names can be asked for. */
  canFollow(cursor: string): boolean;
  fetchPage(state: PageState): Promise<CallReply>;
}

/** A page is put together from at most so many provider pages; then the token goes on from there. */
const mostVendorPages = 25;

/**
 * Puts one page of ours together from as many of the provider's as it takes, filtering records where the provider
 * can't. A reply that is no list is handed back as it is.
 */
export async function collect(work: Collecting): Promise<Collected | CallReply> {
  const records: unknown[] = [];
  let { drop } = work;
  let state: PageState | undefined = work.start;
  for (let calls = 1; ; calls++) {
    const here: PageState = state;
    const reply = await work.fetchPage(here);
    const items =
      reply.body.kind === 'json' && Array.isArray(reply.body.value) ? reply.body.value : undefined;
    if (reply.error || !items) return reply;
    const after = nextState(work, here, items.length, reply);
    const totalCount = totalOf(work, items, reply);
    for (let index = here.skip; index < items.length; index++) {
      if (work.matches && !work.matches(items[index])) continue;
      if (drop > 0) {
        drop--;
        continue;
      }
      records.push(items[index]);
      if (records.length < work.wanted) continue;
      const next = index + 1 < items.length ? { ...here, skip: index + 1 } : after;
      return { records, wanted: work.wanted, next, totalCount, reply };
    }
    if (!after || calls === mostVendorPages)
      return { records, wanted: work.wanted, next: after, totalCount, reply };
    state = after;
  }
}

/** Told by the provider; counted where its reply is all that there is. */
function totalOf(
  { matches, pagination }: Collecting,
  items: unknown[],
  reply: CallReply,
): number | undefined {
  if (pagination.mode === 'local') return matches ? items.filter(matches).length : items.length;
  return matches ? undefined : reply.totalCount;
}

function nextState(
  work: Collecting,
  here: PageState,
  received: number,
  reply: CallReply,
): PageState | undefined {
  if (!work.canGoOn) return undefined;
  const next = { ...here, page: here.page + 1, skip: 0 };
  if (work.pagination.type === 'cursor')
    return reply.nextPage && work.canFollow(reply.nextPage) ? { ...next, cursor: reply.nextPage } : undefined;
  if (work.nextPageKeyed && !reply.nextPage) return undefined;
  if (received === 0) return undefined;
  if (reply.totalCount !== undefined)
    return here.page * here.vendorSize < reply.totalCount ? next : undefined;
  return received >= here.vendorSize ? next : undefined;
}

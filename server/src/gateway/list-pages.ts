import { decodePageToken, encodePageToken, readPage } from '#kernel/page';
import { type CallInput, type CallReply, resolveConfiguration } from '#calls';
import type { ResourceMatch } from '#elements';
import type { Connection } from '#instances';
import { paginationOf } from './account-settings.ts';
import { type Collected, type Collecting, type PageState, collect } from './collect.ts';
import { one } from './query-value.ts';

export const defaultPageSize = 200;
export const largestPage = 10_000;

export type Run = (input: CallInput) => Promise<CallReply>;

/** A call that may answer a list: in the provider's pages, or cut out of its whole reply. */
export async function runList(
  connection: Connection,
  { resource }: ResourceMatch,
  input: CallInput,
  matches: ((record: unknown) => boolean) | undefined,
  run: Run,
): Promise<Collected | CallReply> {
  const pagination = paginationOf(connection, resource);
  const asked = readPage(
    {
      page: one(input.query['page']),
      pageSize: one(input.query['pageSize']),
      nextPage: one(input.query['nextPage']),
    },
    {
      defaultSize: Math.min(defaultPageSize, pagination.maxPageSize || defaultPageSize),
      maxSize: largestPage,
    },
  );
  const token = asked.token ? readToken(asked.token) : undefined;
  const wanted = token?.size ?? asked.pageSize;
  if (pagination.mode === 'local') {
    return collect({
      ...localWork(wanted, token?.state, matches, () => run(input), pagination),
      drop: token ? 0 : (asked.page - 1) * wanted,
    });
  }
  const largest = pagination.maxPageSize || wanted;
  const vendorSize = matches
    ? Math.min(largest, Math.max(wanted, defaultPageSize))
    : Math.min(largest, wanted);
  const counted = matches !== undefined || pagination.type === 'cursor';
  const offset = (asked.page - 1) * wanted;
  const first: PageState = { page: 1, vendorSize, skip: 0, cursor: undefined };
  const start =
    token?.state ??
    (counted ? first : { ...first, page: Math.floor(offset / vendorSize) + 1, skip: offset % vendorSize });
  const maps = (name: string) => resource.mappedQuery.has(name);
  const isPageCursor =
    pagination.type === 'cursor' && resource.nextPageKey !== undefined && maps('page') && !maps('nextPage');
  const takesCursor = maps('nextPage') || pagination.byHook;
  const follow = (cursor: string | undefined) => (takesCursor ? undefined : nextUrlOf(connection, cursor));
  return collect({
    start,
    wanted,
    drop: token || !counted ? 0 : offset,
    matches,
    pagination,
    canGoOn: maps('page') || maps('nextPage') || pagination.type === 'cursor',
    canFollow: (cursor) => takesCursor || isPageCursor || follow(cursor) !== undefined,
    nextPageKeyed: resource.nextPageKey !== undefined,
    fetchPage: (state) => {
      const page = withPage(input, pagination, state, follow(state.cursor));
      return run(isPageCursor ? withCursorAsPage(page, state) : page);
    },
  });
}

function localWork(
  wanted: number,
  state: PageState | undefined,
  matches: ((record: unknown) => boolean) | undefined,
  fetchPage: Collecting['fetchPage'],
  pagination: Collecting['pagination'],
): Omit<Collecting, 'drop'> {
  const start = state ?? { page: 1, vendorSize: wanted, skip: 0, cursor: undefined };
  return {
    start,
    wanted,
    matches,
    pagination,
    canGoOn: false,
    nextPageKeyed: false,
    canFollow: () => false,
    fetchPage,
  };
}

/**
 * The URL of the next page, where that is what the provider names. Tokens come from callers: only the place that the
 * account's credentials are meant for is called.
 */
function nextUrlOf({ configuration }: Connection, cursor: string | undefined): string | undefined {
  if (cursor === undefined || !/^(https?:\/\/|[/?])/i.test(cursor)) return undefined;
  const base = resolveConfiguration(configuration as Record<string, string>, 'base.url');
  if (!URL.canParse(base) || !URL.canParse(cursor, base)) return undefined;
  const url = new URL(cursor, base);
  return url.origin === new URL(base).origin ? url.href : undefined;
}

/** The page in the provider's own counting; hooks still see ours. */
function withPage(
  input: CallInput,
  pagination: Collecting['pagination'],
  state: PageState,
  nextUrl: string | undefined,
): CallInput {
  const size = String(state.vendorSize);
  const page =
    pagination.type === 'offset'
      ? (state.page - 1) * state.vendorSize
      : state.page - 1 + pagination.startIndex;
  const { nextPage: _, ...query } = input.query;
  return {
    ...input,
    ...(nextUrl === undefined ? {} : { nextUrl }),
    query: {
      ...query,
      page: String(state.page),
      pageSize: size,
      ...(state.cursor ? { nextPage: state.cursor } : {}),
    },
    paging: { page: String(page), pageSize: size, ...(state.cursor ? { nextPage: state.cursor } : {}) },
  };
}

/** Some definitions take the provider's cursor by `page`, which has no number then. */
function withCursorAsPage(input: CallInput, { cursor }: PageState): CallInput {
  if (input.nextUrl !== undefined) return input;
  const { page: _asked, ...query } = input.query;
  const { page: _counted, ...paging } = input.paging ?? {};
  const page = cursor === undefined ? {} : { page: cursor };
  return { ...input, query: { ...query, ...page }, paging: { ...paging, ...page } };
}

function readToken(text: string): { state: PageState; size: number } {
  const token = decodePageToken(text);
  const whole = (key: string, fallback: number) =>
    Number.isInteger(token[key]) ? Number(token[key]) : fallback;
  return {
    state: {
      page: Math.max(1, whole('p', 1)),
      vendorSize: Math.max(1, whole('v', defaultPageSize)),
      skip: Math.max(0, whole('k', 0)),
      cursor: typeof token['c'] === 'string' ? token['c'] : undefined,
    },
    size: Math.max(1, whole('n', defaultPageSize)),
  };
}

/** `elements-next-page-token`: all that the next call has to know. */
export function writeToken(state: PageState, size: number): string {
  return encodePageToken({
    p: state.page,
    v: state.vendorSize,
    k: state.skip,
    n: size,
    ...(state.cursor ? { c: state.cursor } : {}),
  });
}

import { omitNulls, stringifyJson } from '#kernel/json';
import { decodePageToken, encodePageToken, readPage } from '#kernel/page';
import type { Principal } from '#accounts';
import { type CallInput, type CallReply, resolveConfiguration } from '#calls';
import type { ResourceMatch } from '#elements';
import type { Connection, Instances } from '#instances';
import { parseCeql, toConditions, toPredicate } from '#platform/ceql';
import { defaultFields, paginationOf, selectedHere } from './account-settings.ts';
import { type Collected, type Collecting, type PageState, collect } from './collect.ts';
import { discover } from './discovery.ts';
import { providerRefused, resourceUnknown } from './errors.ts';
import { selectFields } from './fields.ts';
import { streamRecords } from './stream-records.ts';

/** A hub call as HTTP brought it. */
export interface HubCall {
  method: string;
  /** Below the hub: `/lists/7`. */
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  /** Reads the body when it is known that somebody wants it. */
  readBody(): Promise<CallInput['body']>;
}

export interface HubReply {
  /** JSON as text, or a stream of what needed no mapping; undefined when there is no body. */
  body: string | import('node:stream').Readable | undefined;
  headers: Record<string, string>;
}

export interface Gateway {
  /** Whether the account of the principal's Element token has a resource of its own for this. */
  offers(call: Pick<HubCall, 'method' | 'path'> & { principal: Principal }): Promise<boolean>;
  /**
   * Does one hub call.
   * @throws AppError: the caller's faults as 4xx, the provider's as 502, its limits as 429.
   */
  handle(
    call: HubCall & { principal: Principal },
    onInstance: (instanceId: number) => void,
  ): Promise<HubReply>;
  /** The same for work of the platform's own, on a connection that it has. */
  run(connection: Connection, call: HubCall): Promise<HubReply>;
}

const defaultPageSize = 200;
const largestPage = 10_000;

export function createGateway({ instances }: { instances: Pick<Instances, 'connect' | 'call'> }): Gateway {
  const gateway: Gateway = {
    offers: async ({ principal, method, path }) =>
      (await instances.connect(principal)).element.find(method, path) !== undefined,
    async handle(call, onInstance) {
      const connection = await instances.connect(call.principal);
      onInstance(connection.instance.id);
      return gateway.run(connection, call);
    },
    async run(connection, call) {
      const match = findMatch(connection, call);
      const whole = match ? undefined : findWhole(connection, call);
      if (whole) return readWhole(connection, call, whole, instances);
      if (!match) {
        const ask = (path: string) => gateway.run(connection, { ...call, path, query: {} });
        const found = await discover(connection.element, call, ask);
        if (!found) throw resourceUnknown(call.method, call.path, connection.element.key);
        return writeJson(found, {});
      }
      const input = await toInput(call, match);
      const filter = toFilter(call, match);
      input.expression = filter.conditions;
      const listed = match.resource.pagination.mode !== 'none';
      input.mayStreamJson =
        !listed && !filter.matches && !filtersNulls(connection) && !fieldsOf(connection, match, input);
      const run = (page: CallInput) => instances.call(connection, match.resource, page);
      const outcome = listed
        ? await runList(connection, match, input, filter.matches, run)
        : keepMatching(await run(input), filter.matches);
      return 'records' in outcome
        ? writeList(outcome, connection, match, input)
        : writeReply(outcome, connection, match, input);
    },
  };
  return gateway;
}

/** A disabled account calls nobody, and still tells its objects: those of its definition. */
function findMatch({ element, instance }: Connection, { method, path }: HubCall): ResourceMatch | undefined {
  const isKnownHere = instance.disabled && method === 'GET' && /^\/objects\/?$/.test(path);
  return isKnownHere ? undefined : element.find(method, path);
}

/** `/contacts/all` reads every page of `/contacts`, unless the element has such a resource itself. */
function findWhole({ element }: Connection, { method, path }: HubCall): ResourceMatch | undefined {
  const list = method === 'GET' ? /^(\/.+)\/all\/?$/.exec(path)?.[1] : undefined;
  const match = list === undefined ? undefined : element.find('GET', list);
  return match && match.resource.pagination.mode !== 'none' ? match : undefined;
}

/** Streams all records: never more than a page of the provider's is in memory. */
async function readWhole(
  connection: Connection,
  call: HubCall,
  match: ResourceMatch,
  { call: send }: Pick<Instances, 'call'>,
): Promise<HubReply> {
  const input = await toInput(call, match);
  const fields = one(call.query['fields']) ?? defaultFields(connection, match);
  if (fields) input.query = { ...input.query, fields };
  const filter = toFilter(call, match);
  input.expression = filter.conditions;
  const run = (page: CallInput) => send(connection, match.resource, page);
  if (match.resource.pagination.mode === 'local')
    return writeReply(keepMatching(await run(input), filter.matches), connection, match, input);
  const { page: _page, nextPage: _next, pageSize: _size, ...query } = input.query;
  const { maxPageSize } = paginationOf(connection, match.resource);
  const pageSize = String(Math.min(maxPageSize || defaultPageSize, largestPage));
  const fetchPage = async (token: string | undefined) => {
    const asked = { ...input, query: { ...query, pageSize, ...(token ? { nextPage: token } : {}) } };
    const page = await runList(connection, match, asked, filter.matches, run);
    if (!('records' in page)) return page;
    const records = shape(page.records, connection, match, input) as unknown[];
    return { records, next: page.next && writeToken(page.next, page.wanted) };
  };
  const first = await fetchPage(undefined);
  if (!('records' in first)) return writeReply(first, connection, match, input);
  const stream = streamRecords(first, async (token) => {
    const page = await fetchPage(token);
    if ('records' in page) return page;
    throw page.error
      ? providerRefused(connection.element.name, page.status, page.error, {})
      : new Error('a page of the list is no list');
  });
  return { body: stream, headers: { 'content-type': jsonType } };
}

/** A list without pages is filtered too, where the provider does not. */
function keepMatching(reply: CallReply, matches: Filter['matches']): CallReply {
  const { body } = reply;
  if (!matches || reply.error || body.kind !== 'json' || !Array.isArray(body.value)) return reply;
  return { ...reply, body: { kind: 'json', value: body.value.filter(matches) } };
}

type Run = (input: CallInput) => Promise<CallReply>;

async function toInput(call: HubCall, { pathVariables }: ResourceMatch): Promise<CallInput> {
  const body = await call.readBody();
  return {
    method: call.method,
    path: call.path,
    pathVariables,
    query: call.query,
    headers: call.headers,
    body,
  };
}

interface Filter {
  conditions: { attribute: string; operator: string; value: unknown }[];
  /** Set where the provider does not filter by itself. */
  matches: ((record: unknown) => boolean) | undefined;
}

/** @throws 400 when `where` is not valid CEQL and nobody else can be meant to understand it. */
function toFilter({ query, method }: HubCall, { resource }: ResourceMatch): Filter {
  const where = one(query['where']);
  if (!where || method !== 'GET') return { conditions: [], matches: undefined };
  const mapped = resource.mappedQuery.has('where');
  try {
    const expression = parseCeql(where);
    return { conditions: toConditions(expression), matches: mapped ? undefined : toPredicate(expression) };
  } catch (error) {
    if (!mapped || resource.requestParameters.some(({ name, converter }) => name === 'where' && converter))
      throw error;
    return { conditions: [], matches: undefined };
  }
}

/** A call that may answer a list: in the provider's pages, or cut out of its whole reply. */
async function runList(
  connection: Connection,
  { resource }: ResourceMatch,
  input: CallInput,
  matches: Filter['matches'],
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
  matches: Filter['matches'],
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

function writeToken(state: PageState, size: number): string {
  return encodePageToken({
    p: state.page,
    v: state.vendorSize,
    k: state.skip,
    n: size,
    ...(state.cursor ? { c: state.cursor } : {}),
  });
}

function writeList(
  list: Collected,
  connection: Connection,
  match: ResourceMatch,
  input: CallInput,
): HubReply {
  const headers = flat(list.reply.headers);
  headers['elements-returned-count'] = String(list.records.length);
  if (list.totalCount !== undefined) headers['elements-total-count'] = String(list.totalCount);
  if (list.next) headers['elements-next-page-token'] = writeToken(list.next, list.wanted);
  return writeJson(shape(list.records, connection, match, input), headers);
}

function writeReply(
  reply: CallReply,
  connection: Connection,
  match: ResourceMatch,
  input: CallInput,
): HubReply {
  const headers = flat(reply.headers);
  if (reply.error) {
    if (reply.body.kind === 'stream') reply.body.stream.destroy();
    throw providerRefused(connection.element.name, reply.status, reply.error, headers);
  }
  switch (reply.body.kind) {
    case 'none':
      return { body: undefined, headers };
    case 'stream':
      return {
        body: reply.body.stream,
        headers: { ...headers, 'content-type': reply.body.contentType, ...reply.body.headers },
      };
    case 'text':
      return { body: reply.body.text, headers: { ...headers, 'content-type': reply.body.contentType } };
    default: {
      const { value, text } = reply.body;
      if (Array.isArray(value)) headers['elements-returned-count'] = String(value.length);
      const shaped = shape(value, connection, match, input);
      if (shaped === value && text) return { body: text, headers: { ...headers, 'content-type': jsonType } };
      return writeJson(shaped, headers);
    }
  }
}

/** Null filter and field selection. */
function shape(value: unknown, connection: Connection, match: ResourceMatch, input: CallInput): unknown {
  const fields = fieldsOf(connection, match, input);
  const selected = fields ? selectFields(value, fields) : value;
  return filtersNulls(connection) ? omitNulls(selected) : selected;
}

function fieldsOf(
  connection: Connection,
  match: ResourceMatch,
  { query, method }: CallInput,
): string | undefined {
  return method === 'GET' ? selectedHere(connection, match, one(query['fields'])) : undefined;
}

function filtersNulls({ configuration }: Connection): boolean {
  return configuration['filter.response.nulls'] !== 'false';
}

const jsonType = 'application/json; charset=utf-8';

function writeJson(value: unknown, headers: Record<string, string>): HubReply {
  return { body: stringifyJson(value), headers: { ...headers, 'content-type': jsonType } };
}

function flat(headers: CallReply['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.at(-1) : value;
}

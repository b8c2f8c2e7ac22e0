import { omitNulls, stringifyJson } from '#kernel/json';
import { selectFields } from '#kernel/select-fields';
import type { Principal } from '#accounts';
import type { CallInput, CallReply } from '#calls';
import type { Resource, ResourceMatch } from '#elements';
import type { CallWatch, Connection, Instances } from '#instances';
import { parseCeql, toConditions, toPredicate } from '#platform/ceql';
import { defaultFields, paginationOf, selectedHere } from './account-settings.ts';
import type { Collected } from './collect.ts';
import { discover } from './discovery.ts';
import { providerRefused, resourceUnknown } from './errors.ts';
import { type Run, defaultPageSize, largestPage, runList, writeToken } from './list-pages.ts';
import { one } from './query-value.ts';
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
  /** The caller as if the Element token of that instance had been sent. @throws 404 */
  asInstance: Instances['asInstance'];
  /** Whether the account of the principal's Element token has a resource of its own for this. */
  offers(call: Pick<HubCall, 'method' | 'path'> & { principal: Principal }): Promise<boolean>;
  /**
   * Does one hub call.
   * @throws AppError: the caller's faults as 4xx, the provider's as 502, its limits as 429.
   */
  handle(call: HubCall & { principal: Principal }, watch: HubWatch): Promise<HubReply>;
  /** The same for work of the platform's own, on a connection that it has. */
  run(connection: Connection, call: HubCall, watch?: CallWatch): Promise<HubReply>;
}

/** Who wants to know what becomes of a hub call. */
export interface HubWatch extends CallWatch {
  /** The account of the Element token is found; what this throws ends the call. */
  connected(connection: Connection): void;
}

export function createGateway({
  instances,
}: {
  instances: Pick<Instances, 'asInstance' | 'connect' | 'call'>;
}): Gateway {
  const gateway: Gateway = {
    asInstance: instances.asInstance,

    offers: async ({ principal, method, path }) =>
      (await instances.connect(principal)).element.find(method, path) !== undefined,

    async handle(call, watch) {
      const connection = await instances.connect(call.principal);
      watch.connected(connection);
      return gateway.run(connection, call, watch);
    },

    async run(connection, call, watch) {
      const match = findMatch(connection, call);
      const whole = match ? undefined : findWhole(connection, call);
      const run = (resource: Resource) => (page: CallInput) =>
        instances.call(connection, resource, page, watch);
      if (whole) return readWhole(connection, call, whole, run(whole.resource));
      if (!match) {
        const ask = (path: string) => gateway.run(connection, { ...call, path, query: {} }, watch);
        const found = await discover(connection.element, call, ask);
        if (!found) throw resourceUnknown(call.method, call.path, connection.element.key);
        return writeJson(found, {});
      }
      const input = toInput(call, match, await call.readBody());
      const filter = toFilter(call, match);
      input.expression = filter.conditions;
      const listed = match.resource.pagination.mode !== 'none';
      input.mayStreamJson =
        !listed && !filter.matches && !filtersNulls(connection) && !fieldsOf(connection, match, input);
      const outcome = listed
        ? await runList(connection, match, input, filter.matches, run(match.resource))
        : keepMatching(await run(match.resource)(input), filter.matches);
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
  run: Run,
): Promise<HubReply> {
  const input = toInput(call, match, await call.readBody());
  const fields = one(call.query['fields']) ?? defaultFields(connection, match);
  if (fields) input.query = { ...input.query, fields };
  const filter = toFilter(call, match);
  input.expression = filter.conditions;
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

function toInput(call: HubCall, { pathVariables }: ResourceMatch, body: CallInput['body']): CallInput {
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
  const texts: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name] ?? '';
    texts[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return texts;
}

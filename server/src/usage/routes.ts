import type { Clock } from '#kernel/clock';
import { AppError } from '#kernel/error';
import { readTimes } from '#kernel/buckets';
import { decodePageToken, encodePageToken, pageTokenInvalid, readPage } from '#kernel/page';
import { Type, route } from '#platform/http';
import type { FastifyInstance, Static } from '#platform/http';
import { callNotFound, noUsage } from './errors.ts';
import type { ExchangeLog } from './exchange-log.ts';
import { listQuery, toIds, toList, usageRecord } from './shapes.ts';
import type { CallCursor, CallFilter, CallRow, Scope, UsageStore } from './store.ts';
import { toUsageRecord } from './view.ts';

interface Parts {
  store: UsageStore;
  clock: Clock;
  exchanges: ExchangeLog;
  /** Writes what waits in memory. */
  write(): Promise<void>;
}

const tags = ['Usage'];
/** Of one call, so many exchanges with its provider are shown. */
const mostExchanges = 100;

/** The list of calls, and one of them. */
export function mountUsage(app: FastifyInstance, { store, clock, exchanges, write }: Parts): void {
  route(app, {
    method: 'GET',
    path: '/usage',
    access: 'user:any',
    audit: 'none',
    summary: "Calls of the caller's account, the newest first",
    description: '404 for a range that is still to come; an empty list where there were no calls.',
    tags,
    schema: { querystring: listQuery, response: { 200: Type.Array(usageRecord) } },
    handler: async ({ principal, query }, reply) => {
      const filter = toFilter(principal, query);
      const asked = readPage(query, { defaultSize: 100, maxSize: 1000 });
      const page = {
        limit: asked.pageSize + 1,
        offset: asked.token ? 0 : (asked.page - 1) * asked.pageSize + toOffset(query.pageOffset),
        after: asked.token ? toCursor(asked.token) : undefined,
      };
      if (filter.fromMs !== undefined && filter.fromMs > clock.nowMs()) throw noUsage();
      const found = await store.listCalls(filter, page);
      const rows = found.slice(0, asked.pageSize);
      reply.header('elements-returned-count', String(rows.length));
      const last = rows.at(-1);
      if (last && found.length > rows.length)
        reply.header('elements-next-page-token', encodePageToken({ at: last.at.getTime(), id: last.id }));
      return rows.map(toUsageRecord);
    },
  });

  route(app, {
    method: 'GET',
    path: '/usage/:requestId',
    access: 'user:any',
    audit: 'none',
    summary: 'One call: what became of it, and why it failed',
    description:
      'By the elements-request-id of its reply, or by its traffic id. With what was exchanged with the provider and what hooks gave to `done`, if that was logged.',
    tags,
    schema: {
      params: Type.Object({ requestId: Type.String() }),
      response: { 200: usageRecord },
    },
    handler: async ({ principal, params: { requestId } }) => {
      const scope = toScope(principal);
      let row = await findCall(store, scope, requestId);
      if (!row) {
        // It may be one of the last, which wait in this process.
        await write();
        row = await findCall(store, scope, requestId);
      }
      if (!row) throw callNotFound(requestId);
      const logged = await exchanges.list(
        { ...scope, requestId: row.request_id },
        { limit: mostExchanges, beforeId: undefined },
      );
      const hooks = await exchanges.listHooks(scope, row.request_id);
      return {
        ...toUsageRecord(row),
        ...(row.steps && { steps: row.steps }),
        ...(logged.length > 0 && { exchanges: logged.toReversed() }),
        ...(hooks.length > 0 && { hooks }),
      };
    },
  });
}

async function findCall(store: UsageStore, scope: Scope, id: string): Promise<CallRow | undefined> {
  if (/^[0-9a-f]{24}$/i.test(id)) return store.findByRequestId(scope, id.toLowerCase());
  return /^\d{1,15}$/.test(id) ? store.findById(scope, Number(id)) : undefined;
}

function toScope({ organizationId, accountId }: Scope): Scope {
  return { organizationId, accountId };
}

function toFilter(principal: Scope, query: Static<typeof listQuery>): CallFilter {
  return {
    ...toScope(principal),
    ...readTimes(query),
    hub: query.hub,
    keys: toList(query['keys[]']),
    tags: toList(query['tags[]']),
    status: toStatus(query.status),
    searchText: query.searchText,
    instanceIds: toIds(query['instanceIds[]']),
    methods: toList(query['methods[]']).map((method) => method.toUpperCase()),
    path: query.path,
    statuses: toStatuses(query.statusCode),
    isHub: toFlag(query.elementApi),
  };
}

function toStatus(text: string | undefined): CallFilter['status'] {
  const status = text?.toLowerCase();
  if (status === undefined || status === '') return undefined;
  if (status === 'success' || status === 'failed') return status;
  throw new AppError('usage-status-invalid', 400, "'status' must be success or failed.");
}

function toStatuses(text: string | undefined): CallFilter['statuses'] {
  if (text === undefined || text === '') return undefined;
  if (/^[1-5]\d\d$/.test(text)) return [Number(text), Number(text)];
  if (/^[1-5]xx$/i.test(text)) return [Number(text[0]) * 100, Number(text[0]) * 100 + 99];
  throw new AppError('usage-status-code-invalid', 400, "'statusCode' must be like 404 or 4xx.");
}

function toFlag(text: string | undefined): boolean | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new AppError('usage-flag-invalid', 400, "'elementApi' must be true or false.");
}

function toOffset(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AppError('usage-offset-invalid', 400, "'pageOffset' must be a whole number from 0.");
}

function toCursor(token: string): CallCursor {
  const { at, id } = decodePageToken(token);
  if (
    typeof at !== 'number' ||
    typeof id !== 'number' ||
    !Number.isSafeInteger(at) ||
    !Number.isSafeInteger(id)
  )
    throw pageTokenInvalid();
  return { atMs: at, id };
}

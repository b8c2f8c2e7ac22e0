import type { Clock } from '#kernel/clock';
import { decodePageToken, encodePageToken, pageTokenInvalid, readPage } from '#kernel/page';
import { Type, noZeroByte, pagingQuery, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import type { Catalog } from '#elements';
import { traceNotFound } from '#usage';
import type { ExchangeLog, LoggedExchange } from '#usage';
import { isLogging } from './instance.ts';
import type { Instance } from './instance.ts';
import type { InstanceDesk } from './instances.ts';
import { idParams } from './shapes.ts';

interface Parts {
  desk: InstanceDesk;
  catalog: Catalog;
  exchangeLog: ExchangeLog;
  clock: Clock;
}

const usualMinutes = 15;
const mostMinutes = 60;
const mostOfTrace = 200;

const loggingBody = Type.Object(
  {
    minutes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: mostMinutes,
        description: `Then it ends by itself; ${usualMinutes} if not said`,
      }),
    ),
    traceTag: Type.Optional(
      Type.String({ maxLength: 100, ...noZeroByte, description: 'To find these entries by' }),
    ),
  },
  { title: 'LoggingStart' },
);
const loggingReply = Type.Object(
  {
    instanceId: Type.Integer(),
    traceLoggingEnabled: Type.Boolean(),
    traceTag: Type.Optional(Type.String()),
    until: Type.Optional(Type.String({ description: 'When it ends, or has ended' })),
  },
  { title: 'Logging' },
);
const logQuery = Type.Object(
  {
    requestId: Type.Optional(Type.String({ ...noZeroByte, description: 'elements-request-id of a call' })),
    traceTag: Type.Optional(Type.String(noZeroByte)),
    pageSize: Type.Optional(Type.String({ description: 'At most 200; 50 by default' })),
    nextPage: pagingQuery.nextPage,
    fields: pagingQuery.fields,
  },
  { additionalProperties: true },
);
const entries = Type.Array(Type.Object({}, { additionalProperties: true }));
const tags = ['Instances'];

/** What is exchanged with providers: a window of time in which it is logged, and the trace of connecting an account. */
export function mountLogs(app: FastifyInstance, parts: Parts): void {
  mountWindow(app, parts);
  mountEntries(app, parts);
  mountTrace(app, parts);
}

function mountWindow(app: FastifyInstance, { desk, clock }: Parts): void {
  const show = (instance: Instance) => ({
    instanceId: instance.id,
    traceLoggingEnabled: isLogging(instance, clock.nowMs()),
    traceTag: instance.logging?.traceTag,
    until: instance.logging && new Date(instance.logging.untilMs).toISOString(),
  });
  const common = { path: '/instances/:id/logging', access: 'user:createElementInstances', tags } as const;
  route(app, {
    ...common,
    method: 'GET',
    audit: 'none',
    summary: 'Whether requests to the provider and its replies are logged',
    schema: { params: idParams, response: { 200: loggingReply } },
    handler: async ({ principal, params }) => show(await desk.get(principal, Number(params.id))),
  });
  route(app, {
    ...common,
    method: 'PUT',
    audit: 'logging.begin',
    summary: 'Log requests to the provider and its replies for some minutes',
    description:
      'Secrets are redacted, bodies are kept up to 8 KB, and no more than 1,000 requests. Entries are stored encrypted and deleted after three days.',
    schema: { params: idParams, body: loggingBody, response: { 200: loggingReply } },
    exists: ({ principal, params }) => desk.get(principal, Number(params.id)),
    handler: async ({ principal, params, body }) => {
      const untilMs = clock.nowMs() + (body.minutes ?? usualMinutes) * 60_000;
      return show(await desk.setLogging(principal, Number(params.id), { untilMs, traceTag: body.traceTag }));
    },
  });
  route(app, {
    ...common,
    method: 'DELETE',
    audit: 'logging.finish',
    summary: 'End that log before its time; its entries stay',
    schema: { params: idParams, response: { 200: loggingReply } },
    handler: async ({ principal, params }) =>
      show(await desk.setLogging(principal, Number(params.id), undefined)),
  });
}

function mountEntries(app: FastifyInstance, { desk, exchangeLog }: Parts): void {
  const common = { path: '/instances/:id/logs', access: 'user:createElementInstances', tags } as const;
  route(app, {
    ...common,
    method: 'GET',
    audit: 'logging.read',
    summary: 'What was logged of the requests to the provider, the newest first',
    schema: { params: idParams, querystring: logQuery, response: { 200: entries } },
    handler: async ({ principal, params, query }, reply) => {
      const { id: instanceId, organizationId, accountId } = await desk.get(principal, Number(params.id));
      const { pageSize, token } = readPage(query, { defaultSize: 50, maxSize: 200 });
      const { requestId, traceTag } = query;
      const filter = { organizationId, accountId, instanceId, requestId, traceTag };
      const found = await exchangeLog.list(filter, {
        limit: pageSize + 1,
        beforeId: token === undefined ? undefined : toId(token),
      });
      const shown = found.slice(0, pageSize);
      reply.header('elements-returned-count', String(shown.length));
      const last = shown.at(-1);
      if (last && found.length > shown.length)
        reply.header('elements-next-page-token', encodePageToken({ before: Number(last.id) }));
      return shown;
    },
  });
  route(app, {
    ...common,
    method: 'DELETE',
    audit: 'logging.remove',
    summary: 'Delete what was logged',
    schema: { params: idParams },
    handler: async ({ principal, params }) => {
      const { id, organizationId, accountId } = await desk.get(principal, Number(params.id));
      await exchangeLog.remove({ organizationId, accountId }, id);
      return {};
    },
  });
}

function toId(token: string): number {
  const { before } = decodePageToken(token);
  if (typeof before !== 'number' || !Number.isSafeInteger(before)) throw pageTokenInvalid();
  return before;
}

function mountTrace(app: FastifyInstance, { catalog, exchangeLog }: Parts): void {
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/trace/:traceId',
    access: 'user:createElementInstances',
    audit: 'logging.read',
    summary: 'What was exchanged with the provider when an account was connected with providerData.debug',
    description:
      'By method and path of each request. The id is in the header elements-trace-id of that call.',
    tags: ['Elements'],
    schema: {
      params: Type.Object({ keyOrId: Type.String(), traceId: Type.String(noZeroByte) }),
      response: { 200: Type.Object({}, { additionalProperties: true }) },
    },
    handler: async ({ principal, params: { keyOrId, traceId } }) => {
      const element = await catalog.get(keyOrId, principal);
      const { organizationId, accountId } = principal;
      const found = await exchangeLog.list(
        { organizationId, accountId, elementKey: element.key, requestId: traceId },
        { limit: mostOfTrace, beforeId: undefined },
      );
      if (found.length === 0) throw traceNotFound(traceId);
      return toTrace(found.toReversed());
    },
  });
}

/** Requests by method and path; one that was sent again gets a number. */
function toTrace(exchanges: readonly LoggedExchange[]): Record<string, LoggedExchange> {
  const trace: Record<string, LoggedExchange> = {};
  for (const exchange of exchanges) {
    const path = URL.canParse(exchange.url) ? new URL(exchange.url).pathname : exchange.url;
    const key = `${exchange.method}:${path}`;
    let name = key;
    for (let times = 2; Object.hasOwn(trace, name); times++) name = `${key} (${times})`;
    trace[name] = exchange;
  }
  return trace;
}

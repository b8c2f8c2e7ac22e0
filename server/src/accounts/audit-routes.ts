import { AppError } from '#kernel/error';
import { decodePageToken, encodePageToken, readPage } from '#kernel/page';
import { type FastifyInstance, type Static, Type, route } from '#platform/http';
import type { AuditFilter, AuditRow } from './audit-store.ts';
import type { AuditTrail } from './audit-trail.ts';
import { auditEntryNotFound } from './errors.ts';
import { pagingQuery } from './list-page.ts';
import type { Caller } from './principal.ts';
import { idParams, text } from './shapes.ts';
import { toUserName } from './user-scope.ts';

const query = Type.Object(
  {
    ...pagingQuery,
    user: Type.Optional(text(320, { description: 'Id or e-mail of who did it' })),
    action: Type.Optional(text(100, { description: 'Such as instance.remove' })),
    from: Type.Optional(Type.String({ description: 'ISO 8601: nothing older' })),
    to: Type.Optional(Type.String({ description: 'ISO 8601: nothing newer' })),
  },
  { additionalProperties: true },
);

const entry = Type.Object(
  {
    id: Type.Integer(),
    date: Type.String({ description: 'When it was done, ISO 8601' }),
    action: Type.String(),
    method: Type.String(),
    path: Type.String(),
    requestId: Type.String({ description: 'Of the call that did it: its header elements-request-id' }),
    userId: Type.Integer(),
    accountId: Type.Integer(),
    email: Type.String({ description: 'Of the user, at that time' }),
  },
  { title: 'AuditEntry' },
);

/** Who did what: under the path that says so, and under the one that old clients know. */
export function mountAudit(app: FastifyInstance, trail: AuditTrail): void {
  for (const path of ['/audit', '/audit-logs'])
    route(app, {
      method: 'GET',
      path,
      access: 'user:viewLogsOrg|viewLogsAccount',
      audit: 'none',
      summary: 'Who did what, the newest first: of the organization, or of the own account',
      tags: ['Audit'],
      schema: { querystring: query, response: { 200: Type.Array(entry) } },
      handler: async ({ principal, query: asked }, reply) => {
        const filter = toFilter(principal, asked);
        const { page, pageSize, token } = readPage(asked, { defaultSize: 200, maxSize: 1000 });
        const start = token
          ? { limit: pageSize + 1, offset: 0, before: readToken(token) }
          : { limit: pageSize + 1, offset: (page - 1) * pageSize };
        const [rows, total] = await Promise.all([trail.list(filter, start), trail.count(filter)]);
        const shown = rows.slice(0, pageSize);
        reply.header('elements-total-count', String(total));
        reply.header('elements-returned-count', String(shown.length));
        const last = shown.at(-1);
        if (rows.length > pageSize && last)
          reply.header('elements-next-page-token', encodePageToken({ before: last.id }));
        return shown.map(toEntry);
      },
    });
  route(app, {
    method: 'GET',
    path: '/audit/:id',
    access: 'user:viewLogsOrg|viewLogsAccount',
    audit: 'none',
    summary: 'One entry of the audit trail',
    tags: ['Audit'],
    schema: { params: idParams, response: { 200: entry } },
    handler: async ({ principal, params: { id } }) => {
      const row = await trail.find(toFilter(principal, {}), id);
      if (!row) throw auditEntryNotFound(id);
      return toEntry(row);
    },
  });
}

function toEntry(row: AuditRow): Static<typeof entry> {
  return {
    id: row.id,
    date: row.done_at.toISOString(),
    action: row.action,
    method: row.method,
    path: row.path,
    requestId: row.request_id,
    userId: row.user_id,
    accountId: row.account_id,
    email: row.email,
  };
}

function toFilter(caller: Caller, asked: Static<typeof query>): AuditFilter {
  const { organizationId, accountId, privileges } = caller;
  const { user, action } = asked;
  const [from, to] = [toDate('from', asked.from), toDate('to', asked.to)];
  return {
    organizationId,
    ...(!privileges.has('viewLogsOrg') && { accountId }),
    ...(user && { user: toUserName(user, caller) }),
    ...(action && { action }),
    from,
    to,
  };
}

function toDate(name: string, given: string | undefined): Date | undefined {
  if (!given) return undefined;
  const date = new Date(given);
  const isIso = /^\d{4}-\d\d-\d\d/.test(given) && !Number.isNaN(date.getTime());
  if (!isIso)
    throw new AppError('invalid-date', 400, `'${name}' must be an ISO 8601 date, such as 2030-01-31.`);
  return date;
}

function readToken(token: string): number {
  const { before } = decodePageToken(token);
  if (typeof before === 'number' && Number.isSafeInteger(before)) return before;
  throw new AppError('page-token-invalid', 400, "'nextPage' is of another list.");
}

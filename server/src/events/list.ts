import { readTimes } from '#kernel/buckets';
import { decodePageToken, encodePageToken, readPage } from '#kernel/page';
import { Type, pagingQuery } from '#platform/http';
import type { FastifyReply, Static } from '#platform/http';
import { parseCeql, toConditions } from '#platform/ceql';
import { filterInvalid } from './errors.ts';
import type { DeliveryStatus, EventType } from './event.ts';
import type { EventFilter } from './filter-store.ts';
import type { PageOfRows } from './read-store.ts';

const text = (description: string) => Type.Optional(Type.String({ description }));

export const pageQuery = {
  ...pagingQuery,
  pageSize: text('At most 1000; 200 by default. A page of large events has fewer: follow nextPage'),
};
export const timeQuery = { from: text('ISO 8601; inclusive'), to: text('ISO 8601; inclusive') };
export const eventQuery = {
  ...timeQuery,
  where: text(
    "CEQL, such as status = 'failed' and eventType = 'CREATED' and instanceId = 12 and config.url = 'https://…'",
  ),
};
export const deliveryQuery = {
  ...eventQuery,
  hydrate: text('true adds notification and subscription'),
};

const statuses = new Set<string>(['created', 'retry', 'queued', 'delivered', 'failed']);

/**
 * The filter of `from`, `to` and `where`.
 *
 * @throws 400 that says what may be asked for.
 */
export function readFilter(query: { from?: string; to?: string; where?: string }): EventFilter {
  const filter: EventFilter = readTimes(query);
  if (!query.where) return filter;
  const expression = parseCeql(query.where);
  const items = expression.kind === 'and' ? expression.items : [expression];
  if (items.some(({ kind }) => kind === 'or' || kind === 'not'))
    throw filterInvalid('only AND is understood');
  const fields = new Set<string>();
  let isOfOtherChannel = false;
  for (const { attribute, operator, value } of toConditions(expression)) {
    const values = [value].flat().map(String);
    if (operator !== '=' && operator !== 'IN') throw filterInvalid(`${attribute} takes = or IN`);
    const field = attribute === 'notificationId' ? 'eventId' : attribute;
    if (fields.has(field)) throw filterInvalid(`${attribute} comes twice`);
    fields.add(field);
    if (field === 'status') filter.statuses = values.map(toStatus);
    else if (field === 'instanceId' && values.length === 1) filter.instanceId = toId(attribute, values[0]);
    else if (field === 'eventId') filter.eventIds = values.map((id) => toId(attribute, id));
    else if (field === 'elementKey' && values.length === 1) filter.elementKey = values[0];
    else if (field === 'objectType' && values.length === 1) filter.objectType = values[0];
    else if (field === 'eventType' && values.length === 1) filter.eventType = toType(values[0]);
    else if (field === 'config.url' && values.length === 1) filter.url = values[0];
    else if (field !== 'channel') throw filterInvalid(`${attribute} is not one of its fields`);
    else isOfOtherChannel = !values.includes('webhook');
  }
  if (isOfOtherChannel) filter.statuses = [];
  return filter;
}

function toStatus(value: string): DeliveryStatus {
  const status = value.toLowerCase();
  if (!statuses.has(status)) throw filterInvalid(`'${value.slice(0, 40)}' is no status`);
  return status as DeliveryStatus;
}

const types = new Set<string>(['CREATED', 'UPDATED', 'DELETED', 'UNKNOWN']);

function toType(value = ''): EventType {
  const type = value.toUpperCase();
  if (!types.has(type)) throw filterInvalid(`'${value.slice(0, 40)}' is no type of event`);
  return type as EventType;
}

function toId(attribute: string, value: string | undefined): number {
  if (value === undefined || !/^\d{1,15}$/.test(value)) throw filterInvalid(`${attribute} is a number`);
  return Number(value);
}

/** Events may have megabytes each, and a page of them is in memory as a whole. */
const mostBytesOfPage = 16 * 1024 * 1024;

const pageSchema = Type.Object(pageQuery);

export interface AskedRows extends PageOfRows {
  /** Tells of the page in the headers. */
  finish<R extends { id: number; goesOn: boolean }>(rows: R[], reply: FastifyReply): R[];
}

/**
 * The page of a list whose newest rows come first.
 *
 * @param isHeavy its rows bring payloads.
 */
export function askedRows(query: Static<typeof pageSchema>, isHeavy: boolean): AskedRows {
  const { page, pageSize, token } = readPage(query, { defaultSize: 200, maxSize: 1000 });
  const before = token === undefined ? undefined : decodePageToken(token)['before'];
  if (before !== undefined && !Number.isSafeInteger(before))
    throw filterInvalid("'nextPage' is of another list");
  return {
    page,
    pageSize,
    beforeId: before as number | undefined,
    mostBytes: isHeavy ? mostBytesOfPage : undefined,
    finish(rows, reply) {
      reply.header('elements-returned-count', String(rows.length));
      const last = rows.at(-1);
      if (last?.goesOn) reply.header('elements-next-page-token', encodePageToken({ before: last.id }));
      return rows;
    },
  };
}

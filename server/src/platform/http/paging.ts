import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { Page } from '#kernel/page';

/** What the query of every list may say. A route whose query has `fields` replies with these alone (see `route`). */
export const pagingQuery = {
  page: Type.Optional(Type.String({ description: 'First page is 1' })),
  pageSize: Type.Optional(Type.String({ description: 'Rows of a page' })),
  nextPage: Type.Optional(Type.String({ description: 'elements-next-page-token of the page before' })),
  fields: Type.Optional(Type.String({ description: 'Only these, with commas: names or dotted paths' })),
};

/** A query that says nothing but that. */
export const pageOnly = Type.Object(pagingQuery, { additionalProperties: true });

/** Tells of a page by headers; gives its rows. */
export function replyPage<T>(reply: FastifyReply, { rows, headers }: Page<T>): T[] {
  reply.headers(headers);
  return rows;
}

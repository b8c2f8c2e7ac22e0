import { AppError } from '#kernel/error';
import { encodePageToken, pageNumber, readPage } from '#kernel/page';
import { parseCeql, parseOrderBy, toConditions, toPredicate } from '#platform/ceql';
import { type FastifyReply, type Static, Type, pagingQuery as anyPage } from '#platform/http';

export const pagingQuery = {
  ...anyPage,
  pageSize: Type.Optional(Type.String({ description: 'At most 1000; 200 by default' })),
};

export const listQuery = Type.Object(
  {
    ...pagingQuery,
    offset: Type.Optional(Type.String({ description: 'So many are left out before the first page' })),
    where: Type.Optional(Type.String({ description: "CEQL, such as name = 'x'" })),
    orderBy: Type.Optional(Type.String({ description: 'Such as name desc' })),
  },
  { additionalProperties: true },
);

export type ListQuery = Static<typeof listQuery>;

/** Where the rows of a list come from: some of them, or all where only we can filter and sort them. */
export interface ListSource<T> {
  /** `attributes` are those that the filter is about. */
  list(
    page: { limit: number; offset: number } | undefined,
    attributes: readonly string[],
  ): Promise<readonly T[]>;
  count(): Promise<number>;
}

/** Answers one page of a list, with the headers of pages. */
export async function answerList<T extends object>(
  source: ListSource<T>,
  query: ListQuery,
  reply: FastifyReply,
): Promise<T[]> {
  const asked = readPage(query, { defaultSize: 200, maxSize: 1000 });
  const page = pageNumber(asked);
  const offset = readOffset(query.offset) + (page - 1) * asked.pageSize;
  const { rows, total } = await read(source, query, { limit: asked.pageSize, offset });
  reply.header('elements-returned-count', String(rows.length)).header('elements-total-count', String(total));
  if (offset + asked.pageSize < total)
    reply.header('elements-next-page-token', encodePageToken({ page: page + 1 }));
  return rows;
}

async function read<T extends object>(
  source: ListSource<T>,
  { where, orderBy }: ListQuery,
  page: { limit: number; offset: number },
): Promise<{ rows: T[]; total: number }> {
  if (!where && !orderBy) {
    const [rows, total] = await Promise.all([source.list(page, []), source.count()]);
    return { rows: [...rows], total };
  }
  const expression = where ? parseCeql(where) : undefined;
  const order = orderBy ? toOrder<T>(orderBy) : undefined;
  const attributes = expression ? toConditions(expression).map(({ attribute }) => attribute) : [];
  const all = await source.list(undefined, attributes);
  const found = expression ? all.filter(toPredicate(expression)) : [...all];
  if (order) found.sort(order);
  return { rows: found.slice(page.offset, page.offset + page.limit), total: found.length };
}

function toOrder<T extends object>(text: string): (a: T, b: T) => number {
  const fields = parseOrderBy(text);
  const valueOf = (row: T, name: string): unknown =>
    Object.hasOwn(row, name) ? row[name as keyof T] : undefined;
  return (a, b) => {
    for (const { attribute, direction } of fields) {
      const order = compare(valueOf(a, attribute), valueOf(b, attribute));
      if (order !== 0) return direction === 'asc' ? order : -order;
    }
    return 0;
  };
}

/** Numbers by size, all else as text; what is not there comes last. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [a ?? undefined, b ?? undefined];
  if (left === undefined || right === undefined)
    return Number(left === undefined) - Number(right === undefined);
  return String(left).localeCompare(String(right), 'en');
}

function readOffset(text: string | undefined): number {
  if (!text) return 0;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AppError('page-invalid', 400, "'offset' must be a whole number from 0.");
}

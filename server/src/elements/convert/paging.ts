import { isRow } from '../row-ids.ts';
import type { Reader } from './reader.ts';

type Row = Record<string, unknown>;

export interface PagingGuess {
  type: 'page' | 'offset' | 'cursor';
  /** The parameters, with ours in place of the provider's names. */
  parameters: Row[];
  nextPageKey: string | undefined;
  totalCountKey: string | undefined;
  /** Of the first page, where the document says another than 1. */
  startIndex: number | undefined;
  /** Largest page that the document allows. */
  max: number | undefined;
  /** By what it was guessed, such as `page and per_page`. */
  by: string;
}

/** A query parameter as a row, and as the document has it. */
export interface Stated {
  row: Row;
  schema: Row;
}

const sizes =
  /^(per_?page|page_?size|page_?limit|limit|size|max_?results|page_?count|\$top|top|page\[(size|limit)\])$/i;
const pages = /^(page|page_?num(ber)?|page_?no|page_?index|current_?page|p|page\[number\])$/i;
const offsets = /^(offset|skip|start|start_?at|start_?index|\$skip|page\[offset\])$/i;
const cursors =
  /^(cursor|after|next|next_?cursor|page_?token|next_?page_?token|starting_?after|next_?token|continuation_?token|page\[(cursor|after)\])$/i;
const nextFields =
  /^(next|next_?cursor|next_?page_?token|next_?token|next_?page|next_?page_?ur[il]|next_?link|next_?ur[il]|cursor|after|end_?cursor|continuation_?token|@odata\.nextLink)$/i;
const linkFields = /^(next|next_?page_?ur[il]|next_?link|next_?ur[il]|@odata\.nextLink)$/i;
const totals = /^(total|total_?count|total_?results|total_?records|total_?items|total_?elements)$/i;

/** How a list goes on, guessed by the names of its parameters and of what it answers; undefined when nothing looks like a page. */
export function guessPaging(
  reader: Reader,
  stated: readonly Stated[],
  reply: unknown,
): PagingGuess | undefined {
  const query = stated.filter(({ row }) => row['type'] === 'query');
  const find = (pattern: RegExp) => query.find(({ row }) => pattern.test(String(row['name'])));
  const found = { size: find(sizes), cursor: find(cursors), offset: find(offsets), page: find(pages) };
  const next = findField(reader, reply, nextFields, ['string']);
  const total = findField(reader, reply, totals, ['integer', 'number'])?.key;
  const make = (type: PagingGuess['type'], from: Stated | undefined, to: string): PagingGuess => ({
    type,
    parameters: renamed(stated, from, to, found.size),
    nextPageKey: type === 'cursor' ? next?.key : undefined,
    totalCountKey: type === 'cursor' ? undefined : total,
    startIndex: type === 'page' && from && startsAtZero(from.schema) ? 0 : undefined,
    max: found.size && maximumOf(found.size.schema),
    by: [from, found.size].flatMap((one) => (one ? [String(one.row['name'])] : [])).join(' and ') || 'next',
  });
  // A bare `next` beside a cursor is one, unless it is said to be a URL.
  const isCursor = next && (!isLink(next.name) || (/^next$/i.test(next.name) && !next.isUrl));
  if (found.cursor && isCursor) return make('cursor', found.cursor, 'nextPage');
  if (found.offset) return make('offset', found.offset, 'page');
  if (found.page) return make('page', found.page, 'page');
  // The whole URL of the next page needs no parameter.
  return next && isLink(next.name) ? make('cursor', undefined, '') : undefined;
}

/** Whether a list takes a cursor though nothing says where the next one is. */
export function hasLooseCursor(rows: readonly Row[]): boolean {
  return rows.some(({ type, name }) => type === 'query' && cursors.test(String(name)));
}

function isLink(name: string): boolean {
  return linkFields.test(name);
}

function renamed(
  stated: readonly Stated[],
  from: Stated | undefined,
  to: string,
  size: Stated | undefined,
): Row[] {
  return stated.map((one) => {
    if (one === from) return { ...one.row, name: to, required: false };
    return one === size ? { ...one.row, name: 'pageSize', required: false } : one.row;
  });
}

function startsAtZero(schema: Row): boolean {
  return schema['default'] === 0 || schema['minimum'] === 0;
}

function maximumOf(schema: Row): number | undefined {
  const { maximum } = schema;
  return typeof maximum === 'number' && Number.isInteger(maximum) && maximum >= 1 && maximum <= 100_000
    ? maximum
    : undefined;
}

interface FieldFound {
  key: string;
  name: string;
  isUrl: boolean;
}

/** A field of the reply, or of an object in it (`meta.next_cursor`), by its name. */
function findField(reader: Reader, reply: unknown, pattern: RegExp, types: string[]): FieldFound | undefined {
  const isOfType = (field: unknown) => types.includes(reader.shape(field).type ?? '');
  const isUrl = (field: unknown) => /^ur[il]/.test(reader.shape(field).format ?? '');
  const fields = Object.entries(reader.shape(reply).properties);
  for (const [name, field] of fields) {
    if (pattern.test(name) && isOfType(field))
      return { key: `body.${quote(name)}`, name, isUrl: isUrl(field) };
  }
  for (const [name, field] of fields) {
    for (const [deep, value] of Object.entries(reader.shape(field).properties)) {
      if (!pattern.test(deep)) continue;
      if (isOfType(value))
        return { key: `body.${quote(name)}.${quote(deep)}`, name: deep, isUrl: isUrl(value) };
      // HAL: { _links: { next: { href } } }
      const link = reader.shape(value).properties['href'];
      if (isRow(link) && linkFields.test(deep) && isOfType(link))
        return { key: `body.${quote(name)}.${quote(deep)}.href`, name: deep, isUrl: true };
    }
  }
  return undefined;
}

function quote(name: string): string {
  return /[.[\]]/.test(name) ? `\`${name.replaceAll('`', '')}\`` : name;
}

import { isRow } from '../row-ids.ts';

type Row = Record<string, unknown>;

export interface PagingGuess {
  type: 'page' | 'offset' | 'cursor';
  /** The parameters, with ours in place of the provider's names. */
  parameters: Row[];
  nextPageKey: string | undefined;
}

const sizes = /^(per_?page|page_?size|limit|size|max_?results|page_?limit|\$top|page\[size\])$/i;
const pages = /^(page|page_?number|page_?no|page_?index|p|page\[number\])$/i;
const offsets = /^(offset|skip|start|start_?at|start_?index|\$skip|page\[offset\])$/i;
const cursors =
  /^(cursor|after|next_?cursor|page_?token|next_?page_?token|starting_after|next_?token|page\[cursor\]|page\[after\])$/i;
const nextFields =
  /^(next|next_?cursor|next_?page_?token|next_?token|next_?page|next_?link|cursor|@odata\.nextLink|after)$/i;

/** How a list goes on, guessed by the names of its parameters; undefined when nothing looks like a page. */
export function guessPaging(rows: Row[], reply: Row): PagingGuess | undefined {
  const query = rows.filter(({ type }) => type === 'query');
  const find = (pattern: RegExp) => query.find(({ name }) => pattern.test(String(name)));
  const nextPageKey = findNext(reply);
  const size = find(sizes);
  const cursor = find(cursors);
  const offset = find(offsets);
  const page = find(pages);
  const renamed = (from: Row | undefined, to: string) =>
    rows.map((row) =>
      row === from || row === size ? { ...row, name: row === from ? to : 'pageSize', required: false } : row,
    );
  if (cursor && nextPageKey) return { type: 'cursor', parameters: renamed(cursor, 'nextPage'), nextPageKey };
  if (offset) return { type: 'offset', parameters: renamed(offset, 'page'), nextPageKey: undefined };
  if (page) return { type: 'page', parameters: renamed(page, 'page'), nextPageKey: undefined };
  return undefined;
}

/** Where the reply says how to go on: a field of its own, or one level deeper (`meta.next_cursor`). */
function findNext(reply: Row): string | undefined {
  const fields = isRow(reply['properties']) ? reply['properties'] : {};
  for (const [name, field] of Object.entries(fields)) {
    if (nextFields.test(name) && isText(field)) return `body.${quote(name)}`;
  }
  for (const [name, field] of Object.entries(fields)) {
    const inner = isRow(field) && isRow(field['properties']) ? field['properties'] : {};
    for (const [deep, value] of Object.entries(inner)) {
      if (nextFields.test(deep) && isText(value)) return `body.${quote(name)}.${quote(deep)}`;
    }
  }
  return undefined;
}

function isText(field: unknown): boolean {
  return isRow(field) && [field['type']].flat().includes('string');
}

function quote(name: string): string {
  return name.includes('.') ? `\`${name}\`` : name;
}

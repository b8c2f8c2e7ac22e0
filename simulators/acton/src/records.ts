import { allowQuery, apiError, badRequest, invalidContact } from './errors.ts';
import { listOf } from './lists.ts';
import type { Provider } from './simulator.ts';
import { addRow } from './state.ts';
import type { List, Row, State } from './state.ts';
import { toRowData } from './webhooks/event-data.ts';

type Fields = Record<string, unknown>;

/** Records of a list: made and changed by heading, read as a bare row. */
export function mountRecords({ app, state, nowMs }: Provider): void {
  app.post<{ Params: { listId: string } }>('/api/1/list/:listId/record', async (request) => {
    const list = listOf(state, request.params.listId);
    const number = insert(state, list, toFields(request.body), nowMs());
    const id = `${list.id}:${number}`;
    return { status: 'success', message: 'Record inserted', id, contact_id: id };
  });

  app.put<{ Params: { listId: string } }>('/api/1/list/:listId/record', async (request) => {
    const list = listOf(state, request.params.listId);
    const { email } = allowQuery(request.query, ['email']);
    if (!email) throw badRequest('email is missing');
    const fields = toFields(request.body);
    const found = [...list.rows].find(
      ([, row]) => row.values[list.emailColumn]?.toLowerCase() === email.toLowerCase(),
    );
    if (found) {
      change(state, list, found, fields, nowMs());
      return {
        status: 'success',
        message: 'Record updated',
        id: `${list.id}:${found[0]}`,
        contact_id: `${list.id}:${found[0]}`,
      };
    }
    const complete = { [list.headings[list.emailColumn] ?? 'E-mail']: email, ...fields };
    const number = insert(state, list, complete, nowMs());
    return {
      status: 'success',
      message: 'Record inserted',
      id: `${list.id}:${number}`,
      contact_id: `${list.id}:${number}`,
    };
  });

  app.delete<{ Params: { listId: string } }>('/api/1/list/:listId/record', async (request) => {
    const list = listOf(state, request.params.listId);
    const { contactids = '' } = allowQuery(request.query, ['contactids']);
    for (const id of contactids.split(',').filter(Boolean)) remove(state, list, id);
    return { status: 'success', message: 'Records deleted' };
  });

  app.get<{ Params: { listId: string; id: string } }>('/api/1/list/:listId/record/:id', async (request) => {
    allowQuery(request.query, []);
    const list = listOf(state, request.params.listId);
    const [number, row] = find(list, request.params.id);
    return toBareRow(list, number, row);
  });

  app.put<{ Params: { listId: string; id: string } }>('/api/1/list/:listId/record/:id', async (request) => {
    const query = allowQuery(request.query, ['returncontact']);
    const list = listOf(state, request.params.listId);
    const [number, row] = find(list, request.params.id);
    change(state, list, [number, row], toFields(request.body), nowMs());
    const contact = query['returncontact'] === 'Y' ? { contact: toBareRow(list, number, row) } : {};
    return { status: 'success', message: 'Record updated', ...contact };
  });

  app.delete<{ Params: { listId: string; id: string } }>(
    '/api/1/list/:listId/record/:id',
    async (request) => {
      const list = listOf(state, request.params.listId);
      remove(state, list, request.params.id);
      return { status: 'success', message: 'Record deleted' };
    },
  );
}

function toFields(body: unknown): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('a JSON object is expected');
  return body as Fields;
}

/** `l-0001:12`, and only in its own list. */
function find(list: List, id: string): [number, Row] {
  const [listId, number] = id.split(':');
  const row = listId === list.id && /^\d+$/.test(number ?? '') ? list.rows.get(Number(number)) : undefined;
  if (!row) throw invalidContact();
  return [Number(number), row];
}

/** The common names EMAIL, FIRSTNAME and LASTNAME stand for the list's own columns. */
function columnOf(list: List, name: string): number {
  const exact = list.headings.indexOf(name);
  if (exact !== -1) return exact;
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  if (plain(name) === 'email') return list.emailColumn;
  return list.headings.findIndex((heading) => plain(heading) === plain(name));
}

function insert(state: State, list: List, fields: Fields, nowMs: number): number {
  const values = list.headings.map(() => '');
  set(list, values, fields);
  const number = addRow(list, values, nowMs);
  state.happen('contact.added', toRowData(list, number, { values }));
  return number;
}

function change(state: State, list: List, [number, row]: [number, Row], fields: Fields, nowMs: number): void {
  set(list, row.values, fields);
  row.modifiedMs = nowMs;
  list.modifiedMs = nowMs;
  state.happen('contact.updated', toRowData(list, number, row));
}

function remove(state: State, list: List, id: string): void {
  const [number, row] = find(list, id);
  list.rows.delete(number);
  state.happen('contact.deleted', toRowData(list, number, row));
}

function set(list: List, values: string[], fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    const column = columnOf(list, name);
    if (column === -1) throw apiError(10010, 'Invalid Column Specified');
    values[column] = value === null || value === undefined ? '' : String(value);
  }
}

function toBareRow(list: List, number: number, row: Row): string[] {
  return [`${list.id}:${number}`, ...list.headings.map((_, index) => row.values[index] ?? '')];
}

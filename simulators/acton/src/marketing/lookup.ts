import { failure, missingParameter } from '../failure.ts';
import type { Call, Surface } from '../surface.ts';

/** Contacts of a list by address or cookie, the facts of one, and the rows that an upload could not take. */
export function mountLookup(surface: Surface): void {
  surface('GET', '/api/1/list/lookup', {
    query: ['cookie'],
    handle: ({ data, query }) => {
      const found = data.contacts.find(
        ({ cookieId }) => cookieId !== undefined && cookieId === query['cookie'],
      );
      if (!found) throw failure('invalidContact');
      return { id: found.id, email: found.fields['email'] ?? '' };
    },
  });
  surface('GET', '/api/1/list/lookup/:listId', { query: ['email', 'cookieid'], handle: lookUp });
  surface('GET', '/api/1/list/:listId/record/:recordId/facts', {
    handle: ({ state, params }) => {
      const list = state.lists.get(params['listId'] ?? '');
      if (!list) throw failure('invalidList');
      const [listId, number] = (params['recordId'] ?? '').split(':');
      const row = listId === list.id ? list.rows.get(Number(number)) : undefined;
      if (!row) throw failure('invalidContact');
      return { recId: params['recordId'], created: row.createdMs, modified: row.modifiedMs, facts: [] };
    },
  });
  surface('GET', '/api/1/list/rejectedUploadRecords', {
    query: ['filename'],
    handle: ({ data, query, reply }) => {
      const csv = data.rejectedFiles.get(query['filename'] ?? '');
      if (csv === undefined) throw failure('invalidId');
      void reply.header('content-type', 'text/csv;charset=UTF-8');
      return csv;
    },
  });
}

function lookUp({ state, data, params, query }: Call): unknown {
  const list = state.lists.get(params['listId'] ?? '');
  if (!list) throw failure('invalidList');
  const byCookie = data.contacts.find(
    ({ cookieId }) => cookieId !== undefined && cookieId === query['cookieid'],
  );
  const email = (query['email'] ?? byCookie?.fields['email'])?.toLowerCase();
  if (!email) throw missingParameter('email or cookieid');
  const found = [...list.rows].find(([, row]) => row.values[list.emailColumn]?.toLowerCase() === email);
  if (!found) throw failure('invalidContact');
  const recId = `${list.id}:${found[0]}`;
  return { recId, contact: [recId, ...found[1].values] };
}

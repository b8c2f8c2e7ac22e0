import { Failure, missingParameter } from '../failure.ts';
import type { AccountData, SchemaColumn } from '../model.ts';
import { fieldsOf, nextNumber, toText } from '../surface.ts';
import type { Surface } from '../surface.ts';
import { saved } from './contact-store.ts';

const path = '/ucl/v2/:accountId/schema';

/** Columns of the account's contacts. */
export function mountSchema(surface: Surface): void {
  surface('GET', path, {
    query: ['skipHidden', 'skipReadOnly'],
    handle: ({ data, query }) => {
      const skips = (name: string) => query[name] === 'true';
      const columns = data.columns.filter(
        (one) => !(skips('skipHidden') && one.hidden) && !(skips('skipReadOnly') && one.readonly),
      );
      return { accountId: data.accountId, columns };
    },
  });
  surface('POST', `${path}/field`, {
    body: ['json'],
    handle: (call) => {
      const given = fieldsOf(call);
      for (const name of ['name', 'type']) if (!given[name]) throw missingParameter(name);
      const number = nextNumber(call.data);
      const column: SchemaColumn = {
        fieldId: 11_000 + number,
        columnIndex: Math.max(...call.data.columns.map((one) => one.columnIndex)) + 1,
        name: toText(given['name']),
        type: toText(given['type']),
        standardFieldMapping: given['standardFieldMapping'] ? toText(given['standardFieldMapping']) : null,
        required: given['required'] === true,
        readonly: given['readonly'] === true,
        hidden: given['hidden'] === true,
      };
      call.data.columns.push(column);
      return saved(column, String(column.fieldId));
    },
  });
  surface('PUT', `${path}/field/:fieldId`, {
    body: ['json'],
    handle: (call) => {
      const column = find(call.data, call.params['fieldId']);
      const { fieldId: _id, columnIndex: _index, ...changes } = fieldsOf(call);
      Object.assign(column, changes);
      return saved(column, String(column.fieldId));
    },
  });
  surface('DELETE', `${path}/field/:fieldId`, {
    handle: ({ data, params }) => {
      const column = find(data, params['fieldId']);
      data.columns = data.columns.filter((one) => one !== column);
      return saved(column, String(column.fieldId));
    },
  });
}

function find(data: AccountData, id: string | undefined): SchemaColumn {
  const column = data.columns.find(({ fieldId }) => String(fieldId) === id);
  if (!column) throw new Failure(400, 400, 'Unknown field id');
  return column;
}

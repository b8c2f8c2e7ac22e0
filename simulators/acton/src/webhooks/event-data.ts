import type { Message, UnifiedContact } from '../model.ts';
import type { List, Row } from '../state.ts';

type Data = Record<string, unknown>;

/** A record of a list. */
export function toRowData(list: List, number: number, { values }: Pick<Row, 'values'>): Data {
  return {
    contactId: `${list.id}:${number}`,
    listId: list.id,
    listName: list.name,
    email: values[list.emailColumn] ?? '',
    fields: Object.fromEntries(list.headings.map((heading, index) => [heading, values[index] ?? ''])),
  };
}

/** A contact of the newer interface. */
export function toContactData({ id, fields, customFields }: UnifiedContact): Data {
  return { contactId: id, email: fields['email'] ?? '', fields, customFields };
}

export function toListData({ id, name, folder, rows }: List): Data {
  return { listId: id, name, folderName: folder, contactCount: rows.size };
}

export function toMessageData({ id, title, subject, type, timeMs, deliveries }: Message): Data {
  const when = new Date(timeMs).toISOString();
  return { messageId: id, title, subject, messageType: type, when, recipients: deliveries.length };
}

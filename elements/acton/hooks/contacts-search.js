// Contacts of all marketing lists, list after list in the order of their ids. The cursor says where to go on:
// `<list id>|<offset>`. The provider has no call that searches all lists.
const pageSize = Math.min(Math.max(Number(request_parameters.pageSize) || 200, 1), 1000);
const [atList = '', atOffset = '0'] = String(request_parameters.nextPage || '').split('|');

// Date conditions go to the provider, as in filter-dates.js; everything else the platform filters.
const names = {
  created_date: ['createdafter', 'createdbefore'],
  createdDate: ['createdafter', 'createdbefore'],
  modified_date: ['modafter', 'modbefore'],
  updatedDate: ['modafter', 'modbefore'],
};
const where = String(request_parameters.where || '').replace(/'(''|[^'])*'|"[^"]*"|`[^`]*`/g, '');
const dates = {};
for (const { attribute, operator, value } of /\b(or|not)\b/i.test(where) ? [] : request_expression) {
  if (!Object.hasOwn(names, attribute) || !/^[<>]=?$/.test(operator)) continue;
  const time = typeof value === 'number' ? value : Date.parse(value);
  if (Number.isNaN(time)) continue;
  const after = operator.startsWith('>');
  dates[names[attribute][after ? 0 : 1]] = Math.floor(time / 1000) + (after ? -1 : 2);
}
const filter = Object.entries(dates)
  .map(([name, value]) => `&${name}=${value}`)
  .join('');

const toIso = (value) => {
  const time = /^\d{12,14}$/.test(String(value))
    ? Number(value)
    : /^\d{9,11}$/.test(String(value))
      ? Number(value) * 1000
      : Date.parse(value);
  return Number.isNaN(time) ? value : new Date(time).toISOString();
};
const toRecord = (list, { headers, emailColumn }, row) => {
  const record = { id: undefined, listId: list.id, listName: list.name };
  headers.forEach((heading, index) => {
    const value = row[index] === undefined ? null : row[index];
    if (heading === '_contact_id_') record.id = value;
    else if (heading === 'created_date') record.createdDate = record.created_date = toIso(value);
    else if (heading === 'modified_date') record.updatedDate = record.modified_date = toIso(value);
    else if (heading === 'id') record['id (column)'] = value;
    else if (heading && !(heading in record)) record[heading] = value;
    if (index === emailColumn && record.email === undefined) record.email = value;
  });
  return record;
};

const mostTables = 10;
const readFrom = (lists, index, offset, contacts, tables) => {
  const list = lists[index];
  if (!list) return done({ continue: false, response_body: { contacts } });
  if (contacts.length === pageSize || tables === mostTables) {
    return done({ continue: false, response_body: { contacts, next: `${list.id}|${offset}` } });
  }
  const window = `count=${pageSize - contacts.length}&offset=${offset}`;
  ask(`/api/1/list/${encodeURIComponent(list.id)}?${window}&datequalifiers=true${filter}`, (table) => {
    const rows = Array.isArray(table.data) ? table.data : [];
    for (const row of rows) contacts.push(toRecord(list, table, row));
    const read = offset + rows.length;
    const more = rows.length > 0 && read < Number(table.totalCount);
    if (more) readFrom(lists, index, read, contacts, tables + 1);
    else readFrom(lists, index + 1, 0, contacts, tables + 1);
  });
};

const readLists = (offset, before) => {
  ask(`/api/1/list?listingtype=contact_list&count=1000&offset=${offset}`, (page) => {
    const found = page.result || [];
    const lists = before.concat(found);
    if (found.length > 0 && lists.length < Number(page.totalCount)) return readLists(lists.length, lists);
    lists.sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
    // A list that is gone since the last page: go on with the one behind it.
    const index = lists.findIndex((list) => list.id >= atList);
    const same = index >= 0 && lists[index].id === atList;
    readFrom(lists, index < 0 ? lists.length : index, same ? Number(atOffset) || 0 : 0, [], 0);
  });
};
readLists(0, []);

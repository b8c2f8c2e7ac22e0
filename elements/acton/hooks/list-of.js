// Finds the list in a reply whose shape is not documented, and gives each record an `id`.
const keys = [
  'result',
  'data',
  'content',
  'contacts',
  'segments',
  'senders',
  'categories',
  'programs',
  'campaigns',
  'items',
  'records',
  'schemas',
  'datasets',
  'definitions',
];
const find = (value, depth) => {
  if (Array.isArray(value)) return value;
  if (value === null || typeof value !== 'object' || depth === 0) return undefined;
  for (const key of keys) {
    const found = Object.hasOwn(value, key) ? find(value[key], depth - 1) : undefined;
    if (found) return found;
  }
  const lists = Object.values(value).filter(Array.isArray);
  return lists.length === 1 ? lists[0] : undefined;
};
const idNames = [
  'id',
  'senderId',
  'categoryId',
  'contactId',
  'segmentId',
  'importDefinitionId',
  'fieldId',
  'objectId',
  'datasetId',
  'recId',
  'recid',
  'msgId',
  'srcid',
  'email',
  'emailAddress',
  'fromEmail',
  'name',
];
const withId = (record) => {
  if (typeof record === 'string' || typeof record === 'number')
    return { id: String(record), name: String(record) };
  if (record === null || typeof record !== 'object') return record;
  const name = idNames.find((key) => record[key] !== undefined && record[key] !== null && record[key] !== '');
  return name === undefined || name === 'id'
    ? record
    : Object.assign({}, record, { id: String(record[name]) });
};
const found = find(response_body, 3);
if (response_iserror) done();
else if (found) done({ response_body: found.map(withId) });
else if (response_body && Object.keys(response_body).length === 0) done({ response_body: [] });
else done();

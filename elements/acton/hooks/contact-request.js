// Our contact goes out without what is ours; `12` in the path means record 12 of this list.
const { id, contactId } = request_path_variables;
const result = {};
if (contactId !== undefined && !contactId.includes(':')) {
  const record = encodeURIComponent(`${id}:${contactId}`);
  result.request_vendor_path = request_vendor_path.replace('{contactId}', record);
}
const fields = request_body_map;
if (fields === undefined || fields === null) done(result);
else if (typeof fields !== 'object' || Array.isArray(fields)) {
  done({
    continue: false,
    response_status_code: 400,
    response_error: 'Send one contact as a JSON object, keyed by the headings of the list.',
  });
} else {
  const columns = Object.assign({}, fields);
  for (const name of ['id', 'listId', 'listName', 'created_date', 'modified_date', '_contact_id_'])
    delete columns[name];
  if ('id (column)' in columns) {
    columns.id = columns['id (column)'];
    delete columns['id (column)'];
  }
  result.request_vendor_body = columns;
  done(result);
}

// One record comes as a bare row. The headings stand in the list: one more call reads them.
const { id, contactId } = request_path_variables;
const row = response_body;
if (response_iserror) done();
else if (!Array.isArray(row)) {
  // Some accounts answer an object already.
  if (row && typeof row === 'object') {
    const { _contact_id_: own, ...fields } = row;
    done({ response_body: Object.assign(fields, { id: row.id || own || contactId }) });
  } else done({ response_status_code: 404, response_error: `The list ${id} has no contact ${contactId}.` });
} else {
  ask(`/api/1/list/${encodeURIComponent(id)}?count=1&offset=0`, ({ headers = [] }) => {
    const record = {};
    const used = [];
    row.forEach((value, index) => {
      // Behind the last column stands when the record was changed.
      if (index >= headers.length && headers.length > 0 && !Number.isNaN(Date.parse(value))) {
        record.modified_date = new Date(Date.parse(value)).toISOString();
        return;
      }
      let name = String(headers[index] === undefined ? '' : headers[index]).trim() || `Column ${index + 1}`;
      if (name === 'id') name = 'id (column)';
      const first = name;
      for (let count = 2; used.includes(name); count++) name = `${first} (${count})`;
      used.push(name);
      if (name === '_contact_id_') record.id = value;
      else record[name] = value;
    });
    if (record.id === undefined) record.id = contactId.includes(':') ? contactId : `${id}:${contactId}`;
    done({ response_body: record });
  });
}

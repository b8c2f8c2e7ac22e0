// One record comes as a bare row. The headings stand in the list: one more call reads them.
// One more call to the provider. Its refusal becomes our reply.
const ask = (path, then) => {
  const url = configuration['base.url'] + path;
  const headers = {
    Accept: 'application/json',
    Authorization: `Bearer ${configuration['oauth.user.token']}`,
  };
  const sent = require(url.startsWith('https:') ? 'https' : 'http').request(url, { headers }, (response) => {
    let text = '';
    response.on('data', (part) => (text += part));
    response.on('end', () => {
      let body;
      try {
        body = JSON.parse(text);
      } catch (error) {
        body = text;
      }
      const failed = response.statusCode >= 400 || body === null || typeof body !== 'object';
      if (!failed) return then(body);
      done({
        continue: false,
        response_status_code: response.statusCode >= 400 ? response.statusCode : 502,
        response_headers: response.headers['retry-after']
          ? { 'retry-after': response.headers['retry-after'] }
          : {},
        response_body: body,
      });
    });
  });
  sent.on('error', (error) => {
    done({
      continue: false,
      response_status_code: 502,
      response_error: `Act-On could not be asked: ${error.message}`,
    });
  });
  sent.end();
};

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

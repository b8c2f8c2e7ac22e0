// A list by its id: the provider has its columns and its size here, its name and folder only in the list of all lists.
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

const { id } = request_path_variables;
const pageSize = 1000;
const { headers = [], totalCount, emailColumn } = response_body || {};
const isEmail = (name, index) =>
  index === emailColumn || (emailColumn === undefined && /^e-?mail/i.test(name));
const columns = headers.map((name, index) => ({ name, type: isEmail(name, index) ? 'email' : 'string' }));

const look = (offset) => {
  ask(`/api/1/list?listingtype=contact_list&count=${pageSize}&offset=${offset}`, (page) => {
    const lists = page.result || [];
    const found = lists.find((list) => list.id === id);
    const size = Number(totalCount);
    const known = { id, columns: columns.filter(({ name }) => name !== '_contact_id_') };
    if (Number.isFinite(size)) known.contactCount = size;
    const isLast = lists.length < pageSize || offset + lists.length >= Number(page.totalCount);
    if (found || isLast) done({ response_body: Object.assign({}, found, known) });
    else look(offset + lists.length);
  });
};

if (response_iserror) done();
else look(0);

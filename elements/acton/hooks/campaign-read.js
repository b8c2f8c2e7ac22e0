// A message by its id: the provider gives messages only in lists, one for each type.
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
const byPrefix = { s: 'SENT', d: 'DRAFT', t: 'TEMPLATE' };
const likely = byPrefix[id.charAt(0)] || 'SENT';
const all = ['DRAFT', 'TEMPLATE', 'SENT', 'SCHEDULED', 'TRIGGERED', 'FAILED'];
const types = [likely].concat(all.filter((type) => type !== likely));

const look = (index, offset) => {
  const type = types[index];
  if (!type) {
    return done({
      continue: false,
      response_status_code: 404,
      response_error: `Act-On has no message ${id}.`,
    });
  }
  ask(`/api/1/message?type=${type}&count=${pageSize}&offset=${offset}`, (page) => {
    const messages = page.msgresult || page.result || [];
    const found = messages.find((message) => (message.msgId || message.id) === id);
    if (found) return done({ continue: false, response_body: Object.assign({}, found, { id }) });
    const read = offset + messages.length;
    if (messages.length > 0 && read < Number(page.totalCount)) look(index, read);
    else look(index + 1, 0);
  });
};
look(0, 0);

// The newer interfaces want the account's number in the path. Where the configuration does not have it, it is read
// from the address of a page, a form or an image of the account, and kept.
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

const places = ['/api/1/page', '/api/1/form', '/api/1/image', '/api/1/media/'];
const pattern = /\/a\/(\d+)\/p\/|\/acton\/(?:form|attachment)\/(\d+)\/|\/\/a(\d+)\.actonservice\.com/;

const look = (index) => {
  if (index === places.length) {
    return done({
      continue: false,
      response_status_code: 400,
      response_error:
        "The number of the Act-On account is needed here, and nothing in the account tells it. Set the configuration 'account.id' of the instance; Act-On shows it under Settings.",
    });
  }
  ask(places[index], (body) => {
    const found = pattern.exec(JSON.stringify(body));
    const id = found && (found[1] || found[2] || found[3]);
    if (id) done({ configuration: { 'account.id': id } });
    else look(index + 1);
  });
};

const known = String(configuration['account.id'] || '').trim();
if (!request_vendor_path.includes('{account.id}') || /^[\w-]+$/.test(known)) done();
else look(0);

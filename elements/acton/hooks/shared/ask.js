// One more call to the provider. Its refusal becomes our reply.
function ask(path, then) {
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
}

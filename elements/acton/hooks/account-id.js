// The newer interfaces want the account's number in the path. Where the configuration does not have it, it is read
// from the address of a page, a form or an image of the account, and kept.
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

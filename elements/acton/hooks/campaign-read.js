// A message by its id: the provider gives messages only in lists, one for each type.
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

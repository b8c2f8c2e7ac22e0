// A thing or a report of the id in the path carries that id.
const own = response_body;
if (response_iserror || own === null || typeof own !== 'object') done();
else if (Array.isArray(own)) done({ response_body: { id: request_path_variables.id, result: own } });
else
  done({ response_body: Object.assign({}, own, { id: own.id || own.msgId || request_path_variables.id }) });

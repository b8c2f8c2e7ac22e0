// A write: what the provider said, with the `id` of the thing, and an error where it only looks like success.
const reply = Array.isArray(response_body) || typeof response_body !== 'object' ? {} : response_body || {};
if (response_iserror) done();
else if (
  reply.errorCode ||
  /^(error|failed|failure)$/i.test(String(reply.status)) ||
  reply.success === false
) {
  done({
    response_status_code: 400,
    response_error: reply.message || reply.errorMessage || `Act-On refused the call (${reply.errorCode}).`,
  });
} else {
  const variables = request_path_variables;
  const id = reply.id || reply.msgId || reply.msgid || variables.id || variables.email;
  const saved = Object.assign({}, reply);
  if (id !== undefined) saved.id = String(id);
  done({ response_body: saved });
}

// What was saved, with its `id`. A new contact is answered as a list of one, as clients of this hub expect.
const reply = response_body || {};
if (response_iserror) done();
else if (reply.errorCode || reply.status === 'error' || reply.status === 'failed') {
  done({
    response_status_code: 400,
    response_error: reply.message || `Act-On refused the contact (${reply.errorCode}).`,
  });
} else {
  const { id, contactId } = request_path_variables;
  const fromPath = contactId === undefined || contactId.includes(':') ? contactId : `${id}:${contactId}`;
  const saved = Object.assign({}, request_body_map, { id: reply.id || reply.contact_id || fromPath });
  if (reply.status && saved.status === undefined) saved.status = reply.status;
  if (reply.message && saved.message === undefined) saved.message = reply.message;
  done({ response_body: request_method === 'POST' ? [saved] : saved });
}

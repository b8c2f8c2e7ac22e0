// Writes of the newer interfaces wrap what was saved (`source`) and may say failure with status 200 (`isSuccess`).
const reply = response_body;
const variables = request_path_variables;
const fromPath = variables.id || variables.fieldId || variables.segmentId;
if (response_iserror) done();
else if (reply === null || typeof reply !== 'object' || Array.isArray(reply)) {
  const answer = { success: reply !== false };
  if (fromPath !== undefined) answer.id = fromPath;
  if (Array.isArray(reply)) answer.result = reply;
  done(
    reply === false
      ? { response_status_code: 404, response_error: 'Act-On has no such record.' }
      : { response_body: answer },
  );
} else if (reply.isSuccess === false || (Array.isArray(reply.errors) && reply.errors.length > 0)) {
  const status = Number(reply.statusCode) >= 400 ? Number(reply.statusCode) : 400;
  const error =
    reply.errorMessage ||
    (reply.errors && reply.errors.map((one) => one.message || String(one)).join('; ')) ||
    'Act-On refused the call.';
  done({ response_status_code: status, response_error: error });
} else {
  const saved =
    reply.source && typeof reply.source === 'object'
      ? reply.source
      : reply.data && typeof reply.data === 'object'
        ? reply.data
        : reply;
  const whole = Array.isArray(saved) ? { result: saved } : Object.assign({}, saved);
  const id =
    whole.id || whole.importDefinitionId || whole.importId || reply.objectId || whole.fieldId || fromPath;
  if (id !== undefined && id !== null) whole.id = String(id);
  done({ response_body: whole });
}

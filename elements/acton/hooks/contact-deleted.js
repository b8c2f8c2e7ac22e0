// Says which contact is gone.
const { id, contactId } = request_path_variables;
if (response_iserror) done();
else
  done({
    response_body: Object.assign({}, response_body, {
      id: contactId.includes(':') ? contactId : `${id}:${contactId}`,
    }),
  });

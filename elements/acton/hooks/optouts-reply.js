// What was asked for by category says its category, so that a filter on it holds.
const single = request_expression.find(
  ({ attribute, operator }) => attribute === 'category' && operator === '=',
);
const category = request_parameters.category || (single && single.value);
if (
  response_iserror ||
  !category ||
  request_vendor_path !== '/api/1/subscription/optout' ||
  !Array.isArray(response_body)
)
  done();
else
  done({
    response_body: response_body.map((record) => Object.assign({ category: String(category) }, record)),
  });

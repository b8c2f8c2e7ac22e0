// Opt-outs of one subscription type have a place of their own at the provider.
const where = String(request_parameters.where || '').replace(/'(''|[^'])*'|"[^"]*"|`[^`]*`/g, '');
const single = /\b(or|not)\b/i.test(where)
  ? undefined
  : request_expression.find(({ attribute, operator }) => attribute === 'category' && operator === '=');
const category = request_parameters.category || (single && single.value);
const parameters = Object.assign({}, request_vendor_parameters);
if (category) {
  parameters.category = String(category);
  done({ request_vendor_path: '/api/1/subscription/optout', request_vendor_parameters: parameters });
} else done({ request_vendor_parameters: parameters });

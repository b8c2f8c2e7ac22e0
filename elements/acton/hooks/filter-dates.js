// Conditions on dates go to the provider, a second wider than asked: the platform compares exactly afterwards.
// Only where every condition has to hold: OR and NOT cannot be said to the provider.
const filters = request_vendor_path.startsWith('/ucl/')
  ? { created: ['createdAfter', 'createdBefore'], modified: ['updatedAfter', 'updatedBefore'] }
  : { created: ['createdafter', 'createdbefore'], modified: ['modafter', 'modbefore'] };
const attributes = {
  created_date: 'created',
  createdDate: 'created',
  modified_date: 'modified',
  updatedDate: 'modified',
};
const where = String(request_parameters.where || '').replace(/'(''|[^'])*'|"[^"]*"|`[^`]*`/g, '');
const parameters = Object.assign({}, request_vendor_parameters);

if (!/\b(or|not)\b/i.test(where)) {
  for (const { attribute, operator, value } of request_expression) {
    const kind = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (!kind || !/^[<>]=?$/.test(operator)) continue;
    const time = typeof value === 'number' ? value : Date.parse(value);
    if (Number.isNaN(time)) continue;
    const seconds = Math.floor(time / 1000);
    const after = operator.startsWith('>');
    const name = filters[kind][after ? 0 : 1];
    if (parameters[name] === undefined) parameters[name] = String(after ? seconds - 1 : seconds + 2);
  }
}
done({ request_vendor_parameters: parameters });

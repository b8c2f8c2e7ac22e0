// The columns of a list, or the fields of the unified contacts, as metadata.
const field = (vendorPath, type, readOnly, required, mask) => {
  const one = {
    vendorPath,
    type,
    vendorReadOnly: readOnly,
    vendorRequired: required,
    createable: !readOnly,
    updateable: !readOnly,
    filterable: true,
  };
  if (mask) one.mask = mask;
  return one;
};
const { headers, data = [], emailColumn, columns } = response_body || {};
// Values come as texts mostly; a column is what all its values in the first rows are.
const typeOf = (index) => {
  const values = data
    .map((row) => row[index])
    .filter((value) => value !== null && value !== undefined && value !== '');
  const all = (test) => values.length > 0 && values.every(test);
  if (all((value) => typeof value === 'number')) return 'number';
  if (all((value) => typeof value === 'boolean')) return 'boolean';
  if (all((value) => /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d.*)?$/.test(String(value)))) return 'date';
  return 'string';
};
const types = {
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATETIME: 'date',
  NUMBER: 'number',
  SCORE: 'number',
  'MULTI-TEXT': 'array',
};
const masks = { DATE: 'yyyy-MM-dd', DATETIME: "yyyy-MM-dd'T'HH:mm:ss'Z'", EMAIL: 'email' };

if (response_iserror) done();
else if (Array.isArray(headers)) {
  const fields = [field('id', 'string', true, false)];
  headers.forEach((name, index) => {
    if (name === '_contact_id_') return;
    if (name === 'created_date' || name === 'modified_date')
      fields.push(field(name, 'date', true, false, "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"));
    else {
      const vendorPath = name === 'id' ? 'id (column)' : name || `Column ${index + 1}`;
      fields.push(
        field(vendorPath, typeOf(index), false, false, index === emailColumn ? 'email' : undefined),
      );
    }
  });
  done({ response_body: { fields } });
} else if (Array.isArray(columns)) {
  const toField = ({ name, type, readonly, required }) =>
    field(name, types[type] || 'string', readonly === true, required === true, masks[type]);
  done({ response_body: { fields: columns.map(toField) } });
} else done();

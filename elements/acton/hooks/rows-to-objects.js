// A table (`headers` and `data`) becomes a list of objects, keyed by the headings, each with its `id`.
const table = response_body;
const isTable = table && Array.isArray(table.headers) && Array.isArray(table.data);

// Dates as ISO 8601, so that `where` can compare them.
const toIso = (value) => {
  if (value === null || value === undefined || value === '') return value;
  const digits = /^\d{12,14}$/.test(String(value))
    ? Number(value)
    : /^\d{9,11}$/.test(String(value))
      ? Number(value) * 1000
      : undefined;
  const time = digits === undefined ? Date.parse(value) : digits;
  return Number.isNaN(time) ? value : new Date(time).toISOString();
};

// A heading is used once; an empty one is named by its place.
const names = [];
for (const heading of isTable ? table.headers : []) {
  let name =
    String(heading === null || heading === undefined ? '' : heading).trim() || `Column ${names.length + 1}`;
  if (name === 'id') name = 'id (column)';
  const first = name;
  for (let count = 2; names.includes(name); count++) name = `${first} (${count})`;
  names.push(name);
}

const toObject = (row) => {
  const record = {};
  names.forEach((name, index) => {
    const value = row[index] === undefined ? null : row[index];
    if (name === '_contact_id_') record.id = value;
    else record[name] = name === 'created_date' || name === 'modified_date' ? toIso(value) : value;
  });
  // Hard bounces and the like have no contact id: the e-mail address tells them apart.
  if (record.id === undefined) {
    const email = Number.isInteger(table.emailColumn)
      ? table.emailColumn
      : names.findIndex((name) => /e-?mail/i.test(name));
    const id = row[email >= 0 ? email : 0];
    if (id !== undefined && id !== null) record.id = id;
  }
  return record;
};

if (response_iserror || !response_body) done();
else if (isTable) done({ response_body: table.data.map(toObject) });
else {
  // The lists of addresses are not documented: they may come as results, or as an array.
  const rows = Array.isArray(table) ? table : table.result;
  const withId = (row) => {
    if (typeof row === 'string') return { id: row, email: row };
    const id = row.id || row.email || row.recipient || row['E-mail Address'] || row.Email;
    return id === undefined ? row : Object.assign({}, row, { id });
  };
  if (Array.isArray(rows)) done({ response_body: rows.map(withId) });
  else done();
}

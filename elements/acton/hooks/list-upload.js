// The parts of an upload: what the caller says of the list (part `list`, or a JSON body) and the CSV file.
const given = request_body_map || {};
const list = given.list && typeof given.list === 'object' ? given.list : given;
const find = (...names) => {
  for (const source of [list, given]) {
    for (const name of names) if (source[name] !== undefined && source[name] !== null) return source[name];
  }
  return undefined;
};
const asText = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const asFlag = (value) =>
  value === true || value === 'true' ? 'Y' : value === false || value === 'false' ? 'N' : String(value);
const asArray = (value) => {
  if (typeof value === 'string') {
    try {
      return asArray(JSON.parse(value));
    } catch (error) {
      return undefined;
    }
  }
  return Array.isArray(value) ? value : value && typeof value === 'object' ? [value] : undefined;
};

const creating = request_method === 'POST';
const uploadSpecs = find('uploadspecs', 'uploadSpecs', 'uploadSpec');
const mergeSpecs = find('mergespecs', 'mergeSpecs');
const putEmptyValues = find('putEmptyValues', 'putemptyvalues');
const folder = find('foldername', 'folderName', 'folder');
const name = find('listname', 'listName', 'name');

const parts = {};
const faults = [];
if (creating && !name) faults.push("the list's name is missing: send it as field 'name' of the part 'list'");
if (creating && name) parts.listname = String(name);
if (creating && folder) parts.foldername = String(folder);
parts.headings = asFlag(find('headings') === undefined ? 'Y' : find('headings'));
parts.fieldseparator = String(find('fieldseparator', 'fieldSeparator') || 'COMMA');
parts.quotecharacter = String(find('quotecharacter', 'quoteCharacter') || 'DOUBLE_QUOTE');
if (uploadSpecs !== undefined) parts.uploadspecs = asText(uploadSpecs);
if (!creating && mergeSpecs !== undefined) {
  const specs = asArray(mergeSpecs);
  const own = { dstListId: request_path_variables.id };
  parts.mergespecs = specs
    ? JSON.stringify(specs.map((spec) => Object.assign({}, own, spec)))
    : asText(mergeSpecs);
}
if (!creating && putEmptyValues !== undefined) parts.putEmptyValues = asFlag(putEmptyValues);

const file = request_vendor_body_map && request_vendor_body_map.file;
if (file) parts.file = file;
else {
  // A list without contacts: a file that has nothing but the headings.
  const columns = (asArray(uploadSpecs) || []).filter(
    (spec) => spec && spec.columnHeading && spec.ignoreColumn !== 'Y',
  );
  const place = (spec, index) => (Number.isInteger(spec.columnIndex) ? spec.columnIndex : index);
  const sorted = columns
    .map((spec, index) => [place(spec, index), spec.columnHeading])
    .sort((one, other) => one[0] - other[0]);
  const quoted = sorted.map(([, heading]) => `"${String(heading).replace(/"/g, '""')}"`);
  if (!creating || columns.length === 0) {
    faults.push(
      "the contacts are missing: send a CSV file as the part 'file'" +
        (creating ? ", or 'uploadspecs' that name the columns" : ''),
    );
  } else {
    Object.assign(parts, { headings: 'Y', fieldseparator: 'COMMA', quotecharacter: 'DOUBLE_QUOTE' });
    parts.file = { filename: 'list.csv', contentType: 'text/csv', content: `${quoted.join(',')}\n` };
  }
}

if (faults.length > 0) {
  done({
    continue: false,
    response_status_code: 400,
    response_error: `The list cannot be uploaded: ${faults.join('; ')}.`,
  });
} else done({ request_vendor_body_map: parts });

import { isRow } from '../row-ids.ts';
import type { Reader, Shape } from './reader.ts';
import { headerRow, parameterRow } from './rows.ts';

type Row = Record<string, unknown>;

export interface ConvertedBody {
  parameters: Row[];
  /** Of a JSON body. */
  schema: unknown;
  /** What the caller has to know. */
  note?: string;
}

const nothing: ConvertedBody = { parameters: [], schema: undefined };
const formTypes = /^(multipart\/form-data|application\/x-www-form-urlencoded)/i;

/** The body of an operation as parameters: JSON whole, forms field by field, anything else as it comes. */
export function convertBody(reader: Reader, operation: Row, stated: readonly Row[]): ConvertedBody {
  const old = stated.find((one) => one['in'] === 'body');
  if (old) return whole(old['schema'], old['required'] === true);
  const oldForm = stated.filter((one) => one['in'] === 'formData');
  if (oldForm.length > 0) return fromOldForm(reader, operation, oldForm);
  const request = reader.resolve(operation['requestBody']);
  const content = isRow(request['content']) ? request['content'] : {};
  const types = Object.keys(content);
  const schemaOf = (type: string) => (isRow(content[type]) ? content[type]['schema'] : undefined);
  const isRequired = request['required'] === true;
  const json = types.find((type) => /[/+]json\b|\*\/\*/i.test(type));
  if (json) return whole(schemaOf(json), isRequired, jsonType(json));
  const form = types.find((type) => formTypes.test(type));
  if (form) return fromForm(reader, form, schemaOf(form));
  const [other] = types;
  return other === undefined ? nothing : fromOther(other, schemaOf(other), isRequired);
}

function whole(schema: unknown, required: boolean, contentType?: string): ConvertedBody {
  const row = parameterRow('body', 'body', 'body', { required });
  return { parameters: contentType ? [row, headerRow('Content-Type', contentType)] : [row], schema };
}

/** `application/merge-patch+json` has to be said; plain JSON goes without saying. */
function jsonType(type: string): string | undefined {
  return /^(application\/json\b|\*\/\*|application\/\*)/i.test(type) || /[\r\n\0]/.test(type)
    ? undefined
    : type;
}

function fromOldForm(reader: Reader, operation: Row, fields: readonly Row[]): ConvertedBody {
  const consumes = [operation['consumes'], reader.document['consumes']].find(Array.isArray) as
    unknown[] | undefined;
  const isUpload =
    fields.some(({ type }) => type === 'file') ||
    consumes?.some((one) => /^multipart/i.test(String(one))) === true;
  const rows = fields.map((field) =>
    formRow(
      String(field['name']),
      reader.shape(field),
      field['required'] === true,
      isUpload,
      field['description'],
    ),
  );
  return { ...nothing, parameters: rows };
}

function fromForm(reader: Reader, type: string, schema: unknown): ConvertedBody {
  const { properties, required } = reader.shape(schema);
  const isUpload = type.toLowerCase().startsWith('multipart');
  const rows = Object.entries(properties).map(([name, field]) =>
    formRow(name, reader.shape(field), required.has(name), isUpload, reader.resolve(field)['description']),
  );
  if (rows.length > 0) return { ...nothing, parameters: rows };
  // No field is named: whatever the caller gives is a field.
  return isUpload
    ? {
        ...nothing,
        parameters: [parameterRow('file', 'multipart', 'multipart', { required: false, dataType: 'file' })],
        note: "the parts of its body are not described: only 'file' is sent",
      }
    : { ...nothing, parameters: [parameterRow('body', 'body', 'form', { required: false })] };
}

function formRow(
  name: string,
  shape: Shape,
  required: boolean,
  isUpload: boolean,
  description: unknown,
): Row {
  const isFile = shape.format === 'binary' || shape.type === 'file';
  const type = isFile ? 'file' : shape.type;
  return parameterRow(name, isUpload ? 'multipart' : 'bodyField', isUpload ? 'multipart' : 'form', {
    required,
    ...(type !== undefined && { dataType: type, vendorDataType: type }),
    ...(typeof description === 'string' && { description }),
  });
}

function fromOther(type: string, schema: unknown, required: boolean): ConvertedBody {
  const stated = type.split(';')[0]?.trim() ?? '';
  if (/[/+]xml$/i.test(stated) && !/[\r\n\0]/.test(stated)) {
    return {
      parameters: [parameterRow('body', 'body', 'body', { required }), headerRow('Content-Type', stated)],
      schema,
      note: 'its body is XML: give JSON with one field, the root element',
    };
  }
  return {
    parameters: [parameterRow('body', 'body', 'body', { required, dataType: 'file' })],
    schema: undefined,
    note: `its body of type ${stated} is sent as it comes: say in Content-Type what it is`,
  };
}

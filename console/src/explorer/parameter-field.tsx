import { type FieldProps, Field, SelectField, TextField } from '../parts/form.tsx';
import { explorer as words } from '../strings/explorer.ts';
import type { Parameter } from './operations.ts';

/** The field of one parameter, by its type. */
export function ParameterField({
  parameter,
  value,
  onChange,
  onFile,
}: {
  parameter: Parameter;
  value: string;
  onChange: (value: string) => void;
  onFile: (file: File | undefined) => void;
}) {
  const { name, type = 'string', format, isRequired, description } = parameter;
  const kind = words.typeOf(format ?? type, words.places[parameter.in]);
  const field: FieldProps = {
    label: name,
    required: isRequired,
    help: description ? `${kind}. ${description}` : kind,
  };
  if (type === 'file') {
    return (
      <Field {...field}>
        {(wiring) => <input type="file" {...wiring} onChange={(event) => onFile(event.target.files?.[0])} />}
      </Field>
    );
  }
  const values = parameter.enum ?? (type === 'boolean' ? ['true', 'false'] : undefined);
  if (values) {
    const options = [
      { value: '', label: words.unset },
      ...values.map((one) => ({ value: String(one), label: String(one) })),
    ];
    return (
      <SelectField
        {...field}
        options={options}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  const sample = parameter['x-samplevalue'];
  return (
    <TextField
      {...field}
      inputMode={type === 'integer' ? 'numeric' : type === 'number' ? 'decimal' : 'text'}
      autoComplete="off"
      spellCheck={false}
      placeholder={sample === undefined ? '' : String(sample as string)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

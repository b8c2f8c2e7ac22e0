import type { ConfigurationRow } from '../elements.ts';
import { connect as words } from '../strings/instances.ts';
import { CheckField, SecretField, SelectField, TextAreaField, TextField } from './form.tsx';

const last = Number.MAX_SAFE_INTEGER;

/** Stands for a value that the server has and does not show. */
export const mask = '********';

export type Values = Record<string, string>;

/** Rows that a person fills in, in the order of the definition; what the platform keeps is not among them. */
export function rowsToAsk(rows: readonly ConfigurationRow[]): {
  first: ConfigurationRow[];
  more: ConfigurationRow[];
} {
  const asked = rows
    .filter(({ internal, hideFromConsole, active }) => !internal && !hideFromConsole && active !== false)
    .toSorted((a, b) => (a.displayOrder ?? last) - (b.displayOrder ?? last));
  const isFirst = ({ required, defaultValue, key }: ConfigurationRow) =>
    key !== 'oauth.callback.url' && (Boolean(required) || (defaultValue === undefined && !isOfPlatform(key)));
  return {
    first: asked.filter(isFirst),
    more: asked.filter((row) => !isFirst(row) && row.key !== 'oauth.callback.url'),
  };
}

/** Rows that the platform gives to every element; few people need them. */
const isOfPlatform = (key: string) => /^(event|filter)\.|^oauth\..*url$/.test(key);

/** What is sent: only what was given. */
export function given(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** The field of one value, by the type that the definition gives it. */
export function ConfigurationField({
  row,
  values,
  onChange,
}: {
  row: ConfigurationRow;
  values: Values;
  onChange: (values: Values) => void;
}) {
  const { key, name, description, type, options, defaultValue } = row;
  const value = values[key] ?? '';
  const set = (next: string) => onChange({ ...values, [key]: next });
  const isMasked = value === mask;
  const required = Boolean(row.required) && defaultValue === undefined;
  const field = {
    label: name,
    help: isMasked ? words.masked : description === name ? undefined : description,
    required,
    name: key,
    value,
    onChange: (event: { target: { value: string } }) => set(event.target.value),
  };
  if (type === 'BOOLEAN') {
    const isOn = (value || defaultValue) === 'true';
    return (
      <CheckField
        label={name}
        help={field.help}
        name={key}
        checked={isOn}
        onChange={(event) => set(String(event.target.checked))}
      />
    );
  }
  if (options && options.length > 0) {
    const listed = options.map((one) => ({ value: one.value, label: one.description || one.value }));
    const known = new Set(options.map((one) => one.value));
    const chosen = value || (defaultValue && known.has(defaultValue) ? defaultValue : '');
    const unset = chosen === '' ? [{ value: '', label: words.notChosen }] : [];
    const other = value && !known.has(value) ? [{ value, label: value }] : [];
    return <SelectField {...field} value={chosen} options={[...unset, ...other, ...listed]} />;
  }
  if (type === 'PASSWORD') return <SecretField {...field} />;
  const placeholder = defaultValue ? words.defaultIs(defaultValue) : undefined;
  if (type === 'TEXTAREA') return <TextAreaField {...field} {...(placeholder ? { placeholder } : {})} />;
  const most = /^TEXTFIELD_(\d+)$/.exec(type)?.[1];
  return (
    <TextField
      {...field}
      {...(placeholder ? { placeholder } : {})}
      {...(most ? { maxLength: Number(most) } : {})}
      autoComplete="off"
    />
  );
}

/** Those that few people need, behind a line that opens. */
export function MoreFields({ children }: { children: React.ReactNode }) {
  return (
    <details className="rounded-md border border-line">
      <summary className="min-h-11 px-4 py-2.5 text-sm font-medium">{words.more}</summary>
      <div className="flex flex-col gap-4 px-4 pb-4">{children}</div>
    </details>
  );
}

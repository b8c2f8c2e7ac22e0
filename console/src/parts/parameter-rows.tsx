import type { Parameter } from '../definition.ts';
import { type Faults, faultsOfRow } from '../faults.ts';
import { parameterForm as words } from '../strings/builder.ts';
import { CheckField, SelectField, TextField } from './form.tsx';
import { RowList } from './row-list.tsx';

const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

const ours = plain(
  'path query header body bodyField form multipart configuration value prevBody prevBodyField'.split(' '),
);
const theirs = plain(
  'path query header body bodyField bodyToken form multipart configuration value no-op'.split(' '),
);
const sources = [
  { value: 'request', label: words.request },
  { value: 'response', label: words.response },
];

const titleOf = ({ name, type, vendorName, vendorType, source }: Parameter) =>
  name === ''
    ? words.fresh
    : `${name} (${type}) ${source === 'response' ? '←' : '→'} ${vendorName || name} (${vendorType})`;

/** Where values come from and where they go, row by row. */
export function ParameterRows({
  rows,
  faults,
  onChange,
}: {
  rows: readonly Parameter[];
  faults: Faults;
  onChange: (rows: Parameter[]) => void;
}) {
  const of = (index: number) => faultsOfRow(faults, 'parameters', index);
  return (
    <RowList
      what={words.what}
      none={words.none}
      rows={rows}
      fresh={() => ({ name: '', type: 'query', vendorType: 'query', source: 'request' })}
      titleOf={titleOf}
      hasFault={(index) => Object.keys(of(index)).length > 0}
      onChange={onChange}
    >
      {(row, set, index) => {
        const wrong = of(index);
        const text = (name: 'name' | 'vendorName' | 'dataType' | 'converter' | 'description') => ({
          label: words[name],
          fault: wrong[name],
          value: row[name] ?? '',
          onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
        });
        const choice = (name: 'type' | 'vendorType' | 'source', options: typeof ours, fallback: string) => ({
          label: words[name],
          fault: wrong[name],
          options,
          value: row[name] ?? fallback,
          onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
        });
        return (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField {...text('name')} required />
              <SelectField {...choice('type', ours, 'query')} />
              <TextField {...text('vendorName')} />
              <SelectField {...choice('vendorType', theirs, 'query')} />
              <SelectField {...choice('source', sources, 'request')} />
              <TextField {...text('dataType')} />
              <TextField {...text('converter')} />
              <TextField {...text('description')} />
            </div>
            <CheckField
              label={words.required}
              checked={row.required === true}
              onChange={(event) => set({ required: event.target.checked })}
            />
          </>
        );
      }}
    </RowList>
  );
}

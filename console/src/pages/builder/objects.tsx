import { Link } from '@tanstack/react-router';
import {
  type Definition,
  type ObjectField,
  type ObjectRow,
  nameOfField,
  removePart,
  requireFieldNames,
  savePart,
} from '../../definition.ts';
import { type Faults, faultsOfRow } from '../../faults.ts';
import { DraftForm, type DraftProps } from '../../parts/draft-form.tsx';
import { CheckField, SelectField, TextField } from '../../parts/form.tsx';
import { Section } from '../../parts/page.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { Empty } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { builder, objectFieldForm as fieldWords, objectForm as words } from '../../strings/builder.ts';
import { AddLink, Gone, PartFrame, RemovePart, newRow, useOpenRow, rowLink } from './part-frame.tsx';

interface Props {
  elementKey: string;
  definition: Definition;
  /** Id of the row that is open. */
  row: string | undefined;
}

export function ObjectsPart({ elementKey, definition, row }: Props) {
  const rows = definition.objects ?? [];
  if (row === undefined) return <ObjectList rows={rows} />;
  if (row === newRow)
    return (
      <PartFrame tab="objects" title={builder.add(words.what)}>
        <ObjectForm elementKey={elementKey} stored={{ name: '' }} />
      </PartFrame>
    );
  const found = rows.find(({ id }) => String(id) === row);
  return (
    <PartFrame tab="objects" title={found?.name ?? row}>
      {found ? <ObjectForm key={row} elementKey={elementKey} stored={found} row={row} /> : <Gone />}
    </PartFrame>
  );
}

const columns: Column<ObjectRow>[] = [
  {
    head: words.name,
    width: '2fr',
    cell: ({ id, name }) => (
      <Link from="/catalog/$key/edit" to="." search={{ tab: 'objects', row: String(id) }} className={rowLink}>
        {name}
      </Link>
    ),
  },
  {
    head: words.vendorName,
    width: '2fr',
    wide: true,
    cell: ({ vendorName }) => <span className="block truncate text-muted">{vendorName}</span>,
  },
  {
    head: words.primaryKeyName,
    width: '2fr',
    wide: true,
    cell: ({ primaryKeyName }) => <code className="block truncate text-xs text-muted">{primaryKeyName}</code>,
  },
  { head: words.fields, width: '5rem', cell: ({ fields }) => (fields ?? []).length.toLocaleString() },
];

function ObjectList({ rows }: { rows: readonly ObjectRow[] }) {
  return (
    <>
      <div>
        <AddLink tab="objects" what={words.what} />
      </div>
      {rows.length === 0 ? (
        <Empty title={words.none}>{words.noneText}</Empty>
      ) : (
        <Table label={builder.objects} columns={columns} rows={rows} keyOf={({ id, name }) => id ?? name} />
      )}
    </>
  );
}

function ObjectForm({ elementKey, stored, row }: { elementKey: string; stored: ObjectRow; row?: string }) {
  const open = useOpenRow('objects');
  return (
    <DraftForm<ObjectRow>
      stored={stored}
      isNew={row === undefined}
      save={async (changes) => {
        requireFieldNames(changes.fields);
        return savePart<ObjectRow>(elementKey, 'objects', row, changes);
      }}
      {...(row === undefined ? { onSaved: ({ id }: ObjectRow) => open(String(id)) } : {})}
      extra={
        row !== undefined && (
          <RemovePart
            tab="objects"
            title={stored.name}
            text={builder.removeRow}
            remove={() => removePart(elementKey, 'objects', row)}
          />
        )
      }
    >
      {(form) => <ObjectFields {...form} />}
    </DraftForm>
  );
}

function ObjectFields({ draft, set, faults }: DraftProps<ObjectRow>) {
  const text = (field: 'name' | 'vendorName' | 'displayName' | 'primaryKeyName') => ({
    label: words[field],
    fault: faults[field],
    value: draft[field] ?? '',
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...text('name')} help={words.nameHelp} required />
        <TextField {...text('vendorName')} />
        <TextField {...text('displayName')} />
        <TextField {...text('primaryKeyName')} help={words.primaryKeyHelp} />
      </div>
      <CheckField
        label={words.customFields}
        checked={draft.customFields === true}
        onChange={({ target }) => set({ customFields: target.checked })}
      />
      <Section title={words.fields}>
        <FieldRows rows={draft.fields ?? []} faults={faults} onChange={(fields) => set({ fields })} />
      </Section>
    </>
  );
}

const types = fieldWords.types.map((value) => ({ value, label: value }));

function FieldRows({
  rows,
  faults,
  onChange,
}: {
  rows: readonly ObjectField[];
  faults: Faults;
  onChange: (rows: ObjectField[]) => void;
}) {
  return (
    <RowList
      what={fieldWords.what}
      none={fieldWords.none}
      rows={rows}
      fresh={(): ObjectField => ({ name: '', type: 'string' })}
      titleOf={(field) =>
        nameOfField(field) === '' ? fieldWords.fresh : `${nameOfField(field)} (${field.type ?? 'string'})`
      }
      hasFault={(index) => Object.keys(faultsOfRow(faults, 'fields', index)).length > 0}
      onChange={onChange}
    >
      {(row, set, index) => {
        const wrong = faultsOfRow(faults, 'fields', index);
        const text = (name: 'name' | 'vendorPath' | 'displayName') => ({
          label: fieldWords[name],
          fault: wrong[name],
          value: row[name] ?? '',
          onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
        });
        const flag = (name: 'custom' | 'readOnly') => (
          <CheckField
            label={fieldWords[name]}
            checked={row[name] === true}
            onChange={({ target }) => set({ [name]: target.checked })}
          />
        );
        const type = row.type ?? 'string';
        return (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField {...text('name')} required />
              <SelectField
                label={fieldWords.type}
                fault={wrong['type']}
                options={fieldWords.types.includes(type) ? types : [{ value: type, label: type }, ...types]}
                value={type}
                onChange={({ target }) => set({ type: target.value })}
              />
              <TextField {...text('vendorPath')} help={fieldWords.vendorPathHelp} />
              <TextField {...text('displayName')} />
            </div>
            <div className="flex flex-col">
              {flag('custom')}
              {flag('readOnly')}
            </div>
          </>
        );
      }}
    </RowList>
  );
}

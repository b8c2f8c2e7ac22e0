import { Link } from '@tanstack/react-router';
import { type Definition, removePart, savePart } from '../../definition.ts';
import type { ConfigurationRow } from '../../elements.ts';
import { Badge } from '../../parts/badge.tsx';
import { DraftForm } from '../../parts/draft-form.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '../../parts/form.tsx';
import { Empty } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { configurationForm as words } from '../../strings/builder.ts';
import { AddLink, Gone, PartFrame, RemovePart, newRow, useOpenRow, rowLink } from './part-frame.tsx';
import { builder } from '../../strings/builder.ts';

interface Props {
  elementKey: string;
  definition: Definition;
  /** Key of the row that is open. */
  row: string | undefined;
}

export function ConfigurationPart({ elementKey, definition, row }: Props) {
  const rows = definition.configuration ?? [];
  if (row === undefined) return <ConfigurationList rows={rows} />;
  if (row === newRow) {
    const fresh = { key: '', name: '', description: '', type: 'TEXTFIELD_1000' };
    return (
      <PartFrame tab="configuration" title={builder.add(words.what)}>
        <ConfigurationForm elementKey={elementKey} stored={fresh} />
      </PartFrame>
    );
  }
  const found = rows.find(({ key }) => key === row);
  return (
    <PartFrame tab="configuration" title={row}>
      {found ? <ConfigurationForm key={row} elementKey={elementKey} stored={found} row={row} /> : <Gone />}
    </PartFrame>
  );
}

const columns: Column<ConfigurationRow>[] = [
  {
    head: words.key,
    width: '2fr',
    cell: ({ key }) => (
      <Link from="/catalog/$key/edit" to="." search={{ tab: 'configuration', row: key }} className={rowLink}>
        {key}
      </Link>
    ),
  },
  { head: words.name, width: '2fr', cell: ({ name }) => <span className="block truncate">{name}</span> },
  { head: words.type, wide: true, cell: ({ type }) => <Badge>{words.types[type] ?? type}</Badge> },
  {
    head: words.defaultValue,
    width: '2fr',
    wide: true,
    cell: ({ defaultValue }) => <code className="block truncate text-xs">{defaultValue}</code>,
  },
];

function ConfigurationList({ rows }: { rows: readonly ConfigurationRow[] }) {
  return (
    <>
      <div>
        <AddLink tab="configuration" what={words.what} />
      </div>
      {rows.length === 0 ? (
        <Empty title={words.none}>{words.noneText}</Empty>
      ) : (
        <Table label={builder.configuration} columns={columns} rows={rows} keyOf={({ key }) => key} />
      )}
    </>
  );
}

function ConfigurationForm({
  elementKey,
  stored,
  row,
}: {
  elementKey: string;
  stored: ConfigurationRow;
  row?: string;
}) {
  const open = useOpenRow('configuration');
  const types = Object.entries(words.types).map(([value, label]) => ({ value, label }));
  return (
    <DraftForm<ConfigurationRow>
      stored={stored}
      isNew={row === undefined}
      save={(changes) => savePart<ConfigurationRow>(elementKey, 'configuration', row, changes)}
      {...(row === undefined ? { onSaved: ({ key }: ConfigurationRow) => open(key) } : {})}
      extra={
        row !== undefined && (
          <RemovePart
            tab="configuration"
            title={row}
            text={builder.removeRow}
            remove={() => removePart(elementKey, 'configuration', row)}
          />
        )
      }
    >
      {({ draft, set, faults }) => {
        const text = (field: 'key' | 'name' | 'description' | 'defaultValue') => ({
          label: words[field],
          fault: faults[field],
          value: draft[field] ?? '',
          onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
        });
        const flag = (field: 'required' | 'internal' | 'hideFromConsole', label: string) => (
          <CheckField
            label={label}
            checked={draft[field] === true}
            onChange={({ target }) => set({ [field]: target.checked })}
          />
        );
        const isKnown = words.types[draft.type] !== undefined;
        return (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField {...text('key')} help={words.keyHelp} required readOnly={row !== undefined} />
              <TextField {...text('name')} required />
              <SelectField
                label={words.type}
                fault={faults['type']}
                options={isKnown ? types : [{ value: draft.type, label: draft.type }, ...types]}
                value={draft.type}
                onChange={({ target }) => set({ type: target.value })}
              />
              <TextField {...text('defaultValue')} />
            </div>
            <TextField {...text('description')} required />
            {(draft.type === 'SELECT' || draft.type === 'COMBO') && (
              <OptionsField
                options={draft.options ?? []}
                fault={Object.entries(faults).find(([field]) => field.startsWith('options'))?.[1]}
                onChange={(options) => set({ options })}
              />
            )}
            <div className="flex flex-col">
              {flag('required', words.required)}
              {flag('hideFromConsole', words.hidden)}
              {flag('internal', words.internal)}
            </div>
          </>
        );
      }}
    </DraftForm>
  );
}

type Options = NonNullable<ConfigurationRow['options']>;

/** Lines are kept as they are typed: what is no choice yet may become one. */
function OptionsField({
  options,
  fault,
  onChange,
}: {
  options: Options;
  fault: string | undefined;
  onChange: (options: Options) => void;
}) {
  const text = options
    .map(({ value, description }) => (description ? `${value} = ${description}` : value))
    .join('\n');
  return (
    <TextAreaField
      key={options.length === 0 ? 'empty' : 'some'}
      label={words.options}
      help={words.optionsHelp}
      fault={fault}
      defaultValue={text}
      onBlur={({ target }) => onChange(readOptions(target.value))}
    />
  );
}

function readOptions(text: string): Options {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [value = '', ...rest] = line.split('=').map((part) => part.trim());
      return rest.length > 0 ? { value, description: rest.join(' = ') } : { value };
    });
}

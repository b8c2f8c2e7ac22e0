import { Link } from '@tanstack/react-router';
import type { Definition } from '../../definition.ts';
import {
  type Model,
  countFields,
  faultInModel,
  listModels,
  readModel,
  removeModel,
  saveModel,
} from '../../models.ts';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { DraftForm } from '../../parts/draft-form.tsx';
import { TextField } from '../../parts/form.tsx';
import { Empty } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { builder, modelForm as words } from '../../strings/builder.ts';
import { AddLink, Gone, PartFrame, RemovePart, newRow, useOpenRow, rowLink } from './part-frame.tsx';

interface Props {
  elementKey: string;
  definition: Definition;
  /** What the address calls the model that is open. */
  row: string | undefined;
}

/** What a new one begins with: a schema, or a row with fields where the others are such. */
const fresh = (isRow: boolean): Model => ({
  row: newRow,
  name: '',
  body: isRow ? { modelFields: [] } : { type: 'object', properties: { id: { type: 'string' } } },
});

export function ModelsPart({ elementKey, definition, row }: Props) {
  const rows = listModels(definition.models);
  const isRow = Array.isArray(definition.models);
  if (row === undefined) return <ModelList rows={rows} />;
  if (row === newRow)
    return (
      <PartFrame tab="models" title={builder.add(words.what)}>
        <ModelForm elementKey={elementKey} model={fresh(isRow)} isRow={isRow} />
      </PartFrame>
    );
  const found = rows.find((one) => one.row === row);
  return (
    <PartFrame tab="models" title={found?.name || row}>
      {found ? (
        <ModelForm key={row} elementKey={elementKey} model={found} row={row} isRow={isRow} />
      ) : (
        <Gone />
      )}
    </PartFrame>
  );
}

const columns: Column<Model>[] = [
  {
    head: words.name,
    width: '4fr',
    cell: ({ row, name }) => (
      <Link from="/catalog/$key/edit" to="." search={{ tab: 'models', row }} className={rowLink}>
        {name || row}
      </Link>
    ),
  },
  { head: words.fields, width: '5rem', cell: (model) => countFields(model).toLocaleString() },
];

function ModelList({ rows }: { rows: readonly Model[] }) {
  return (
    <>
      <div>
        <AddLink tab="models" what={words.what} />
      </div>
      {rows.length === 0 ? (
        <Empty title={words.none}>{words.noneText}</Empty>
      ) : (
        <Table label={builder.models} columns={columns} rows={rows} keyOf={({ row }) => row} />
      )}
    </>
  );
}

interface Draft {
  name: string;
  text: string;
  /** Known once it is saved. */
  row?: string;
}

function ModelForm({
  elementKey,
  model,
  row,
  isRow,
}: {
  elementKey: string;
  model: Model;
  row?: string;
  isRow: boolean;
}) {
  const open = useOpenRow('models');
  const save = async (draft: Draft): Promise<Draft> => {
    if (draft.name.trim() === '') throw new Error(words.nameMissing);
    const saved = await saveModel(elementKey, row, { name: draft.name, body: readModel(draft.text) });
    return { ...draft, row: saved };
  };
  return (
    <DraftForm<Draft>
      stored={{
        name: model.name,
        text: JSON.stringify(model.body, null, 2),
        ...(row === undefined ? {} : { row }),
      }}
      isNew={row === undefined}
      save={(_changes, draft) => save(draft)}
      {...(row === undefined ? { onSaved: (saved: Draft) => open(saved.row) } : {})}
      extra={
        row !== undefined && (
          <RemovePart
            tab="models"
            title={model.name}
            text={builder.removeRow}
            remove={() => removeModel(elementKey, row)}
          />
        )
      }
    >
      {({ draft, set, faults }) => (
        <>
          <TextField
            label={words.name}
            help={words.nameHelp}
            fault={faults['name']}
            required
            // A schema is known by its name alone.
            readOnly={row !== undefined && !isRow}
            value={draft.name}
            onChange={({ target }) => set({ name: target.value })}
          />
          <SchemaField isRow={isRow} text={draft.text} onChange={(text) => set({ text })} />
        </>
      )}
    </DraftForm>
  );
}

function SchemaField({
  isRow,
  text,
  onChange,
}: {
  isRow: boolean;
  text: string;
  onChange: (text: string) => void;
}) {
  const label = isRow ? words.rowText : words.text;
  const fault = faultInModel(text);
  return (
    <div className="flex flex-col gap-1">
      <span className="text-sm font-medium">{label}</span>
      <CodeEditor label={label} kind="json" value={text} onChange={onChange} />
      <p className="m-0 text-xs text-muted">{isRow ? words.rowHelp : words.help}</p>
      <p aria-live="polite" className="m-0 min-h-4 text-xs text-bad">
        {fault}
      </p>
    </div>
  );
}

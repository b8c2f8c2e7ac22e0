import type { Hook } from '../definition.ts';
import { type Faults, faultsOfRow } from '../faults.ts';
import { hookForm as words } from '../strings/builder.ts';
import { SelectField } from './form.tsx';
import { RowList } from './row-list.tsx';
import { CodeEditor } from './code-editor.tsx';

const firstScript: Record<string, string> = {
  preRequest: 'done({\n  request_vendor_parameters,\n});\n',
  postRequest: 'done({\n  response_body,\n});\n',
  event: 'done({ events: [] });\n',
};

/** Scripts, in the order in which they run. */
export function HookRows({
  rows,
  types,
  faults,
  onChange,
}: {
  rows: readonly Hook[];
  /** Which kinds there may be. */
  types: readonly string[];
  faults: Faults;
  onChange: (rows: Hook[]) => void;
}) {
  const nameOf = (type: string) => words.types[type] ?? type;
  return (
    <RowList
      what={words.what}
      none={words.none}
      rows={rows}
      fresh={() => ({ type: types[0] ?? 'preRequest', body: firstScript[types[0] ?? 'preRequest'] ?? '' })}
      titleOf={({ type, body }) =>
        `${nameOf(type)} · ${(body ?? '').trim().split('\n')[0]?.slice(0, 60) ?? ''}`
      }
      hasFault={(index) => Object.keys(faultsOfRow(faults, 'hooks', index)).length > 0}
      onChange={onChange}
    >
      {(row, set, index) => (
        <>
          <SelectField
            label={words.type}
            fault={faultsOfRow(faults, 'hooks', index)['type']}
            options={types.map((value) => ({ value, label: nameOf(value) }))}
            value={row.type}
            onChange={({ target: { value: type } }) =>
              // A script that nobody has touched becomes that of the other kind.
              set({ type, ...(row.body === firstScript[row.type] && { body: firstScript[type] ?? '' }) })
            }
          />
          <div className="flex flex-col gap-1">
            <CodeEditor
              label={words.editorOf(`${nameOf(row.type)}, ${index + 1}`)}
              kind={row.type}
              value={row.body ?? ''}
              onChange={(body) => set({ body })}
            />
            <p className="m-0 text-xs text-muted">{row.isLegacy ? words.legacy : words.help}</p>
          </div>
        </>
      )}
    </RowList>
  );
}

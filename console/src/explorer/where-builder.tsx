import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button, IconButton } from '../parts/button.tsx';
import { TextAreaField } from '../parts/form.tsx';
import { explorer as words } from '../strings/explorer.ts';
import { type Condition, type Operator, operators, readWhere, takesValue, writeWhere } from './ceql.ts';

const control = 'min-h-9 min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm';
const unfinished: Condition = { field: '', operator: '=', value: '' };

/**
 * Conditions and their text, of which either can be changed. The text is what is sent; conditions that are not yet finished are kept
 * beside it.
 */
export function WhereBuilder({
  fields,
  value,
  onChange,
}: {
  /** Names to propose. */
  fields: readonly string[];
  value: string;
  onChange: (text: string) => void;
}) {
  const listId = useId();
  const [draft, setDraft] = useState<Condition[]>(() => readWhere(value) ?? []);
  const isOwn = writeWhere(draft) === value;
  const conditions = isOwn ? draft : readWhere(value);
  const set = (next: Condition[]) => {
    setDraft(next);
    onChange(writeWhere(next));
  };
  return (
    <fieldset className="m-0 flex min-w-0 flex-col gap-3 rounded-md border border-line p-3">
      <legend className="px-1 text-sm font-medium">{words.where.title}</legend>
      <p className="m-0 text-xs text-muted">{words.where.help}</p>
      <datalist id={listId}>
        {fields.map((field) => (
          <option key={field} value={field} />
        ))}
      </datalist>
      {conditions === undefined ? (
        <p className="m-0 text-xs text-warn">{words.where.more}</p>
      ) : (
        <>
          {conditions.map((condition, at) => (
            <ConditionRow
              key={at}
              at={at + 1}
              listId={listId}
              condition={condition}
              onChange={(next) => set(conditions.with(at, next))}
              onRemove={() => set(conditions.toSpliced(at, 1))}
            />
          ))}
          <div>
            <Button onClick={() => set([...conditions, unfinished])}>{words.where.add}</Button>
          </div>
        </>
      )}
      <TextAreaField
        label={words.where.text}
        rows={2}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </fieldset>
  );
}

function ConditionRow({
  at,
  listId,
  condition,
  onChange,
  onRemove,
}: {
  at: number;
  listId: string;
  condition: Condition;
  onChange: (next: Condition) => void;
  onRemove: () => void;
}) {
  const { field, operator, value } = condition;
  return (
    <div className="grid grid-cols-[1fr_auto] gap-2 sm:grid-cols-[1fr_8.5rem_1fr_auto]">
      <input
        aria-label={words.where.field(at)}
        list={listId}
        className={control}
        value={field}
        onChange={(event) => onChange({ ...condition, field: event.target.value })}
      />
      <select
        aria-label={words.where.operator(at)}
        className={control}
        value={operator}
        onChange={(event) => onChange({ ...condition, operator: event.target.value as Operator })}
      >
        {operators.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      {takesValue(operator) ? (
        <input
          aria-label={words.where.value(at)}
          placeholder={operator === 'IN' ? words.where.listHelp : undefined}
          className={control}
          value={value}
          onChange={(event) => onChange({ ...condition, value: event.target.value })}
        />
      ) : (
        <span />
      )}
      <IconButton label={words.where.remove(at)} onClick={onRemove}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

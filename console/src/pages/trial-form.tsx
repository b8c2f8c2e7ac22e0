import { useState } from 'react';
import type { ResourceRow } from '../elements.ts';
import { Button } from '../parts/button.tsx';
import { TextAreaField, TextField } from '../parts/form.tsx';
import { trying as words } from '../strings/builder.ts';
import { pathNames, queryParameters, writePath } from '../trial.ts';

type Values = Record<string, string>;

/** What a resource takes: names of its path, its query, its body. */
export function TrialForm({
  resource,
  busy,
  onSend,
}: {
  resource: ResourceRow;
  busy: boolean;
  onSend: (path: string, body: string) => void;
}) {
  const [values, setValues] = useState<Values>({});
  const [query, setQuery] = useState<Values>({});
  const [more, setMore] = useState('');
  const [body, setBody] = useState('');
  const { method, path } = resource;
  const reads = method === 'GET' || method === 'HEAD';
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(writePath(path, values, query, more), reads ? '' : body);
      }}
    >
      <ValueFields
        legend={words.pathValues}
        fields={pathNames(path).map((name) => ({ name, required: true }))}
        values={values}
        onChange={setValues}
      />
      <ValueFields
        legend={words.query}
        fields={queryParameters(resource)}
        values={query}
        onChange={setQuery}
      />
      <TextAreaField
        label={words.moreQuery}
        help={words.queryHelp}
        rows={2}
        value={more}
        onChange={({ target }) => setMore(target.value)}
      />
      {!reads && (
        <TextAreaField
          label={words.body}
          help={words.bodyHelp}
          rows={6}
          spellCheck={false}
          value={body}
          onChange={({ target }) => setBody(target.value)}
        />
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" busy={busy}>
          {words.send}
        </Button>
        {!reads && <span className="text-sm text-warn">{words.writes(method)}</span>}
      </div>
    </form>
  );
}

function ValueFields({
  legend,
  fields,
  values,
  onChange,
}: {
  legend: string;
  fields: readonly { name: string; required?: boolean; description?: string }[];
  values: Values;
  onChange: (values: Values) => void;
}) {
  if (fields.length === 0) return null;
  return (
    <fieldset className="m-0 grid gap-4 border-0 p-0 sm:grid-cols-2">
      <legend className="mb-2 p-0 text-sm font-semibold">{legend}</legend>
      {fields.map(({ name, required = false, description }) => (
        <TextField
          key={name}
          label={name}
          help={description}
          required={required}
          value={values[name] ?? ''}
          onChange={({ target }) => onChange({ ...values, [name]: target.value })}
        />
      ))}
    </fieldset>
  );
}

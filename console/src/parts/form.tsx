import { useId, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { parts } from '../strings/shell.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Failure } from './states.tsx';

const control =
  'w-full min-h-9 rounded-md border border-line-strong bg-surface px-3 py-1.5 text-sm text-ink placeholder:text-muted aria-invalid:border-bad';

export interface FieldProps {
  label: string;
  help?: ReactNode;
  /** What is wrong with it. */
  fault?: string | undefined;
  required?: boolean;
}

interface Wiring {
  id: string;
  className: string;
  required: boolean;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** Label, control, help and fault of one value, wired for those who do not see how they lie. */
export function Field({
  label,
  help,
  fault,
  required = false,
  children,
}: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {required && <span className="font-normal text-muted"> {parts.required}</span>}
      </label>
      {children({
        id,
        className: control,
        required,
        'aria-describedby': described || undefined,
        'aria-invalid': fault ? true : undefined,
      })}
      {help && (
        <p id={`${id}-help`} className="m-0 text-xs break-words text-muted">
          {help}
        </p>
      )}
      {fault && (
        <p id={`${id}-fault`} className="m-0 text-xs text-bad">
          {fault}
        </p>
      )}
    </div>
  );
}

/** A form that is sent to the server: what went wrong is said above its button. */
export function Form({
  action,
  busy,
  error,
  onSubmit,
  more,
  children,
}: {
  /** The verb of its button; without one there is none, for who may only look. */
  action?: string | undefined;
  busy: boolean;
  error: unknown;
  onSubmit: () => void;
  /** Beside the button. */
  more?: ReactNode;
  children: ReactNode;
}) {
  return (
    <form
      className="flex max-w-xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {error != null && <Failure error={error} />}
      {action && (
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" busy={busy}>
            {action}
          </Button>
          {more}
        </div>
      )}
    </form>
  );
}

type Own = keyof FieldProps | 'children';

export function TextField({
  label,
  help,
  fault,
  required,
  ...more
}: FieldProps & Omit<ComponentProps<'input'>, Own>) {
  return (
    <Field label={label} help={help} fault={fault} required={required ?? false}>
      {(wiring) => <input type="text" {...more} {...wiring} />}
    </Field>
  );
}

/** A secret as it is typed: hidden, unless the person wants to see it. */
export function SecretField({
  label,
  help,
  fault,
  required,
  ...more
}: FieldProps & Omit<ComponentProps<'input'>, Own>) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} help={help} fault={fault} required={required ?? false}>
      {(wiring) => (
        <div className="flex gap-2">
          <input autoComplete="off" {...more} {...wiring} type={shown ? 'text' : 'password'} />
          <Button
            onClick={() => setShown(!shown)}
            aria-label={`${shown ? parts.hide : parts.show}: ${label}`}
          >
            {shown ? parts.hide : parts.show}
          </Button>
        </div>
      )}
    </Field>
  );
}

export function TextAreaField({
  label,
  help,
  fault,
  required,
  prose = false,
  ...more
}: FieldProps & { /** Sentences, not code. */ prose?: boolean } & Omit<ComponentProps<'textarea'>, Own>) {
  return (
    <Field label={label} help={help} fault={fault} required={required ?? false}>
      {(wiring) => (
        <textarea rows={4} {...more} {...wiring} className={classNames(control, !prose && 'font-mono')} />
      )}
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
}

export function SelectField({
  label,
  help,
  fault,
  required,
  options,
  ...more
}: FieldProps & { options: readonly Option[] } & Omit<ComponentProps<'select'>, Own>) {
  return (
    <Field label={label} help={help} fault={fault} required={required ?? false}>
      {(wiring) => (
        <select {...more} {...wiring}>
          {options.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField({
  label,
  help,
  ...more
}: Omit<FieldProps, 'required'> & Omit<ComponentProps<'input'>, Own>) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label className="flex min-h-9 items-center gap-2 text-sm font-medium">
        <input
          type="checkbox"
          {...more}
          aria-describedby={help ? id : undefined}
          className="size-4 shrink-0 accent-[var(--accent)]"
        />
        {label}
      </label>
      {help && (
        <p id={id} className="m-0 -mt-1 pl-6 text-xs text-muted">
          {help}
        </p>
      )}
    </div>
  );
}

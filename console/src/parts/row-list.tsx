import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { builder as words } from '../strings/builder.ts';
import { Button, IconButton } from './button.tsx';

/** Marks a row that was added here: it is open to be filled in. No JSON has it. */
const added = Symbol('added');

/** Rows inside of a form, each opened to be changed; they are saved with the form. */
export function RowList<Row extends object>({
  what,
  none,
  rows,
  fresh,
  titleOf,
  hasFault,
  onChange,
  children,
}: {
  /** Of what: "parameter". */
  what: string;
  none: string;
  rows: readonly Row[];
  /** A new row. */
  fresh: () => Row;
  titleOf: (row: Row) => string;
  hasFault?: (index: number) => boolean;
  onChange: (rows: Row[]) => void;
  children: (row: Row, set: (change: Partial<Row>) => void, index: number) => ReactNode;
}) {
  const replace = (at: number, change: Partial<Row>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  const moveUp = (at: number) => {
    const [row] = rows.slice(at, at + 1);
    if (row) onChange(rows.toSpliced(at, 1).toSpliced(at - 1, 0, row));
  };
  return (
    <>
      {rows.length === 0 && <p className="m-0 text-sm text-muted">{none}</p>}
      <ul className="m-0 flex list-none flex-col gap-2 p-0">
        {rows.map((row, index) => {
          const name = `${what} ${index + 1}`;
          return (
            <li key={index} className="relative rounded-md border border-line bg-surface">
              <Fold name={name} title={titleOf(row)} isOpen={added in row || hasFault?.(index) === true}>
                {() => children(row, (change) => replace(index, change), index)}
              </Fold>
              <div className="absolute top-1 right-1 flex">
                {index > 0 && (
                  <IconButton label={words.up(name)} onClick={() => moveUp(index)}>
                    <ArrowUp aria-hidden className="size-4" />
                  </IconButton>
                )}
                <IconButton label={words.take(name)} onClick={() => onChange(rows.toSpliced(index, 1))}>
                  <Trash2 aria-hidden className="size-4" />
                </IconButton>
              </div>
            </li>
          );
        })}
      </ul>
      <div>
        <Button onClick={() => onChange([...rows, { ...fresh(), [added]: true }])}>
          <Plus aria-hidden className="size-4" />
          {words.add(what)}
        </Button>
      </div>
    </>
  );
}

/** A row that opens. What is inside is made when it is first opened: scripts have editors. */
function Fold({
  name,
  title,
  isOpen,
  children,
}: {
  name: string;
  title: string;
  isOpen: boolean;
  children: () => ReactNode;
}) {
  const [wasOpen, setWasOpen] = useState(isOpen);
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => currentTarget.open && setWasOpen(true)}>
      <summary className="min-h-11 py-2.5 pr-24 pl-4 text-sm break-words">
        <span className="sr-only">{name}: </span>
        {title}
      </summary>
      {(wasOpen || isOpen) && <div className="flex flex-col gap-4 px-4 pb-4">{children()}</div>}
    </details>
  );
}

import { useState } from 'react';
import { ExactNumber } from '../explorer/reply.ts';
import { explorer as words } from '../strings/explorer.ts';
import { Button } from './button.tsx';

const openDepth = 2;
const atOnce = 100;

/** JSON as a tree that opens and closes; what is closed is not in the page. */
export function JsonTree({ value, label }: { value: unknown; label: string }) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="max-h-[36rem] overflow-auto rounded-md border border-line bg-raised p-3 font-mono text-xs leading-relaxed"
    >
      <Node value={value} depth={0} />
    </div>
  );
}

function Node({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  if (!isBranch(value)) {
    return (
      <div className="pl-4 break-words">
        <Name name={name} />
        <Scalar value={value} />
      </div>
    );
  }
  return <Branch name={name} value={value} depth={depth} />;
}

const isBranch = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof ExactNumber);

function Branch({ name, value, depth }: { name: string | undefined; value: object; depth: number }) {
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [open, setOpen] = useState(depth < openDepth);
  const [shown, setShown] = useState(atOnce);
  const size = isList ? words.items(entries.length) : words.fields(entries.length);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="-ml-0.5 rounded marker:text-muted">
        <Name name={name} />
        <span className="text-muted">
          {isList ? '[ ]' : '{ }'} {size}
        </span>
      </summary>
      {open && (
        <div className="ml-1 border-l border-line pl-3">
          {entries.slice(0, shown).map(([key, one]) => (
            <Node key={key} name={key} value={one} depth={depth + 1} />
          ))}
          {entries.length > shown && (
            <Button className="my-1" onClick={() => setShown(shown + atOnce)}>
              {words.showMore(Math.min(atOnce, entries.length - shown))}
            </Button>
          )}
        </div>
      )}
    </details>
  );
}

function Name({ name }: { name: string | undefined }) {
  return name === undefined ? null : <span className="text-accent-text">{name}: </span>;
}

/** One value; of a branch its JSON. */
export function Scalar({ value }: { value: unknown }) {
  if (value instanceof ExactNumber) return <span className="text-good">{value.source}</span>;
  if (typeof value === 'string')
    return <span className="[overflow-wrap:anywhere]">{JSON.stringify(value)}</span>;
  if (value === null) return <span className="text-muted">null</span>;
  return <span className="text-good">{JSON.stringify(value)}</span>;
}

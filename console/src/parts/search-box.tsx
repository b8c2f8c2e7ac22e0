import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { parts } from '../strings/shell.ts';

const settledAfterMs = 250;

/** A search that tells what was typed when the typing pauses. */
export function SearchBox({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string, waitMs: number) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), waitMs);
  };
  return (
    <div role="search" className="relative grow sm:max-w-80">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted" />
      <input
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => change(event.target.value, settledAfterMs)}
        className="min-h-9 w-full rounded-md border border-line-strong bg-surface px-9 py-1.5 text-sm placeholder:text-muted"
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={parts.clear}
          onClick={() => change('', 0)}
          className="absolute top-0 right-0 flex size-9 items-center justify-center text-muted hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}

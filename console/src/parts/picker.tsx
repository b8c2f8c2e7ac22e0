import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useState } from 'react';
import { filters as words } from '../strings/activity.ts';
import { classNames } from './class-names.ts';
import { SearchBox } from './search-box.tsx';
import { Await, Skeleton } from './states.tsx';

export interface Choice {
  value: string;
  label: string;
  detail?: string;
}

interface PickerProps {
  label: string;
  /** What the button says when nothing is chosen; also the choice that takes it back. */
  all: string;
  searchLabel: string;
  value: string | undefined;
  /** How what is chosen is called. */
  shown: string | undefined;
  /** Asks the server: there may be thousands. */
  search: (text: string) => Promise<Choice[]>;
  onPick: (value: string) => void;
}

/** Chooses one of very many: a button that opens a search. */
export function Picker({ label, all, searchLabel, value, shown, search, onPick }: PickerProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span id={id} className="text-sm font-medium">
        {label}
      </span>
      <Popover.Root open={isOpen} onOpenChange={setOpen}>
        <Popover.Trigger
          aria-labelledby={`${id} ${id}-value`}
          className="flex min-h-9 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-3 py-1.5 text-left text-sm"
        >
          <span id={`${id}-value`} className="truncate">
            {value === undefined ? all : (shown ?? value)}
          </span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="start"
            sideOffset={4}
            aria-label={label}
            className="z-50 flex w-72 max-w-[calc(100vw-2rem)] flex-col gap-2 rounded-lg border border-line bg-surface p-2 shadow-pop"
          >
            <Choices
              {...{ label, all, searchLabel, value, search }}
              onPick={(next) => {
                setOpen(false);
                onPick(next);
              }}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}

function Choices({
  label,
  all,
  searchLabel,
  value,
  search,
  onPick,
}: Omit<PickerProps, 'shown'>): React.ReactNode {
  const [text, setText] = useState('');
  const found = useQuery({ queryKey: ['pick', label, text], queryFn: () => search(text) });
  return (
    <>
      <SearchBox label={searchLabel} value={text} onSearch={setText} />
      <Await query={found} skeleton={<Skeleton className="h-40" />}>
        {(choices) => (
          <ul aria-label={label} className="m-0 flex max-h-72 list-none flex-col overflow-auto p-0">
            {[...(text === '' ? [{ value: '', label: all }] : []), ...choices].map((one) => (
              <li key={one.value}>
                <Choose choice={one} isChosen={(value ?? '') === one.value} onPick={onPick} />
              </li>
            ))}
            {choices.length === 0 && text !== '' && (
              <li className="px-2 py-2 text-sm text-muted">{words.noneFound}</li>
            )}
          </ul>
        )}
      </Await>
    </>
  );
}

function Choose({
  choice: { value, label, detail },
  isChosen,
  onPick,
}: {
  choice: Choice;
  isChosen: boolean;
  onPick: (value: string) => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={() => onPick(value)}
      className="flex min-h-9 w-full items-center gap-2 rounded px-2 text-left text-sm -outline-offset-2 hover:bg-raised"
    >
      <Check aria-hidden className={classNames('size-4 shrink-0', !isChosen && 'invisible')} />
      <span className="min-w-0 grow truncate">{label}</span>
      {detail && <span className="truncate text-xs text-muted">{detail}</span>}
    </button>
  );
}

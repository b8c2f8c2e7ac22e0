import { useQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { callPage } from '../api.ts';
import { type ElementSummary, elementQuery } from '../elements.ts';
import { type Instance, instanceQuery } from '../instances.ts';
import { filters as words } from '../strings/activity.ts';
import { type TimeWish, fromLocalInput, ownRange, ranges, toLocalInput, usualRange } from '../times.ts';
import { Button } from './button.tsx';
import { SelectField, TextField } from './form.tsx';
import { Picker } from './picker.tsx';

/** Changes what the address says; an empty text takes a filter away. */
export type Change = (more: Record<string, string | number | boolean | undefined>) => void;

/** What the address says next. Another filter begins at the newest row, and what is not said is left out. */
export function changed<T extends object>(before: T, more: Parameters<Change>[0]): T {
  const next = { ...before, after: undefined, ...more };
  return Object.fromEntries(
    Object.entries(next).filter(([, value]) => value !== undefined && value !== ''),
  ) as T;
}

/** Filters of a list, side by side where there is room. */
export function Filters({ children }: { children: ReactNode }) {
  return (
    <div
      role="group"
      aria-label={words.title}
      className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[repeat(auto-fit,minmax(10rem,1fr))]"
    >
      {children}
    </div>
  );
}

const pickSize = 20;

export function AccountFilter({ value, onChange }: { value: number | undefined; onChange: Change }) {
  const chosen = useQuery({ ...instanceQuery(String(value)), enabled: value !== undefined });
  return (
    <Picker
      label={words.account}
      all={words.allAccounts}
      searchLabel={words.searchAccounts}
      value={value === undefined ? undefined : String(value)}
      shown={chosen.data?.name ?? (value === undefined ? undefined : words.accountOf(value))}
      search={async (text) => {
        const query = { searchText: text || undefined, pageSize: pickSize, hydrate: false };
        const { rows } = await callPage<Instance>('/instances', query);
        return rows.map(({ id, name, element }) => ({
          value: String(id),
          label: name,
          detail: element.name ?? element.key,
        }));
      }}
      onPick={(id) => onChange({ instance: id === '' ? undefined : Number(id) })}
    />
  );
}

export function ElementFilter({ value, onChange }: { value: string | undefined; onChange: Change }) {
  const chosen = useQuery({ ...elementQuery(value ?? ''), enabled: value !== undefined });
  return (
    <Picker
      label={words.element}
      all={words.allElements}
      searchLabel={words.searchElements}
      value={value}
      shown={chosen.data?.name}
      search={async (text) => {
        const query = {
          searchText: text || undefined,
          pageSize: pickSize,
          abridged: true,
          orderBy: 'name',
        };
        const { rows } = await callPage<ElementSummary>('/elements', query);
        return rows.map(({ key, name }) => ({ value: key, label: name, detail: key }));
      }}
      onPick={(key) => onChange({ element: key })}
    />
  );
}

export function TimeFilter({
  wish: { range = usualRange, from, to },
  onChange,
}: {
  wish: TimeWish;
  onChange: Change;
}) {
  const options = [...ranges, ownRange].map((value) => ({ value, label: words.times[value] ?? value }));
  return (
    <>
      <SelectField
        label={words.time}
        options={options}
        value={range}
        onChange={({ target: { value } }) =>
          onChange({
            range: value === usualRange ? '' : value,
            ...(value !== ownRange && { from: '', to: '' }),
          })
        }
      />
      {range === ownRange && (
        <>
          <TextField
            label={words.from}
            type="datetime-local"
            value={toLocalInput(from)}
            onChange={({ target: { value } }) => onChange({ from: fromLocalInput(value) })}
          />
          <TextField
            label={words.to}
            type="datetime-local"
            value={toLocalInput(to)}
            onChange={({ target: { value } }) => onChange({ to: fromLocalInput(value) })}
          />
        </>
      )}
    </>
  );
}

/** Follows a list, or stops to. */
export function LiveToggle({ isLive, onChange }: { isLive: boolean; onChange: Change }) {
  return (
    <Button
      aria-pressed={isLive}
      title={words.liveHelp}
      look={isLive ? 'primary' : 'plain'}
      onClick={() => onChange({ live: isLive ? undefined : true })}
    >
      <Radio aria-hidden className="size-4" />
      {words.live}
      {isLive && <span className="sr-only">{words.following}</span>}
    </Button>
  );
}

/** The way through a list that only goes on: older rows, and back to the newest. */
export function CursorPager({
  shown,
  next,
  isFirst,
  onChange,
}: {
  shown: number;
  next: string | undefined;
  isFirst: boolean;
  onChange: Change;
}) {
  return (
    <nav aria-label={words.pages} className="flex items-center justify-between gap-3 text-sm text-muted">
      <span>{words.shown(shown)}</span>
      <span className="flex gap-2">
        <Button disabled={isFirst} onClick={() => onChange({ after: '' })}>
          {words.newest}
        </Button>
        <Button disabled={next === undefined} onClick={() => onChange({ after: next, live: undefined })}>
          {words.older}
        </Button>
      </span>
    </nav>
  );
}

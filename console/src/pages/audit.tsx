import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { callPage } from '../api.ts';
import type { AuditEntry } from '../audit.ts';
import { Button } from '../parts/button.tsx';
import { SelectField, TextField } from '../parts/form.tsx';
import { List } from '../parts/list.tsx';
import { Page } from '../parts/page.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import type { Column } from '../parts/table.tsx';
import { TimeCell } from '../parts/time.tsx';
import { said } from '../said.ts';
import { actionInWords, audit as words, commonActions, organization } from '../strings/organization.ts';

const pageSize = 100;

const columns: Column<AuditEntry>[] = [
  {
    head: words.columns.when,
    width: '13.5rem',
    narrow: '7rem',
    cell: ({ id, date }) => (
      <Link
        to="/organization/audit/$id"
        params={{ id: String(id) }}
        className="line-clamp-2 text-ink no-underline hover:underline"
      >
        <TimeCell at={date} />
      </Link>
    ),
  },
  {
    head: words.columns.what,
    width: '2fr',
    cell: ({ action }) => <span className="line-clamp-2 font-medium">{actionInWords(action)}</span>,
  },
  {
    head: words.columns.who,
    width: '2fr',
    wide: true,
    cell: ({ email }) => <span className="block truncate">{email}</span>,
  },
  {
    head: words.columns.path,
    width: '3fr',
    wide: true,
    cell: ({ method, path }) => (
      <code className="block truncate text-xs">
        {method} {path}
      </code>
    ),
  },
];

/** A day as the person's clock has it, from its beginning or to its end. */
function toTime(day: string | undefined, time: string): string | undefined {
  if (day === undefined) return undefined;
  const date = new Date(`${day}T${time}`);
  return Number.isNaN(date.getTime()) ? day : date.toISOString();
}

interface Filter {
  user?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** Who did what. */
export function Audit() {
  const { page = 1, ...filter } = useSearch({ from: '/inside/organization/audit' });
  const { user, action, from, to } = filter;
  const navigate = useNavigate({ from: '/organization/audit' });
  const list = useQuery({
    queryKey: ['audit', 'list', filter, page],
    queryFn: () =>
      callPage<AuditEntry>('/audit', {
        user,
        action,
        from: toTime(from, '00:00:00'),
        to: toTime(to, '23:59:59.999'),
        page,
        pageSize,
      }),
    placeholderData: keepPreviousData,
  });
  const go = (next: Filter) => void navigate({ search: said({ ...filter, ...next }), replace: true });
  const isFiltered = Object.keys(filter).length > 0;
  const actions = action && !commonActions.includes(action) ? [...commonActions, action] : commonActions;
  return (
    <Page title={organization.areas.audit} lead={words.lead}>
      <div className="flex flex-wrap items-end gap-3">
        <SearchBox
          label={words.who}
          value={user ?? ''}
          onSearch={(text) => go({ user: text || undefined })}
        />
        <div className="w-full sm:w-64">
          <SelectField
            label={words.action}
            value={action ?? ''}
            onChange={({ target }) => go({ action: target.value || undefined })}
            options={[
              { value: '', label: words.anything },
              ...actions.map((value) => ({ value, label: actionInWords(value) })),
            ]}
          />
        </div>
        {(['from', 'to'] as const).map((name) => (
          <TextField
            key={name}
            type="date"
            label={words[name]}
            value={filter[name] ?? ''}
            onChange={({ target }) => go({ [name]: target.value || undefined })}
          />
        ))}
        {isFiltered && <Button onClick={() => void navigate({ search: {} })}>{words.clear}</Button>}
      </div>
      <List
        label={words.table}
        columns={columns}
        query={list}
        keyOf={({ id }) => id}
        page={page}
        size={pageSize}
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={{ title: isFiltered ? organization.none : words.none }}
      />
    </Page>
  );
}

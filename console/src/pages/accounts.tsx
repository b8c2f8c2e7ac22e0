import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { callPage } from '../api.ts';
import { type Account, containing } from '../organization.ts';
import { ActiveBadge } from '../parts/active-badge.tsx';
import { Badge } from '../parts/badge.tsx';
import { buttonClasses } from '../parts/button.tsx';
import { SelectField } from '../parts/form.tsx';
import { List } from '../parts/list.tsx';
import { Page } from '../parts/page.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import type { Column } from '../parts/table.tsx';
import { Day } from '../parts/time.tsx';
import { said } from '../said.ts';
import { useMay } from '../session.ts';
import { accounts as words, organization } from '../strings/organization.ts';

const pageSize = 100;

const columns: Column<Account>[] = [
  {
    head: words.columns.name,
    width: '3fr',
    cell: ({ id, name, defaultAccount }) => (
      <span className="flex items-center gap-2">
        <Link
          to="/organization/accounts/$id"
          params={{ id: String(id) }}
          className="line-clamp-2 font-medium break-words text-ink no-underline hover:underline"
        >
          {name}
        </Link>
        {defaultAccount && <Badge>{words.isDefault}</Badge>}
      </span>
    ),
  },
  {
    head: words.columns.externalId,
    width: '2fr',
    wide: true,
    cell: ({ externalId }) => <span className="block truncate">{externalId}</span>,
  },
  { head: words.columns.state, width: '7rem', cell: ({ active }) => <ActiveBadge active={active} /> },
  {
    head: words.columns.created,
    width: '8rem',
    wide: true,
    cell: ({ createdDate }) => <Day at={createdDate} />,
  },
];

/** Without a word about `active` the server lists those that are. */
const conditions: Record<string, string> = {
  any: '(active = true or active = false)',
  inactive: 'active = false',
};

/** The accounts of the organization. */
export function Accounts() {
  const { search, state, page = 1 } = useSearch({ from: '/inside/organization/accounts' });
  const navigate = useNavigate({ from: '/organization/accounts' });
  const mayAdd = useMay('addAccountsOrg');
  const where = [conditions[state ?? ''], containing(search, ['name', 'externalId'])]
    .filter(Boolean)
    .join(' and ');
  const list = useQuery({
    queryKey: ['organization', 'accounts', { where, page }],
    queryFn: () => callPage<Account>('/accounts', { where: where || undefined, page, pageSize }),
    placeholderData: keepPreviousData,
  });
  const go = (next: { search?: string | undefined; state?: string | undefined }) =>
    void navigate({ search: said(next), replace: true });
  return (
    <Page
      title={organization.areas.accounts}
      lead={words.lead}
      actions={
        mayAdd && (
          <Link to="/organization/accounts/new" className={buttonClasses('primary')}>
            {words.add}
          </Link>
        )
      }
    >
      <div className="flex flex-wrap items-end gap-3">
        <SearchBox
          label={words.search}
          value={search ?? ''}
          onSearch={(text) => go({ search: text || undefined, state })}
        />
        <div className="w-full sm:w-64">
          <SelectField
            label={organization.state}
            value={state ?? ''}
            onChange={({ target }) => go({ search, state: target.value || undefined })}
            options={[
              { value: '', label: organization.active },
              { value: 'inactive', label: organization.inactive },
              { value: 'any', label: organization.anyState },
            ]}
          />
        </div>
      </div>
      <List
        label={words.table}
        columns={columns}
        query={list}
        keyOf={({ id }) => id}
        page={page}
        size={pageSize}
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={{ title: where ? organization.none : words.none }}
      />
    </Page>
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { callPage } from '../api.ts';
import { type OrganizationUser, accountsQuery, containing } from '../organization.ts';
import { ActiveBadge } from '../parts/active-badge.tsx';
import { buttonClasses } from '../parts/button.tsx';
import { SelectField } from '../parts/form.tsx';
import { List } from '../parts/list.tsx';
import { Page } from '../parts/page.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import type { Column } from '../parts/table.tsx';
import { Day } from '../parts/time.tsx';
import { said } from '../said.ts';
import { useMay } from '../session.ts';
import { organization, users as words } from '../strings/organization.ts';

const pageSize = 100;
const noDay = '1970-01-01';

const columns: Column<OrganizationUser>[] = [
  {
    head: words.columns.name,
    width: '2fr',
    cell: ({ id, fullName, email }) => (
      <Link
        to="/organization/users/$id"
        params={{ id: String(id) }}
        className="line-clamp-2 font-medium break-words text-ink no-underline hover:underline"
      >
        {fullName || email}
      </Link>
    ),
  },
  {
    head: words.columns.email,
    width: '3fr',
    wide: true,
    cell: ({ email }) => <span className="block truncate">{email}</span>,
  },
  {
    head: words.columns.roles,
    width: '3fr',
    cell: ({ roles }) => <span className="line-clamp-2">{roles.map(({ name }) => name).join(', ')}</span>,
  },
  {
    head: words.columns.state,
    width: '7rem',
    narrow: '4.5rem',
    cell: ({ active }) => <ActiveBadge active={active} />,
  },
  {
    head: words.columns.lastLogin,
    width: '7rem',
    wide: true,
    cell: ({ lastLoginDate }) => (lastLoginDate === noDay ? organization.never : <Day at={lastLoginDate} />),
  },
];

/** The users that the person may see. */
export function Users() {
  const { search, account, page = 1 } = useSearch({ from: '/inside/organization/users' });
  const navigate = useNavigate({ from: '/organization/users' });
  const seesAccounts = useMay('viewAccountsOrg');
  const addsToAll = useMay('addUsersOrg');
  const mayAdd = useMay('addUsersAccount') || addsToAll;
  const accounts = useQuery({ ...accountsQuery, enabled: seesAccounts });
  const where = containing(search, ['fullName', 'email']);
  const list = useQuery({
    queryKey: ['organization', 'users', { search, account, page }],
    queryFn: () =>
      callPage<OrganizationUser>(account ? `/accounts/${account}/users` : '/users', {
        where,
        page,
        pageSize,
      }),
    placeholderData: keepPreviousData,
  });
  const go = (next: { search?: string | undefined; account?: number | undefined }) =>
    void navigate({ search: said(next), replace: true });
  return (
    <Page
      title={organization.areas.users}
      lead={words.lead}
      actions={
        mayAdd && (
          <Link
            to="/organization/users/new"
            search={account ? { account } : {}}
            className={buttonClasses('primary')}
          >
            {words.add}
          </Link>
        )
      }
    >
      <div className="flex flex-wrap items-end gap-3">
        <SearchBox
          label={words.search}
          value={search ?? ''}
          onSearch={(text) => go({ search: text || undefined, account })}
        />
        {seesAccounts && (accounts.data?.length ?? 0) > 1 && (
          <div className="w-full sm:w-64">
            <SelectField
              label={words.account}
              value={account ?? ''}
              onChange={({ target }) => go({ search, account: Number(target.value) || undefined })}
              options={[
                { value: '', label: words.allAccounts },
                ...(accounts.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
            />
          </div>
        )}
      </div>
      <List
        label={words.table}
        columns={columns}
        query={list}
        keyOf={({ id }) => id}
        page={page}
        size={pageSize}
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={{ title: search || account ? organization.none : words.none }}
      />
    </Page>
  );
}

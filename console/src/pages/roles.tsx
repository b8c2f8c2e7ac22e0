import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Role, change, rolesQuery } from '../organization.ts';
import { ActiveBadge } from '../parts/active-badge.tsx';
import { Button } from '../parts/button.tsx';
import { useDeed } from '../parts/deed.ts';
import { useConfirm } from '../parts/dialog.tsx';
import { Page } from '../parts/page.tsx';
import { Failure } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { organization, roles as words } from '../strings/organization.ts';

const columns: Column<Role>[] = [
  {
    head: words.columns.name,
    width: '2fr',
    cell: ({ id, name }) => (
      <Link
        to="/organization/roles/$id"
        params={{ id: String(id) }}
        className="line-clamp-2 font-medium break-words text-ink no-underline hover:underline"
      >
        {name}
      </Link>
    ),
  },
  {
    head: words.columns.description,
    width: '4fr',
    wide: true,
    cell: ({ description }) => <span className="block truncate">{description}</span>,
  },
  {
    head: words.columns.allows,
    width: '7rem',
    narrow: '6rem',
    cell: ({ privileges }) => words.allows(privileges.length),
  },
  {
    head: words.columns.state,
    width: '7rem',
    narrow: '4rem',
    cell: ({ active }) => <ActiveBadge active={active} />,
  },
];

/** The roles of the organization. */
export function Roles() {
  const query = useQuery(rolesQuery);
  const confirm = useConfirm();
  const reset = useDeed(() => change('PUT', '/organizations/roles/reset'), words.resetDone);
  const ask = async () => {
    if (await confirm({ title: words.resetTitle, text: words.resetText, action: words.reset }))
      reset.mutate();
  };
  return (
    <Page
      title={organization.areas.roles}
      lead={words.lead}
      actions={
        <Button busy={reset.isPending} onClick={() => void ask()}>
          {words.reset}
        </Button>
      }
    >
      {query.error ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Table label={words.table} columns={columns} rows={query.data} keyOf={({ id }) => id} />
      )}
    </Page>
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { callPage } from '../api.ts';
import type { Instance } from '../instances.ts';
import { buttonClasses } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { Empty, Failure } from '../parts/states.tsx';
import { type Column, Pager, Table } from '../parts/table.tsx';
import { Day } from '../parts/time.tsx';
import { instances as words } from '../strings/instances.ts';

const pageSize = 100;

const columns: Column<Instance>[] = [
  {
    head: words.columns.name,
    width: '3fr',
    cell: ({ id, name }) => (
      <Link
        to="/instances/$id"
        params={{ id: String(id) }}
        className="block truncate font-medium text-ink no-underline hover:underline"
      >
        {name}
      </Link>
    ),
  },
  {
    head: words.columns.element,
    width: '2fr',
    cell: ({ element }) => <span className="block truncate">{element.name ?? element.key}</span>,
  },
  { head: words.columns.state, width: '2fr', cell: (one) => <StateBadge of={one} /> },
  {
    head: words.columns.tags,
    width: '2fr',
    wide: true,
    cell: ({ tags }) => (
      <span className="flex gap-1 overflow-hidden">
        {tags.map((tag) => (
          <Link
            key={tag}
            to="/instances"
            search={{ tag }}
            aria-label={words.tagged(tag)}
            className="rounded bg-raised px-1.5 py-0.5 text-xs text-muted no-underline hover:underline"
          >
            {tag}
          </Link>
        ))}
      </span>
    ),
  },
  {
    head: words.columns.connected,
    width: '8rem',
    wide: true,
    cell: ({ createdDate }) => <Day at={createdDate} />,
  },
];

/** All accounts that are connected. */
export function Instances() {
  const { search, tag, page = 1 } = useSearch({ from: '/inside/instances' });
  const navigate = useNavigate({ from: '/instances' });
  const list = useQuery({
    queryKey: ['instances', { search, tag, page }],
    queryFn: () =>
      callPage<Instance>('/instances', { searchText: search, 'tags[]': tag, page, pageSize, hydrate: false }),
    placeholderData: keepPreviousData,
  });
  const isEmpty = list.data?.rows.length === 0;
  const isFiltered = search !== undefined || tag !== undefined;
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Link to="/catalog" className={buttonClasses('primary')}>
          {words.toCatalog}
        </Link>
      }
    >
      <div className="flex flex-wrap gap-2">
        <SearchBox
          label={words.search}
          value={search ?? ''}
          onSearch={(text) =>
            void navigate({
              search: { ...(text ? { search: text } : {}), ...(tag ? { tag } : {}) },
              replace: true,
            })
          }
        />
        {tag && (
          <Link to="/instances" search={search ? { search } : {}} className={buttonClasses()}>
            {words.tagged(tag)} · {words.allTags}
          </Link>
        )}
      </div>
      {list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : isEmpty ? (
        <Empty title={isFiltered ? words.noneLike : words.none}>{!isFiltered && words.noneText}</Empty>
      ) : (
        <>
          <Table label={words.table} columns={columns} rows={list.data?.rows} keyOf={({ id }) => id} />
          {list.data && (
            <Pager
              page={page}
              size={pageSize}
              total={list.data.total}
              onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
            />
          )}
        </>
      )}
    </Page>
  );
}

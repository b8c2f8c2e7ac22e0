import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { callPage } from '../api.ts';
import type { Instance } from '../instances.ts';
import { Button, IconButton, buttonClasses } from '../parts/button.tsx';
import { Menu } from '../parts/menu.tsx';
import { Page } from '../parts/page.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { Empty, Failure } from '../parts/states.tsx';
import { type Column, Pager, Table } from '../parts/table.tsx';
import { Day } from '../parts/time.tsx';
import { instance as deeds, instances as words } from '../strings/instances.ts';
import { useInstanceDeeds } from './instance-deeds.ts';

const pageSize = 100;

/** What the list may be asked for, as the badge of an account tells it. */
const whereOf: Record<string, string> = {
  working: 'valid = true and disabled = false',
  dead: 'valid = false and disabled = false',
  disabled: 'disabled = true',
};

const columns: Column<Instance>[] = [
  {
    head: words.columns.name,
    width: '3fr',
    cell: ({ id, name }) => (
      <Link
        to="/instances/$id"
        params={{ id: String(id) }}
        className="line-clamp-2 font-medium break-words text-ink no-underline hover:underline"
      >
        {name}
      </Link>
    ),
  },
  {
    head: words.columns.element,
    width: '2fr',
    wide: true,
    cell: ({ element }) => <span className="block truncate">{element.name ?? element.key}</span>,
  },
  { head: words.columns.state, width: '2fr', narrow: '9.5rem', cell: (one) => <StateBadge of={one} /> },
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
  { head: words.columns.actions, width: '4rem', narrow: '3rem', cell: (one) => <Deeds instance={one} /> },
];

/** What can be done without opening the account. */
function Deeds({ instance }: { instance: Instance }) {
  const { id, name, disabled, element } = instance;
  const navigate = useNavigate();
  const { flip, remove, isBusy } = useInstanceDeeds(instance);
  const again = () =>
    void navigate({ to: '/catalog/$key/connect', params: { key: element.key }, search: { instance: id } });
  return (
    <Menu
      trigger={
        <IconButton label={words.actionsOf(name)} disabled={isBusy}>
          <Ellipsis aria-hidden className="size-4" />
        </IconButton>
      }
      items={[
        { label: deeds.again, onSelect: again },
        { label: disabled ? deeds.enable : `${deeds.disable} …`, onSelect: () => void flip() },
        { label: `${deeds.remove} …`, onSelect: () => void remove(), danger: true },
      ]}
    />
  );
}

/** All accounts that are connected. */
export function Instances() {
  const { page = 1, ...wish } = useSearch({ from: '/inside/instances' });
  const navigate = useNavigate({ from: '/instances' });
  const list = useQuery({
    queryKey: ['instances', { ...wish, page }],
    queryFn: () =>
      callPage<Instance>('/instances', {
        searchText: wish.search,
        'tags[]': wish.tag,
        where: wish.state && whereOf[wish.state],
        page,
        pageSize,
        hydrate: false,
      }),
    placeholderData: keepPreviousData,
  });
  const isEmpty = list.data?.rows.length === 0;
  const isFiltered = Object.keys(wish).length > 0;
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
      <Wishes {...wish} />
      {list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : isEmpty ? (
        <None isFiltered={isFiltered} />
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

interface Wish {
  search?: string;
  tag?: string;
  state?: string;
}

/** What the list is narrowed to. Another wish begins at the first page. */
function Wishes(wish: Wish) {
  const navigate = useNavigate({ from: '/instances' });
  const change = (more: Wish) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...more, page: '' }).filter(([, value]) => value !== ''),
        ),
      replace: true,
    });
  return (
    <div className="flex flex-wrap gap-2">
      <SearchBox label={words.search} value={wish.search ?? ''} onSearch={(search) => change({ search })} />
      <select
        aria-label={words.columns.state}
        className="min-h-9 rounded-md border border-line-strong bg-surface px-2 text-sm"
        value={wish.state ?? ''}
        onChange={(event) => change({ state: event.target.value })}
      >
        <option value="">{words.allStates}</option>
        {Object.entries(deeds.states).map(([state, label]) => (
          <option key={state} value={state}>
            {label}
          </option>
        ))}
      </select>
      {wish.tag && (
        <Button onClick={() => change({ tag: '' })}>
          {words.tagged(wish.tag)} · {words.allTags}
        </Button>
      )}
    </div>
  );
}

function None({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <Empty
        title={words.noneLike}
        action={
          <Link to="/instances" className={buttonClasses()}>
            {words.showAll}
          </Link>
        }
      />
    );
  return (
    <Empty
      title={words.none}
      action={
        <Link to="/catalog" className={buttonClasses('primary')}>
          {words.toCatalog}
        </Link>
      }
    >
      {words.noneText}
    </Empty>
  );
}

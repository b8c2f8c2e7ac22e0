import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { callPage } from '../api.ts';
import { type ElementSummary, isOauth } from '../elements.ts';
import type { OauthApp } from '../oauth-apps.ts';
import { Button, buttonClasses } from '../parts/button.tsx';
import { List } from '../parts/list.tsx';
import { Page, Section } from '../parts/page.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { Await, Empty, Skeleton } from '../parts/states.tsx';
import type { Column } from '../parts/table.tsx';
import { Day } from '../parts/time.tsx';
import { useMay } from '../session.ts';
import { apps as words, organization } from '../strings/organization.ts';

const pageSize = 100;
/** Of elements to choose from; who does not see theirs types more of its name. */
const mostOffered = 30;

const columns: Column<OauthApp>[] = [
  {
    head: words.columns.element,
    width: '2fr',
    cell: ({ elementKey }) => (
      <Link
        to="/organization/apps/$key"
        params={{ key: elementKey }}
        className="line-clamp-2 font-medium break-words text-ink no-underline hover:underline"
      >
        {elementKey}
      </Link>
    ),
  },
  {
    head: words.columns.callback,
    width: '4fr',
    wide: true,
    cell: ({ callbackUrl }) => <span className="block truncate">{callbackUrl}</span>,
  },
  {
    head: words.columns.use,
    width: '2fr',
    cell: ({ shared }) => (shared ? words.shared : words.own),
  },
  {
    head: words.columns.changed,
    width: '8rem',
    wide: true,
    cell: ({ updatedDate }) => <Day at={updatedDate} />,
  },
];

/** The client ids and secrets that are stored for elements. */
export function OauthApps() {
  const { search, page = 1, add = false } = useSearch({ from: '/inside/organization/apps' });
  const navigate = useNavigate({ from: '/organization/apps' });
  const mayStore = useMay('editElements');
  const list = useQuery({
    queryKey: ['oauth-apps', { page }],
    queryFn: () => callPage<OauthApp>('/elements/oauthApps', { page, pageSize }),
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title={organization.areas.apps}
      lead={words.lead}
      actions={
        mayStore && (
          <Button
            look="primary"
            aria-expanded={add}
            onClick={() => void navigate({ search: add ? {} : { add: true } })}
          >
            {words.add}
          </Button>
        )
      }
    >
      {add && (
        <Choice
          search={search ?? ''}
          onSearch={(text) =>
            void navigate({ search: { add: true, ...(text ? { search: text } : {}) }, replace: true })
          }
        />
      )}
      <List
        label={words.table}
        columns={columns}
        query={list}
        keyOf={({ id }) => id}
        page={page}
        size={pageSize}
        onPage={(next) => void navigate({ search: { page: next } })}
        empty={{ title: words.none, children: words.noneText }}
      />
    </Page>
  );
}

/** Of which element the app is. */
function Choice({ search, onSearch }: { search: string; onSearch: (text: string) => void }) {
  const query = useQuery({
    queryKey: ['elements', 'oauth', search],
    queryFn: () =>
      callPage<ElementSummary>('/elements', {
        abridged: true,
        orderBy: 'name',
        pageSize: mostOffered,
        searchText: search || undefined,
        where: "authentication.type like 'oauth%'",
      }),
    placeholderData: keepPreviousData,
  });
  return (
    <Section title={words.choose}>
      <SearchBox label={words.search} value={search} onSearch={onSearch} />
      <Await query={query} skeleton={<Skeleton className="h-24" />}>
        {({ rows }) => {
          const offered = rows.filter(isOauth);
          if (offered.length === 0) return <Empty title={words.noElement} />;
          return (
            <ul className="m-0 flex list-none flex-wrap gap-2 p-0">
              {offered.map(({ id, key, name }) => (
                <li key={id}>
                  <Link to="/organization/apps/$key" params={{ key }} className={buttonClasses()}>
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </Await>
    </Section>
  );
}

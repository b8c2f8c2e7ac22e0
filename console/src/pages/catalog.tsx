import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { call, callPage } from '../api.ts';
import type { ElementSummary } from '../elements.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, buttonClasses } from '../parts/button.tsx';
import { Logo } from '../parts/logo.tsx';
import { Page } from '../parts/page.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { Await, Empty, Skeleton } from '../parts/states.tsx';
import { catalog as words } from '../strings/catalog.ts';
import { CatalogActions } from './catalog-actions.tsx';

const pageSize = 60;

interface Wish {
  search?: string;
  hub?: string;
  kind?: string;
}

/** As CEQL: a quote inside a text is written twice. */
function whereOf({ hub, kind }: Wish): string | undefined {
  const conditions = [
    hub && `hub = '${hub.replaceAll("'", "''")}'`,
    kind === 'own' && "private = 'true'",
    kind === 'shipped' && "private = 'false'",
  ].filter(Boolean);
  return conditions.length > 0 ? conditions.join(' and ') : undefined;
}

function useElements(wish: Wish) {
  return useInfiniteQuery({
    queryKey: ['elements', wish],
    queryFn: ({ pageParam: page }) =>
      callPage<ElementSummary>('/elements', {
        abridged: true,
        orderBy: 'name',
        pageSize,
        page,
        searchText: wish.search,
        where: whereOf(wish),
      }),
    initialPageParam: 1,
    getNextPageParam: ({ total }, pages) => (pages.length * pageSize < total ? pages.length + 1 : undefined),
    placeholderData: keepPreviousData,
  });
}

export function Catalog() {
  const wish = useSearch({ from: '/inside/catalog' });
  const navigate = useNavigate({ from: '/catalog' });
  const change = (more: { [K in keyof Wish]: string }) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(Object.entries({ ...before, ...more }).filter(([, value]) => value !== '')),
      replace: true,
    });
  const elements = useElements(wish);
  const hubs = useQuery({
    queryKey: ['hubs'],
    queryFn: () => call<{ key: string; name: string }[]>('GET', '/hubs', { query: { pageSize: 200 } }),
  });
  const select = 'min-h-9 rounded-md border border-line-strong bg-surface px-2 text-sm';
  return (
    <Page title={words.title} lead={words.lead} actions={<CatalogActions />}>
      <div className="flex flex-wrap gap-2">
        <SearchBox label={words.search} value={wish.search ?? ''} onSearch={(search) => change({ search })} />
        <select
          aria-label={words.hub}
          className={select}
          value={wish.hub ?? ''}
          onChange={(event) => change({ hub: event.target.value })}
        >
          <option value="">{words.allHubs}</option>
          {hubs.data?.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
        <select
          aria-label={words.kind}
          className={select}
          value={wish.kind ?? ''}
          onChange={(event) => change({ kind: event.target.value })}
        >
          <option value="">{words.allKinds}</option>
          <option value="shipped">{words.shipped}</option>
          <option value="own">{words.own}</option>
        </select>
      </div>
      <Await
        query={elements}
        skeleton={
          <Cards>
            {Array.from({ length: 6 }, (_, index) => (
              <Skeleton key={index} className="h-40" />
            ))}
          </Cards>
        }
      >
        {({ pages }) => {
          const shown = pages.flatMap(({ rows }) => rows);
          const total = pages[0]?.total ?? 0;
          if (shown.length === 0) return <Empty title={words.none}>{words.noneText}</Empty>;
          return (
            <>
              <Cards>
                {shown.map((element) => (
                  <Card key={element.id} element={element} />
                ))}
              </Cards>
              <div className="flex items-center justify-center gap-3 text-sm text-muted">
                <span aria-live="polite">{words.count(shown.length, total)}</span>
                {elements.hasNextPage && (
                  <Button busy={elements.isFetchingNextPage} onClick={() => void elements.fetchNextPage()}>
                    {words.more}
                  </Button>
                )}
              </div>
            </>
          );
        }}
      </Await>
    </Page>
  );
}

function Cards({ children }: { children: React.ReactNode }) {
  return (
    <ul className="m-0 grid list-none grid-cols-1 gap-3 p-0 sm:grid-cols-2 xl:grid-cols-3">{children}</ul>
  );
}

function Card({ element }: { element: ElementSummary }) {
  const { key, name, hub, description, authentication } = element;
  return (
    <li className="flex min-h-40 flex-col gap-3 rounded-lg border border-line bg-surface p-4 [contain-intrinsic-size:auto_10rem] [content-visibility:auto]">
      <div className="flex items-center gap-3">
        <Logo element={element} />
        <div className="min-w-0">
          <h2 className="m-0 truncate text-base font-semibold">
            <Link to="/catalog/$key" params={{ key }} className="text-ink no-underline hover:underline">
              {name}
            </Link>
          </h2>
          <div className="mt-0.5 flex flex-wrap gap-1">
            <Badge>{hub}</Badge>
            {authentication && <Badge>{words.auth(authentication.type)}</Badge>}
            {element.private && <Badge tone="accent">{words.ownBadge}</Badge>}
          </div>
        </div>
      </div>
      <p className="m-0 line-clamp-2 grow text-sm text-muted">{description}</p>
      <div>
        <Link
          to="/catalog/$key/connect"
          params={{ key }}
          aria-label={words.connectTo(name)}
          className={buttonClasses('plain')}
        >
          {words.connect}
        </Link>
      </div>
    </li>
  );
}

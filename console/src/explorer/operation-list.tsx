import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { MethodBadge } from '../parts/method-badge.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { explorer as words } from '../strings/explorer.ts';
import { type Operation, matching } from './operations.ts';

/** All resources of the account, to choose one. */
export function OperationList({
  instanceId,
  operations,
  chosen,
  search,
  onSearch,
}: {
  instanceId: number;
  operations: readonly Operation[];
  chosen: string | undefined;
  search: string;
  onSearch: (text: string) => void;
}) {
  const found = matching(operations, search);
  return (
    <div className="flex min-w-0 flex-col gap-2 lg:sticky lg:top-4 lg:self-start">
      <SearchBox label={words.search} value={search} onSearch={onSearch} />
      <p className="m-0 text-xs text-muted" aria-live="polite">
        {found.length === 0 ? words.none : words.count(found.length)}
      </p>
      <nav aria-label={words.choose}>
        <ul className="m-0 flex max-h-[70dvh] list-none flex-col overflow-y-auto p-0.5">
          {found.map(({ id, method, path }) => (
            <li key={id} className="shrink-0">
              <Link
                to="/instances/$id"
                params={{ id: String(instanceId) }}
                search={{ tab: 'explore', op: id, ...(search ? { find: search } : {}) }}
                aria-current={id === chosen ? 'true' : undefined}
                title={`${method} ${path}`}
                className="flex min-h-9 items-center gap-2 rounded px-2 py-1.5 text-ink no-underline -outline-offset-2 hover:bg-raised aria-[current=true]:bg-accent-soft"
              >
                <MethodBadge of={method} />
                <code className="min-w-0 text-xs [overflow-wrap:anywhere]">
                  <PathText path={path} />
                </code>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

/** Paths of one object differ at their ends, so none is cut: a long one goes on in the next line, at a slash where it can. */
function PathText({ path }: { path: string }) {
  return path.split(/(?=\/)/).map((piece, index) => (
    <Fragment key={index}>
      <wbr />
      {piece}
    </Fragment>
  ));
}

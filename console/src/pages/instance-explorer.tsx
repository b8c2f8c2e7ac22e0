import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { call } from '../api.ts';
import { OperationForm } from '../explorer/operation-form.tsx';
import { OperationList } from '../explorer/operation-list.tsx';
import { type Swagger, operationsOf } from '../explorer/operations.ts';
import type { Given } from '../explorer/request.ts';
import type { Instance } from '../instances.ts';
import { buttonClasses } from '../parts/button.tsx';
import { classNames } from '../parts/class-names.ts';
import { Await, Empty, Skeleton } from '../parts/states.tsx';
import { explorer as words } from '../strings/explorer.ts';

const docsQuery = (id: number) =>
  queryOptions({
    queryKey: ['instance-docs', id],
    async queryFn() {
      const document = await call<Swagger>('GET', `/instances/${id}/docs`);
      return { operations: operationsOf(document), definitions: document.definitions };
    },
    staleTime: 60_000,
  });

/** Calls whatever the account offers. */
export function Explorer({ instance }: { instance: Instance }) {
  const { op, find = '', given = {} } = useSearch({ from: '/inside/instances/$id' });
  const navigate = useNavigate({ from: '/instances/$id' });
  const docs = useQuery(docsQuery(instance.id));
  const setFind = (text: string) =>
    void navigate({
      search: ({ find: _before, ...rest }) => (text ? { ...rest, find: text } : rest),
      replace: true,
    });
  const setGiven = (next: Given) => {
    const said = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ''));
    void navigate({ search: (before) => ({ ...before, given: said }), replace: true });
  };
  return (
    <Await query={docs} skeleton={<Skeleton className="h-96" />}>
      {({ operations, definitions }) => {
        if (operations.length === 0) return <Empty title={words.noneAtAll} />;
        const operation = operations.find(({ id }) => id === op);
        return (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
            {/* On a phone there is room for one of the two. */}
            <div className={classNames(op && 'hidden lg:block')}>
              <OperationList
                instanceId={instance.id}
                operations={operations}
                chosen={op}
                search={find}
                onSearch={setFind}
              />
            </div>
            <div className="flex min-w-0 flex-col gap-4">
              {op && (
                <Link
                  to="/instances/$id"
                  params={{ id: String(instance.id) }}
                  search={{ tab: 'explore', ...(find ? { find } : {}) }}
                  className={buttonClasses('plain', 'self-start lg:hidden')}
                >
                  {words.another}
                </Link>
              )}
              {operation ? (
                <OperationForm
                  key={operation.id}
                  instance={instance}
                  operation={operation}
                  definitions={definitions}
                  start={given}
                  onGiven={setGiven}
                />
              ) : (
                <div className={classNames(!op && 'hidden lg:block')}>
                  <Empty title={op ? words.unknown : words.nothingChosen}>
                    {!op && words.nothingChosenText}
                  </Empty>
                </div>
              )}
            </div>
          </div>
        );
      }}
    </Await>
  );
}

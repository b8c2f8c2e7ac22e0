import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { connectedQuery } from '../element-edit.ts';
import { type Element, type ResourceRow, elementQuery } from '../elements.ts';
import { buttonClasses } from '../parts/button.tsx';
import { SelectField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Empty, Failure, Skeleton } from '../parts/states.tsx';
import { useMay } from '../session.ts';
import { builder, trying as words } from '../strings/builder.ts';
import { type TrialWish, nameOf, tryCall } from '../trial.ts';
import { TrialForm } from './trial-form.tsx';
import { TrialView } from './trial-view.tsx';

interface Account {
  id: number;
  name: string;
}

/** Those that an application can call. */
const isForCallers = ({ type }: ResourceRow) => ['api', 'apiNoDocumentation', undefined].includes(type);

/** A call of a resource, and what became of it on its way. */
export function TryPage() {
  const { key } = useParams({ from: '/inside/catalog/$key/try' });
  const element = useQuery(elementQuery(key));
  const accounts = useQuery(connectedQuery(key));
  return (
    <Page
      title={words.title(element.data?.name ?? key)}
      lead={words.lead}
      actions={
        <Link to="/catalog/$key" params={{ key }} className={buttonClasses()}>
          {builder.back}
        </Link>
      }
    >
      <Await
        query={{
          data: element.data && accounts.data && { found: element.data, connected: accounts.data.rows },
          error: element.error ?? accounts.error,
          refetch: () => Promise.all([element.refetch(), accounts.refetch()]),
        }}
        skeleton={<Skeleton className="h-96" />}
      >
        {({ found, connected }) => <Trials element={found} accounts={connected} />}
      </Await>
    </Page>
  );
}

function Trials({ element, accounts }: { element: Element; accounts: readonly Account[] }) {
  const search = useSearch({ from: '/inside/catalog/$key/try' });
  const navigate = useNavigate({ from: '/catalog/$key/try' });
  const isLogged = useMay('createElementInstances');
  const trial = useMutation({
    mutationFn: (wish: Omit<TrialWish, 'isLogged'>) =>
      tryCall({ ...wish, isLogged }, new AbortController().signal),
  });
  const resources = element.resources.filter(isForCallers);
  const resource = resources.find((one) => nameOf(one) === search.resource) ?? resources[0];
  const account = accounts.find(({ id }) => String(id) === search.instance) ?? accounts[0];
  if (!account)
    return (
      <Empty
        title={words.noInstances}
        action={
          <Link to="/catalog/$key/connect" params={{ key: element.key }} className={buttonClasses('primary')}>
            {words.connect}
          </Link>
        }
      >
        {words.noInstancesText}
      </Empty>
    );
  if (!resource) return <Empty title={words.noResources} />;
  const choose = (more: { resource?: string; instance?: string }) => {
    trial.reset();
    void navigate({ search: (before) => ({ ...before, ...more }), replace: true });
  };
  return (
    <>
      <Section title={words.ask}>
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label={words.resource}
            value={nameOf(resource)}
            options={resources.map((one) => ({ value: nameOf(one), label: `${one.method} ${one.path}` }))}
            onChange={({ target }) => choose({ resource: target.value })}
          />
          <SelectField
            label={words.instance}
            value={String(account.id)}
            options={accounts.map(({ id, name }) => ({ value: String(id), label: `${name} (${id})` }))}
            onChange={({ target }) => choose({ instance: target.value })}
          />
        </div>
        <TrialForm
          key={nameOf(resource)}
          resource={resource}
          busy={trial.isPending}
          onSend={(path, body) =>
            trial.mutate({ instanceId: account.id, method: resource.method, path, body })
          }
        />
        <p className="m-0 text-xs text-muted">{isLogged ? words.logging : words.noLog}</p>
      </Section>
      {trial.error && <Failure error={trial.error} />}
      {trial.data ? (
        <TrialView trial={trial.data} />
      ) : (
        !trial.error && <Empty title={words.notYet}>{words.notYetText}</Empty>
      )}
    </>
  );
}

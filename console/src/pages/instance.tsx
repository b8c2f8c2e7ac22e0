import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { elementQuery } from '../elements.ts';
import { type Instance, instanceQuery } from '../instances.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, buttonClasses } from '../parts/button.tsx';
import { Facts, Page, Section } from '../parts/page.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { Await, Empty, Skeleton } from '../parts/states.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Time } from '../parts/time.tsx';
import { explorer } from '../strings/explorer.ts';
import { instance as words } from '../strings/instances.ts';
import { useInstanceDeeds } from './instance-deeds.ts';
import { FirstCall } from './instance-call.tsx';
import { Explorer } from './instance-explorer.tsx';
import { Health } from './instance-health.tsx';
import { UseIt } from './instance-secrets.tsx';

/** One connected account. */
export function InstancePage() {
  const { id } = useParams({ from: '/inside/instances/$id' });
  const { tab = 'overview' } = useSearch({ from: '/inside/instances/$id' });
  const navigate = useNavigate({ from: '/instances/$id' });
  const query = useQuery(instanceQuery(id));
  const found = query.data;
  return (
    <Page
      title={found?.name ?? id}
      lead={found && <StateBadge of={found} />}
      actions={found && <Actions instance={found} />}
    >
      <Await query={query} skeleton={<Skeleton className="h-96" />}>
        {(instance) => (
          <>
            {!instance.valid && <Dead instance={instance} />}
            <Tabs
              label={words.tabs}
              open={tab}
              onOpen={(next) => void navigate({ search: { tab: next }, replace: true })}
              tabs={[
                { key: 'overview', label: words.overview, content: <Overview instance={instance} /> },
                { key: 'explore', label: explorer.tab, content: <Explorer instance={instance} /> },
                { key: 'use', label: words.use, content: <UseIt instance={instance} /> },
                {
                  key: 'configuration',
                  label: words.configuration,
                  content: <Configuration instance={instance} />,
                },
              ]}
            />
          </>
        )}
      </Await>
    </Page>
  );
}

function Actions({ instance }: { instance: Instance }) {
  const { id, disabled, element } = instance;
  const navigate = useNavigate();
  const { flip, remove, isBusy } = useInstanceDeeds(instance, () => navigate({ to: '/instances' }));
  return (
    <>
      <Link
        to="/catalog/$key/connect"
        params={{ key: element.key }}
        search={{ instance: id }}
        className={buttonClasses()}
      >
        {words.again}
      </Link>
      <Button busy={isBusy} onClick={() => void flip()}>
        {disabled ? words.enable : words.disable}
      </Button>
      <Button look="danger" busy={isBusy} onClick={() => void remove()}>
        {words.remove}
      </Button>
    </>
  );
}

function Dead({ instance: { id, element, invalidReason } }: { instance: Instance }) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-lg bg-bad-soft p-4 text-sm text-bad">
      <p className="m-0">{words.dead}</p>
      {invalidReason && <p className="m-0 font-mono text-xs">{invalidReason}</p>}
      <Link
        to="/catalog/$key/connect"
        params={{ key: element.key }}
        search={{ instance: id }}
        className={buttonClasses('primary')}
      >
        {words.again}
      </Link>
    </div>
  );
}

function Overview({ instance }: { instance: Instance }) {
  const { facts } = words;
  const { element, tags, createdDate, updatedDate, user, eventsEnabled } = instance;
  const whole = useQuery(elementQuery(element.key));
  return (
    <>
      <Section title={words.overview}>
        <Facts
          rows={[
            [
              facts.element,
              <Link
                key="element"
                to="/catalog/$key"
                params={{ key: element.key }}
                className="text-accent-text"
              >
                {element.name ?? element.key}
              </Link>,
            ],
            [facts.id, String(instance.id)],
            [
              facts.tags,
              <span key="tags" className="flex flex-wrap gap-1">
                {tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
              </span>,
            ],
            [facts.events, eventsEnabled ? facts.eventsOn : facts.eventsOff],
            [facts.connected, <Time key="made" at={createdDate} />],
            [facts.changed, <Time key="changed" at={updatedDate} />],
            [facts.by, user?.emailAddress ?? ''],
          ]}
        />
      </Section>
      <Health instance={instance} />
      <Await query={whole} skeleton={<Skeleton className="h-64" />}>
        {(found) => <FirstCall instance={instance} element={found} />}
      </Await>
    </>
  );
}

function Configuration({ instance: { configuration = {}, element } }: { instance: Instance }) {
  const whole = useQuery(elementQuery(element.key));
  const names = new Map(whole.data?.configuration.map(({ key, name }) => [key, name]));
  const rows = Object.entries(configuration).map(
    ([key, value]) =>
      [
        names.get(key) ?? key,
        <code key={key} className="break-all">
          {value}
        </code>,
      ] as [string, React.ReactNode],
  );
  if (rows.length === 0) return <Empty title={words.noConfiguration} />;
  return (
    <Section title={words.configuration}>
      <Facts rows={rows} />
    </Section>
  );
}

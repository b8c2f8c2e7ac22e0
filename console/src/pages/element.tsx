import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type Element, type ResourceRow, elementQuery } from '../elements.ts';
import { reportQuery } from '../element-edit.ts';
import { Badge } from '../parts/badge.tsx';
import { buttonClasses } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { MethodBadge } from '../parts/method-badge.tsx';
import { ImportReport } from '../parts/import-report.tsx';
import { Facts, Page, Section } from '../parts/page.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { Await, Empty, Skeleton } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { report } from '../strings/builder.ts';
import { catalog, element as words } from '../strings/catalog.ts';
import { parts } from '../strings/shell.ts';
import { ElementActions } from './element-actions.tsx';
import { Docs } from './element-docs.tsx';

/** What one element offers, and how it does it. */
export function ElementPage() {
  const { key } = useParams({ from: '/inside/catalog/$key' });
  const { tab = 'resources' } = useSearch({ from: '/inside/catalog/$key' });
  const navigate = useNavigate({ from: '/catalog/$key' });
  const element = useQuery(elementQuery(key));
  return (
    <Page
      title={element.data?.name ?? key}
      lead={element.data?.description}
      actions={
        <>
          {element.data && (
            <>
              <ElementActions element={element.data} />
              <Link to="/catalog/$key/connect" params={{ key }} className={buttonClasses('primary')}>
                {catalog.connect}
              </Link>
            </>
          )}
        </>
      }
    >
      <Await query={element} skeleton={<Skeleton className="h-96" />}>
        {(found) => (
          <>
            <Summary element={found} />
            <Tabs
              label={words.tabs}
              open={tab}
              onOpen={(next) => void navigate({ search: { tab: next }, replace: true })}
              tabs={[
                { key: 'resources', label: words.resources, content: <Resources element={found} /> },
                {
                  key: 'configuration',
                  label: words.configuration,
                  content: <Configuration element={found} />,
                },
                { key: 'hooks', label: words.hooks, content: <Hooks element={found} /> },
                { key: 'events', label: words.events, content: <Events element={found} /> },
                { key: 'docs', label: words.docs, content: <Docs element={found} /> },
                { key: 'report', label: report.title, content: <Report elementKey={key} /> },
              ]}
            />
          </>
        )}
      </Await>
    </Page>
  );
}

function Summary({ element }: { element: Element }) {
  const { facts } = words;
  const limits = element.limits?.map(({ calls, perSeconds }) => facts.limit(calls, perSeconds)).join('; ');
  return (
    <Facts
      rows={[
        [facts.hub, element.hub],
        [facts.key, <code key="key">{element.key}</code>],
        [facts.auth, catalog.auth(element.authentication?.type ?? '')],
        ...(limits ? [[facts.limits, limits] satisfies [string, string]] : []),
      ]}
    />
  );
}

/** Those that an application can call; the others serve the platform. */
const isForCallers = ({ type }: ResourceRow) => type === undefined || type === 'api';

const resourceColumns: Column<ResourceRow>[] = [
  { head: words.method, width: '5rem', cell: ({ method }) => <MethodBadge of={method} /> },
  {
    head: words.path,
    width: '3fr',
    cell: ({ path }) => (
      <code className="line-clamp-2 text-xs break-all" title={path}>
        {path}
      </code>
    ),
  },
  {
    head: words.description,
    width: '4fr',
    wide: true,
    cell: ({ description }) => (
      <span className="line-clamp-2 text-muted" title={description}>
        {description}
      </span>
    ),
  },
  {
    head: words.provider,
    width: '3fr',
    wide: true,
    cell: ({ vendorMethod, vendorPath }) => (
      <code className="block truncate text-xs text-muted" title={vendorPath}>
        {vendorMethod} {vendorPath}
      </code>
    ),
  },
];

function Resources({ element }: { element: Element }) {
  const { search = '' } = useSearch({ from: '/inside/catalog/$key' });
  const navigate = useNavigate({ from: '/catalog/$key' });
  const wanted = search.toLowerCase();
  const rows = element.resources
    .filter(isForCallers)
    .filter(({ path, method, description = '' }) =>
      `${method} ${path} ${description}`.toLowerCase().includes(wanted),
    );
  return (
    <>
      <SearchBox
        label={words.filter}
        value={search}
        onSearch={(text) =>
          void navigate({
            search: (before) => (text ? { ...before, search: text } : before.tab ? { tab: before.tab } : {}),
            replace: true,
          })
        }
      />
      {rows.length === 0 ? (
        <Empty title={words.noResources} />
      ) : (
        <Table
          label={words.resources}
          columns={resourceColumns}
          rows={rows}
          keyOf={({ method, path, type }) => `${method} ${path} ${type}`}
        />
      )}
    </>
  );
}

type Row = Element['configuration'][number];

const configurationColumns: Column<Row>[] = [
  {
    head: words.name,
    width: '2fr',
    cell: ({ name, key }) => (
      <>
        <span className="block truncate">{name}</span>
        <code className="block truncate text-xs text-muted">{key}</code>
      </>
    ),
  },
  {
    head: words.help,
    width: '3fr',
    wide: true,
    cell: ({ description }) => (
      <span className="line-clamp-2 text-muted" title={description}>
        {description}
      </span>
    ),
  },
  {
    head: words.required,
    cell: ({ required, internal }) =>
      internal ? (
        <Badge>{words.internal}</Badge>
      ) : required ? (
        <Badge tone="accent">{words.required}</Badge>
      ) : (
        parts.no
      ),
  },
  {
    head: words.defaultValue,
    width: '2fr',
    wide: true,
    cell: ({ defaultValue }) => (
      <code className="block truncate text-xs" title={defaultValue}>
        {defaultValue}
      </code>
    ),
  },
];

function Configuration({ element }: { element: Element }) {
  return (
    <Table
      label={words.configuration}
      columns={configurationColumns}
      rows={element.configuration}
      keyOf={({ key }) => key}
    />
  );
}

function Hooks({ element }: { element: Element }) {
  const all = [
    ...element.hooks.map((hook) => ({ where: words.forAll, hook })),
    ...element.resources.flatMap(({ method, path, hooks = [] }) =>
      hooks.map((hook) => ({ where: `${method} ${path}`, hook })),
    ),
  ];
  if (all.length === 0) return <Empty title={words.noHooks}>{words.noHooksText}</Empty>;
  return (
    <ul className="m-0 flex list-none flex-col gap-2 p-0">
      {all.map(({ where, hook }, index) => (
        <li key={index}>
          <details className="rounded-lg border border-line bg-surface">
            <summary className="flex min-h-11 flex-wrap items-center gap-2 px-4 py-2 text-sm">
              <Badge tone="accent">{words.hookOf(hook.type)}</Badge>
              <code className="min-w-0 text-xs break-all">{where}</code>
            </summary>
            <div className="px-4 pb-4">
              <Code what={`${words.hookOf(hook.type)}: ${where}`}>{hook.body ?? ''}</Code>
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}

function Events({ element }: { element: Element }) {
  const objects = element.objects?.filter(({ eventsEnabled }) => eventsEnabled) ?? [];
  const kind = element.configuration.find(({ key }) => key === 'event.vendor.type')?.defaultValue;
  if (objects.length === 0) return <Empty title={words.noEvents}>{words.noEventsText}</Empty>;
  return (
    <Section title={words.events}>
      <Facts
        rows={[
          ...(kind ? [[words.facts.eventKind, kind] satisfies [string, string]] : []),
          [words.events, objects.map(({ name }) => name).join(', ')],
        ]}
      />
    </Section>
  );
}

function Report({ elementKey }: { elementKey: string }) {
  const problems = useQuery(reportQuery(elementKey));
  return (
    <Section title={report.title}>
      <Await query={problems} skeleton={<Skeleton className="h-24" />}>
        {(found) => <ImportReport problems={found} />}
      </Await>
    </Section>
  );
}

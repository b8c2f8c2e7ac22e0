import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type Definition, definitionQuery } from '../definition.ts';
import { reportQuery } from '../element-edit.ts';
import { type Element, elementQuery } from '../elements.ts';
import { Badge } from '../parts/badge.tsx';
import { buttonClasses } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { actions, builder as words, report } from '../strings/builder.ts';
import { ConfigurationPart } from './builder/configuration.tsx';
import { ElementHooks, ElementParameters } from './builder/element-rows.tsx';
import { GeneralForm } from './builder/general.tsx';
import { ModelsPart } from './builder/models.tsx';
import { ObjectsPart } from './builder/objects.tsx';
import { ResourcesPart } from './builder/resources.tsx';

/** Where an element of one's own is changed, and a shipped one gets resources of one's own. */
export function Builder() {
  const { key } = useParams({ from: '/inside/catalog/$key/edit' });
  const element = useQuery(elementQuery(key));
  const isOwn = element.data?.private === true;
  const definition = useQuery({ ...definitionQuery(key, isOwn), enabled: element.data !== undefined });
  const name = element.data?.name ?? key;
  return (
    <Page
      title={element.data && !isOwn ? words.extendTitle(name) : words.title(name)}
      lead={<Faulty elementKey={key} />}
      actions={
        <>
          {isOwn && (
            <Link to="/catalog/$key/versions" params={{ key }} className={buttonClasses()}>
              {actions.versions}
            </Link>
          )}
          <Link to="/catalog/$key" params={{ key }} className={buttonClasses()}>
            {words.back}
          </Link>
        </>
      }
    >
      <Await
        query={{
          data: definition.data,
          error: element.error ?? definition.error,
          refetch: () => (element.error ? element.refetch() : definition.refetch()),
        }}
        skeleton={
          <>
            <Skeleton className="h-10" />
            <Skeleton className="h-96" />
          </>
        }
      >
        {(found) => element.data && <Parts element={element.data} definition={found} isOwn={isOwn} />}
      </Await>
    </Page>
  );
}

/** Says at once after a change when something of it cannot work. */
function Faulty({ elementKey }: { elementKey: string }) {
  const { data = [] } = useQuery(reportQuery(elementKey));
  if (data.length === 0) return <span>{report.none}</span>;
  return (
    <Link to="/catalog/$key" params={{ key: elementKey }} search={{ tab: 'report' }}>
      <Badge tone="warn">{report.count(data.length)}</Badge>
    </Link>
  );
}

function Parts({ element, definition, isOwn }: { element: Element; definition: Definition; isOwn: boolean }) {
  const { key } = element;
  const {
    tab = isOwn ? 'general' : 'resources',
    row,
    search = '',
  } = useSearch({
    from: '/inside/catalog/$key/edit',
  });
  const navigate = useNavigate({ from: '/catalog/$key/edit' });
  const common = { elementKey: key, definition };
  const resources = <ResourcesPart {...{ element, definition, isOwn, row, search }} />;
  if (!isOwn)
    return (
      <>
        <p className="m-0 text-sm text-muted">{words.shippedText}</p>
        {resources}
      </>
    );
  return (
    <Tabs
      label={words.tabs}
      open={tab}
      onOpen={(next) => void navigate({ search: { tab: next } })}
      tabs={[
        { key: 'general', label: words.general, content: <GeneralForm {...common} /> },
        {
          key: 'configuration',
          label: words.configuration,
          content: <ConfigurationPart {...common} row={row} />,
        },
        { key: 'resources', label: words.resources, content: resources },
        { key: 'objects', label: words.objects, content: <ObjectsPart {...common} row={row} /> },
        { key: 'models', label: words.models, content: <ModelsPart {...common} row={row} /> },
        { key: 'parameters', label: words.parameters, content: <ElementParameters {...common} /> },
        { key: 'hooks', label: words.hooks, content: <ElementHooks {...common} /> },
      ]}
    />
  );
}

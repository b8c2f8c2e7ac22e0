import { Link, useNavigate } from '@tanstack/react-router';
import type { Definition, Resource } from '../../definition.ts';
import type { Element } from '../../elements.ts';
import { Badge } from '../../parts/badge.tsx';
import { MethodBadge } from '../../parts/method-badge.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { Empty } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { builder, resourceForm as words } from '../../strings/builder.ts';
import { AddLink, Gone, PartFrame, newRow, rowLink } from './part-frame.tsx';
import { NewResource, ResourceForm } from './resource-form.tsx';

interface Props {
  element: Element;
  definition: Definition;
  isOwn: boolean;
  /** Id of the row that is open. */
  row: string | undefined;
  search: string;
}

export function ResourcesPart({ element, definition, isOwn, row, search }: Props) {
  const rows = definition.resources ?? [];
  if (row === undefined) return <ResourceList rows={rows} isOwn={isOwn} search={search} />;
  if (row === newRow)
    return (
      <PartFrame tab="resources" title={builder.add(words.what)}>
        <NewResource element={element} />
      </PartFrame>
    );
  const found = rows.find(({ id }) => String(id) === row);
  return (
    <PartFrame tab="resources" title={found ? titleOf(found) : row}>
      {found ? (
        <ResourceForm key={row} elementKey={element.key} stored={found} row={row} isOwn={isOwn} />
      ) : (
        <Gone />
      )}
    </PartFrame>
  );
}

const titleOf = ({ method, path }: Resource) => `${method} ${path}`;

const columns: Column<Resource>[] = [
  { head: words.method, width: '5rem', cell: ({ method }) => <MethodBadge of={method} /> },
  {
    head: words.path,
    width: '3fr',
    cell: ({ id, path }) => (
      <Link
        from="/catalog/$key/edit"
        to="."
        search={{ tab: 'resources', row: String(id) }}
        className={rowLink}
        title={path}
      >
        {path}
      </Link>
    ),
  },
  {
    head: words.vendorPath,
    width: '3fr',
    wide: true,
    cell: ({ vendorMethod, vendorPath }) => (
      <code className="block truncate text-xs text-muted">
        {vendorMethod} {vendorPath}
      </code>
    ),
  },
  {
    head: words.type,
    width: '2fr',
    wide: true,
    cell: ({ type = 'api' }) => <Badge>{words.types[type] ?? type}</Badge>,
  },
];

function ResourceList({
  rows,
  isOwn,
  search,
}: {
  rows: readonly Resource[];
  isOwn: boolean;
  search: string;
}) {
  const navigate = useNavigate({ from: '/catalog/$key/edit' });
  const wanted = search.toLowerCase();
  const shown = rows.filter((row) => titleOf(row).toLowerCase().includes(wanted));
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <AddLink tab="resources" what={words.what} />
        {rows.length > 0 && (
          <SearchBox
            label={words.search}
            value={search}
            onSearch={(text) =>
              void navigate({
                search: text ? { tab: 'resources', search: text } : { tab: 'resources' },
                replace: true,
              })
            }
          />
        )}
      </div>
      {shown.length === 0 ? (
        <Empty title={isOwn ? words.none : words.noneOwn}>{words.noneText}</Empty>
      ) : (
        <Table label={builder.resources} columns={columns} rows={shown} keyOf={({ id }) => id ?? ''} />
      )}
    </>
  );
}

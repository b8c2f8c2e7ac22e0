import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CursorPage } from '../api.ts';
import { type Delivery, type Event, type EventWish, listDeliveries, listEvents } from '../events.ts';
import { DeliveryBadge } from '../parts/delivery-badge.tsx';
import { type Change, CursorPager } from '../parts/filters.tsx';
import { Failure } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { TimeCell } from '../parts/time.tsx';
import { filters } from '../strings/activity.ts';
import { events as words } from '../strings/events.ts';

const followEveryMs = 2_000;
const linkClasses =
  'line-clamp-3 text-xs font-medium text-ink md:line-clamp-2 md:text-sm [overflow-wrap:anywhere] no-underline hover:underline';

/** What has changed, in one line. */
export function whatOf({ events: changes }: Event): string {
  const [first] = changes;
  if (!first) return words.nothing;
  const type = words.types[first.eventType] ?? first.eventType;
  const more = changes.length > 1 ? words.more(changes.length - 1) : '';
  return words.what(type, first.objectType, first.objectId) + more;
}

const accountOf = ({ instanceName, instanceId }: { instanceName?: string; instanceId?: number }) =>
  instanceName ?? (instanceId === undefined ? '' : filters.accountOf(instanceId));

const eventColumns: Column<Event>[] = [
  {
    head: words.columns.what,
    width: '3fr',
    cell: (event) => (
      <Link to="/events/$eventId" params={{ eventId: event.id }} className={linkClasses}>
        {whatOf(event)}
      </Link>
    ),
  },
  {
    head: words.columns.state,
    width: '9rem',
    narrow: '6rem',
    cell: ({ status }) => <DeliveryBadge status={status} />,
  },
  {
    head: words.columns.account,
    width: '2fr',
    wide: true,
    cell: (event) => <span className="block truncate">{accountOf(event)}</span>,
  },
  {
    head: words.columns.source,
    width: '6rem',
    wide: true,
    cell: ({ source }) => words.sources[source] ?? source,
  },
  {
    head: words.columns.time,
    width: '13.5rem',
    narrow: '6.5rem',
    cell: ({ eventDate }) => <TimeCell at={eventDate} />,
  },
];

const deliveryColumns: Column<Delivery>[] = [
  {
    head: words.columns.url,
    width: '3fr',
    cell: ({ id, url }) => (
      <Link to="/events/deliveries/$deliveryId" params={{ deliveryId: String(id) }} className={linkClasses}>
        {url}
      </Link>
    ),
  },
  {
    head: words.columns.state,
    width: '9rem',
    narrow: '6rem',
    cell: ({ status }) => <DeliveryBadge status={status} />,
  },
  {
    head: words.columns.event,
    width: '6rem',
    wide: true,
    cell: ({ notificationId }) => String(notificationId),
  },
  {
    head: words.columns.account,
    width: '2fr',
    wide: true,
    cell: (delivery) => <span className="block truncate">{accountOf(delivery)}</span>,
  },
  { head: words.columns.attempts, width: '5rem', wide: true, cell: ({ attempts }) => String(attempts) },
  {
    head: words.columns.time,
    width: '13.5rem',
    narrow: '6.5rem',
    cell: ({ createdDate }) => <TimeCell at={createdDate} />,
  },
];

interface ListProps {
  wish: EventWish;
  change: Change;
  /** What stands in place of an empty list. */
  none: ReactNode;
}

export function EventList(props: ListProps) {
  return <List {...props} kind="list" ask={listEvents} label={words.stream} columns={eventColumns} />;
}

export function DeliveryList(props: ListProps) {
  return (
    <List
      {...props}
      kind="deliveries"
      ask={listDeliveries}
      label={words.deliveries}
      columns={deliveryColumns}
    />
  );
}

function List<Row extends { id: string | number }>({
  wish,
  change,
  none,
  kind,
  ask,
  label,
  columns,
}: ListProps & {
  kind: string;
  ask: (wish: EventWish) => Promise<CursorPage<Row>>;
  label: string;
  columns: readonly Column<Row>[];
}) {
  const { live, tab: _tab, ...asked } = wish;
  const list = useQuery({
    queryKey: ['events', kind, asked],
    queryFn: () => ask(wish),
    refetchInterval: live && wish.after === undefined ? followEveryMs : false,
    placeholderData: keepPreviousData,
  });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (list.data?.rows.length === 0) return none;
  return (
    <>
      <Table label={label} columns={columns} rows={list.data?.rows} keyOf={({ id }) => id} />
      {list.data && (
        <CursorPager
          shown={list.data.rows.length}
          next={list.data.next}
          isFirst={wish.after === undefined}
          onChange={change}
        />
      )}
    </>
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Call, type CallWish, listCalls } from '../calls.ts';
import { buttonClasses } from '../parts/button.tsx';
import {
  AccountFilter,
  type Change,
  changed,
  CursorPager,
  ElementFilter,
  Filters,
  LiveToggle,
  TimeFilter,
} from '../parts/filters.tsx';
import { CheckField, SelectField } from '../parts/form.tsx';
import { Page } from '../parts/page.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { Empty, Failure } from '../parts/states.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { TimeCell } from '../parts/time.tsx';
import { filters, activity as words } from '../strings/activity.ts';
import { ActivityCharts } from './activity-charts.tsx';

const followEveryMs = 2_000;
const base = '/elements/api-v2';

const columns: Column<Call>[] = [
  {
    head: words.columns.call,
    width: '4fr',
    cell: ({ request_id, request_method, request_uri }) => (
      <Link
        to="/activity/$requestId"
        params={{ requestId: request_id }}
        className="line-clamp-3 font-mono text-xs text-ink [overflow-wrap:anywhere] no-underline hover:underline"
      >
        {request_method} {request_uri.replace(base, '')}
      </Link>
    ),
  },
  {
    head: words.columns.status,
    width: '4rem',
    narrow: '2.5rem',
    cell: ({ response_status }) => <StatusBadge status={response_status} />,
  },
  {
    head: words.columns.account,
    width: '2fr',
    wide: true,
    cell: ({ element_instance_id: id, element_instance_name: name, element_name }) => (
      <span className="block truncate">
        {name ?? (id === undefined ? element_name : filters.accountOf(id))}
      </span>
    ),
  },
  { head: words.columns.took, width: '5rem', wide: true, cell: ({ process_time }) => words.ms(process_time) },
  {
    head: words.columns.time,
    width: '13.5rem',
    narrow: '6.5rem',
    cell: ({ traffic_date }) => <TimeCell at={traffic_date} />,
  },
];

/** What the calls of all accounts have done, as they happen. */
export function Activity() {
  const wish = useSearch({ from: '/inside/activity' });
  const navigate = useNavigate({ from: '/activity' });
  const change: Change = (more) =>
    void navigate({
      search: (before) => changed(before, more),
      replace: !('after' in more),
    });
  const { live, ...asked } = wish;
  const list = useQuery({
    queryKey: ['calls', 'list', asked],
    queryFn: () => listCalls(wish),
    refetchInterval: live && wish.after === undefined ? followEveryMs : false,
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={<LiveToggle isLive={live === true} onChange={change} />}
    >
      <ActivityFilters wish={wish} change={change} />
      <ActivityCharts wish={wish} />
      {list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : list.data?.rows.length === 0 ? (
        <None wish={asked} />
      ) : (
        <>
          <Table
            label={words.table}
            columns={columns}
            rows={list.data?.rows}
            keyOf={({ traffic_id }) => traffic_id}
          />
          {list.data && (
            <CursorPager
              shown={list.data.rows.length}
              next={list.data.next}
              isFirst={wish.after === undefined}
              onChange={change}
            />
          )}
        </>
      )}
    </Page>
  );
}

function ActivityFilters({ wish, change }: { wish: CallWish; change: Change }) {
  const { status = '', method = '' } = wish;
  const statuses = status in words.statuses ? words.statuses : { ...words.statuses, [status]: status };
  return (
    <div className="flex flex-col gap-3">
      <Filters>
        <AccountFilter value={wish.instance} onChange={change} />
        <ElementFilter value={wish.element} onChange={change} />
        <SelectField
          label={words.status}
          value={status}
          options={Object.entries(statuses)
            .toSorted(([one], [other]) => rank(one) - rank(other))
            .map(([value, label]) => ({ value, label }))}
          onChange={({ target: { value } }) => change({ status: value })}
        />
        <SelectField
          label={words.method}
          value={method}
          options={['', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((value) => ({
            value,
            label: value || words.allMethods,
          }))}
          onChange={({ target: { value } }) => change({ method: value })}
        />
        <TimeFilter wish={wish} onChange={change} />
      </Filters>
      <div className="flex flex-wrap items-center gap-3">
        <SearchBox label={words.path} value={wish.path ?? ''} onSearch={(path) => change({ path })} />
        <SearchBox label={words.search} value={wish.search ?? ''} onSearch={(search) => change({ search })} />
        <CheckField
          label={words.all}
          checked={wish.all === true}
          onChange={({ target: { checked } }) => change({ all: checked || undefined })}
        />
        {Object.keys(wish).length > 0 && (
          <Link to="/activity" className={buttonClasses('quiet')}>
            {filters.clear}
          </Link>
        )}
      </div>
    </div>
  );
}

/** Objects put keys that are numbers first; here they come last. */
const rank = (status: string) => (/^\d+$/.test(status) ? 1 : 0);

function None({ wish }: { wish: CallWish }) {
  const isFiltered = Object.keys(wish).length > 0;
  if (isFiltered) return <Empty title={words.noneLike}>{words.noneLikeText}</Empty>;
  return (
    <Empty
      title={words.none}
      action={
        <Link to="/instances" className={buttonClasses('primary')}>
          {words.toInstances}
        </Link>
      }
    >
      {words.noneText}
    </Empty>
  );
}

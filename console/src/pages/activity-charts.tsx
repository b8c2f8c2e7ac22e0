import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type CallBucket, type CallWish, countCalls } from '../calls.ts';
import { Chart, shortTime } from '../parts/chart.tsx';
import { Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { activity, charts as words } from '../strings/activity.ts';

const followEveryMs = 10_000;

const columns: Column<CallBucket>[] = [
  { head: words.columns.time, width: '2fr', cell: ({ timestamp }) => shortTime(timestamp) },
  { head: words.columns.count, cell: ({ count }) => count.toLocaleString() },
  { head: words.columns.failed, cell: ({ failed }) => failed.toLocaleString() },
  { head: words.columns.average, cell: ({ averageTime }) => activity.ms(averageTime) },
  {
    head: words.columns.provider,
    wide: true,
    cell: ({ averageProviderTime }) => activity.ms(averageProviderTime),
  },
  { head: words.columns.longest, wide: true, cell: ({ longestTime }) => activity.ms(longestTime) },
];

/** How many calls, how many of them failed, and how long they took. */
export function ActivityCharts({ wish }: { wish: CallWish }) {
  const { range, from, to, instance, element, live } = wish;
  const counted = useQuery({
    queryKey: ['calls', 'counted', { range, from, to, instance, element }],
    queryFn: () => countCalls(wish),
    // The list beside it is as new, and both must say the same.
    staleTime: 0,
    refetchInterval: live ? followEveryMs : false,
    placeholderData: keepPreviousData,
  });
  return (
    <Section title={words.title}>
      <p className="m-0 text-sm text-muted">{words.lead}</p>
      <Await query={counted} skeleton={<Skeleton className="h-56" />}>
        {(buckets) => (
          <>
            <div className="grid gap-6 lg:grid-cols-2">
              <Counts buckets={buckets} />
              <Latency buckets={buckets} />
            </div>
            <details>
              <summary className="min-h-9 py-1.5 text-sm font-medium">{words.asTable}</summary>
              <Table
                label={words.table}
                columns={columns}
                rows={buckets.toReversed()}
                keyOf={({ timestamp }) => timestamp}
              />
            </details>
          </>
        )}
      </Await>
    </Section>
  );
}

const timesOf = (buckets: CallBucket[]) => buckets.map(({ timestamp }) => timestamp);
const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);

function Counts({ buckets }: { buckets: CallBucket[] }) {
  const total = sum(buckets.map(({ count }) => count));
  const failed = sum(buckets.map((one) => one.failed));
  return (
    <Chart
      title={words.calls}
      summary={total === 0 ? words.none : words.callsSummary(total, failed)}
      times={timesOf(buckets)}
      format={(value) => value.toLocaleString()}
      series={[
        { name: words.failed, fill: 'fill-bad', values: buckets.map((one) => one.failed) },
        {
          name: words.succeeded,
          fill: 'fill-accent',
          values: buckets.map((one) => one.count - one.failed),
        },
      ]}
    />
  );
}

function Latency({ buckets }: { buckets: CallBucket[] }) {
  const count = sum(buckets.map((one) => one.count));
  const average = Math.round(sum(buckets.map((one) => one.averageTime * one.count)) / Math.max(1, count));
  const longest = Math.max(0, ...buckets.map(({ longestTime }) => longestTime));
  return (
    <Chart
      title={words.latency}
      summary={count === 0 ? words.none : words.latencySummary(average, longest)}
      times={timesOf(buckets)}
      format={activity.ms}
      series={[
        {
          name: words.provider,
          fill: 'fill-accent',
          values: buckets.map((one) => one.averageProviderTime),
        },
        {
          name: words.own,
          fill: 'fill-line-strong',
          values: buckets.map((one) => Math.max(0, one.averageTime - one.averageProviderTime)),
        },
      ]}
    />
  );
}

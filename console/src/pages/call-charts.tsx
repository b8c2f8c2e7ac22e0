import type { CallBucket } from '../calls.ts';
import { Chart, namerOf } from '../parts/chart.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { activity, charts as words } from '../strings/activity.ts';

const numbers: Column<CallBucket>[] = [
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

/** Calls over time as two charts, and as the table that says the same to who does not see them. */
export function CallCharts({ buckets }: { buckets: CallBucket[] }) {
  const nameOf = namerOf(timesOf(buckets));
  const columns: Column<CallBucket>[] = [
    { head: words.columns.time, width: '2fr', cell: ({ timestamp }) => nameOf(timestamp) },
    ...numbers,
  ];
  return (
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

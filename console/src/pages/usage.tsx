import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BarChart, type Series } from '../parts/bar-chart.tsx';
import { SelectField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Empty, Skeleton } from '../parts/states.tsx';
import { limits, organization, usage as words } from '../strings/organization.ts';
import {
  type Counts,
  type Range,
  elementsQuery,
  instancesQuery,
  ownLimitsQuery,
  ranges,
  statusesQuery,
  sumBy,
  timesQuery,
} from '../usage.ts';
import { LimitsLeft } from './account-limits.tsx';

const outcomes: Series[] = [
  { name: words.success, tone: 'good' },
  { name: words.failed, tone: 'bad' },
];

/** Buckets are of UTC, and so are their names. */
function nameOf(timestamp: string, range: Range): string {
  const options: Record<Range, Intl.DateTimeFormatOptions> = {
    hour: { hour: '2-digit', minute: '2-digit' },
    day: { weekday: 'short', hour: '2-digit', minute: '2-digit' },
    week: { day: 'numeric', month: 'short' },
    month: { day: 'numeric', month: 'short' },
    year: { month: 'short', year: 'numeric' },
  };
  return new Date(timestamp).toLocaleString(undefined, { ...options[range], timeZone: 'UTC' });
}

/** What the calls of the account were, and how much is left of its limits. */
export function Usage() {
  const { range: asked = 'week' } = useSearch({ from: '/inside/organization/usage' });
  const range = asked in ranges ? (asked as Range) : 'week';
  const navigate = useNavigate({ from: '/organization/usage' });
  const left = useQuery(ownLimitsQuery);
  return (
    <Page title={organization.areas.usage} lead={words.lead}>
      <Section title={words.left}>
        <p className="m-0 text-sm text-muted">{limits.text}</p>
        <Await query={left} skeleton={<Skeleton className="h-10" />}>
          {({ limits: own }) => <LimitsLeft limits={own} />}
        </Await>
      </Section>
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-full sm:w-64">
          <SelectField
            label={words.range}
            value={range}
            onChange={({ target }) => void navigate({ search: { range: target.value }, replace: true })}
            options={Object.entries(words.ranges).map(([value, label]) => ({ value, label }))}
          />
        </div>
        <p className="m-0 text-sm text-muted">{words.utc}</p>
      </div>
      <OverTime range={range} />
      <ByStatus range={range} />
      <Latency range={range} />
      <ByInstance range={range} />
    </Page>
  );
}

function Shown<T>({
  options,
  children,
}: {
  options: UseQueryOptions<T, Error, T, string[]>;
  children: (data: T) => ReactNode;
}) {
  return (
    <Await query={useQuery(options)} skeleton={<Skeleton className="h-72" />}>
      {children}
    </Await>
  );
}

function OverTime({ range }: { range: Range }) {
  return (
    <Shown options={elementsQuery(range)}>
      {(buckets) => {
        const all = buckets.flatMap(({ elements }) => elements);
        const failed = new Map(sumBy(all, keyOf, (one) => one.failed));
        return (
          <>
            <BarChart
              title={words.callsOverTime}
              of={words.time}
              series={outcomes}
              bars={buckets.map(({ timestamp, success, failed: bad }) => ({
                label: nameOf(timestamp, range),
                values: [success, bad],
              }))}
            />
            <BarChart
              title={words.byElement}
              isList
              of={words.element}
              series={outcomes}
              bars={sumBy(all, keyOf, (one) => one.count).map(([label, count]) => {
                const bad = failed.get(label) ?? 0;
                return { label, values: [count - bad, bad] };
              })}
            />
          </>
        );
      }}
    </Shown>
  );
}

const keyOf = ({ elementKey }: Counts) => elementKey;

function ByStatus({ range }: { range: Range }) {
  return (
    <Shown options={statusesQuery(range)}>
      {(buckets) => {
        const all = buckets.flatMap(({ statuses }) => Object.entries(statuses));
        const sums = sumBy(
          all,
          ([status]) => status,
          ([, count]) => count,
        );
        return (
          <BarChart
            title={words.byStatus}
            isList
            of={words.status}
            series={[{ name: words.calls, tone: 'accent' }]}
            bars={sums
              .toSorted(([a], [b]) => Number(a) - Number(b))
              .map(([label, count]) => ({ label, values: [count] }))}
          />
        );
      }}
    </Shown>
  );
}

function Latency({ range }: { range: Range }) {
  return (
    <Shown options={timesQuery(range)}>
      {(buckets) => (
        <BarChart
          title={words.latency}
          of={words.time}
          series={[
            { name: words.average, tone: 'accent' },
            { name: words.ofProvider, tone: 'muted' },
          ]}
          isStacked={false}
          format={words.ms}
          bars={buckets.map(({ timestamp, averageTime, averageProviderTime }) => ({
            label: nameOf(timestamp, range),
            values: [averageTime, averageProviderTime],
          }))}
        />
      )}
    </Shown>
  );
}

const mostShown = 20;

function ByInstance({ range }: { range: Range }) {
  return (
    <Shown options={instancesQuery(range)}>
      {({ usage }) => (
        <Section title={words.byInstance}>
          {usage.length === 0 ? (
            <Empty title={words.none} />
          ) : (
            <table className="w-full border-collapse text-sm">
              <caption className="sr-only">{words.byInstance}</caption>
              <thead>
                <tr className="text-left text-xs text-muted">
                  <th className="py-1.5 font-medium">{words.instance}</th>
                  <th className="py-1.5 pl-4 text-right font-medium">{words.success}</th>
                  <th className="py-1.5 pl-4 text-right font-medium">{words.failed}</th>
                </tr>
              </thead>
              <tbody>
                {usage.slice(0, mostShown).map(({ instanceId, elementKey, success, failed }) => (
                  <tr key={`${instanceId} ${elementKey}`} className="border-t border-line">
                    <th className="py-1.5 text-left font-normal">
                      <Link
                        to="/instances/$id"
                        params={{ id: String(instanceId) }}
                        className="text-accent-text"
                      >
                        {elementKey} {instanceId}
                      </Link>
                    </th>
                    <td className="py-1.5 pl-4 text-right tabular-nums">{success.toLocaleString()}</td>
                    <td className="py-1.5 pl-4 text-right tabular-nums">{failed.toLocaleString()}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Section>
      )}
    </Shown>
  );
}

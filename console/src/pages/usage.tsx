import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { elementNamesQuery } from '../elements.ts';
import { BarList } from '../parts/bar-list.tsx';
import { SelectField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Empty, Skeleton } from '../parts/states.tsx';
import { charts, oneCall } from '../strings/activity.ts';
import { limits, organization, usage as words } from '../strings/organization.ts';
import {
  type Counts,
  type Range,
  countsQuery,
  elementsQuery,
  instancesQuery,
  ownLimitsQuery,
  ranges,
  statusesQuery,
  sumBy,
} from '../usage.ts';
import { LimitsLeft } from './account-limits.tsx';
import { CallCharts } from './call-charts.tsx';

const outcomes = [
  { name: words.success, fill: 'bg-accent' },
  { name: words.failed, fill: 'bg-bad' },
];

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
      </div>
      <Section title={charts.title}>
        <Shown options={countsQuery(range)}>{(buckets) => <CallCharts buckets={buckets} />}</Shown>
      </Section>
      <ByElement range={range} />
      <ByStatus range={range} />
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

function ByElement({ range }: { range: Range }) {
  return (
    <Shown options={elementsQuery(range)}>
      {(buckets) => <ElementBars all={buckets.flatMap(({ elements }) => elements)} />}
    </Shown>
  );
}

function ElementBars({ all }: { all: Counts[] }) {
  const { data: names } = useQuery(elementNamesQuery(all.map(keyOf)));
  const failed = new Map(sumBy(all, keyOf, (one) => one.failed));
  return (
    <BarList
      title={words.byElement}
      none={charts.none}
      series={outcomes}
      bars={sumBy(all, keyOf, (one) => one.count).map(([key, count]) => {
        const bad = failed.get(key) ?? 0;
        return { key, label: names?.[key] ?? key, values: [count - bad, bad] };
      })}
    />
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
          <BarList
            title={words.byStatus}
            none={charts.none}
            series={[{ name: words.calls, fill: 'bg-accent' }]}
            bars={sums
              .toSorted(([a], [b]) => Number(a) - Number(b))
              .map(([label, count]) => ({ key: label, label, values: [count] }))}
          />
        );
      }}
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
            <Empty title={charts.none} />
          ) : (
            <InstanceTable usage={usage.slice(0, mostShown)} />
          )}
        </Section>
      )}
    </Shown>
  );
}

function InstanceTable({ usage }: { usage: Counts[] }) {
  const { data: names } = useQuery(elementNamesQuery(usage.map(keyOf)));
  return (
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
        {usage.map(({ instanceId, instanceName, elementKey, success, failed }) => (
          <tr key={`${instanceId} ${elementKey}`} className="border-t border-line">
            <th className="py-1.5 text-left font-normal">
              <Account id={instanceId} name={instanceName} />{' '}
              <span className="text-muted">{names?.[elementKey] ?? elementKey}</span>
            </th>
            <td className="py-1.5 pl-4 text-right tabular-nums">{success.toLocaleString()}</td>
            <td className="py-1.5 pl-4 text-right tabular-nums">{failed.toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The name of an account, as long as it is connected. */
function Account({ id, name }: { id: number | undefined; name: string | undefined }) {
  if (name === undefined) return oneCall.gone(id ?? 0);
  return (
    <Link to="/instances/$id" params={{ id: String(id) }} className="text-accent-text">
      {name}
    </Link>
  );
}

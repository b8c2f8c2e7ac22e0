import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type CallWish, countCalls } from '../calls.ts';
import { Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { charts as words } from '../strings/activity.ts';
import { CallCharts } from './call-charts.tsx';

const followEveryMs = 10_000;

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
      <Await query={counted} skeleton={<Skeleton className="h-64" />}>
        {(buckets) => <CallCharts buckets={buckets} />}
      </Await>
    </Section>
  );
}

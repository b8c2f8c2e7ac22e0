import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Call, type CallStep, getCall } from '../calls.ts';
import { buttonClasses } from '../parts/button.tsx';
import { UserName } from '../parts/names.tsx';
import { Facts, Page, Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Time } from '../parts/time.tsx';
import { type Span, Waterfall } from '../parts/waterfall.tsx';
import { activity, oneCall as words } from '../strings/activity.ts';
import { Exchanges } from './call-exchanges.tsx';

/** One call: what it was, where its time went, and what was exchanged with the provider. */
export function CallPage() {
  const { requestId } = useParams({ from: '/inside/activity/$requestId' });
  const query = useQuery({ queryKey: ['call', requestId], queryFn: () => getCall(requestId) });
  const found = query.data;
  const path = found?.request_uri.split('?')[0]?.replace('/elements/api-v2', '') ?? '';
  return (
    <Page
      title={found ? words.title(found.request_method, path) : words.loading}
      lead={found && <StatusBadge status={found.response_status} />}
      actions={
        found?.element_instance_id !== undefined && (
          <Link to="/activity" search={{ instance: found.element_instance_id }} className={buttonClasses()}>
            {words.sameAccount}
          </Link>
        )
      }
    >
      <Await query={query} skeleton={<Skeleton className="h-112" />}>
        {(call) => (
          <>
            <Request call={call} />
            <Section title={words.waterfall}>
              <p className="m-0 text-sm text-muted">{words.waterfallText}</p>
              <Waterfall label={words.waterfall} spans={toSpans(call)} totalMs={call.process_time} />
              {call.element_api && call.steps === undefined && (
                <p className="m-0 text-sm text-muted">{words.noSteps}</p>
              )}
            </Section>
            {call.element_api && call.element_instance_id !== undefined && (
              <Exchanges
                exchanges={call.exchanges ?? []}
                hooks={call.hooks ?? []}
                {...(call.element_instance_name !== undefined && { instanceId: call.element_instance_id })}
              />
            )}
          </>
        )}
      </Await>
    </Page>
  );
}

function Request({ call }: { call: Call }) {
  const { facts } = words;
  const rows: [string, React.ReactNode][] = [
    [facts.status, <StatusBadge key="status" status={call.response_status} />],
    ...(call.message === undefined ? [] : [[facts.message, call.message] as [string, string]]),
    ...(call.element_api ? [[facts.provider, providerOf(call)] as [string, string]] : []),
    ...(call.provider_message === undefined
      ? []
      : [[facts.providerSaid, <code key="said">{call.provider_message}</code>] as [string, React.ReactNode]]),
    [facts.took, activity.ms(call.process_time)],
    [facts.at, <Time key="at" at={call.traffic_date} />],
    [
      facts.path,
      <code key="path" className="break-all">
        {call.request_uri}
      </code>,
    ],
    ...(call.element_api
      ? [[facts.account, <Account key="account" call={call} />] as [string, React.ReactNode]]
      : []),
    ...(call.element_name === undefined ? [] : [[facts.element, call.element_name] as [string, string]]),
    [facts.ip, call.request_ip],
    [facts.user, <UserName key="user" id={call.user_id} />],
    [facts.id, <code key="id">{call.request_id}</code>],
  ];
  return (
    <Section title={words.request}>
      <Facts rows={rows} />
      <p className="m-0 text-xs text-muted">{words.requestText}</p>
    </Section>
  );
}

function providerOf({ provider_status, provider_calls = 0, provider_time = 0 }: Call): string {
  return provider_calls === 0
    ? words.noProvider
    : words.providerFacts(provider_status, provider_calls, provider_time);
}

function Account({ call: { element_instance_id: id, element_instance_name: name } }: { call: Call }) {
  if (id === undefined) return words.noAccount;
  if (name === undefined) return words.gone(id);
  return (
    <Link to="/instances/$id" params={{ id: String(id) }} className="text-accent-text">
      {name}
    </Link>
  );
}

function toSpans({ process_time, steps = [] }: Call): Span[] {
  const whole: Span = {
    name: words.whole,
    startMs: 0,
    durationMs: process_time,
    fill: 'bg-line-strong',
    text: activity.ms(process_time),
  };
  return [whole, ...steps.toSorted((one, other) => one.startMs - other.startMs).map(toSpan)];
}

function toSpan({ kind, name, when, startMs, durationMs, outcome, status }: CallStep): Span {
  const isProvider = kind === 'provider';
  const told = isProvider && status !== undefined ? String(status) : (words.outcomes[outcome] ?? outcome);
  const failed = outcome === 'failed' || (status ?? 0) >= 400;
  return {
    name: isProvider ? words.providerStep : words.hook[when ?? 'preRequest'],
    detail: `${name} · ${told}`,
    startMs,
    durationMs,
    fill: failed ? 'bg-bad' : isProvider ? 'bg-accent' : 'bg-good',
    text: words.startedAt(activity.ms(startMs), activity.ms(durationMs)),
  };
}

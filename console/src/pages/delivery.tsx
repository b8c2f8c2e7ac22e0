import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Attempt, type Delivery, getDelivery } from '../events.ts';
import { DeliveryBadge } from '../parts/delivery-badge.tsx';
import { Facts, Page, Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Time } from '../parts/time.tsx';
import { activity } from '../strings/activity.ts';
import { oneDelivery as words } from '../strings/events.ts';
import { Message } from './call-exchanges.tsx';
import { EventAccount } from './event.tsx';

/** One delivery with each attempt. */
export function DeliveryPage() {
  const { deliveryId } = useParams({ from: '/inside/events/deliveries/$deliveryId' });
  const query = useQuery({
    queryKey: ['events', 'delivery', deliveryId],
    queryFn: () => getDelivery(deliveryId),
  });
  return (
    <Page title={words.title(deliveryId)} lead={query.data && <DeliveryBadge status={query.data.status} />}>
      <Await query={query} skeleton={<Skeleton className="h-112" />}>
        {(delivery) => (
          <>
            <About delivery={delivery} />
            <Section title={words.attempts}>
              <p className="m-0 text-sm text-muted">
                {delivery.attemptsData.length === 0 ? words.none : words.bodySent}
              </p>
              {delivery.attemptsData.map((attempt) => (
                <OneAttempt key={attempt.number} attempt={attempt} />
              ))}
            </Section>
          </>
        )}
      </Await>
    </Page>
  );
}

function About({ delivery }: { delivery: Delivery }) {
  const { facts } = words;
  const { instanceId, instanceName, notificationId, nextAttemptDate } = delivery;
  const rows: [string, React.ReactNode][] = [
    [facts.state, <DeliveryBadge key="state" status={delivery.status} />],
    [
      facts.url,
      <code key="url" className="break-all">
        {delivery.url}
      </code>,
    ],
  ];
  if (instanceId !== undefined)
    rows.push(
      [
        facts.event,
        <Link
          key="event"
          to="/events/$eventId"
          params={{ eventId: String(notificationId) }}
          className="text-accent-text"
        >
          {notificationId}
        </Link>,
      ],
      [
        facts.account,
        <EventAccount
          key="account"
          instanceId={instanceId}
          {...(instanceName !== undefined && { instanceName })}
        />,
      ],
    );
  rows.push([facts.attempts, String(delivery.attempts)]);
  if (nextAttemptDate) rows.push([facts.next, <Time key="next" at={nextAttemptDate} />]);
  rows.push(
    [facts.created, <Time key="created" at={delivery.createdDate} />],
    [facts.updated, <Time key="updated" at={delivery.updatedDate} />],
  );
  return (
    <Section title={words.about}>
      <Facts rows={rows} />
    </Section>
  );
}

function OneAttempt({ attempt }: { attempt: Attempt }) {
  const { number, startedDate, durationMs, statusCode, error, request, response } = attempt;
  const name = words.attempt(number);
  return (
    <article aria-label={name} className="flex flex-col gap-3 border-t border-line pt-3">
      <h3 className="m-0 flex flex-wrap items-center gap-2 text-sm font-medium">
        {name}
        {statusCode === null ? words.noAnswer : <StatusBadge status={statusCode} />}
        <span className="font-normal text-muted">
          <Time at={startedDate} /> · {activity.ms(durationMs)}
        </span>
      </h3>
      {error && <p className="m-0 text-sm text-bad">{error}</p>}
      <div className="grid gap-4 lg:grid-cols-2">
        <Message what={`${words.sent} ${number}`} headers={request.headers} noBody={words.bodyOfEvent} />
        {response && (
          <Message
            what={`${words.answered} ${number}`}
            headers={response.headers ?? {}}
            body={response.body}
          />
        )}
      </div>
    </article>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Event, getEvent, replayEvent } from '../events.ts';
import { Button } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { DeliveryBadge } from '../parts/delivery-badge.tsx';
import { useConfirm } from '../parts/dialog.tsx';
import { ElementName } from '../parts/names.tsx';
import { Facts, Page, Section } from '../parts/page.tsx';
import { Await, Skeleton, sentenceOf } from '../parts/states.tsx';
import { Time } from '../parts/time.tsx';
import { useToast } from '../parts/toast.tsx';
import { useMay } from '../session.ts';
import { events, oneEvent as words } from '../strings/events.ts';
import { indented } from '../text.ts';
import { whatOf } from './event-list.tsx';

/** One event: what has changed, what the provider sent, and its deliveries. */
export function EventPage() {
  const { eventId } = useParams({ from: '/inside/events/$eventId' });
  const query = useQuery({ queryKey: ['events', 'one', eventId], queryFn: () => getEvent(eventId) });
  const found = query.data;
  return (
    <Page
      title={words.title(eventId)}
      lead={found && whatOf(found)}
      actions={found && <ReplayOne id={found.id} />}
    >
      <Await query={query} skeleton={<Skeleton className="h-112" />}>
        {(event) => (
          <>
            <About event={event} />
            <Section title={words.deliveries}>
              <Deliveries event={event} />
            </Section>
            <Section title={words.changes}>
              <Code what={words.changes}>{JSON.stringify(event.events, null, 2)}</Code>
            </Section>
            <Section title={words.raw}>
              <Code what={words.raw}>{indented(event.providerData)}</Code>
            </Section>
          </>
        )}
      </Await>
    </Page>
  );
}

function About({ event }: { event: Event }) {
  const { facts } = words;
  return (
    <Section title={words.about}>
      <Facts
        rows={[
          [facts.state, <DeliveryBadge key="state" status={event.status} />],
          [facts.account, <EventAccount key="account" {...event} />],
          [facts.element, <ElementName key="element" elementKey={event.elementKey} />],
          [facts.source, events.sources[event.source] ?? event.source],
          [facts.time, <Time key="time" at={event.eventDate} />],
          [facts.id, event.id],
        ]}
      />
    </Section>
  );
}

export function EventAccount({ instanceId, instanceName }: { instanceId: number; instanceName?: string }) {
  if (instanceName === undefined) return words.gone(instanceId);
  return (
    <Link to="/instances/$id" params={{ id: String(instanceId) }} className="text-accent-text">
      {instanceName}
    </Link>
  );
}

function Deliveries({ event: { notifiedData } }: { event: Event }) {
  if (notifiedData.length === 0) return <p className="m-0 text-sm">{words.noDeliveries}</p>;
  return (
    <ul className="m-0 flex list-none flex-col gap-2 p-0 text-sm">
      {notifiedData.map(({ id, url, status, updatedDate }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <DeliveryBadge status={status} />
          <Link
            to="/events/deliveries/$deliveryId"
            params={{ deliveryId: String(id) }}
            className="break-all text-accent-text"
          >
            {url}
          </Link>
          <span className="text-muted">
            <Time at={updatedDate} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function ReplayOne({ id }: { id: string }) {
  const may = useMay('createElementInstances');
  const confirm = useConfirm();
  const say = useToast();
  const replay = useMutation({
    mutationFn: () => replayEvent(id),
    onSuccess: (count) => say(events.replayed(count)),
    onError: (error) => say(sentenceOf(error), 'bad'),
  });
  if (!may) return null;
  const ask = async () => {
    const question = {
      title: events.replayOneTitle,
      text: events.replayOneText,
      action: events.replayAction,
    };
    if (await confirm(question)) replay.mutate();
  };
  return (
    <Button busy={replay.isPending} onClick={() => void ask()}>
      {events.replayOne}
    </Button>
  );
}

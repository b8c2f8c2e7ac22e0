import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type EventWish, replayAll } from '../events.ts';
import { Button, buttonClasses } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { useConfirm } from '../parts/dialog.tsx';
import { AccountFilter, type Change, changed, Filters, LiveToggle, TimeFilter } from '../parts/filters.tsx';
import { SelectField } from '../parts/form.tsx';
import { Page } from '../parts/page.tsx';
import { Empty, sentenceOf } from '../parts/states.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { useToast } from '../parts/toast.tsx';
import { useMay } from '../session.ts';
import { filters } from '../strings/activity.ts';
import { events as words } from '../strings/events.ts';
import { Callbacks } from './event-callbacks.tsx';
import { DeliveryList, EventList } from './event-list.tsx';

const settings = JSON.stringify(
  {
    configuration: {
      'event.notification.enabled': 'true',
      'event.notification.callback.url': 'https://app.example.com/events',
      'event.notification.signature.key': 'a key of yours',
    },
  },
  null,
  2,
);

/** What has changed at providers, and what became of telling it. */
export function Events() {
  const wish = useSearch({ from: '/inside/events' });
  const navigate = useNavigate({ from: '/events' });
  const change: Change = (more) =>
    void navigate({
      search: (before) => changed(before, more),
      replace: !('after' in more),
    });
  const { tab = 'stream', live } = wish;
  const { tab: _tab, live: _live, ...asked } = wish;
  const isFiltered = Object.keys(asked).length > 0;
  const listed = <EventFilters wish={wish} change={change} isFiltered={isFiltered} />;
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={tab !== 'callbacks' && <LiveToggle isLive={live === true} onChange={change} />}
    >
      <Tabs
        label={words.tabs}
        open={tab}
        // What an account or a time is asked about is asked about it on the other tab too.
        onOpen={(next) => change({ tab: next === 'stream' ? undefined : next })}
        tabs={[
          {
            key: 'stream',
            label: words.stream,
            content: (
              <>
                {listed}
                <EventList wish={wish} change={change} none={<NoEvents isFiltered={isFiltered} />} />
              </>
            ),
          },
          {
            key: 'deliveries',
            label: words.deliveries,
            content: (
              <>
                {listed}
                <DeliveryList
                  wish={wish}
                  change={change}
                  none={
                    <Empty title={isFiltered ? words.noDeliveriesLike : words.noDeliveries}>
                      {isFiltered ? words.noneLikeText : words.noDeliveriesText}
                    </Empty>
                  }
                />
              </>
            ),
          },
          { key: 'callbacks', label: words.callbacks, content: <Callbacks /> },
        ]}
      />
    </Page>
  );
}

function EventFilters({
  wish,
  change,
  isFiltered,
}: {
  wish: EventWish;
  change: Change;
  isFiltered: boolean;
}) {
  const { type = '', status = '' } = wish;
  const toOptions = (named: Record<string, string>) =>
    Object.entries(named).map(([value, label]) => ({ value, label }));
  return (
    <>
      <Filters>
        <AccountFilter value={wish.instance} onChange={change} />
        <SelectField
          label={words.type}
          value={type}
          options={toOptions(words.types)}
          onChange={({ target: { value } }) => change({ type: value })}
        />
        <SelectField
          label={words.delivery}
          value={status}
          options={toOptions({ '': words.anyDelivery, ...words.deliveryStatuses })}
          onChange={({ target: { value } }) => change({ status: value })}
        />
        <TimeFilter wish={wish} onChange={change} />
      </Filters>
      <div className="flex flex-wrap gap-2">
        <Replay wish={wish} />
        <Button
          aria-pressed={status === 'failed'}
          onClick={() => change({ status: status === 'failed' ? '' : 'failed' })}
        >
          {words.deadLetters}
        </Button>
        {isFiltered && (
          <Link to="/events" search={wish.tab ? { tab: wish.tab } : {}} className={buttonClasses('quiet')}>
            {filters.clear}
          </Link>
        )}
      </div>
    </>
  );
}

/** Delivers again what the filters find. */
function Replay({ wish }: { wish: EventWish }) {
  const may = useMay('createElementInstances');
  const confirm = useConfirm();
  const say = useToast();
  const replay = useMutation({
    mutationFn: () => replayAll(wish),
    onSuccess: (count) => say(words.replayed(count)),
    onError: (error) => say(sentenceOf(error), 'bad'),
  });
  if (!may) return null;
  const ask = async () => {
    const question = {
      title: words.replayTitle,
      text: words.replayText,
      action: words.replayAction,
    };
    if (await confirm(question)) replay.mutate();
  };
  return (
    <Button busy={replay.isPending} onClick={() => void ask()}>
      {words.replayAll}
    </Button>
  );
}

function NoEvents({ isFiltered }: { isFiltered: boolean }) {
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
      <p>{words.noneText}</p>
      <div className="text-left">
        <Code what={words.noneExample}>{`PATCH /instances/{id}\n${settings}`}</Code>
      </div>
      <p>{words.noneAfter}</p>
    </Empty>
  );
}

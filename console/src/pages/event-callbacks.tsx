import { useMutation, useQuery } from '@tanstack/react-query';
import { type Callback, listCallbacks, releaseCallback } from '../events.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { useConfirm } from '../parts/dialog.tsx';
import { Empty, Failure, sentenceOf } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { toTime } from '../parts/time.tsx';
import { useToast } from '../parts/toast.tsx';
import { useMay } from '../session.ts';
import { events, callbacks as words } from '../strings/events.ts';

const followEveryMs = 5_000;

const columns: Column<Callback>[] = [
  {
    head: events.columns.url,
    width: '3fr',
    cell: ({ url }) => (
      <span className="line-clamp-2 [overflow-wrap:anywhere]" title={url}>
        {url}
      </span>
    ),
  },
  { head: events.columns.circuit, width: '2fr', cell: (callback) => <Circuit callback={callback} /> },
  { head: events.columns.failures, wide: true, cell: ({ failures }) => failures.toLocaleString() },
  { head: events.columns.due, wide: true, cell: ({ due }) => due.toLocaleString() },
  { head: events.columns.held, width: '4rem', wide: true, cell: ({ queued }) => queued.toLocaleString() },
  { head: events.columns.action, width: '6rem', cell: (callback) => <Release callback={callback} /> },
];

/** Where events go, and whether it takes them. */
export function Callbacks() {
  const list = useQuery({
    queryKey: ['events', 'callbacks'],
    queryFn: listCallbacks,
    refetchInterval: followEveryMs,
  });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (list.data?.length === 0) return <Empty title={events.noCallbacks}>{events.noCallbacksText}</Empty>;
  return (
    <>
      <p className="m-0 text-sm text-muted">{words.text}</p>
      <Table label={events.callbacks} columns={columns} rows={list.data} keyOf={({ id }) => id} />
    </>
  );
}

function Circuit({ callback: { circuit, openUntil, suspendedDate } }: { callback: Callback }) {
  return (
    <span className="flex flex-wrap items-center gap-1">
      <Badge tone={circuit === 'open' ? 'bad' : 'good'}>{words[circuit]}</Badge>
      {suspendedDate && <Badge tone="warn">{words.held}</Badge>}
      {openUntil && (
        <span className="hidden text-xs text-muted md:inline">{words.openUntil(toTime(openUntil))}</span>
      )}
    </span>
  );
}

function Release({ callback: { url, queued, suspendedDate } }: { callback: Callback }) {
  const may = useMay('createElementInstances');
  const confirm = useConfirm();
  const say = useToast();
  const release = useMutation({
    mutationFn: () => releaseCallback(url),
    onSuccess: (count) => say(words.released(count)),
    onError: (error) => say(sentenceOf(error), 'bad'),
  });
  if (!may || (queued === 0 && suspendedDate === undefined)) return null;
  const ask = async () => {
    const question = {
      title: words.releaseTitle(queued),
      text: words.releaseText(url),
      action: words.release,
    };
    if (await confirm(question)) release.mutate();
  };
  return (
    <Button busy={release.isPending} aria-label={words.releaseOf(url)} onClick={() => void ask()}>
      {words.release}
    </Button>
  );
}

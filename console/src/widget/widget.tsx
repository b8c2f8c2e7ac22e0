import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { ConfigurationField, type Values, given, mask, rowsToAsk } from '../parts/configuration-fields.tsx';
import { Await, Failure, Skeleton } from '../parts/states.tsx';
import { widget as words } from '../strings/widget.ts';
import { NotConsented, connectAccount } from './flow.ts';
import {
  type OpenSession,
  type WidgetElement,
  callSession,
  listenForOptions,
  openSession,
  tell,
  wear,
} from './host.ts';

/** The whole widget: opens the session once, then asks, and tells the page around it what became of it. */
export function Widget() {
  const box = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<string>();
  const session = useQuery({ queryKey: ['session'], queryFn: openOnce, retry: false, staleTime: Infinity });
  useEffect(() => {
    const stop = listenForOptions(({ theme, element }) => {
      wear(theme);
      setWanted(element);
    });
    tell('ready');
    return stop;
  }, []);
  useEffect(() => {
    const watch = new ResizeObserver(() => tell('size', { height: box.current?.offsetHeight ?? 0 }));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={box} className="p-1">
      <main className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5 text-ink">
        {session.error ? (
          <Gone error={session.error} />
        ) : (
          <Await query={session} skeleton={<Skeleton className="h-48" />}>
            {(open) => <Choice session={open} wanted={wanted} />}
          </Await>
        )}
      </main>
    </div>
  );
}

/** The token works once, so nothing may ask twice. */
let opening: Promise<OpenSession> | undefined;
const openOnce = () => (opening ??= openSession());

function Gone({ error }: { error: Error }) {
  return (
    <>
      <h1 className="m-0 text-lg font-semibold">{words.title}</h1>
      <Failure error={error} />
      <p className="m-0 text-sm">{words.cannotOpen}</p>
      <Button onClick={() => tell('failed', { message: error.message })}>{words.cancel}</Button>
    </>
  );
}

function Choice({ session, wanted }: { session: OpenSession; wanted: string | undefined }) {
  const { elements } = session;
  const [chosen, setChosen] = useState<string>();
  const key = chosen ?? wanted ?? (elements.length === 1 ? elements[0]?.key : undefined);
  const element = elements.find((one) => one.key === key);
  if (element)
    return (
      <ConnectForm
        key={element.key}
        session={session}
        element={element}
        onOther={elements.length > 1 ? () => setChosen('') : undefined}
      />
    );
  return (
    <>
      <h1 className="m-0 text-lg font-semibold">{words.choose}</h1>
      <ul className="m-0 flex list-none flex-col gap-2 p-0">
        {elements.map((one) => (
          <li key={one.key}>
            <Button className="w-full" onClick={() => setChosen(one.key)}>
              {one.name}
            </Button>
          </li>
        ))}
      </ul>
      <CancelButton session={session} />
    </>
  );
}

/** The session ends, so that its key is of no use to anybody; the page is told either way. */
function CancelButton({ session }: { session: OpenSession }) {
  const cancel = useMutation({
    mutationFn: () => callSession(session, 'DELETE', ''),
    onSettled: () => tell('cancelled'),
  });
  return (
    <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
      {words.cancel}
    </Button>
  );
}

function ConnectForm({
  session,
  element,
  onOther,
}: {
  session: OpenSession;
  element: WidgetElement;
  onOther: (() => void) | undefined;
}) {
  const [values, setValues] = useState<Values>(() => masked(session.again?.kept));
  const stop = useRef<AbortController>(undefined);
  const finish = useMutation({
    mutationFn: () =>
      connectAccount(session, element, given(values), (stop.current = new AbortController()).signal),
    onSuccess: (instanceId) => tell('connected', { instanceId }),
  });
  const { first } = rowsToAsk(element.configuration);
  const isWaiting = finish.isPending && element.isOauth;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        finish.mutate();
      }}
    >
      <h1 className="m-0 text-lg font-semibold">
        {session.again ? words.again(session.again.name) : words.connect(element.name)}
      </h1>
      {first.map((row) => (
        <ConfigurationField key={row.key} row={row} values={values} onChange={setValues} />
      ))}
      {finish.error && <Outcome error={finish.error} />}
      {finish.isSuccess && <p role="status">{words.done}</p>}
      {isWaiting && (
        <div role="status" className="rounded-lg bg-accent-soft p-4 text-sm text-accent-text">
          <p className="m-0 font-medium">{words.waiting}</p>
          <p className="m-0">{words.waitingText}</p>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={finish.isPending || finish.isSuccess}>
          {element.isOauth ? words.submitOauth(element.name) : words.submit}
        </Button>
        {isWaiting ? (
          <Button onClick={() => stop.current?.abort()}>{words.stop}</Button>
        ) : (
          <CancelButton session={session} />
        )}
        {onOther && !finish.isPending && <Button onClick={onOther}>{words.another}</Button>}
      </div>
    </form>
  );
}

/** What is known stands in its field as a mask: neither is it shown, nor need it be typed again. */
const masked = (keys: readonly string[] = []): Values => Object.fromEntries(keys.map((key) => [key, mask]));

function Outcome({ error }: { error: Error }) {
  if (!(error instanceof NotConsented)) return <Failure error={error} />;
  const { outcome } = error;
  return (
    <p role="alert" className="m-0 rounded-lg bg-warn-soft p-4 text-sm text-warn">
      {outcome.kind === 'failed' ? words.outcomes.failed(outcome.reason) : words.outcomes[outcome.kind]}
    </p>
  );
}

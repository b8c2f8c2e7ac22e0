import { useMutation, useQuery } from '@tanstack/react-query';
import {
  type Exchange,
  type HookOutput,
  type LoggingWindow,
  closeLogging,
  getLogging,
  openLogging,
} from '../calls.ts';
import { Button } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { Section } from '../parts/page.tsx';
import { Failure } from '../parts/states.tsx';
import { HookOutputs } from '../parts/hook-outputs.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { useToast } from '../parts/toast.tsx';
import { queries } from '../queries.ts';
import { useMay } from '../session.ts';
import { activity, oneCall as words } from '../strings/activity.ts';
import { toTime } from '../parts/time.tsx';
import { indented } from '../text.ts';

const logMinutes = 15;

/** What was sent to the provider and what it answered, if it was kept; else the way to keep it. */
export function Exchanges({
  exchanges,
  hooks,
  instanceId,
}: {
  exchanges: Exchange[];
  hooks: HookOutput[];
  instanceId?: number;
}) {
  return (
    <Section title={words.exchanges}>
      {exchanges.length > 0 ? (
        <p className="m-0 text-sm text-muted">{words.exchangeText}</p>
      ) : (
        <p className="m-0 text-sm">{words.notLogged}</p>
      )}
      {exchanges.map((exchange, index) => (
        <OneExchange
          key={exchange.id}
          exchange={exchange}
          name={words.exchange(index + 1, exchanges.length)}
        />
      ))}
      <HookOutputs hooks={hooks} />
      {instanceId !== undefined && <Logging instanceId={instanceId} isLogged={exchanges.length > 0} />}
    </Section>
  );
}

function OneExchange({ exchange, name }: { exchange: Exchange; name: string }) {
  const { method, url, durationMs, request, response, failure } = exchange;
  return (
    <article aria-label={name} className="flex flex-col gap-3 border-t border-line pt-3">
      <h3 className="m-0 flex flex-wrap items-center gap-2 text-sm font-medium">
        {name}
        {response && <StatusBadge status={response.status} />}
        <span className="font-normal text-muted">{activity.ms(durationMs)}</span>
      </h3>
      <code className="text-xs break-all">
        {method} {url}
      </code>
      {failure && <p className="m-0 text-sm text-bad">{failure}</p>}
      <div className="grid gap-4 lg:grid-cols-2">
        <Message what={words.sent} {...request} />
        {response ? (
          <Message what={words.answered} {...response} />
        ) : (
          <p className="m-0 text-sm text-muted">{words.noReply}</p>
        )}
      </div>
    </article>
  );
}

/** Headers and body of one direction. */
export function Message({
  what,
  headers,
  body,
  noBody = words.noBody,
}: {
  what: string;
  headers: Record<string, unknown>;
  body?: string | null;
  /** What is said in its place. */
  noBody?: string;
}) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h4 className="m-0 text-sm font-medium">{what}</h4>
      <Code what={words.headersOf(what)}>{lines.join('\n')}</Code>
      {body ? (
        <Code what={words.bodyOf(what)}>{indented(body)}</Code>
      ) : (
        <p className="m-0 text-sm text-muted">{noBody}</p>
      )}
    </div>
  );
}

function Logging({ instanceId, isLogged }: { instanceId: number; isLogged: boolean }) {
  const may = useMay('createElementInstances');
  const say = useToast();
  const queryKey = ['logging', instanceId];
  const logging = useQuery({ queryKey, queryFn: () => getLogging(instanceId), enabled: may });
  const keep = (said: string) => (now: LoggingWindow) => {
    queries.setQueryData(queryKey, now);
    say(said);
  };
  const open = useMutation({
    mutationFn: () => openLogging(instanceId, logMinutes),
    onSuccess: keep(words.opened),
  });
  const close = useMutation({ mutationFn: () => closeLogging(instanceId), onSuccess: keep(words.closed) });
  const error = logging.error ?? open.error ?? close.error;
  const isOpen = logging.data?.traceLoggingEnabled === true;
  const until = logging.data?.until;
  return (
    <div className="flex flex-col items-start gap-3 border-t border-line pt-3 text-sm text-muted">
      {!isLogged && <p className="m-0">{words.notLoggedText}</p>}
      {!may && <p className="m-0">{words.mayNot}</p>}
      <p role="status" className="m-0 empty:hidden">
        {isOpen && until && words.openUntil(toTime(until))}
      </p>
      {error && <Failure error={error} />}
      {may && (
        <Button
          busy={open.isPending || close.isPending || logging.isPending}
          onClick={() => (isOpen ? close.mutate() : open.mutate())}
        >
          {isOpen ? words.closeLog : words.openLog(logMinutes)}
        </Button>
      )}
    </div>
  );
}

import type { ReactNode } from 'react';
import { Badge } from '../parts/badge.tsx';
import { Code } from '../parts/code.tsx';
import { trying as words } from '../strings/builder.ts';
import { HookOutputs } from '../parts/hook-outputs.tsx';
import type { Exchange, Trial } from '../trial.ts';

/** What was asked, what went to the provider and came back, and the reply: side by side where there is room. */
export function TrialView({ trial }: { trial: Trial }) {
  const { method, path, sent, status, ms, headers, body, exchanges, hooks, outputs } = trial;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-3">
      <Column title={words.request}>
        <code className="text-xs break-all">
          {method} {path}
        </code>
        <Body what={`${words.request}: ${words.bodyShown}`} text={sent} />
      </Column>
      <Column title={words.provider}>
        {hooks.length > 0 && (
          <ul className="m-0 flex list-none flex-col gap-1 p-0 text-sm">
            {hooks.map(({ name, outcome, durationMs }, index) => (
              <li key={index} className="flex flex-wrap items-center gap-2">
                <Badge tone={outcome === 'failed' ? 'bad' : 'neutral'}>{words.hook}</Badge>
                <span className="min-w-0 break-all">{name}</span>
                <span className="text-muted">{words.took(durationMs)}</span>
              </li>
            ))}
          </ul>
        )}
        {exchanges.length === 0 && <p className="m-0 text-sm text-muted">{words.noExchange}</p>}
        {exchanges.map((exchange, index) => (
          <OneExchange key={exchange.id} exchange={exchange} number={index + 1} />
        ))}
        <HookOutputs hooks={outputs} />
      </Column>
      <Column title={words.reply}>
        <p role="status" className="m-0 text-sm">
          <Badge tone={status < 400 ? 'good' : 'bad'}>{words.status(status, ms)}</Badge>
        </p>
        <Body what={`${words.reply}: ${words.bodyShown}`} text={body} />
        <Headers what={words.reply} headers={headers} />
      </Column>
    </div>
  );
}

function Column({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <h2 className="m-0 text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function OneExchange({ exchange, number }: { exchange: Exchange; number: number }) {
  const { method, url, durationMs, request, response, failure } = exchange;
  const name = words.exchange(number);
  return (
    <article aria-label={name} className="flex flex-col gap-2 border-t border-line pt-3 first:border-0">
      <h3 className="m-0 flex flex-wrap items-center gap-2 text-sm font-medium">
        {name}
        {response && <Badge tone={response.status < 400 ? 'good' : 'bad'}>{response.status}</Badge>}
        <span className="font-normal text-muted">{words.took(durationMs)}</span>
      </h3>
      <code className="text-xs break-all">
        {method} {url}
      </code>
      <Headers what={`${name}, ${words.sent}`} headers={request.headers} />
      <Body what={`${name}, ${words.sent}: ${words.bodyShown}`} text={request.body ?? ''} />
      {response && (
        <>
          <Headers what={`${name}, ${words.answered}`} headers={response.headers} />
          <Body what={`${name}, ${words.answered}: ${words.bodyShown}`} text={response.body ?? ''} />
        </>
      )}
      {failure && <p className="m-0 text-sm text-bad">{failure}</p>}
    </article>
  );
}

function Headers({ what, headers }: { what: string; headers: Record<string, unknown> }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  return (
    <details>
      <summary className="text-sm text-muted">
        {what}: {words.headers} ({lines.length})
      </summary>
      <div className="mt-2">
        <Code what={`${what}: ${words.headers}`}>{lines.join('\n')}</Code>
      </div>
    </details>
  );
}

function Body({ what, text }: { what: string; text: string }) {
  if (text === '') return <p className="m-0 text-sm text-muted">{words.noBody}</p>;
  return <Code what={what}>{indented(text)}</Code>;
}

/** As it was sent where it is no JSON. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

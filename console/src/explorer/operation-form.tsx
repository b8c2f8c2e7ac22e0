import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { callInstanceRaw } from '../api.ts';
import type { Instance } from '../instances.ts';
import { Button } from '../parts/button.tsx';
import { useConfirm } from '../parts/dialog.tsx';
import { TextAreaField } from '../parts/form.tsx';
import { Section } from '../parts/page.tsx';
import { Failure, Loading, Skeleton } from '../parts/states.tsx';
import { explorer as words } from '../strings/explorer.ts';
import { faultInJson } from '../text.ts';
import { exampleOf } from './example.ts';
import { MethodBadge } from '../parts/method-badge.tsx';
import { type Operation, type Schema, fieldsOf } from './operations.ts';
import { ParameterField } from './parameter-field.tsx';
import { type Reply, readReply } from './reply.ts';
import { ReplyView } from './reply-view.tsx';
import { type Given, type Request, missing, toRequest } from './request.ts';
import { RequestCode } from './request-code.tsx';
import { WhereBuilder } from './where-builder.tsx';

const settledAfterMs = 300;
const mostBesides = 6;

interface Props {
  instance: Instance;
  operation: Operation;
  definitions: Record<string, Schema>;
  /** As the address has it. */
  start: Given;
  /** Told when the typing pauses. */
  onGiven: (given: Given) => void;
}

/** What is chosen for a call, and the call itself. */
function useCall({ instance, operation, definitions, start, onGiven }: Props) {
  const [given, setGiven] = useGiven(start, onGiven);
  const [files, setFiles] = useState<Record<string, File>>({});
  const [example] = useState(() => exampleText(operation, definitions));
  const [body, setBody] = useState(operation.body?.isRequired ? example : '');
  const [isTried, setTried] = useState(false);
  const confirm = useConfirm();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const call = useMutation({
    mutationFn: (request: Request) => send(instance.id, request, (stop.current = new AbortController())),
    gcTime: 0,
  });
  const choice = { operation, hub: instance.element.hub, given, body, files };
  const absent = missing(choice);
  const jsonFault = faultInJson(body);
  return {
    ...choice,
    example,
    jsonFault,
    call,
    request: toRequest(choice),
    /** Named when the person has tried to call. */
    absent: isTried ? absent : [],
    setBody,
    set: (name: string, value: string) => setGiven({ ...given, [name]: value }),
    setFile: (name: string, file: File | undefined) => setFiles(withFile(files, name, file)),
    stop: () => stop.current?.abort(),
    async begin(): Promise<void> {
      setTried(true);
      if (absent.length > 0 || jsonFault) return;
      const question = { title: `DELETE ${operation.path}?`, text: words.changes, action: words.call };
      if (operation.method !== 'DELETE' || (await confirm(question))) call.mutate(toRequest(choice));
    },
    next(nextPage: string): void {
      const { page: _page, ...rest } = given;
      setGiven({ ...rest, nextPage });
      call.mutate(toRequest({ ...choice, given: { ...rest, nextPage } }));
    },
  };
}

/** One resource: what it takes, the call, and the reply. */
export function OperationForm(props: Props) {
  const state = useCall(props);
  const { call, operation } = state;
  const hasPages = operation.parameters.some(({ name }) => name === 'nextPage');
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <CallForm state={state} fields={fieldsOf(operation, props.definitions)} />
      {call.isPending && (
        <Section title={words.reply}>
          <Loading>
            <Skeleton className="h-64" />
          </Loading>
        </Section>
      )}
      {call.error && !isStopped(call.error) && <Failure error={call.error} />}
      {call.data && (
        <ReplyView key={call.submittedAt} reply={call.data} onNext={hasPages ? state.next : undefined} />
      )}
      <RequestCode request={state.request} />
    </div>
  );
}

function CallForm({ state, fields }: { state: ReturnType<typeof useCall>; fields: string[] }) {
  const { operation, given, absent, call, set } = state;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void state.begin();
      }}
    >
      <Section title={words.callFor}>
        <div className="flex items-center gap-2">
          <MethodBadge of={operation.method} />
          <code className="min-w-0 text-sm break-all">{operation.path}</code>
        </div>
        {operation.text && <p className="m-0 text-sm text-muted">{operation.text}</p>}
        <Parameters {...{ operation, given, set }} onFile={state.setFile} />
        {operation.parameters.some(({ name }) => name === 'where') && (
          <WhereBuilder
            fields={fields}
            value={given['where'] ?? ''}
            onChange={(text) => set('where', text)}
          />
        )}
        {operation.body && <BodyField {...state} fault={state.jsonFault} onChange={state.setBody} />}
        {absent.length > 0 && (
          <p role="alert" className="m-0 text-sm text-bad">
            {words.missing(absent.join(', '))}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" busy={call.isPending}>
            {words.call}
          </Button>
          {call.isPending && <Button onClick={state.stop}>{words.stop}</Button>}
          {!['GET', 'HEAD'].includes(operation.method) && (
            <span className="text-sm text-warn">{words.changes}</span>
          )}
        </div>
      </Section>
    </form>
  );
}

const isStopped = (error: Error) => error.name === 'AbortError';

async function send(instanceId: number, request: Request, { signal }: AbortController): Promise<Reply> {
  const { method, path, headers, body, form } = request;
  let sent: BodyInit | undefined = body;
  if (form) {
    sent = new FormData();
    for (const { name, value } of form) sent.append(name, value);
  }
  const { reply, ms } = await callInstanceRaw(instanceId, method, path, { headers, body: sent, signal });
  return readReply(reply, ms);
}

/** What is given, told to the address when the typing pauses. */
function useGiven(start: Given, onGiven: (given: Given) => void): [Given, (given: Given) => void] {
  const [given, setGiven] = useState(start);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (next: Given) => {
    setGiven(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onGiven(next), settledAfterMs);
  };
  return [given, set];
}

function withFile(files: Record<string, File>, name: string, file: File | undefined): Record<string, File> {
  const { [name]: _before, ...rest } = files;
  return file ? { ...rest, [name]: file } : rest;
}

function exampleText({ body }: Operation, definitions: Record<string, Schema>): string {
  return body ? JSON.stringify(exampleOf(body.schema ?? {}, definitions), null, 2) : '';
}

function Parameters({
  operation,
  given,
  set,
  onFile,
}: {
  operation: Operation;
  given: Given;
  set: (name: string, value: string) => void;
  onFile: (name: string, file: File | undefined) => void;
}) {
  const all = operation.parameters.filter(({ name }) => name !== 'where');
  const first = all.filter(({ isRequired }, at) => isRequired || at < mostBesides);
  const more = all.filter((one) => !first.includes(one));
  const fields = (list: typeof all) => (
    <div className="grid gap-4 sm:grid-cols-2">
      {list.map((parameter) => (
        <ParameterField
          key={`${parameter.in} ${parameter.name}`}
          parameter={parameter}
          value={given[parameter.name] ?? ''}
          onChange={(value) => set(parameter.name, value)}
          onFile={(file) => onFile(parameter.name, file)}
        />
      ))}
    </div>
  );
  if (operation.parameters.length === 0 && !operation.body)
    return <p className="m-0 text-sm text-muted">{words.noParameters}</p>;
  return (
    <>
      {first.length > 0 && fields(first)}
      {more.length > 0 && (
        <details className="rounded-md border border-line">
          <summary className="min-h-9 px-3 py-2 text-sm font-medium">
            {words.moreParameters(more.length)}
          </summary>
          <div className="p-3 pt-0">{fields(more)}</div>
        </details>
      )}
    </>
  );
}

function BodyField({
  operation,
  body,
  example,
  fault,
  onChange,
}: {
  operation: Operation;
  body: string;
  example: string;
  fault: string | undefined;
  onChange: (body: string) => void;
}) {
  const { description, isRequired = false } = operation.body ?? {};
  return (
    <div className="flex flex-col items-start gap-2 [&>div]:w-full">
      <TextAreaField
        label={words.body}
        help={description ? `${words.bodyHelp} ${description}` : words.bodyHelp}
        fault={fault && words.notJson(fault)}
        required={isRequired}
        rows={Math.min(16, Math.max(4, body.split('\n').length))}
        spellCheck={false}
        value={body}
        onChange={(event) => onChange(event.target.value)}
      />
      {body !== example && <Button onClick={() => onChange(example)}>{words.example}</Button>}
    </div>
  );
}

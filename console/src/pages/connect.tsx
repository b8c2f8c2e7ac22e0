import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { call } from '../api.ts';
import { type Outcome, callbackUrl, openWindow, waitForConsent } from '../consent.ts';
import { type Element, elementQuery, isOauth } from '../elements.ts';
import { type Instance, connectInstance, instanceQuery } from '../instances.ts';
import { Button } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import {
  ConfigurationField,
  MoreFields,
  type Values,
  given,
  rowsToAsk,
} from '../parts/configuration-fields.tsx';
import { TextField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Failure, Skeleton } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';
import { connect as words } from '../strings/instances.ts';

/** Connects an account of an element; with `instance`, one that is there again. */
export function Connect() {
  const { key } = useParams({ from: '/inside/catalog/$key/connect' });
  const { instance: id } = useSearch({ from: '/inside/catalog/$key/connect' });
  const element = useQuery(elementQuery(key));
  const before = useQuery({ ...instanceQuery(String(id)), enabled: id !== undefined });
  const name = element.data?.name ?? key;
  return (
    <Page title={id === undefined ? words.title(name) : words.again(before.data?.name ?? name)}>
      <Await query={element} skeleton={<Skeleton className="h-96" />}>
        {(found) =>
          id === undefined ? (
            <ConnectForm element={found} />
          ) : (
            <Await query={before} skeleton={<Skeleton className="h-96" />}>
              {(instance) => <ConnectForm element={found} before={instance} />}
            </Await>
          )
        }
      </Await>
    </Page>
  );
}

/** The person has not allowed it; said in the words of the page, not as a fault. */
class NotAllowed extends Error {}

function explain(outcome: Exclude<Outcome, { kind: 'allowed' }>): string {
  return outcome.kind === 'failed' ? words.outcomes.failed(outcome.reason) : words.outcomes[outcome.kind];
}

interface FirstStep {
  url: string;
  /** OAuth 1 wants the secret of the request token back. */
  secret?: string;
}

async function begin(element: Element, configuration: Values, state: string): Promise<FirstStep> {
  const path = `/elements/${encodeURIComponent(element.key)}/oauth`;
  const {
    'oauth.api.key': apiKey,
    'oauth.api.secret': apiSecret,
    'oauth.scope': scope,
    ...rest
  } = configuration;
  const query = { ...rest, apiKey, apiSecret, scope, callbackUrl, state };
  if (element.authentication?.type.toLowerCase() !== 'oauth1') {
    const { oauthUrl } = await call<{ oauthUrl: string }>('POST', `${path}/url`, { json: query });
    return { url: oauthUrl };
  }
  // OAuth 1 gives no state back; what is in the callback's own query it does.
  const ours = { ...query, callbackUrl: `${callbackUrl}?state=${state}` };
  const { token, secret } = await call<{ token: string; secret: string }>('GET', `${path}/token`, {
    query: ours,
  });
  const json = { ...ours, requestToken: token };
  const { oauthUrl } = await call<{ oauthUrl: string }>('POST', `${path}/url`, { json });
  return { url: oauthUrl, secret };
}

/** From the click to what the provider has sent. */
async function askProvider(
  element: Element,
  configuration: Values,
  { signal, onGone }: { signal: AbortSignal; onGone: () => void },
): Promise<Values> {
  const popup = openWindow();
  if (!popup) throw new NotAllowed(explain({ kind: 'blocked' }));
  const state = crypto.randomUUID();
  let first: FirstStep;
  try {
    first = await begin(element, configuration, state);
  } catch (error) {
    popup.close();
    throw error;
  }
  const outcome = await waitForConsent(popup, { url: first.url, state, signal, onGone });
  if (outcome.kind !== 'allowed') throw new NotAllowed(explain(outcome));
  return { ...outcome.data, ...(first.secret ? { secret: first.secret } : {}) };
}

function ConnectForm({ element, before }: { element: Element; before?: Instance }) {
  const navigate = useNavigate();
  const say = useToast();
  const stop = useRef<AbortController>(undefined);
  const [name, setName] = useState(before?.name ?? element.name);
  const [tags, setTags] = useState(before?.tags.join(', ') ?? '');
  const [values, setValues] = useState<Values>(before?.configuration ?? {});
  const [isGone, setGone] = useState(false);
  const oauth = isOauth(element);
  const { first, more } = rowsToAsk(element.configuration);
  const finish = useMutation({
    async mutationFn() {
      const needsCallback = oauth || element.configuration.some(({ key }) => key === 'oauth.callback.url');
      const configuration = {
        ...given(values),
        ...(needsCallback ? { 'oauth.callback.url': callbackUrl } : {}),
      };
      const { signal } = (stop.current = new AbortController());
      setGone(false);
      const onGone = () => setGone(true);
      const providerData = oauth ? await askProvider(element, configuration, { signal, onGone }) : undefined;
      const wish = {
        name,
        tags: tags
          .split(',')
          .map((tag) => tag.trim())
          .filter(Boolean),
        configuration,
        ...(providerData ? { providerData } : {}),
      };
      return connectInstance(element.key, wish, before?.id);
    },
    async onSuccess(made) {
      say(words.done(made.name));
      await navigate({ to: '/instances/$id', params: { id: String(made.id) } });
    },
  });
  const fields = (rows: typeof first) =>
    rows.map((row) => <ConfigurationField key={row.key} row={row} values={values} onChange={setValues} />);
  return (
    <form
      className="flex max-w-2xl flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        finish.mutate();
      }}
    >
      <Section title={words.account}>
        <TextField
          label={words.name}
          help={words.nameHelp}
          required
          maxLength={250}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={words.tags}
          help={words.tagsHelp}
          value={tags}
          onChange={(event) => setTags(event.target.value)}
        />
      </Section>
      {(first.length > 0 || oauth) && (
        <Section title={words.app}>
          {fields(first)}
          {oauth && (
            <div className="flex flex-col gap-1">
              <p className="m-0 text-sm">{words.callback}</p>
              <Code what="oauth.callback.url">{callbackUrl}</Code>
            </div>
          )}
          {more.length > 0 && <MoreFields>{fields(more)}</MoreFields>}
        </Section>
      )}
      {finish.error instanceof NotAllowed ? (
        <p role="alert" className="m-0 rounded-lg bg-warn-soft p-4 text-sm text-warn">
          {finish.error.message}
        </p>
      ) : (
        finish.error && <Failure error={finish.error} />
      )}
      {finish.isPending && oauth && (
        <div role="status" className="rounded-lg bg-accent-soft p-4 text-sm text-accent-text">
          <p className="m-0 font-medium">{isGone ? words.gone : words.waiting}</p>
          <p className="m-0">{isGone ? words.goneText : words.waitingText}</p>
        </div>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="primary" busy={finish.isPending}>
          {oauth ? words.submitOauth : words.submit}
        </Button>
        {finish.isPending && oauth && <Button onClick={() => stop.current?.abort()}>{words.cancel}</Button>}
      </div>
    </form>
  );
}

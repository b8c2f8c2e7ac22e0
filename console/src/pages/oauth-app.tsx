import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { callbackUrl } from '../consent.ts';
import { elementQuery } from '../elements.ts';
import { type OauthApp, oauthAppQuery, removeApp, storeApp } from '../oauth-apps.ts';
import { Button } from '../parts/button.tsx';
import { useDeed } from '../parts/deed.ts';
import { useConfirm } from '../parts/dialog.tsx';
import { Form, SecretField, TextField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { useMay } from '../session.ts';
import { apps as words, organization } from '../strings/organization.ts';

/** The app that is stored for one element. */
export function OauthAppPage() {
  const { key } = useParams({ from: '/inside/organization/apps/$key' });
  const element = useQuery(elementQuery(key));
  const query = useQuery(oauthAppQuery(key));
  const name = element.data?.name ?? key;
  const mayStore = useMay('editElements');
  return (
    <Page
      title={words.title(name)}
      actions={mayStore && query.data && <Remove elementKey={key} name={name} />}
    >
      <Await query={element} skeleton={<Skeleton className="h-96" />}>
        {() => (
          <Await query={query} skeleton={<Skeleton className="h-96" />}>
            {(app) => (
              <Section title={organization.areas.apps}>
                {app?.shared && <p className="m-0 text-sm text-muted">{words.sharedText}</p>}
                <AppForm key={app?.updatedDate} elementKey={key} app={app} mayStore={mayStore} />
              </Section>
            )}
          </Await>
        )}
      </Await>
    </Page>
  );
}

function Remove({ elementKey, name }: { elementKey: string; name: string }) {
  const confirm = useConfirm();
  const navigate = useNavigate();
  const remove = useDeed(
    () => removeApp(elementKey),
    words.removed,
    () => navigate({ to: '/organization/apps' }),
  );
  const ask = async () => {
    const question = { title: words.removeTitle(name), text: words.removeText, action: organization.remove };
    if (await confirm(question)) remove.mutate();
  };
  return (
    <Button look="danger" busy={remove.isPending} onClick={() => void ask()}>
      {organization.remove}
    </Button>
  );
}

/** Masks stand for what is stored: the server keeps that when they come back. */
function AppForm({
  elementKey,
  app,
  mayStore,
}: {
  elementKey: string;
  app: OauthApp | null;
  mayStore: boolean;
}) {
  const [wish, setWish] = useState({
    apiKey: app?.apiKey ?? '',
    apiSecret: app?.apiSecret ?? '',
    callbackUrl: app ? (app.callbackUrl ?? '') : callbackUrl,
    scope: app?.scope ?? '',
  });
  const save = useDeed(
    () =>
      storeApp(
        elementKey,
        Object.fromEntries(Object.entries(wish).map(([name, value]) => [name, value || null])),
      ),
    organization.saved,
  );
  const field = (name: keyof typeof wish) => ({
    label: words.fields[name],
    value: wish[name],
    disabled: !mayStore,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => setWish({ ...wish, [name]: event.target.value }),
  });
  const isMasked = (name: 'apiKey' | 'apiSecret') => app?.[name] && wish[name] === app[name];
  return (
    <Form
      action={mayStore ? organization.save : undefined}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <TextField {...field('apiKey')} required help={isMasked('apiKey') && words.kept} />
      <SecretField
        {...field('apiSecret')}
        help={isMasked('apiSecret') ? words.kept : words.fields.secretHelp}
      />
      <TextField {...field('callbackUrl')} type="url" help={words.fields.callbackHelp} />
      <TextField {...field('scope')} help={words.fields.scopeHelp} />
    </Form>
  );
}

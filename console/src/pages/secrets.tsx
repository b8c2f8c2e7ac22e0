import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { change, nameQuery, policyQuery } from '../organization.ts';
import { Button } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { useDeed } from '../parts/deed.ts';
import { useConfirm } from '../parts/dialog.tsx';
import { Form, SecretField, TextField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Failure, Skeleton } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';
import { changeOwnPassword, logOutEverywhere, revealSecrets } from '../secrets.ts';
import { useMay, useUser } from '../session.ts';
import { organization, secrets as words } from '../strings/organization.ts';
import { PolicySection, policyInWords } from './password-policy.tsx';
import { ReplaceSecret } from './replace-secret.tsx';

/** One's own secrets and password, and those of the organization. */
export function Secrets() {
  const maySecure = useMay('modifySecurity');
  const mayRename = useMay('editOrg');
  return (
    <Page title={organization.areas.secrets} lead={words.lead}>
      <Shown />
      <ReplaceSecret of={{ userId: 'me', organization: maySecure }} />
      <OwnPassword />
      <PolicySection />
      <Everywhere />
      {mayRename && <Name />}
    </Page>
  );
}

function Shown() {
  const confirm = useConfirm();
  const reveal = useMutation({ mutationFn: revealSecrets, gcTime: 0 });
  const ask = async () => {
    if (await confirm({ title: words.showTitle, text: words.showText, action: words.show })) reveal.mutate();
  };
  return (
    <Section
      title={words.mine}
      actions={
        reveal.data ? (
          <Button onClick={() => reveal.reset()}>{words.hide}</Button>
        ) : (
          <Button busy={reveal.isPending} onClick={() => void ask()}>
            {words.show}
          </Button>
        )
      }
    >
      <p className="m-0 text-sm text-muted">{words.text}</p>
      {reveal.error && <Failure error={reveal.error} />}
      {reveal.data && (
        <>
          <h3 className="m-0 text-sm font-medium">{words.user}</h3>
          <Code what={words.user}>{reveal.data.userSecret}</Code>
          <h3 className="m-0 text-sm font-medium">{words.organization}</h3>
          <Code what={words.organization}>{reveal.data.organizationSecret}</Code>
        </>
      )}
    </Section>
  );
}

function OwnPassword() {
  const email = useUser()?.email ?? '';
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const policy = useQuery(policyQuery);
  const say = useToast();
  const set = useMutation({
    mutationFn: () => changeOwnPassword(email, current, next),
    onSuccess() {
      setCurrent('');
      setNext('');
      say(words.changed);
    },
  });
  return (
    <Section title={words.password}>
      <p className="m-0 text-sm text-muted">{words.passwordText}</p>
      <Form action={words.change} busy={set.isPending} error={set.error} onSubmit={() => set.mutate()}>
        <SecretField
          label={words.current}
          required
          autoComplete="current-password"
          value={current}
          onChange={({ target }) => setCurrent(target.value)}
        />
        <SecretField
          label={words.next}
          required
          autoComplete="new-password"
          value={next}
          onChange={({ target }) => setNext(target.value)}
          help={policy.data && policyInWords(policy.data)}
        />
      </Form>
    </Section>
  );
}

function Everywhere() {
  const confirm = useConfirm();
  const navigate = useNavigate();
  const leave = useMutation({ mutationFn: logOutEverywhere, onSuccess: () => navigate({ to: '/log-in' }) });
  const ask = async () => {
    const question = {
      title: words.everywhereTitle,
      text: words.everywhereText,
      action: words.everywhere,
    };
    if (await confirm(question)) leave.mutate();
  };
  return (
    <Section
      title={words.everywhere}
      actions={
        <Button busy={leave.isPending} onClick={() => void ask()}>
          {words.everywhere}
        </Button>
      }
    >
      <p className="m-0 text-sm text-muted">{words.everywhereText}</p>
      {leave.error && <Failure error={leave.error} />}
    </Section>
  );
}

function Name() {
  const query = useQuery(nameQuery);
  return (
    <Section title={words.name}>
      <Await query={query} skeleton={<Skeleton className="h-24" />}>
        {({ name }) => <NameForm key={name} name={name} />}
      </Await>
    </Section>
  );
}

function NameForm({ name: before }: { name: string }) {
  const [name, setName] = useState(before);
  const save = useDeed(() => change('PUT', '/organizations/me', { name }), organization.saved);
  return (
    <Form action={organization.save} busy={save.isPending} error={save.error} onSubmit={() => save.mutate()}>
      <TextField
        label={words.name}
        required
        maxLength={200}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
    </Form>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type OrganizationUser, change, levelOf, policyQuery, userQuery } from '../organization.ts';
import { ActiveBadge } from '../parts/active-badge.tsx';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { useDeed } from '../parts/deed.ts';
import { useConfirm } from '../parts/dialog.tsx';
import { Form, SecretField, TextField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { setPassword } from '../secrets.ts';
import { useMay } from '../session.ts';
import { organization, users as words } from '../strings/organization.ts';
import { policyInWords } from './password-policy.tsx';
import { ReplaceSecret } from './replace-secret.tsx';
import { UserRoles } from './user-roles.tsx';

/** What the person may do with a user. */
export interface Powers {
  isSelf: boolean;
  isAbove: boolean;
  mayEdit: boolean;
  mayRemove: boolean;
  /** Up to which roles can be given. */
  level: number;
}

function usePowers(user: OrganizationUser | undefined): Powers {
  const me = useQuery(userQuery('me')).data;
  const [ofAccount, ofAll] = [useMay('editUsersAccount'), useMay('editUsersOrg')];
  const [removesOfAccount, removesAll] = [useMay('deleteUsersAccount'), useMay('deleteUsersOrg')];
  const level = levelOf(me?.roles ?? []);
  const isSelf = user !== undefined && me?.id === user.id;
  const isNear = user !== undefined && me?.accountId === user.accountId;
  const isAbove = user !== undefined && me !== undefined && !isSelf && levelOf(user.roles) > level;
  return {
    isSelf,
    isAbove,
    level,
    mayEdit: !isAbove && (ofAll || (ofAccount && isNear)),
    mayRemove: !isAbove && !isSelf && (removesAll || (removesOfAccount && isNear)),
  };
}

/** One user: who it is, what it may do, its password and secret. */
export function UserPage() {
  const { id } = useParams({ from: '/inside/organization/users/$id' });
  const query = useQuery(userQuery(id));
  const powers = usePowers(query.data);
  const { isSelf, isAbove, mayEdit } = powers;
  return (
    <Page
      title={query.data?.fullName || query.data?.email || id}
      lead={query.data && <Lead user={query.data} />}
      actions={query.data && <Actions user={query.data} powers={powers} />}
    >
      <Await query={query} skeleton={<Skeleton className="h-96" />}>
        {(user) => (
          <>
            {isAbove && <p className="m-0 rounded-lg bg-warn-soft p-4 text-sm text-warn">{words.above}</p>}
            <Profile key={user.id} user={user} mayEdit={mayEdit || isSelf} />
            <UserRoles user={user} powers={powers} />
            {mayEdit && !isSelf && (
              <>
                <Password id={user.id} />
                <ReplaceSecret of={{ userId: String(user.id) }} />
              </>
            )}
          </>
        )}
      </Await>
    </Page>
  );
}

function Lead({ user: { active, accountLocked, credentialsExpired } }: { user: OrganizationUser }) {
  return (
    <span className="flex flex-wrap gap-1">
      <ActiveBadge active={active} />
      {accountLocked && <Badge tone="warn">{words.locked}</Badge>}
      {credentialsExpired && <Badge tone="warn">{words.expired}</Badge>}
    </span>
  );
}

function Actions({
  user: { id, active, fullName, email },
  powers: { isSelf, mayEdit, mayRemove },
}: {
  user: OrganizationUser;
  powers: Powers;
}) {
  const name = fullName || email;
  const confirm = useConfirm();
  const navigate = useNavigate();
  // By its input: the page has asked again before it is told that this was done.
  const flip = useDeed<boolean>(
    (on) => change('PATCH', `/users/${id}`, { active: on }),
    (on) => (on ? words.activated(name) : words.deactivated(name)),
  );
  const remove = useDeed(
    () => change('DELETE', `/users/${id}`),
    words.removed(name),
    () => navigate({ to: '/organization/users' }),
  );
  const askToFlip = async () => {
    const question = {
      title: words.deactivateTitle(name),
      text: words.deactivateText,
      action: organization.deactivate,
    };
    if (!active || (await confirm(question))) flip.mutate(!active);
  };
  const askToRemove = async () => {
    const question = { title: words.removeTitle(name), text: words.removeText, action: organization.remove };
    if (await confirm(question)) remove.mutate();
  };
  return (
    <>
      {mayEdit && !isSelf && (
        <Button busy={flip.isPending} onClick={() => void askToFlip()}>
          {active ? organization.deactivate : organization.activate}
        </Button>
      )}
      {mayRemove && (
        <Button look="danger" busy={remove.isPending} onClick={() => void askToRemove()}>
          {organization.remove}
        </Button>
      )}
    </>
  );
}

function Profile({ user, mayEdit }: { user: OrganizationUser; mayEdit: boolean }) {
  const mayEditOthers = [useMay('editUsersAccount'), useMay('editUsersOrg')].some(Boolean);
  const [wish, setWish] = useState({
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    phone: user.phone ?? '',
    externalId: user.externalId ?? '',
  });
  const save = useDeed(() => change('PATCH', `/users/${user.id}`, toPatch(wish)), organization.saved);
  const field = (name: keyof typeof wish, isOfOthers = false) => ({
    label: words.fields[name],
    value: wish[name],
    disabled: !mayEdit || (isOfOthers && !mayEditOthers),
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => setWish({ ...wish, [name]: event.target.value }),
  });
  const fields = (
    <>
      <TextField {...field('firstName')} required />
      <TextField {...field('lastName')} required />
      <TextField {...field('email', true)} required type="email" help={words.fields.emailHelp} />
      <TextField {...field('phone')} type="tel" />
      <TextField {...field('externalId', true)} />
    </>
  );
  return (
    <Section title={words.profile}>
      {mayEdit ? (
        <Form
          action={organization.save}
          busy={save.isPending}
          error={save.error}
          onSubmit={() => save.mutate()}
        >
          {fields}
        </Form>
      ) : (
        <div className="flex max-w-xl flex-col gap-4">{fields}</div>
      )}
    </Section>
  );
}

/** An empty text takes away what may be missing. */
function toPatch({ phone, externalId, ...names }: Record<string, string>) {
  return { ...names, phone: phone || null, externalId: externalId || null };
}

function Password({ id }: { id: number }) {
  const [next, setNext] = useState('');
  const policy = useQuery(policyQuery);
  const set = useMutation({ mutationFn: () => setPassword(id, next), onSuccess: () => setNext('') });
  return (
    <Section title={words.password}>
      <p className="m-0 text-sm text-muted">{words.passwordText}</p>
      <Form action={words.setPassword} busy={set.isPending} error={set.error} onSubmit={() => set.mutate()}>
        <SecretField
          label={words.newPassword}
          required
          autoComplete="new-password"
          value={next}
          onChange={({ target }) => setNext(target.value)}
          help={policy.data && policyInWords(policy.data)}
        />
        {set.isSuccess && (
          <p role="status" className="m-0 text-sm text-good">
            {words.passwordSet}
          </p>
        )}
      </Form>
    </Section>
  );
}

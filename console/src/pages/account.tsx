import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type Account,
  accountQuery,
  accountRolesQuery,
  change,
  levelOf,
  rolesQuery,
  userQuery,
} from '../organization.ts';
import { ActiveBadge } from '../parts/active-badge.tsx';
import { Button, buttonClasses } from '../parts/button.tsx';
import { useDeed } from '../parts/deed.ts';
import { useConfirm } from '../parts/dialog.tsx';
import { Form, TextField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Skeleton } from '../parts/states.tsx';
import { useMay } from '../session.ts';
import { accounts as words, organization, users } from '../strings/organization.ts';
import { AccountLimits } from './account-limits.tsx';
import { RoleBoxes } from './user-roles.tsx';

/** A new account. */
export function NewAccount() {
  const navigate = useNavigate();
  return (
    <Page title={words.add} lead={words.lead}>
      <Section title={words.profile}>
        <AccountForm
          action={words.add}
          save={(wish) => change<Account>('POST', '/accounts', wish)}
          then={({ id }) => navigate({ to: '/organization/accounts/$id', params: { id: String(id) } })}
        />
      </Section>
    </Page>
  );
}

/** One account: what it is called, what its users may do, how much it may call. */
export function AccountPage() {
  const { id } = useParams({ from: '/inside/organization/accounts/$id' });
  const query = useQuery(accountQuery(id));
  const mayEdit = useMay('editAccountsOrg');
  return (
    <Page
      title={query.data?.name ?? id}
      lead={query.data && <ActiveBadge active={query.data.active} />}
      actions={query.data && <Actions account={query.data} />}
    >
      <Await query={query} skeleton={<Skeleton className="h-96" />}>
        {(account) => (
          <>
            <Section title={words.profile}>
              <AccountForm
                key={account.id}
                account={account}
                {...(mayEdit
                  ? {
                      action: organization.save,
                      save: (wish) => change<Account>('PATCH', `/accounts/${account.id}`, wish),
                    }
                  : {})}
              />
            </Section>
            <AccountLimits accountId={account.id} mayEdit={mayEdit} />
            <AccountRoles id={String(account.id)} mayEdit={mayEdit} />
          </>
        )}
      </Await>
    </Page>
  );
}

type Wish = Partial<Record<'name' | 'externalId' | 'description', string>>;

function AccountForm({
  account,
  action,
  save,
  then,
}: {
  account?: Account;
  action?: string;
  /** Absent for who may only look. */
  save?: (wish: Wish) => Promise<Account>;
  then?: (made: Account) => unknown;
}) {
  const { name = '', externalId, description } = account ?? {};
  const [wish, setWish] = useState({
    externalId: externalId ?? '',
    name,
    description: description ?? '',
  });
  const deed = useDeed(async () => {
    const said = Object.fromEntries(
      Object.entries(wish).filter(([key, value]) => value !== '' || (account && key === 'description')),
    );
    const made = await save?.(said);
    if (made) await then?.(made);
  }, organization.saved);
  const field = (key: keyof typeof wish) => ({
    label: words.fields[key],
    value: wish[key],
    disabled: save === undefined,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => setWish({ ...wish, [key]: event.target.value }),
  });
  return (
    <Form
      {...(save ? { action } : {})}
      busy={deed.isPending}
      error={deed.error}
      onSubmit={() => deed.mutate()}
    >
      <TextField {...field('externalId')} required={!account || Boolean(externalId)} maxLength={200} />
      <TextField
        {...field('name')}
        required={account !== undefined}
        help={account ? undefined : words.nameHelp}
        maxLength={200}
      />
      <TextField {...field('description')} />
    </Form>
  );
}

function Actions({ account: { id, name, active, defaultAccount } }: { account: Account }) {
  const confirm = useConfirm();
  const navigate = useNavigate();
  const mayEdit = useMay('editAccountsOrg');
  const mayRemove = useMay('deleteAccountsOrg');
  const seesUsers = useMay('viewUsersAccount');
  // By its input: the page has asked again before it is told that this was done.
  const flip = useDeed<boolean>(
    (on) => change('PATCH', `/accounts/${id}`, { active: on }),
    (on) => (on ? words.activated(name) : words.deactivated(name)),
  );
  const remove = useDeed(
    () => change('DELETE', `/accounts/${id}`),
    words.removed(name),
    () => navigate({ to: '/organization/accounts' }),
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
      {seesUsers && (
        <Link to="/organization/users" search={{ account: id }} className={buttonClasses()}>
          {words.toUsers}
        </Link>
      )}
      {mayEdit && !defaultAccount && (
        <Button busy={flip.isPending} onClick={() => void askToFlip()}>
          {active ? organization.deactivate : organization.activate}
        </Button>
      )}
      {mayRemove && !defaultAccount && (
        <Button look="danger" busy={remove.isPending} onClick={() => void askToRemove()}>
          {organization.remove}
        </Button>
      )}
    </>
  );
}

function AccountRoles({ id, mayEdit }: { id: string; mayEdit: boolean }) {
  const seesRoles = [useMay('configureRoles'), useMay('editUsersAccount')].some(Boolean);
  const me = useQuery(userQuery('me'));
  const roles = useQuery({ ...rolesQuery, enabled: seesRoles });
  const held = useQuery(accountRolesQuery(id));
  if (!mayEdit || !seesRoles) return null;
  const level = levelOf(me.data?.roles ?? []);
  return (
    <Section title={words.roles}>
      <p className="m-0 text-sm text-muted">{words.rolesText}</p>
      <Await query={roles} skeleton={<Skeleton className="h-40" />}>
        {(all) => (
          <RoleBoxes
            roles={all}
            held={held.data ?? []}
            path={`/accounts/${id}/roles`}
            noteOf={(role) => (role.level > level ? users.roleAbove : undefined)}
          />
        )}
      </Await>
    </Section>
  );
}

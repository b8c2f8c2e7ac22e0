import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type OrganizationUser,
  accountsQuery,
  change,
  levelOf,
  policyQuery,
  rolesQuery,
  userQuery,
} from '../organization.ts';
import { Button, buttonClasses } from '../parts/button.tsx';
import { Code } from '../parts/code.tsx';
import { CheckField, Form, SecretField, SelectField, TextField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { useMay } from '../session.ts';
import { organization, users as words } from '../strings/organization.ts';
import { policyInWords } from './password-policy.tsx';

const blank = { firstName: '', lastName: '', email: '', password: '' };
/** What a user gets when nobody says anything about roles. */
const ordinaryRole = 'org';

/** Adds a user: then its secret is shown, once. */
export function NewUser() {
  const { account } = useSearch({ from: '/inside/organization/users/new' });
  const [wish, setWish] = useState(blank);
  const [keys, setKeys] = useState([ordinaryRole]);
  const me = useQuery(userQuery('me'));
  const inAll = useMay('addUsersOrg') && useMay('viewAccountsOrg');
  const seesRoles = [useMay('configureRoles'), useMay('editUsersAccount')].some(Boolean);
  const accounts = useQuery({ ...accountsQuery, enabled: inAll });
  const roles = useQuery({ ...rolesQuery, enabled: seesRoles });
  const policy = useQuery(policyQuery);
  const [chosen, setChosen] = useState<number | undefined>(account);
  const accountId = chosen ?? me.data?.accountId;
  const add = useMutation({
    mutationFn: () =>
      change<OrganizationUser & { secret: string }>('POST', `/accounts/${accountId}/users`, {
        ...wish,
        roles: keys.map((key) => ({ key })),
      }),
    gcTime: 0,
  });
  const field = (name: keyof typeof blank) => ({
    label: words.fields[name],
    required: true,
    autoComplete: 'off',
    value: wish[name],
    onChange: (event: { target: { value: string } }) => setWish({ ...wish, [name]: event.target.value }),
  });
  const again = () => {
    setWish(blank);
    add.reset();
  };
  if (add.data) return <Made user={add.data} onAnother={again} />;
  const grantable = (roles.data ?? []).filter(({ level }) => level <= levelOf(me.data?.roles ?? []));
  return (
    <Page title={words.add} lead={words.newText}>
      <Section title={words.profile}>
        <Form action={words.add} busy={add.isPending} error={add.error} onSubmit={() => add.mutate()}>
          <TextField {...field('firstName')} />
          <TextField {...field('lastName')} />
          <TextField {...field('email')} type="email" help={words.fields.emailHelp} />
          <SecretField
            {...field('password')}
            autoComplete="new-password"
            help={policy.data && policyInWords(policy.data)}
          />
          {inAll && (
            <SelectField
              label={words.account}
              value={accountId ?? ''}
              onChange={({ target }) => setChosen(Number(target.value))}
              options={(accounts.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
            />
          )}
          {grantable.length > 0 && (
            <fieldset className="m-0 border-0 p-0">
              <legend className="mb-1 text-sm font-medium">{words.roles}</legend>
              {grantable.map(({ key, name, description }) => (
                <CheckField
                  key={key}
                  label={name}
                  help={description}
                  checked={keys.includes(key)}
                  onChange={({ target }) =>
                    setKeys(target.checked ? [...keys, key] : keys.filter((one) => one !== key))
                  }
                />
              ))}
            </fieldset>
          )}
        </Form>
      </Section>
    </Page>
  );
}

function Made({
  user: { id, fullName, secret },
  onAnother,
}: {
  user: OrganizationUser & { secret: string };
  onAnother: () => void;
}) {
  return (
    <Page title={words.made(fullName)}>
      <Section title={words.secret}>
        <p className="m-0 text-sm text-muted">{words.madeText}</p>
        <Code what={words.secret}>{secret}</Code>
        <div className="flex flex-wrap gap-2">
          <Link to="/organization/users/$id" params={{ id: String(id) }} className={buttonClasses('primary')}>
            {words.toUser}
          </Link>
          <Button onClick={onAnother}>{words.another}</Button>
          <Link to="/organization/users" className={buttonClasses()}>
            {organization.areas.users}
          </Link>
        </div>
      </Section>
    </Page>
  );
}

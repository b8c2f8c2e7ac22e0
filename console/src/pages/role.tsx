import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type Privilege,
  type Role,
  change,
  levelOf,
  privilegesQuery,
  rolesQuery,
  userQuery,
} from '../organization.ts';
import { ActiveBadge } from '../parts/active-badge.tsx';
import { useDeed } from '../parts/deed.ts';
import { CheckField, Form, TextField } from '../parts/form.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Await, Empty, Skeleton } from '../parts/states.tsx';
import { useUser } from '../session.ts';
import { organization, roles as words } from '../strings/organization.ts';

/** What one role allows. */
export function RolePage() {
  const { id } = useParams({ from: '/inside/organization/roles/$id' });
  const query = useQuery(rolesQuery);
  const role = query.data?.find((one) => String(one.id) === id);
  return (
    <Page title={role?.name ?? organization.areas.roles} lead={role && <ActiveBadge active={role.active} />}>
      <Await query={query} skeleton={<Skeleton className="h-96" />}>
        {() => (role ? <RoleForm key={role.id} role={role} /> : <Empty title={organization.none} />)}
      </Await>
    </Page>
  );
}

const groups = [
  ['work', (key: string) => !/Account$|Org$/.test(key) && !ofOrganization.has(key)],
  ['account', (key: string) => key.endsWith('Account')],
  ['organization', (key: string) => key.endsWith('Org') || ofOrganization.has(key)],
] as const;
/** Their keys do not say it. */
const ofOrganization = new Set([
  'modifySecurity',
  'configureRoles',
  'manageUiBranding',
  'intelligence',
  'manageCustomers',
  'system',
]);

function RoleForm({ role }: { role: Role }) {
  const [wish, setWish] = useState({
    name: role.name,
    description: role.description,
    active: role.active,
    keys: role.privileges.map(({ key }) => key),
  });
  const me = useQuery(userQuery('me'));
  const all = useQuery(privilegesQuery);
  const isAbove = me.data !== undefined && role.level > levelOf(me.data.roles);
  const save = useDeed(() => {
    const { keys, ...texts } = wish;
    return change('PUT', `/organizations/roles/${role.id}`, {
      ...texts,
      privileges: keys.map((key) => ({ key })),
    });
  }, organization.saved);
  const fields = (
    <fieldset disabled={isAbove} className="m-0 flex flex-col gap-4 border-0 p-0">
      <TextField
        label={words.name}
        required
        maxLength={200}
        value={wish.name}
        onChange={({ target }) => setWish({ ...wish, name: target.value })}
      />
      <TextField
        label={words.description}
        maxLength={2000}
        value={wish.description}
        onChange={({ target }) => setWish({ ...wish, description: target.value })}
      />
      <CheckField
        label={words.isActive}
        help={words.activeHelp}
        checked={wish.active}
        onChange={({ target }) => setWish({ ...wish, active: target.checked })}
      />
      <Await query={all} skeleton={<Skeleton className="h-96" />}>
        {(privileges) => (
          <Privileges
            all={privileges}
            role={role}
            keys={wish.keys}
            onChange={(keys) => setWish({ ...wish, keys })}
          />
        )}
      </Await>
    </fieldset>
  );
  return (
    <Section title={words.about}>
      {isAbove ? (
        <>
          <p className="m-0 rounded-lg bg-warn-soft p-4 text-sm text-warn">{words.above}</p>
          {fields}
        </>
      ) : (
        <Form
          action={organization.save}
          busy={save.isPending}
          error={save.error}
          onSubmit={() => save.mutate()}
          more={<p className="m-0 self-center text-sm text-muted">{words.saveText}</p>}
        >
          {fields}
        </Form>
      )}
    </Section>
  );
}

/** Nobody gives what is not theirs; what the role has already can be taken and given back. */
function Privileges({
  all,
  role,
  keys,
  onChange,
}: {
  all: readonly Privilege[];
  role: Role;
  keys: readonly string[];
  onChange: (keys: string[]) => void;
}) {
  const mine = useUser()?.privileges ?? [];
  const isOffered = (key: string) => mine.includes(key) || role.privileges.some((one) => one.key === key);
  return groups.map(([group, isIn]) => (
    <fieldset key={group} className="m-0 flex flex-col gap-1 border-0 p-0">
      <legend className="mb-1 text-sm font-semibold">{words.groups[group]}</legend>
      {all
        .filter(({ key }) => isIn(key))
        .map(({ key, name }) => (
          <CheckField
            key={key}
            label={name}
            help={isOffered(key) ? undefined : words.notYours}
            checked={keys.includes(key)}
            disabled={!isOffered(key)}
            onChange={({ target }) =>
              onChange(target.checked ? [...keys, key] : keys.filter((one) => one !== key))
            }
          />
        ))}
    </fieldset>
  ));
}

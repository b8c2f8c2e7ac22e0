import { useQuery } from '@tanstack/react-query';
import { type OrganizationUser, type Role, accountRolesQuery, change, rolesQuery } from '../organization.ts';
import { Badge } from '../parts/badge.tsx';
import { useDeed } from '../parts/deed.ts';
import { CheckField } from '../parts/form.tsx';
import { Section } from '../parts/page.tsx';
import { useMay } from '../session.ts';
import { users as words } from '../strings/organization.ts';
import type { Powers } from './user.tsx';

/** The roles of a user: given and taken one by one, by who may. */
export function UserRoles({
  user: { id, accountId, roles: held },
  powers: { isSelf, mayEdit, level },
}: {
  user: OrganizationUser;
  powers: Powers;
}) {
  const seesRoles = [useMay('configureRoles'), useMay('editUsersAccount')].some(Boolean);
  const seesAccounts = useMay('viewAccountsOrg');
  const roles = useQuery({ ...rolesQuery, enabled: seesRoles });
  const ofAccount = useQuery({ ...accountRolesQuery(String(accountId)), enabled: seesAccounts });
  const has = (key: string, among: readonly Role[] = held) => among.some((role) => role.key === key);
  if (!mayEdit || isSelf || !roles.data)
    return (
      <Section title={words.roles}>
        {isSelf && <p className="m-0 text-sm text-muted">{words.ownRoles}</p>}
        <span className="flex flex-wrap gap-1">
          {held.map(({ key, name }) => (
            <Badge key={key}>{name}</Badge>
          ))}
        </span>
      </Section>
    );
  return (
    <Section title={words.roles}>
      <p className="m-0 text-sm text-muted">{words.rolesText}</p>
      <RoleBoxes
        roles={roles.data}
        held={held}
        path={`/users/${id}/roles`}
        noteOf={({ key, level: its }) => {
          if (has(key, ofAccount.data ?? [])) return words.ofAccount;
          return its > level ? words.roleAbove : undefined;
        }}
      />
    </Section>
  );
}

/** A box for each role, which gives or takes it at once; one with a note stays as it is. */
export function RoleBoxes({
  roles,
  held,
  path,
  noteOf,
}: {
  roles: readonly Role[];
  held: readonly Role[];
  /** Of the roles of a user or an account. */
  path: string;
  noteOf: (role: Role) => string | undefined;
}) {
  const flip = useDeed<{ role: Role; on: boolean }>(
    ({ role, on }) => change(on ? 'PUT' : 'DELETE', `${path}/${role.key}`),
    ({ role, on }) => (on ? words.given(role.name) : words.taken(role.name)),
  );
  /** What was asked for is shown at once; a refusal brings back what was. */
  const isOnItsWay = ({ key }: Role) =>
    flip.isPending && flip.variables.role.key === key ? flip.variables.on : undefined;
  return (
    <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
      {roles.map((role) => {
        const note = noteOf(role);
        return (
          <CheckField
            key={role.key}
            label={role.name}
            help={note ? `${role.description} · ${note}` : role.description}
            checked={isOnItsWay(role) ?? held.some(({ key }) => key === role.key)}
            disabled={note !== undefined}
            onChange={({ target }) => flip.mutate({ role, on: target.checked })}
          />
        );
      })}
    </div>
  );
}

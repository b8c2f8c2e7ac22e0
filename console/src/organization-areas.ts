import { organization as words } from './strings/organization.ts';

/** The parts of the organization, in their order; each with the privileges of which one is needed. */
export const areas = [
  { to: '/organization/users', label: words.areas.users, oneOf: ['viewUsersOrg', 'viewUsersAccount'] },
  { to: '/organization/roles', label: words.areas.roles, oneOf: ['configureRoles'] },
  { to: '/organization/accounts', label: words.areas.accounts, oneOf: ['viewAccountsOrg'] },
  { to: '/organization/secrets', label: words.areas.secrets, oneOf: [] },
  { to: '/organization/apps', label: words.areas.apps, oneOf: ['viewElements'] },
  { to: '/organization/audit', label: words.areas.audit, oneOf: ['viewLogsOrg', 'viewLogsAccount'] },
  { to: '/organization/usage', label: words.areas.usage, oneOf: [] },
] as const satisfies { to: string; label: string; oneOf: readonly string[] }[];

/** Those that somebody with these privileges may see. */
export function areasFor(privileges: readonly string[]) {
  return areas.filter(({ oneOf }) => oneOf.length === 0 || oneOf.some((key) => privileges.includes(key)));
}

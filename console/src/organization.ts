import { queryOptions } from '@tanstack/react-query';
import { call } from './api.ts';
import { queries } from './queries.ts';

/*
 * Users, roles and accounts of the organization.
 */

export interface Role {
  id: number;
  key: string;
  name: string;
  description: string;
  active: boolean;
  /** Who has a role of a level may give and take those up to it. */
  level: number;
  privileges: Privilege[];
}

export interface Privilege {
  key: string;
  name: string;
}

export interface OrganizationUser {
  id: number;
  accountId: number;
  firstName: string;
  lastName: string;
  fullName: string;
  email: string;
  active: boolean;
  accountLocked: boolean;
  credentialsExpired: boolean;
  createdDate: string;
  /** 1970-01-01 if never. */
  lastLoginDate: string;
  externalId?: string | null;
  phone?: string | null;
  roles: Role[];
}

export interface Account {
  id: number;
  name: string;
  description?: string | null;
  externalId?: string | null;
  active: boolean;
  defaultAccount: boolean;
  createdDate: string;
}

export interface PasswordPolicy {
  minLength: number;
  minUppercase: number;
  minLowercase: number;
  minNumbers: number;
  minSymbols: number;
  symbolCharacterSet: string;
  previousPasswordCount: number;
  expirationDays: number;
}

const all = 1000;

export const rolesQuery = queryOptions({
  queryKey: ['organization', 'roles'],
  queryFn: () => call<Role[]>('GET', '/organizations/roles'),
});
export const privilegesQuery = queryOptions({
  queryKey: ['organization', 'privileges'],
  queryFn: () => call<Privilege[]>('GET', '/organizations/privileges'),
  staleTime: Infinity,
});
export const accountsQuery = queryOptions({
  queryKey: ['organization', 'accounts', 'all'],
  queryFn: () => call<Account[]>('GET', '/accounts', { query: { pageSize: all, orderBy: 'name' } }),
});
export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ['organization', 'accounts', id],
    queryFn: () => call<Account>('GET', `/accounts/${encodeURIComponent(id)}`),
  });
export const accountRolesQuery = (id: string) =>
  queryOptions({
    queryKey: ['organization', 'accounts', id, 'roles'],
    queryFn: () => call<Role[]>('GET', `/accounts/${encodeURIComponent(id)}/roles`),
  });
export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['organization', 'users', id],
    queryFn: () => call<OrganizationUser>('GET', `/users/${encodeURIComponent(id)}`),
  });
export const policyQuery = queryOptions({
  queryKey: ['organization', 'policy'],
  queryFn: () => call<PasswordPolicy>('GET', '/organizations/password-policies'),
});
export const nameQuery = queryOptions({
  queryKey: ['organization', 'name'],
  queryFn: () => call<{ id: number; name: string }>('GET', '/organizations/me'),
});

/** A change: lists and pages ask again, and what the person may do too. */
export async function change<T>(method: string, path: string, json?: unknown): Promise<T> {
  const reply = await call<T>(method, path, json === undefined ? {} : { json });
  await forget();
  return reply;
}

export async function forget(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['organization'] }),
    queries.invalidateQueries({ queryKey: ['session'] }),
  ]);
}

/** The level up to which somebody gives roles. */
export const levelOf = (roles: readonly Role[]): number =>
  Math.max(0, ...roles.filter(({ active }) => active).map(({ level }) => level));

/** CEQL that finds a text in one of some attributes: a quote inside a text is written twice. */
export function containing(text: string | undefined, attributes: readonly string[]): string | undefined {
  if (!text) return undefined;
  const pattern = `'%${text.replaceAll("'", "''")}%'`;
  return `(${attributes.map((attribute) => `${attribute} like ${pattern}`).join(' or ')})`;
}

import type { AccountRow } from './account-store.ts';
import { type PasswordPolicy, isExpired } from './password-policy.ts';
import { privileges } from './privileges.ts';
import { type Role, type RoleChange, rolesOf } from './roles.ts';
import type { UserRow } from './user-store.ts';

export type RoleView = ReturnType<typeof describeRole>;
export type AccountView = ReturnType<typeof describeAccount>;
export type UserView = ReturnType<typeof describeUser>;

/** As clients know it. */
export function describeRole(role: Role) {
  return {
    id: role.id,
    name: role.name,
    key: role.key,
    active: role.active,
    description: role.description,
    features: [],
    level: role.level,
    privileges: role.privileges.map((key) => ({ key, name: privileges[key] })),
  };
}

export function describeAccount(row: AccountRow) {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    active: row.active,
    companyId: row.organization_id,
    createdDate: toDay(row.created_at),
    updatedDate: toDay(row.updated_at),
    externalId: row.external_id,
    defaultAccount: row.is_default,
    type: row.is_default ? 'Default' : 'CompanyAccount',
  };
}

export interface UserSurroundings {
  roleChanges: readonly RoleChange[];
  policy: PasswordPolicy;
  nowMs: number;
  /** Whether logins with this e-mail are refused for the moment. */
  isLocked(email: string): boolean;
}

export function describeUser(row: UserRow, around: UserSurroundings) {
  const locked = around.isLocked(row.email);
  const expired = isExpired(row.password_changed_at, around.policy, around.nowMs);
  const held = rolesOf(around.roleChanges).filter(({ key }) => row.role_keys.includes(key));
  return {
    id: row.id,
    accountId: row.account_id,
    createdDate: toDay(row.created_at),
    firstName: row.first_name,
    lastName: row.last_name,
    fullName: `${row.first_name} ${row.last_name}`.trim(),
    email: row.email,
    password: 'secured',
    active: row.active,
    enabled: row.active,
    emailValid: true,
    accountExpired: false,
    accountNonExpired: true,
    accountLocked: locked,
    accountNonLocked: !locked,
    credentialsExpired: expired,
    credentialsNonExpired: !expired,
    lastLoginDate: row.last_login_day ?? '1970-01-01',
    externalId: row.external_id,
    phone: row.phone,
    street1: row.street1,
    street2: row.street2,
    city: row.city,
    stateProvince: row.state_province,
    postalCode: row.postal_code,
    country: row.country,
    roles: held.map(describeRole),
  };
}

function toDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

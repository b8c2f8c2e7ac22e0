import { missingPrivilege, userAboveYou } from './errors.ts';
import type { Caller } from './principal.ts';
import type { PrivilegeKey } from './privileges.ts';
import { type RoleChange, powersOf } from './roles.ts';
import type { UserName, UserRow, UserScope } from './user-store.ts';

/** What somebody wants to do with users. */
export type UserDeed = 'view' | 'add' | 'edit' | 'delete';

export const ofAccount = (deed: UserDeed) => `${deed}UsersAccount` satisfies PrivilegeKey;
export const ofOrganization = (deed: UserDeed) => `${deed}UsersOrg` satisfies PrivilegeKey;

/** The users that the caller may do it with: all of the organization, those of the account, or only itself. */
export function scopeOf(caller: Caller, deed: UserDeed): UserScope {
  const { organizationId, accountId, userId, privileges } = caller;
  if (privileges.has(ofOrganization(deed))) return { organizationId };
  if (privileges.has(ofAccount(deed))) return { organizationId, accountId };
  return { organizationId, userId };
}

/** @throws 403 for another account than the caller's without the privilege for all accounts. */
export function checkAccount(caller: Caller, accountId: number, forAll: PrivilegeKey): void {
  if (accountId !== caller.accountId && !caller.privileges.has(forAll)) throw missingPrivilege([forAll]);
}

/** @throws 403 for a user of an account in which the caller may not do this. */
export function checkReach(caller: Caller, deed: UserDeed, accountId: number): void {
  checkAccount(caller, accountId, ofOrganization(deed));
  const oneOf = [ofAccount(deed), ofOrganization(deed)];
  if (!oneOf.some((key) => caller.privileges.has(key))) throw missingPrivilege(oneOf);
}

/** @throws 403 when the user has a higher role than the caller: else changing it would be a way up. */
export function checkLevel(caller: Caller, user: UserRow, changes: readonly RoleChange[]): void {
  if (user.id !== caller.userId && powersOf(user.role_keys, changes).level > caller.level)
    throw userAboveYou();
}

/** Of the text in a path: digits are an id, `me` is the caller. */
export function toUserName(text: string, caller: Caller): UserName {
  if (text === 'me') return { id: caller.userId };
  return /^-?\d{1,15}$/.test(text) ? { id: Number(text) } : { email: text };
}

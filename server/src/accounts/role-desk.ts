import type { Storage } from '#platform/storage';
import { type AccountStore, createAccountStore } from './account-store.ts';
import type { Administration } from './administration.ts';
import {
  accountForeign,
  accountNotFound,
  administratorsStay,
  intelligencePrivilege,
  invalidAdministration,
  ownRoles,
  privilegeNotYours,
  roleAboveYou,
  roleGranted,
  roleNotFound,
  roleNotGranted,
  systemPrivilege,
  unknownRole,
  userForeign,
  userNotFound,
} from './errors.ts';
import type { Caller } from './principal.ts';
import { isPrivilege } from './privileges.ts';
import { type RoleHolder, createRoleStore } from './role-store.ts';
import { type Role, administratorRole, defaultRoles, rolesOf } from './roles.ts';
import { checkLevel, checkReach } from './user-scope.ts';
import { createUserStore } from './user-store.ts';

/** What may be changed of a role. */
export interface RolePatch {
  name?: string | undefined;
  description?: string | undefined;
  active?: boolean | undefined;
  privileges?: { key: string }[] | undefined;
}

export interface RoleDesk {
  list(organizationId: number): Promise<Role[]>;
  /** @throws 404 */
  get(organizationId: number, id: number): Promise<Role>;
  /** Those that an account gives to all its users. @throws 404 account, 403 of another organization */
  listOfAccount(caller: Caller, accountId: number): Promise<Role[]>;
  /** @throws 404 user, 403 of another organization */
  listOfUser(caller: Caller, userId: number): Promise<Role[]>;
  /** All rows or none. @throws 404 role, 400 privilege, 403 when it would be a way up */
  change(caller: Caller, patches: { id: number; patch: RolePatch }[]): Promise<Role[]>;
  reset(organizationId: number): Promise<Role[]>;
  /** @throws 404 holder, 400 role, 403 another organization's, own, above the caller's, 409 granted already */
  grant(caller: Caller, holder: RoleHolder, key: string): Promise<Role>;
  /** @throws the same; 404 when it was not granted, 409 for the last administrator's */
  revoke(caller: Caller, holder: RoleHolder, key: string): Promise<Role>;
}

/** Accounts below this number belong to what ships with the product: foreign to everybody, whether or not they exist. */
const firstCustomerAccount = 1000;

export function createRoleDesk({
  storage,
  administration,
}: {
  storage: Storage;
  administration: Administration;
}): RoleDesk {
  const users = createUserStore(storage.db);
  const accounts = createAccountStore(storage.db);
  const roles = createRoleStore(storage.db);
  const list = async (organizationId: number) => rolesOf(await roles.listChanges(organizationId));
  const named = async (organizationId: number, keys: readonly string[]) =>
    (await list(organizationId)).filter(({ key }) => keys.includes(key));

  /** In the order that clients expect: is it there, is the role one, may the caller. */
  async function checkHolder(caller: Caller, holder: RoleHolder, key: string | undefined): Promise<void> {
    const { organizationId } = caller;
    if ('userId' in holder) {
      const row = await users.find({ organizationId }, { id: holder.userId });
      if (!row && !(await users.exists(holder.userId))) throw userNotFound(String(holder.userId));
      if (key !== undefined) getRole(key);
      if (key !== undefined && holder.userId === caller.userId) throw ownRoles();
      if (!row) throw userForeign();
      checkReach(caller, key === undefined ? 'view' : 'edit', row.account_id);
      if (key !== undefined) checkLevel(caller, row, await roles.listChanges(organizationId));
    } else {
      const row = await accounts.find(organizationId, holder.accountId);
      if (!row && !(await isAccount(accounts, holder.accountId))) throw accountNotFound(holder.accountId);
      if (key !== undefined) getRole(key);
      if (!row) throw accountForeign();
      if (row.deleted_at) throw accountNotFound(holder.accountId);
    }
    if (key !== undefined) checkGrant(caller, key);
  }

  return {
    list,
    async get(organizationId, id) {
      const role = (await list(organizationId)).find((each) => each.id === id);
      if (!role) throw roleNotFound(id);
      return role;
    },
    async listOfAccount(caller, accountId) {
      await checkHolder(caller, { accountId }, undefined);
      return named(caller.organizationId, await roles.listKeys(caller.organizationId, accountId));
    },
    async listOfUser(caller, userId) {
      if (userId !== caller.userId) await checkHolder(caller, { userId }, undefined);
      const { organizationId } = caller;
      const row = await users.find({ organizationId }, { id: userId });
      return named(organizationId, row?.role_keys ?? []);
    },
    async change(caller, patches) {
      const { organizationId } = caller;
      await administration.change(organizationId, async (work) => {
        const now = rolesOf(await work.roles.listChanges(organizationId));
        const next = patches.map(({ id, patch }) => changeRole(caller, now, id, patch));
        for (const role of next) await work.roles.putChange(organizationId, role);
      });
      return list(organizationId);
    },
    async reset(organizationId) {
      await administration.change(organizationId, (work) => work.roles.removeChanges(organizationId));
      return list(organizationId);
    },
    async grant(caller, holder, key) {
      await checkHolder(caller, holder, key);
      await administration.change(caller.organizationId, async (work) => {
        if (!(await work.roles.grant(caller.organizationId, holder, key))) throw roleGranted(key);
      });
      return getRole(key, await list(caller.organizationId));
    },
    async revoke(caller, holder, key) {
      await checkHolder(caller, holder, key);
      await administration.change(caller.organizationId, async (work) => {
        if (!(await work.roles.revoke(caller.organizationId, holder, key))) throw roleNotGranted(key);
      });
      return getRole(key, await list(caller.organizationId));
    },
  };
}

async function isAccount(accounts: AccountStore, id: number): Promise<boolean> {
  return (id > 0 && id < firstCustomerAccount) || (await accounts.exists(id));
}

function getRole(key: string, among: readonly Role[] = defaultRoles): Role {
  const role = among.find((each) => each.key === key);
  if (!role) throw unknownRole(key);
  return role;
}

/** @throws 400 for a role that is none, 403 for one above the caller's own. */
export function checkGrant(caller: Caller, key: string): void {
  if (getRole(key).level > caller.level) throw roleAboveYou(key);
}

function changeRole(caller: Caller, now: readonly Role[], id: number, patch: RolePatch): Role {
  const role = now.find((each) => each.id === id);
  if (!role) throw roleNotFound(id);
  const privileges = patch.privileges?.map(({ key }) => key) ?? role.privileges;
  const unknown = privileges.filter((key) => !isPrivilege(key));
  if (unknown.length > 0)
    throw invalidAdministration(unknown.map((key) => `there is no privilege with the key '${key}'`));
  const next: Role = {
    ...role,
    name: patch.name ?? role.name,
    description: patch.description ?? role.description,
    active: patch.active ?? role.active,
    privileges: [...new Set(privileges.filter(isPrivilege))].sort(),
  };
  const added = next.privileges.filter((key) => !role.privileges.includes(key));
  checkAdded(caller, role, added);
  const isSame = JSON.stringify(next) === JSON.stringify(role);
  if (!isSame && role.level > caller.level) throw roleAboveYou(role.key);
  if (role.key === administratorRole && !(next.active && next.privileges.includes('configureRoles')))
    throw administratorsStay();
  return next;
}

/** A role may get back what it has by default, and what the caller has: nobody gives what is not theirs. */
function checkAdded(caller: Caller, role: Role, added: readonly string[]): void {
  if (added.includes('system')) throw systemPrivilege();
  if (added.includes('intelligence') && role.key === 'default-user') throw intelligencePrivilege(role.key);
  const byDefault: readonly string[] = getRole(role.key).privileges;
  for (const key of added) {
    if (!byDefault.includes(key) && !caller.privileges.has(key)) throw privilegeNotYours(key);
  }
}

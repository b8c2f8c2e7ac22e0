import type { Clock } from '#kernel/clock';
import { hashPassword, hashSecret, newUserSecret, verifyPassword } from '#platform/crypto';
import type { Storage } from '#platform/storage';
import { createAccountStore } from './account-store.ts';
import type { Administration, Work } from './administration.ts';
import type { DataKeys } from './data-keys.ts';
import { accountNotFound, emailTaken, missingPrivilege, userNotFound, wrongPassword } from './errors.ts';
import { userSecretContext } from './login.ts';
import { checkPassword, policyOf, replacePassword } from './passwords.ts';
import type { Caller } from './principal.ts';
import { checkGrant } from './role-desk.ts';
import { createRoleStore } from './role-store.ts';
import { ordinaryRole } from './roles.ts';
import type { LoginThrottle } from './throttle.ts';
import { checkLevel, ofAccount, ofOrganization, scopeOf, toUserName } from './user-scope.ts';
import type { UserDeed } from './user-scope.ts';
import { type UserRow, type UserScope, createUserStore } from './user-store.ts';
import { type UserSurroundings, type UserView, describeUser } from './views.ts';
import { isTaken, newId } from './write.ts';

/** What a body may say of a user; absent members stay as they are, null empties one. */
export interface UserPatch {
  firstName?: string;
  lastName?: string;
  email?: string;
  active?: boolean;
  externalId?: string | null;
  phone?: string | null;
  street1?: string | null;
  street2?: string | null;
  city?: string | null;
  stateProvince?: string | null;
  postalCode?: string | null;
  country?: string | null;
}

export type NewUser = UserPatch & {
  firstName: string;
  lastName: string;
  email: string;
  password: string;
  roles?: { key: string }[];
};

/** The headers that carry passwords. */
export interface GivenPasswords {
  /** The one in use. */
  current?: string | undefined;
  next?: string | undefined;
}

/** Which user: by the text in the path, among those of a scope. */
export interface UserChoice {
  idOrEmail: string;
  /** Only of this account. */
  accountId?: number;
}

export interface UserDesk {
  /** All that the caller may see, in the order of their ids. */
  list(scope: UserScope, page?: { limit: number; offset: number }): Promise<UserView[]>;
  count(scope: UserScope): Promise<number>;
  /** With its secret when its password is right. @throws 404 for whom the caller may not see. */
  get(caller: Caller, choice: UserChoice, password?: string): Promise<UserView & { secret?: string }>;
  /** A user with its secret, for itself. */
  reveal(user: { organizationId: number; userId: number }): Promise<UserView & { secret: string }>;
  /** @throws 404 account, 400 password or role, 403 role above the caller's, 409 e-mail. */
  create(
    caller: Caller,
    accountId: number | undefined,
    user: NewUser,
  ): Promise<UserView & { secret: string }>;
  change(
    caller: Caller,
    choice: UserChoice,
    patch: UserPatch,
    more?: GivenPasswords & { permanent?: boolean },
  ): Promise<UserView>;
  remove(caller: Caller, choice: UserChoice): Promise<void>;
  /** The row of a user that the caller may do something with. @throws 404 */
  find(caller: Caller, choice: UserChoice, deed: UserDeed): Promise<UserRow>;
}

export function createUserDesk(parts: {
  storage: Storage;
  administration: Administration;
  keys: DataKeys;
  throttle: LoginThrottle;
  clock: Clock;
}): UserDesk {
  const { storage, administration, keys, throttle, clock } = parts;
  const users = createUserStore(storage.db);

  async function surroundings(organizationId: number): Promise<UserSurroundings> {
    const [roleChanges, policy] = await Promise.all([
      createRoleStore(storage.db).listChanges(organizationId),
      policyOf(createAccountStore(storage.db), organizationId),
    ]);
    return { roleChanges, policy, nowMs: clock.nowMs(), isLocked: throttle.isLocked };
  }

  async function rowOf(organizationId: number, id: number): Promise<UserRow> {
    const row = await users.find({ organizationId }, { id });
    if (!row) throw userNotFound(String(id));
    return row;
  }

  const describe = async (row: UserRow) => describeUser(row, await surroundings(row.organization_id));
  const show = async (organizationId: number, id: number) => describe(await rowOf(organizationId, id));
  const secretOf = (row: UserRow) =>
    keys.open(row.organization_id, row.secret_sealed, userSecretContext(row.id));

  async function find(caller: Caller, choice: UserChoice, deed: UserDeed, store = users): Promise<UserRow> {
    const scope = scopeOf(caller, deed);
    const isElsewhere =
      choice.accountId !== undefined && scope.accountId !== undefined && choice.accountId !== scope.accountId;
    const within = choice.accountId === undefined ? scope : { ...scope, accountId: choice.accountId };
    const row = isElsewhere ? undefined : await store.find(within, toUserName(choice.idOrEmail, caller));
    if (!row) throw userNotFound(choice.idOrEmail);
    return row;
  }

  /** Counts as a login: guessing here must be no easier. */
  async function isPassword(row: UserRow, password: string): Promise<boolean> {
    throttle.begin(row.email);
    const isRight = await verifyPassword(password, row.password_hash);
    if (isRight) throttle.succeeded(row.email);
    return isRight;
  }

  return {
    find: (caller, choice, deed) => find(caller, choice, deed),
    count: users.count,
    async list(scope, page) {
      const [rows, around] = await Promise.all([users.list(scope, page), surroundings(scope.organizationId)]);
      return rows.map((row) => describeUser(row, around));
    },

    async get(caller, choice, password) {
      const row = await find(caller, choice, 'view');
      const view = await describe(row);
      if (password === undefined || !(await isPassword(row, password))) return view;
      return { ...view, secret: await secretOf(row) };
    },

    async reveal({ organizationId, userId }) {
      const row = await rowOf(organizationId, userId);
      return { ...(await describe(row)), secret: await secretOf(row) };
    },

    async create(caller, accountId, given) {
      const { organizationId } = caller;
      const secret = newUserSecret();
      const id = await newId(storage, 'app_user');
      const sealed = await keys.seal(organizationId, secret, userSecretContext(id));
      await administration.change(organizationId, (work) =>
        insert(work, caller, { id, accountId, given, secret: { hash: hashSecret(secret), sealed } }),
      );
      return { ...(await show(organizationId, id)), secret };
    },

    async change(caller, choice, patch, { current, next, permanent = false } = {}) {
      const { organizationId } = caller;
      const found = await find(caller, choice, 'edit');
      const isSelf = found.id === caller.userId;
      checkOwnChange(caller, found, patch);
      if (isSelf && next !== undefined && !(current && (await isPassword(found, current))))
        throw wrongPassword();
      await administration.change(organizationId, async (work) => {
        const row = await find(caller, choice, 'edit', work.users);
        checkLevel(caller, row, await work.roles.listChanges(organizationId));
        if (next !== undefined) {
          const policy = await policyOf(work.accounts, organizationId);
          await replacePassword(work.users, row, next, { policy, clock });
        }
        await update(work, row, patch);
        if (permanent && patch.active === false)
          await work.removeBelongings({ organizationId, userId: row.id });
      });
      return show(organizationId, found.id);
    },

    async remove(caller, choice) {
      const { organizationId } = caller;
      await administration.change(organizationId, async (work) => {
        const row = await find(caller, choice, 'delete', work.users);
        checkLevel(caller, row, await work.roles.listChanges(organizationId));
        await work.users.remove({ organizationId, userId: row.id });
      });
    },
  };
}

/** Who may edit nobody may still change what is his own, but not what others decide about him. */
function checkOwnChange(caller: Caller, row: UserRow, patch: UserPatch): void {
  const { active, email, externalId } = patch;
  const isOfOthers =
    (active !== undefined && active !== row.active) ||
    (email !== undefined && email !== row.email) ||
    (externalId !== undefined && externalId !== row.external_id);
  const deed = [ofAccount('edit'), ofOrganization('edit')];
  if (isOfOthers && !deed.some((key) => caller.privileges.has(key))) throw missingPrivilege(deed);
}

interface Insertion {
  id: number;
  accountId: number | undefined;
  given: NewUser;
  secret: { hash: Buffer; sealed: Buffer };
}

async function insert(
  work: Work,
  caller: Caller,
  { id, accountId, given, secret }: Insertion,
): Promise<void> {
  const { organizationId } = caller;
  const account =
    accountId === undefined
      ? await work.accounts.findDefault(organizationId)
      : await work.accounts.find(organizationId, accountId);
  if (!account || account.deleted_at) throw accountNotFound(accountId ?? 0);
  const roles = (given.roles ?? [{ key: ordinaryRole }]).map(({ key }) => key);
  for (const key of roles) checkGrant(caller, key);
  checkPassword(given.password, await policyOf(work.accounts, organizationId), given);
  if (await work.users.emailIsTaken(given.email)) throw emailTaken(given.email);
  await isTaken(
    work.users.insert({
      id,
      organization_id: organizationId,
      account_id: account.id,
      ...toColumns(given),
      email: given.email,
      password_hash: await hashPassword(given.password),
      secret_hash: secret.hash,
      secret_sealed: secret.sealed,
    }),
    () => emailTaken(given.email),
  );
  for (const key of new Set(roles)) await work.roles.grant(organizationId, { userId: id }, key);
}

async function update(work: Work, row: UserRow, patch: UserPatch): Promise<void> {
  const { email } = patch;
  const isRenamed = email !== undefined && email.toLowerCase() !== row.email.toLowerCase();
  if (isRenamed && (await work.users.emailIsTaken(email))) throw emailTaken(email);
  await isTaken(work.users.update(row.organization_id, row.id, toColumns(patch)), () =>
    emailTaken(email ?? ''),
  );
  if (patch.active === false) await work.users.endLogins(row.organization_id, row.id);
}

const columnOf = {
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  active: 'active',
  externalId: 'external_id',
  phone: 'phone',
  street1: 'street1',
  street2: 'street2',
  city: 'city',
  stateProvince: 'state_province',
  postalCode: 'postal_code',
  country: 'country',
} as const;

/** Only what may be written; whatever else a body holds is left out. */
function toColumns(patch: UserPatch): Record<string, string | boolean | null> {
  return Object.fromEntries(
    Object.entries(columnOf).flatMap(([name, column]) => {
      const value = patch[name as keyof UserPatch];
      return value === undefined ? [] : [[column, value]];
    }),
  );
}

import type { Clock } from '#kernel/clock';
import { hashPassword, verifyPassword } from '#platform/crypto';
import type { AccountStore } from './account-store.ts';
import { weakPassword } from './errors.ts';
import {
  type PasswordOwner,
  type PasswordPolicy,
  defaultPasswordPolicy,
  passwordFaults,
} from './password-policy.ts';
import type { UserRow, UserStore } from './user-store.ts';

/** What is stored of a policy, with the days of its first and last change. */
export type StoredPolicy = PasswordPolicy & { createdDt?: string; updatedDt?: string };

export function readPolicy(text: string | null): StoredPolicy {
  return text === null ? defaultPasswordPolicy : (JSON.parse(text) as StoredPolicy);
}

export async function policyOf(accounts: AccountStore, organizationId: number): Promise<StoredPolicy> {
  const { password_policy: text } = await accounts.getOrganization(organizationId);
  return readPolicy(text);
}

/** @throws 400 that names all that the policy finds wrong. */
export function checkPassword(password: string, policy: PasswordPolicy, owner: PasswordOwner): void {
  const faults = passwordFaults(password, policy, owner);
  if (faults.length > 0) throw weakPassword(faults);
}

/** Most of the hashes that are kept, whatever the policy says today: it may say more tomorrow. */
const keptPasswords = 10;

/** Gives a user another password; logins that are under way end. @throws 400 when the policy forbids it. */
export async function replacePassword(
  users: UserStore,
  user: UserRow,
  password: string,
  { policy, clock }: { policy: PasswordPolicy; clock: Clock },
): Promise<void> {
  const owner = { firstName: user.first_name, lastName: user.last_name, email: user.email };
  checkPassword(password, policy, owner);
  const { organization_id: organizationId, id } = user;
  const count = policy.previousPasswordCount;
  const before =
    count > 0 ? [user.password_hash, ...(await users.listPasswords(organizationId, id, count - 1))] : [];
  for (const hash of before) {
    if (await verifyPassword(password, hash))
      throw weakPassword([`it must not be one of the last ${count} that were used`]);
  }
  await users.addPassword(organizationId, id, user.password_hash, keptPasswords);
  await users.update(organizationId, id, {
    password_hash: await hashPassword(password),
    password_changed_at: new Date(clock.nowMs()),
  });
  await users.endLogins(organizationId, id);
}

import { randomBytes } from 'node:crypto';
import {
  type SealingKey,
  hashPassword,
  hashSecret,
  newKey,
  newLoginToken,
  newOrganizationSecret,
  newUserSecret,
  seal,
  wrapKey,
} from '#platform/crypto';
import type { DatabaseTransaction } from '#platform/storage';
import { createAccountStore } from './account-store.ts';
import { keyContext } from './data-keys.ts';
import { organizationSecretContext, userSecretContext } from './login.ts';
import { createRoleStore } from './role-store.ts';
import { administratorRole, customerAdministratorRole } from './roles.ts';
import { createSetUpStore } from './link-store.ts';
import { createStore } from './store.ts';
import { createUserStore } from './user-store.ts';

const DEFAULT_EMAIL = 'admin@localhost';

/** What the operator needs to begin; shown once. */
export interface FirstUser {
  email: string;
  password: string;
  /** True when nobody chose the password, so that it must be shown. */
  isPasswordGenerated: boolean;
  userSecret: string;
  organizationSecret: string;
  /** Lets one person choose another name and password in the console. */
  setUpToken?: string;
}

export interface NewCustomer {
  organization: { name: string };
  account: { name: string; externalId?: string | undefined; description?: string | undefined };
  user: { email: string; firstName: string; lastName: string; password: string; roles: readonly string[] };
}

export interface MadeCustomer {
  organizationId: number;
  organizationSecret: string;
  accountId: number;
  userId: number;
  userSecret: string;
}

/** Makes an organization with its key, its default account and one user. */
export async function createCustomer(
  trx: DatabaseTransaction,
  masterKey: SealingKey,
  { organization, account, user }: NewCustomer,
): Promise<MadeCustomer> {
  const store = createStore(trx);
  const organizationId = await store.takeId('organization');
  const accountId = await store.takeId('account');
  const userId = await store.takeId('app_user');
  const key = newKey();
  const organizationSecret = newOrganizationSecret();
  const userSecret = newUserSecret();
  await store.addOrganization({
    id: organizationId,
    name: organization.name,
    dataKeyWrapped: wrapKey(masterKey, key, keyContext(organizationId)),
    secretHash: hashSecret(organizationSecret),
    secretSealed: seal(key, organizationSecret, organizationSecretContext(organizationId)),
  });
  await createAccountStore(trx).insert({
    id: accountId,
    organization_id: organizationId,
    name: account.name,
    is_default: true,
    external_id: account.externalId ?? null,
    description: account.description ?? null,
  });
  await createUserStore(trx).insert({
    id: userId,
    organization_id: organizationId,
    account_id: accountId,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    password_hash: await hashPassword(user.password),
    secret_hash: hashSecret(userSecret),
    secret_sealed: seal(key, userSecret, userSecretContext(userId)),
  });
  for (const role of user.roles) await createRoleStore(trx).grant(organizationId, { userId }, role);
  return { organizationId, organizationSecret, accountId, userId, userSecret };
}

/** Makes the first customer of an installation; its user may do everything. */
export async function createFirstUser(
  trx: DatabaseTransaction,
  masterKey: SealingKey,
  wish: { email?: string | undefined; password?: string | undefined },
): Promise<FirstUser> {
  const email = wish.email || DEFAULT_EMAIL;
  const password = wish.password || randomBytes(12).toString('base64url');
  const { organizationId, userId, userSecret, organizationSecret } = await createCustomer(trx, masterKey, {
    organization: { name: 'My organization' },
    account: { name: 'Default account' },
    user: {
      email,
      firstName: 'First',
      lastName: 'User',
      password,
      roles: [administratorRole, customerAdministratorRole],
    },
  });
  const made = { email, password, isPasswordGenerated: !wish.password, userSecret, organizationSecret };
  if (wish.password) return made;
  const setUpToken = newLoginToken();
  await createSetUpStore(trx).addLink(hashSecret(setUpToken), { organizationId, userId });
  return { ...made, setUpToken };
}

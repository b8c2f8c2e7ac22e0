import { randomBytes } from 'node:crypto';
import {
  type SealingKey,
  hashPassword,
  hashSecret,
  newKey,
  newOrganizationSecret,
  newUserSecret,
  seal,
  wrapKey,
} from '#platform/crypto';
import type { DatabaseTransaction } from '#platform/storage';
import { keyContext } from './data-keys.ts';
import { organizationSecretContext, userSecretContext } from './login.ts';
import { administratorRole, customerAdministratorRole } from './roles.ts';
import { createStore } from './store.ts';

const DEFAULT_EMAIL = 'admin@localhost';
const ORGANIZATION_NAME = 'My organization';

/** What the operator needs to begin; shown once. */
export interface FirstUser {
  email: string;
  password: string;
  /** True when nobody chose the password, so that it must be shown. */
  isPasswordGenerated: boolean;
  userSecret: string;
  organizationSecret: string;
}

/** Makes the first organization with its key, its default account and one user, who may do everything. */
export async function createFirstUser(
  trx: DatabaseTransaction,
  masterKey: SealingKey,
  wish: { email?: string | undefined; password?: string | undefined },
): Promise<FirstUser> {
  const store = createStore(trx);
  const organizationId = await store.takeId('organization');
  const accountId = await store.takeId('account');
  const userId = await store.takeId('app_user');
  const key = newKey();
  const organizationSecret = newOrganizationSecret();
  const userSecret = newUserSecret();
  const email = wish.email || DEFAULT_EMAIL;
  const password = wish.password || randomBytes(12).toString('base64url');
  await store.addOrganization({
    id: organizationId,
    name: ORGANIZATION_NAME,
    dataKeyWrapped: wrapKey(masterKey, key, keyContext(organizationId)),
    secretHash: hashSecret(organizationSecret),
    secretSealed: seal(key, organizationSecret, organizationSecretContext(organizationId)),
  });
  await store.addAccount({ id: accountId, organizationId, name: 'Default account', isDefault: true });
  await store.addUser({
    id: userId,
    organizationId,
    accountId,
    email,
    firstName: 'First',
    lastName: 'User',
    passwordHash: await hashPassword(password),
    secretHash: hashSecret(userSecret),
    secretSealed: seal(key, userSecret, userSecretContext(userId)),
  });
  await store.grantRoles(organizationId, userId, [administratorRole, customerAdministratorRole]);
  return { email, password, isPasswordGenerated: !wish.password, userSecret, organizationSecret };
}

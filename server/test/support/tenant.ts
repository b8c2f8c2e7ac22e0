import { randomBytes, scryptSync } from 'node:crypto';
import { sql } from 'kysely';
import { hashSecret, newUserSecret } from '#platform/crypto';
import type { SealingKey } from '#platform/crypto';
import type { Storage } from '#platform/storage';
import { createAccountStore } from '../../src/accounts/account-store.ts';
import { createDataKeys } from '../../src/accounts/data-keys.ts';
import { createCustomer } from '../../src/accounts/first-user.ts';
import { userSecretContext } from '../../src/accounts/login.ts';
import { createRoleStore } from '../../src/accounts/role-store.ts';
import { createStore } from '../../src/accounts/store.ts';
import { createUserStore } from '../../src/accounts/user-store.ts';

/** Somebody else who uses the same server. */
export interface Tenant {
  id: number;
  accountId: number;
  email: string;
  userSecret: string;
  organizationSecret: string | undefined;
  /** `User …, Organization …` */
  asUser: string;
  asElement(token: string): string;
}

export interface TenantWish {
  sameOrganization?: boolean;
  /** With `sameOrganization`: keys of the roles that the user has. */
  roles?: string[];
  /** With `sameOrganization`: an account that is there; else the user gets one of its own. */
  accountId?: number | undefined;
}

/** The password of everybody who is added here; the default policy accepts it. */
export const goodPassword = 'Correct-horse7';

/** Hashed at the least cost: tests make many users, and hashing is made to be slow. */
const salt = Buffer.from('a salt for tests');
const cheapHash = [
  'scrypt$4$8$1',
  salt.toString('base64'),
  scryptSync(goodPassword, salt, 32, { N: 16, r: 8, p: 1 }).toString('base64'),
].join('$');

/** Adds a customer, or with `sameOrganization` a user in another account of the first customer. */
export async function addTenant(
  storage: Storage,
  masterKey: SealingKey,
  { sameOrganization = false, roles = ['org'], accountId }: TenantWish,
): Promise<Tenant> {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  if (!sameOrganization) return addCustomer(storage, masterKey, email);
  const store = createStore(storage.db);
  const organization = await store.findAnyOrganization();
  if (!organization) throw new Error('there is no first organization yet');
  const common = { organization_id: organization.id };
  const account = accountId ?? (await store.takeId('account'));
  if (accountId === undefined)
    await createAccountStore(storage.db).insert({
      ...common,
      id: account,
      name: 'Another',
      is_default: false,
    });
  const id = await store.takeId('app_user');
  const userSecret = newUserSecret();
  const keys = createDataKeys(store, masterKey);
  await createUserStore(storage.db).insert({
    ...common,
    id,
    account_id: account,
    email,
    first_name: 'Grace',
    last_name: 'Hopper',
    password_hash: cheapHash,
    secret_hash: hashSecret(userSecret),
    secret_sealed: await keys.seal(organization.id, userSecret, userSecretContext(id)),
  });
  for (const role of roles) await createRoleStore(storage.db).grant(organization.id, { userId: id }, role);
  await sql`select pg_notify('ligand_accounts', '*')`.execute(storage.db);
  return toTenant({ id, accountId: account, email }, userSecret, undefined);
}

async function addCustomer(storage: Storage, masterKey: SealingKey, email: string): Promise<Tenant> {
  const made = await storage.withLock('test tenant', (trx) =>
    createCustomer(trx, masterKey, {
      organization: { name: 'Another' },
      account: { name: 'Default account' },
      user: { email, firstName: 'Other', lastName: 'Customer', password: 'x', roles: ['org-admin'] },
    }),
  );
  const { userId: id, accountId } = made;
  return toTenant({ id, accountId, email }, made.userSecret, made.organizationSecret);
}

function toTenant(
  who: Pick<Tenant, 'id' | 'accountId' | 'email'>,
  userSecret: string,
  organizationSecret: string | undefined,
): Tenant {
  return {
    ...who,
    userSecret,
    organizationSecret,
    asUser: `User ${userSecret}, Organization ${organizationSecret}`,
    asElement: (token) => `User ${userSecret}, Element ${token}`,
  };
}

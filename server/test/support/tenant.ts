import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { hashSecret, newUserSecret } from '#platform/crypto';
import type { SealingKey } from '#platform/crypto';
import type { Storage } from '#platform/storage';
import { createFirstUser } from '../../src/accounts/first-user.ts';
import { createStore } from '../../src/accounts/store.ts';

/** Somebody else who uses the same server. */
export interface Tenant {
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
}

/** Adds a customer, or with `sameOrganization` a user in another account of the first customer. */
export async function addTenant(
  storage: Storage,
  masterKey: SealingKey,
  { sameOrganization = false, roles = ['org'] }: TenantWish,
): Promise<Tenant> {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  if (!sameOrganization) {
    const made = await storage.withLock('test tenant', (trx) =>
      createFirstUser(trx, masterKey, { email, password: 'x' }),
    );
    return toTenant(made.userSecret, made.organizationSecret);
  }
  const store = createStore(storage.db);
  const organization = await store.findAnyOrganization();
  if (!organization) throw new Error('there is no first organization yet');
  const accountId = await store.takeId('account');
  const userId = await store.takeId('app_user');
  const userSecret = newUserSecret();
  await store.addAccount({
    id: accountId,
    organizationId: organization.id,
    name: 'Another',
    isDefault: false,
  });
  await store.addUser({
    id: userId,
    organizationId: organization.id,
    accountId,
    email,
    firstName: 'Other',
    lastName: 'Account',
    passwordHash: 'none',
    secretHash: hashSecret(userSecret),
    // Nobody asks for the secret of this user again, so the box stays empty.
    secretSealed: Buffer.alloc(0),
  });
  await store.grantRoles(organization.id, userId, roles);
  await sql`select pg_notify('ligand_accounts', '*')`.execute(storage.db);
  return toTenant(userSecret, undefined);
}

function toTenant(userSecret: string, organizationSecret: string | undefined): Tenant {
  return {
    userSecret,
    organizationSecret,
    asUser: `User ${userSecret}, Organization ${organizationSecret}`,
    asElement: (token) => `User ${userSecret}, Element ${token}`,
  };
}

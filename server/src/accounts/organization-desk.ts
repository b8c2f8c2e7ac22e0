import { stringifyJson } from '#kernel/json';
import type { SealingKey } from '#platform/crypto';
import type { Storage } from '#platform/storage';
import { createAccountStore } from './account-store.ts';
import type { Administration } from './administration.ts';
import type { DataKeys } from './data-keys.ts';
import { emailTaken, organizationNotFound, ownOrganization } from './errors.ts';
import { type MadeCustomer, type NewCustomer, createCustomer } from './first-user.ts';
import { organizationSecretContext } from './login.ts';
import { type PasswordPolicy, defaultPasswordPolicy } from './password-policy.ts';
import { type StoredPolicy, policyOf } from './passwords.ts';
import type { Caller } from './principal.ts';
import { checkGrant } from './role-desk.ts';
import { createUserStore } from './user-store.ts';
import { isTaken } from './write.ts';

export interface OrganizationView {
  id: number;
  name: string;
  /** Left out for who has called with a secret that was replaced. */
  secret?: string;
  vdrVersion: string;
}

export interface OrganizationDesk {
  get(caller: Caller): Promise<OrganizationView>;
  rename(caller: Caller, name: string): Promise<OrganizationView>;
  policy(organizationId: number): Promise<StoredPolicy>;
  /** What is not given stays; undefined makes it the default again. */
  setPolicy(organizationId: number, patch: Partial<PasswordPolicy> | undefined): Promise<StoredPolicy>;
  /** Another organization with a user of its own. @throws 400 role, 403 role above the caller's, 409 e-mail */
  signUp(caller: Caller, customer: NewCustomer): Promise<MadeCustomer>;
  /** For who administers customers. @throws 404 */
  getCustomer(id: number): Promise<OrganizationView>;
  /** Ends an organization: nobody can log in or call any more, and what it has connected is deleted. @throws 404, 409 for the caller's own */
  removeCustomer(caller: Caller, id: number): Promise<void>;
}

export function createOrganizationDesk(parts: {
  storage: Storage;
  masterKey: SealingKey;
  administration: Administration;
  keys: DataKeys;
  today(): string;
}): OrganizationDesk {
  const { storage, masterKey, administration, keys, today } = parts;
  const accounts = createAccountStore(storage.db);

  async function show(id: number, withSecret: boolean): Promise<OrganizationView> {
    const row = await accounts.findOrganization(id);
    if (!row) throw organizationNotFound(id);
    return {
      id,
      name: row.name,
      ...(withSecret && { secret: await keys.open(id, row.secret_sealed, organizationSecretContext(id)) }),
      vdrVersion: 'v1',
    };
  }

  /** A browser is shown secrets only when the person asks for them. */
  const maySee = ({ usesOldSecret, usesSession }: Caller) => !usesOldSecret && !usesSession;

  return {
    get: (caller) => show(caller.organizationId, maySee(caller)),
    async rename(caller, name) {
      await accounts.updateOrganization(caller.organizationId, { name });
      return show(caller.organizationId, maySee(caller));
    },
    policy: (organizationId) => policyOf(accounts, organizationId),

    async setPolicy(organizationId, patch) {
      return administration.change(organizationId, async (work) => {
        const before = await policyOf(work.accounts, organizationId);
        const next = patch && {
          ...before,
          ...patch,
          createdDt: before.createdDt ?? today(),
          updatedDt: today(),
        };
        await work.accounts.updateOrganization(organizationId, {
          password_policy: next ? stringifyJson(next) : null,
        });
        return next ?? defaultPasswordPolicy;
      });
    },

    async signUp(caller, customer) {
      for (const key of customer.user.roles) checkGrant(caller, key);
      const { email } = customer.user;
      if (await createUserStore(storage.db).emailIsTaken(email)) throw emailTaken(email);
      return isTaken(
        storage.db.transaction().execute((trx) => createCustomer(trx, masterKey, customer)),
        () => emailTaken(email),
      );
    },

    getCustomer: (id) => show(id, true),
    async removeCustomer(caller, id) {
      if (id === caller.organizationId) throw ownOrganization();
      await show(id, false);
      await administration.end(id, async (work) => {
        await work.removeBelongings({ organizationId: id });
        await work.users.remove({ organizationId: id });
        await work.accounts.updateOrganization(id, { deleted_at: new Date() });
      });
    },
  };
}

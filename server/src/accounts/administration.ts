import type { DatabaseTransaction, Storage } from '#platform/storage';
import { createAccountStore } from './account-store.ts';
import { lastAdministrator } from './errors.ts';
import { createRoleStore } from './role-store.ts';
import { administratorRole } from './roles.ts';
import { createSetUpStore } from './link-store.ts';
import { createStore } from './store.ts';
import { createUserStore } from './user-store.ts';

/** What is removed with a user, an account or an organization; absent ids mean all of them. */
export interface Removal {
  organizationId: number;
  accountId?: number;
  userId?: number;
}

/** Removes what another module keeps for them, in the same transaction. @returns what is to follow when it is done. */
export type RemovalListener = (
  removal: Removal,
  trx: DatabaseTransaction,
) => Promise<(() => void) | undefined | void>;

/** The stores inside of one change. */
export interface Work {
  users: ReturnType<typeof createUserStore>;
  accounts: ReturnType<typeof createAccountStore>;
  roles: ReturnType<typeof createRoleStore>;
  setUp: ReturnType<typeof createSetUpStore>;
  /** Tells the other modules; what they keep goes with it. */
  removeBelongings(removal: Removal): Promise<void>;
}

export interface Administration {
  /**
   * Changes something of an organization: all or nothing, one change after the other over all processes, and the next
   * call of anybody sees it.
   * @throws 409 when nobody would be left who administers the organization.
   */
  change<T>(organizationId: number, work: (stores: Work) => Promise<T>): Promise<T>;
  /** The same for the end of an organization: no administrator is left. */
  end(organizationId: number, work: (stores: Work) => Promise<void>): Promise<void>;
  onRemoval(listener: RemovalListener): void;
}

export function createAdministration(parts: {
  storage: Storage;
  forget(organization: string): void;
}): Administration {
  const listeners: RemovalListener[] = [];

  async function run<T>(organizationId: number, work: (stores: Work) => Promise<T>): Promise<T> {
    const afterwards: (() => void)[] = [];
    const result = await parts.storage.withLock(`accounts of organization ${organizationId}`, async (trx) => {
      const done = await work({
        users: createUserStore(trx),
        accounts: createAccountStore(trx),
        roles: createRoleStore(trx),
        setUp: createSetUpStore(trx),
        async removeBelongings(removal) {
          for (const listener of listeners) {
            const next = await listener(removal, trx);
            if (next) afterwards.push(next);
          }
        },
      });
      await createStore(trx).announce(organizationId);
      return done;
    });
    // The announcement comes back to us too, but the caller's next request may be faster.
    parts.forget(String(organizationId));
    for (const next of afterwards) next();
    return result;
  }

  return {
    change: (organizationId, work) =>
      run(organizationId, async (stores) => {
        const done = await work(stores);
        if ((await stores.roles.countHolders(organizationId, administratorRole)) === 0)
          throw lastAdministrator();
        return done;
      }),
    end: run,
    onRemoval: (listener) => void listeners.push(listener),
  };
}

import type { Clock } from '#kernel/clock';
import { hashSecret, newLoginToken } from '#platform/crypto';
import type { Storage } from '#platform/storage';
import type { Administration } from './administration.ts';
import { emailTaken, setUpLinkInvalid } from './errors.ts';
import { policyOf, replacePassword } from './passwords.ts';
import { createSetUpStore } from './link-store.ts';
import { isTaken } from './write.ts';

export interface SetUpWish {
  email: string;
  firstName: string;
  lastName: string;
  password: string;
}

/**
 * The first user is made with a password that nobody chose. Until somebody has logged in, a link that the operator is
 * shown lets one person choose name and password; nobody else can take over the server.
 */
export interface SetUp {
  /** Whether a link waits for being used. */
  isOpen(): Promise<boolean>;
  /** The token of one more link, for a later start of a server that nobody has set up; else undefined. */
  renew(): Promise<string | undefined>;
  /** Uses the link, and with it all others. @throws 401 for a link that is not valid, 400 for a weak password */
  complete(token: string, wish: SetUpWish): Promise<void>;
}

export function createSetUp(parts: {
  storage: Storage;
  administration: Administration;
  clock: Clock;
}): SetUp {
  const { storage, administration, clock } = parts;
  const store = createSetUpStore(storage.db);
  return {
    isOpen: async () => (await store.findAnyLink()) !== undefined,

    async renew() {
      const waiting = await store.findAnyLink();
      if (!waiting) return undefined;
      const token = newLoginToken();
      await store.addLink(hashSecret(token), waiting);
      return token;
    },

    async complete(token, { email, firstName, lastName, password }) {
      const hash = hashSecret(token);
      const link = await store.findLink(hash);
      if (!link) throw setUpLinkInvalid();
      const { organizationId, userId } = link;
      await administration.change(organizationId, async (work) => {
        const row = await work.users.find({ organizationId }, { id: userId });
        // Looked at again, since another may have been faster.
        if (!row || !(await work.setUp.findLink(hash))) throw setUpLinkInvalid();
        const names = { email, first_name: firstName, last_name: lastName };
        const policy = await policyOf(work.accounts, organizationId);
        await replacePassword(work.users, { ...row, ...names }, password, { policy, clock });
        await isTaken(work.users.update(organizationId, userId, names), () => emailTaken(email));
        await work.setUp.removeLinks(organizationId, userId);
      });
    },
  };
}

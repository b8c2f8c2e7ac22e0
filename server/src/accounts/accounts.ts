import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import type { SealingKey } from '#platform/crypto';
import type { FastifyInstance } from '#platform/http';
import type { Storage } from '#platform/storage';
import { createCallerCheck } from './authenticate.ts';
import type { CredentialKind } from './authorization.ts';
import { createDataKeys } from './data-keys.ts';
import { type FirstUser, createFirstUser } from './first-user.ts';
import { createLogin } from './login.ts';
import type { Caller } from './principal.ts';
import { mountRoutes } from './routes.ts';
import { createStore } from './store.ts';

/**
 * Whoever changes a user, an account, a role or an organization notifies this channel with the organization's id, or
 * `*`; all processes then forget callers.
 */
export const CHANGES_CHANNEL = 'ligand_accounts';

export interface Accounts {
  /**
   * Who is calling, from the text of the Authorization header; `kind` says which parts the route asks for:
   * `user` (User + Organization, the default), `element` (User + Element) or `login` (a Bearer token).
   * 401 when it is missing, malformed or wrong. Makes no query for a header seen before.
   * `oneOf` are privileges of which the caller needs one: 403 without.
   */
  authenticate(
    authorization: string | undefined,
    kind?: CredentialKind,
    oneOf?: readonly string[],
  ): Promise<Caller>;
  /** Seals a text under the organization's key. The context names the place where the box is stored. */
  seal(organizationId: number, plaintext: string, context: string): Promise<Buffer>;
  /** The text of a box that `seal` made for the same organization and context. */
  open(organizationId: number, box: Buffer, context: string): Promise<string>;
  /** Makes organization, account and user in an empty database; otherwise checks the master key: undefined. */
  ensureFirstUser(wish: {
    email?: string | undefined;
    password?: string | undefined;
  }): Promise<FirstUser | undefined>;
  mount(app: FastifyInstance): void;
}

export interface AccountsOptions {
  storage: Storage;
  masterKey: SealingKey;
  clock: Clock;
  log: Log;
}

export async function createAccounts({ storage, masterKey, clock, log }: AccountsOptions): Promise<Accounts> {
  const store = createStore(storage.db);
  const keys = createDataKeys(store, masterKey);
  const callers = createCallerCheck(store, clock);
  const login = createLogin({ store, keys, clock });
  await storage.listen(CHANGES_CHANNEL, (organization) => {
    callers.forget(organization);
    keys.forget();
  });
  return {
    authenticate: (authorization, kind = 'user', oneOf = []) =>
      callers.authenticate(authorization, kind, oneOf),
    seal: keys.seal,
    open: keys.open,
    async ensureFirstUser(wish) {
      return storage.withLock('ligand first user', async (trx) => {
        const organization = await createStore(trx).findAnyOrganization();
        if (organization) {
          await keys.check(organization.id);
          return undefined;
        }
        log.info({}, 'the database is empty: making the first organization and user');
        return createFirstUser(trx, masterKey, wish);
      });
    },
    mount: (app) => mountRoutes(app, login),
  };
}

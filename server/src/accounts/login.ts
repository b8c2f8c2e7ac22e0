import type { Clock } from '#kernel/clock';
import { hashSecret, newLoginToken, unmatchableHash, verifyPassword } from '#platform/crypto';
import type { Administration } from './administration.ts';
import type { DataKeys } from './data-keys.ts';
import { expiredPassword, wrongLogin } from './errors.ts';
import { isExpired } from './password-policy.ts';
import { policyOf, readPolicy, replacePassword } from './passwords.ts';
import type { Caller } from './principal.ts';
import type { SetUpStore } from './link-store.ts';
import type { CallerStore } from './store.ts';
import type { LoginThrottle } from './throttle.ts';

/** A login token is only for fetching the secrets, right after the login. */
export const LOGIN_TOKEN_LIFE_MS = 3_600_000;

export const organizationSecretContext = (id: number): string => `organization ${id} secret`;
export const userSecretContext = (id: number): string => `user ${id} secret`;

/** Who did something, as the audit trail notes it. */
export type Actor = Pick<Caller, 'organizationId' | 'accountId' | 'userId' | 'email'>;

export interface Login {
  /**
   * Gives a login token for a user name and password; 401 when they are wrong or the password has expired, 429 after too
   * many failures.
   */
  logIn(username: string, password: string, requestId?: string): Promise<{ token: string; user: Actor }>;
  /** Who has sent a user name and the right password, which counts as a login. @throws 401, 429, as `logIn` */
  identify(username: string, password: string, requestId: string): Promise<Actor>;
  /** Sets another password; the one in use may have expired. @throws 401, 429, and 400 when the policy forbids it */
  changePassword(
    username: string,
    passwords: { current: string; next: string },
    requestId: string,
  ): Promise<Actor>;
  /** The API secrets of a user that has logged in. */
  revealSecrets(principal: Caller): Promise<{ userSecret: string; organizationSecret: string }>;
}

export function createLogin({
  store,
  setUpStore,
  keys,
  clock,
  throttle,
  administration,
  onFailure,
}: {
  store: CallerStore;
  /** Who has logged in needs no link to be set up. */
  setUpStore: Pick<SetUpStore, 'removeLinks'>;
  keys: DataKeys;
  clock: Clock;
  throttle: LoginThrottle;
  administration: Administration;
  /** A login of somebody who exists has failed. */
  onFailure(user: Actor, requestId: string): void;
}): Login {
  const nobody = unmatchableHash();

  /** As slow for who does not exist as for a wrong password. @throws 401, 429 */
  async function check(username: string, password: string, requestId: string) {
    throttle.begin(username);
    const user = await store.findLogin(username);
    const isRight = await verifyPassword(password, user?.passwordHash ?? nobody);
    if (!user || !isRight || !user.active) {
      if (user) onFailure(user, requestId);
      throw wrongLogin();
    }
    throttle.succeeded(username);
    return user;
  }

  async function checkUnexpired(username: string, password: string, requestId: string) {
    const user = await check(username, password, requestId);
    if (isExpired(user.passwordChangedAt, readPolicy(user.passwordPolicy), clock.nowMs()))
      throw expiredPassword();
    await setUpStore.removeLinks(user.organizationId, user.userId);
    return user;
  }

  const noteLogin = (organizationId: number, userId: number) =>
    store.setLastLoginDate(organizationId, userId, new Date(clock.nowMs()).toISOString().slice(0, 10));

  return {
    async identify(username, password, requestId) {
      const user = await checkUnexpired(username, password, requestId);
      await noteLogin(user.organizationId, user.userId);
      return user;
    },

    async logIn(username, password, requestId = '') {
      const user = await checkUnexpired(username, password, requestId);
      const nowMs = clock.nowMs();
      const token = newLoginToken();
      await store.addLoginToken({
        hash: hashSecret(token),
        organizationId: user.organizationId,
        userId: user.userId,
        now: new Date(nowMs),
        expiresAt: new Date(nowMs + LOGIN_TOKEN_LIFE_MS),
      });
      return { token, user };
    },

    async changePassword(username, { current, next }, requestId) {
      const user = await check(username, current, requestId);
      const { organizationId } = user;
      await administration.change(organizationId, async (work) => {
        const row = await work.users.find({ organizationId }, { id: user.userId });
        if (!row) throw wrongLogin();
        const policy = await policyOf(work.accounts, organizationId);
        await replacePassword(work.users, row, next, { policy, clock });
      });
      return user;
    },

    async revealSecrets({ organizationId, userId }) {
      const sealed = await store.getSealedSecrets(organizationId, userId);
      await noteLogin(organizationId, userId);
      return {
        userSecret: await keys.open(organizationId, sealed.userSecret, userSecretContext(userId)),
        organizationSecret: await keys.open(
          organizationId,
          sealed.organizationSecret,
          organizationSecretContext(organizationId),
        ),
      };
    },
  };
}

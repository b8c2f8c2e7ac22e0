import type { Clock } from '#kernel/clock';
import { hashSecret, newLoginToken, unmatchableHash, verifyPassword } from '#platform/crypto';
import type { DataKeys } from './data-keys.ts';
import { wrongLogin } from './errors.ts';
import type { Caller } from './principal.ts';
import type { AccountStore } from './store.ts';
import { createLoginThrottle } from './throttle.ts';

/** A login token is only for fetching the secrets, right after the login. */
export const LOGIN_TOKEN_LIFE_MS = 3_600_000;

export const organizationSecretContext = (id: number): string => `organization ${id} secret`;
export const userSecretContext = (id: number): string => `user ${id} secret`;

export interface Login {
  /** Gives a login token for a user name and password; 401 when they are wrong, 429 after too many failures. */
  logIn(username: string, password: string): Promise<string>;
  /** The API secrets of a user that has logged in. */
  revealSecrets(principal: Caller): Promise<{ userSecret: string; organizationSecret: string }>;
}

export function createLogin({
  store,
  keys,
  clock,
}: {
  store: AccountStore;
  keys: DataKeys;
  clock: Clock;
}): Login {
  const throttle = createLoginThrottle(clock);
  const nobody = unmatchableHash();
  return {
    async logIn(username, password) {
      throttle.begin(username);
      const user = await store.findLogin(username);
      const isRight = await verifyPassword(password, user?.passwordHash ?? nobody);
      if (!user || !isRight || !user.active) throw wrongLogin();
      throttle.succeeded(username);
      const token = newLoginToken();
      const nowMs = clock.nowMs();
      await store.addLoginToken({
        hash: hashSecret(token),
        organizationId: user.organizationId,
        userId: user.userId,
        now: new Date(nowMs),
        expiresAt: new Date(nowMs + LOGIN_TOKEN_LIFE_MS),
      });
      return token;
    },
    async revealSecrets({ organizationId, userId }) {
      const sealed = await store.getSealedSecrets(organizationId, userId);
      const today = new Date(clock.nowMs()).toISOString().slice(0, 10);
      await store.setLastLoginDate(organizationId, userId, today);
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

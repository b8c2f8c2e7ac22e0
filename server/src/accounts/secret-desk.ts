import type { Clock } from '#kernel/clock';
import { hashSecret, newOrganizationSecret, newUserSecret } from '#platform/crypto';
import type { Administration } from './administration.ts';
import type { DataKeys } from './data-keys.ts';
import { oldSecret, userNotFound } from './errors.ts';
import { organizationSecretContext, userSecretContext } from './login.ts';
import type { Caller } from './principal.ts';
import type { UserChoice, UserDesk } from './user-desk.ts';
import { checkLevel } from './user-scope.ts';

/** How long a replaced secret still works, when nobody says how long: clients have a day to take the new one. */
export const defaultGraceSeconds = 86_400;
export const longestGraceSeconds = 30 * 86_400;

export interface NewSecret {
  secret: string;
  /** Until then the one before works too; absent when it has ended at once. */
  previousSecretExpires?: string | undefined;
}

/** Replaces API secrets. Only the one before the current still works for a time: two replacements end the first. */
export interface SecretDesk {
  /** @throws 404 user, 403 when the caller may not edit them or has used an old secret */
  checkUser(caller: Caller, choice: UserChoice): Promise<void>;
  /** @throws as `checkUser` does, and 403 for a user above the caller */
  replaceOfUser(caller: Caller, choice: UserChoice, graceSeconds: number): Promise<NewSecret>;
  replaceOfOrganization(caller: Caller, graceSeconds: number): Promise<NewSecret>;
  /** Ends the time of the secret before. */
  endOfUser(caller: Caller, choice: UserChoice): Promise<void>;
  endOfOrganization(caller: Caller): Promise<void>;
}

const ended = { previous_secret_hash: null, previous_secret_until: null };

export function createSecretDesk(parts: {
  administration: Administration;
  keys: DataKeys;
  users: UserDesk;
  clock: Clock;
}): SecretDesk {
  const { administration, keys, users, clock } = parts;

  function columns(secret: string, sealed: Buffer, before: Buffer, graceSeconds: number) {
    const until = graceSeconds > 0 ? new Date(clock.nowMs() + graceSeconds * 1000) : undefined;
    return {
      row: {
        ...(until ? { previous_secret_hash: before, previous_secret_until: until } : ended),
        secret_hash: hashSecret(secret),
        secret_sealed: sealed,
      },
      shown: { secret, previousSecretExpires: until?.toISOString() },
    };
  }

  async function findUser(caller: Caller, choice: UserChoice) {
    if (caller.usesOldSecret) throw oldSecret();
    return users.find(caller, choice, 'edit');
  }

  return {
    async checkUser(caller, choice) {
      await findUser(caller, choice);
    },

    async replaceOfUser(caller, choice, graceSeconds) {
      const { id } = await findUser(caller, choice);
      const { organizationId } = caller;
      const secret = newUserSecret();
      const sealed = await keys.seal(organizationId, secret, userSecretContext(id));
      return administration.change(organizationId, async (work) => {
        const user = await work.users.find({ organizationId }, { id });
        if (!user) throw userNotFound(choice.idOrEmail);
        checkLevel(caller, user, await work.roles.listChanges(organizationId));
        const { row, shown } = columns(secret, sealed, user.secret_hash, graceSeconds);
        await work.users.update(organizationId, id, row);
        return shown;
      });
    },

    async replaceOfOrganization(caller, graceSeconds) {
      if (caller.usesOldSecret) throw oldSecret();
      const { organizationId } = caller;
      const secret = newOrganizationSecret();
      const sealed = await keys.seal(organizationId, secret, organizationSecretContext(organizationId));
      return administration.change(organizationId, async ({ accounts }) => {
        const organization = await accounts.getOrganization(organizationId);
        const { row, shown } = columns(secret, sealed, organization.secret_hash, graceSeconds);
        await accounts.updateOrganization(organizationId, row);
        return shown;
      });
    },

    async endOfUser(caller, choice) {
      const { id } = await findUser(caller, choice);
      const { organizationId } = caller;
      await administration.change(organizationId, async (work) => {
        const user = await work.users.find({ organizationId }, { id });
        if (!user) throw userNotFound(choice.idOrEmail);
        checkLevel(caller, user, await work.roles.listChanges(organizationId));
        await work.users.update(organizationId, id, ended);
      });
    },

    async endOfOrganization(caller) {
      if (caller.usesOldSecret) throw oldSecret();
      await administration.change(caller.organizationId, ({ accounts }) =>
        accounts.updateOrganization(caller.organizationId, ended),
      );
    },
  };
}

import { hash, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '#kernel/clock';
import { hashSecret } from '#platform/crypto';
import { type CredentialKind, type Credentials, parseAuthorization } from './authorization.ts';
import { inactiveUser, invalidLoginToken, invalidSecret, missingPrivilege } from './errors.ts';
import type { Caller } from './principal.ts';
import { powersOf } from './roles.ts';
import type { AccountStore } from './store.ts';

const MAX_CACHED = 20_000;

export interface CallerCheck {
  authenticate(
    authorization: string | undefined,
    kind: CredentialKind,
    oneOf: readonly string[],
  ): Promise<Caller>;
  /** After a change of users, accounts, roles or secrets: of one organization, or of any (`*`). */
  forget(organization: string): void;
}

type CallerRow = NonNullable<Awaited<ReturnType<AccountStore['findCallerByLoginToken']>>>;

/**
 * Finds out who is calling. A header that was right once is answered from memory, under its hash (no secret stays in
 * memory in the clear); login tokens are not, since they are used once.
 */
export function createCallerCheck(store: AccountStore, clock: Clock): CallerCheck {
  const known = new LRUCache<string, Caller>({ max: MAX_CACHED });
  let generation = 0;

  async function bySecrets(credentials: Credentials): Promise<Caller> {
    const { user = '', organization, element } = credentials;
    const caller = await store.findCallerBySecret(hashSecret(user));
    if (!caller) throw invalidSecret();
    if (
      organization !== undefined &&
      !timingSafeEqual(hashSecret(organization), caller.organizationSecretHash)
    ) {
      throw invalidSecret();
    }
    return toPrincipal(caller, element);
  }

  async function byLoginToken(token: string): Promise<Caller> {
    const caller = await store.findCallerByLoginToken(hashSecret(token), new Date(clock.nowMs()));
    if (!caller) throw invalidLoginToken();
    return toPrincipal(caller);
  }

  async function identify(authorization: string | undefined, kind: CredentialKind): Promise<Caller> {
    const key = hash('sha256', `${kind} ${authorization ?? ''}`, 'base64');
    const cached = known.get(key);
    if (cached) return cached;
    const credentials = parseAuthorization(authorization, kind);
    if (kind === 'login') return byLoginToken(credentials.bearer ?? '');
    const asked = generation;
    const principal = await bySecrets(credentials);
    // What was read before a change must not be remembered after it.
    if (asked === generation) known.set(key, principal);
    return principal;
  }

  return {
    async authenticate(authorization, kind, oneOf) {
      const caller = await identify(authorization, kind);
      if (oneOf.length > 0 && !oneOf.some((key) => caller.privileges.has(key))) throw missingPrivilege(oneOf);
      return caller;
    },
    forget(organization) {
      generation += 1;
      if (organization === '*') return known.clear();
      for (const [key, { organizationId }] of known)
        if (String(organizationId) === organization) known.delete(key);
    },
  };
}

function toPrincipal(caller: CallerRow, elementToken?: string): Caller {
  if (!caller.active) throw inactiveUser();
  const { userId, accountId, organizationId, email, firstName, lastName } = caller;
  const powers = powersOf(caller.roleKeys, caller.roleChanges);
  const principal = { userId, accountId, organizationId, email, firstName, lastName, ...powers };
  return Object.freeze(elementToken === undefined ? principal : { ...principal, elementToken });
}

import { hash, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { keepMost } from '#kernel/cache';
import type { Clock } from '#kernel/clock';
import { hashSecret } from '#platform/crypto';
import { type CredentialKind, type Credentials, parseAuthorization } from './authorization.ts';
import {
  inactiveAccount,
  inactiveUser,
  invalidLoginToken,
  invalidSecret,
  missingPrivilege,
} from './errors.ts';
import type { Caller } from './principal.ts';
import { powersOf } from './roles.ts';
import type { SessionStore } from './session-store.ts';
import { SESSION_LIFE_MS } from './session-life.ts';
import type { CallerStore } from './store.ts';

const MAX_CACHED = 20_000;

export interface CallerCheck {
  authenticate(
    authorization: string | undefined,
    kind: CredentialKind,
    oneOf: readonly string[],
  ): Promise<Caller>;
  /** Who has this session; undefined when it is over. */
  bySession(token: string, oneOf: readonly string[]): Promise<KnownSession | undefined>;
  /** After a change of users, accounts, roles or secrets: of one organization, or of any (`*`). */
  forget(organization: string): void;
}

interface Known {
  caller: Caller;
  /** When a replaced secret that it called with stops working, or the session ends. */
  untilMs: number;
}

/** A session as this process knows it. */
export interface KnownSession extends Known {
  /** After this its end is put off no more. */
  lastMs: number;
}

type CallerRow = NonNullable<Awaited<ReturnType<CallerStore['findCallerByLoginToken']>>>;

/**
 * Finds out who is calling. A header that was right once is answered from memory, under its hash (no secret stays in
 * memory in the clear); login tokens are not, since they are used once.
 */
export function createCallerCheck(
  store: CallerStore,
  sessions: Pick<SessionStore, 'findCaller'>,
  clock: Clock,
): CallerCheck {
  const known = new LRUCache<string, Known>(keepMost(MAX_CACHED));
  /** Without the Element token: whoever calls for a hundred thousand accounts is read once. */
  const knownUsers = new LRUCache<string, Known>(keepMost(MAX_CACHED));
  const knownSessions = new LRUCache<string, KnownSession>(keepMost(MAX_CACHED));
  let generation = 0;

  async function bySecrets(credentials: Credentials): Promise<Known> {
    const { user = '', organization } = credentials;
    const nowMs = clock.nowMs();
    const userHash = hashSecret(user);
    const row = await store.findCallerBySecret(userHash, new Date(nowMs));
    if (!row) throw invalidSecret();
    const ends: (Date | null)[] = [];
    if (!timingSafeEqual(userHash, row.secretHash)) ends.push(row.previousUntil);
    if (organization !== undefined) {
      const given = hashSecret(organization);
      const { organizationPreviousHash: before, organizationPreviousUntil: until } = row;
      if (!timingSafeEqual(given, row.organizationSecretHash)) {
        const isOld = before && until && until.getTime() > nowMs && timingSafeEqual(given, before);
        if (!isOld) throw invalidSecret();
        ends.push(until);
      }
    }
    const caller = toPrincipal(row, { usesOldSecret: ends.length > 0 });
    return { caller, untilMs: Math.min(...ends.map((end) => end?.getTime() ?? 0)) };
  }

  async function byUser(credentials: Credentials): Promise<Known> {
    const { user, organization, element } = credentials;
    // No secret is empty or has a blank, so that this is no other's key.
    const key = hash('sha256', organization === undefined ? `${user}` : `${user} ${organization}`, 'base64');
    const asked = generation;
    const cached = knownUsers.get(key);
    const found = cached && cached.untilMs > clock.nowMs() ? cached : await bySecrets(credentials);
    // What was read before a change must not be remembered after it.
    if (asked === generation) knownUsers.set(key, found);
    if (element === undefined) return found;
    return { ...found, caller: Object.freeze({ ...found.caller, elementToken: element }) };
  }

  async function byLoginToken(token: string): Promise<Caller> {
    const caller = await store.findCallerByLoginToken(hashSecret(token), new Date(clock.nowMs()));
    if (!caller) throw invalidLoginToken();
    return toPrincipal(caller);
  }

  async function identify(
    authorization: string | undefined,
    kind: CredentialKind,
    key: string,
  ): Promise<Caller> {
    const credentials = parseAuthorization(authorization, kind);
    if (kind === 'login') return byLoginToken(credentials.bearer ?? '');
    const asked = generation;
    const found = await byUser(credentials);
    if (asked === generation) known.set(key, found);
    return found.caller;
  }

  async function bySession(token: string): Promise<KnownSession | undefined> {
    const tokenHash = hashSecret(token);
    const key = tokenHash.toString('base64');
    const cached = knownSessions.get(key);
    const nowMs = clock.nowMs();
    if (cached && cached.untilMs > nowMs) return cached;
    const asked = generation;
    const row = await sessions.findCaller(tokenHash, new Date(nowMs));
    if (!row) return undefined;
    const found = {
      caller: toPrincipal(row, { usesSession: true }),
      untilMs: row.expiresAt.getTime(),
      lastMs: row.createdAt.getTime() + SESSION_LIFE_MS,
    };
    if (asked === generation) knownSessions.set(key, found);
    return found;
  }

  return {
    async authenticate(authorization, kind, oneOf) {
      const key = hash('sha256', `${kind} ${authorization ?? ''}`, 'base64');
      const cached = known.get(key);
      const isKnown = cached !== undefined && cached.untilMs > clock.nowMs();
      const caller = isKnown ? cached.caller : await identify(authorization, kind, key);
      checkPrivilege(caller, oneOf);
      return caller;
    },
    async bySession(token, oneOf) {
      const session = await bySession(token);
      if (session) checkPrivilege(session.caller, oneOf);
      return session;
    },
    forget(organization) {
      generation += 1;
      for (const cache of [known, knownUsers, knownSessions]) {
        if (organization === '*') cache.clear();
        else
          for (const [key, { caller }] of cache)
            if (String(caller.organizationId) === organization) cache.delete(key);
      }
    },
  };
}

function checkPrivilege(caller: Caller, oneOf: readonly string[]): void {
  if (oneOf.length > 0 && !oneOf.some((key) => caller.privileges.has(key))) throw missingPrivilege(oneOf);
}

/** @throws 401 for somebody who is not active. */
export function toPrincipal(
  row: CallerRow,
  more: { usesOldSecret?: boolean; usesSession?: boolean } = {},
): Caller {
  if (!row.active) throw inactiveUser();
  if (!row.accountActive) throw inactiveAccount();
  const { userId, accountId, organizationId, email, firstName, lastName } = row;
  const { usesOldSecret = false, usesSession = false } = more;
  const powers = powersOf(row.roleKeys, row.roleChanges);
  return Object.freeze({
    userId,
    accountId,
    organizationId,
    email,
    firstName,
    lastName,
    ...powers,
    usesOldSecret,
    usesSession,
  });
}

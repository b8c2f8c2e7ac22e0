import { randomBytes } from 'node:crypto';
import type { Clock } from '#kernel/clock';
import { hashSecret, newLoginToken } from '#platform/crypto';
import type { Storage } from '#platform/storage';
import { toPrincipal } from './authenticate.ts';
import { type ConnectRow, createConnectStore } from './connect-store.ts';
import { connectSessionNotFound, connectSessionOver, connectTokenInvalid } from './errors.ts';
import type { Caller } from './principal.ts';

/** Once it is open, this is how long a person may take with the provider. */
const OPEN_MS = 30 * 60_000;
/** How long it can be asked what became of a session. */
const KEEP_MS = 24 * 60 * 60_000;

/** States of the widget begin with this, so that the page that providers send people back to knows whom to tell. */
const statePrefix = 'widget.';

export interface ConnectWish {
  elements: string[];
  origin: string;
  /** An account that is there, to be connected again. */
  instanceId?: number | undefined;
  name?: string | undefined;
  tags: string[];
  configuration: Record<string, unknown>;
  lifeMs: number;
}

/** What an open session allows, and as whom. */
export interface ConnectGrant {
  row: ConnectRow;
  caller: Caller;
  configuration: Record<string, unknown>;
}

export type ConnectState = 'waiting' | 'open' | 'connected' | 'ended' | 'expired';

/** Sessions of the embedded widget: each lets one browser connect one account, or one again, and nothing else. */
export interface ConnectSessions {
  /** The token is shown once. */
  create(caller: Caller, wish: ConnectWish): Promise<{ id: string; token: string; expiresAt: Date }>;
  /** @throws 404 */
  get(caller: Caller, id: string): Promise<{ row: ConnectRow; state: ConnectState }>;
  /** Where the widget may be shown; undefined when there is nothing to show. */
  findOrigin(id: string): Promise<string | undefined>;
  /** Takes the token, which works once. @throws 401 */
  open(token: string): Promise<ConnectGrant & { key: string }>;
  /** @throws 401 */
  grant(id: string, key: string): Promise<ConnectGrant>;
  /** A state to send to the provider; only what comes back with it is taken. */
  newState(grant: ConnectGrant): Promise<string>;
  /** What a provider has sent back. @throws 401 for a state that was not made here. */
  bring(state: string, data: Record<string, unknown>): Promise<void>;
  /** Hands it over once. */
  take(grant: ConnectGrant): Promise<Record<string, unknown> | undefined>;
  /** Ends it; with the id of what was connected in it. @throws 401 when it is over already. */
  end(grant: ConnectGrant, instanceId?: number): Promise<void>;
}

export function createConnectSessions(parts: {
  storage: Storage;
  keys: {
    seal(organizationId: number, plaintext: string, context: string): Promise<Buffer>;
    open(organizationId: number, box: Buffer, context: string): Promise<string>;
  };
  clock: Clock;
}): ConnectSessions {
  const { keys, clock } = parts;
  const store = createConnectStore(parts.storage.db);
  const now = () => new Date(clock.nowMs());
  const context = (id: string, what: string) => `connect session ${id} ${what}`;

  async function grantOf(row: ConnectRow): Promise<ConnectGrant> {
    const found = await store.findCaller(row);
    if (!found) throw connectTokenInvalid();
    const caller = toPrincipal(found);
    // Whoever made it may have lost the right since, or moved to another account.
    const may = caller.privileges.has('createElementInstances') && caller.accountId === row.account_id;
    if (!may) throw connectTokenInvalid();
    const text = await keys.open(
      row.organization_id,
      row.configuration_sealed,
      context(row.id, 'configuration'),
    );
    return { row, caller, configuration: JSON.parse(text) as Record<string, unknown> };
  }

  return {
    async create({ organizationId, accountId, userId }, wish) {
      const id = randomBytes(12).toString('base64url');
      const secret = newLoginToken();
      const at = now();
      const expiresAt = new Date(at.getTime() + wish.lifeMs);
      const text = JSON.stringify(wish.configuration);
      await store.add(
        {
          id,
          secret_hash: hashSecret(secret),
          organization_id: organizationId,
          account_id: accountId,
          user_id: userId,
          elements: wish.elements,
          origin: wish.origin,
          name: wish.name ?? null,
          tags: wish.tags,
          configuration_sealed: await keys.seal(organizationId, text, context(id, 'configuration')),
          state_hash: null,
          outcome_sealed: null,
          opened_at: null,
          ended_at: null,
          again_instance_id: wish.instanceId ?? null,
          instance_id: null,
          created_at: at,
          expires_at: expiresAt,
        },
        new Date(at.getTime() - KEEP_MS),
      );
      return { id, token: `${id}.${secret}`, expiresAt };
    },

    async get(caller, id) {
      const row = await store.find(caller, id);
      if (!row) throw connectSessionNotFound(id);
      return { row, state: stateOf(row, clock.nowMs()) };
    },

    findOrigin: async (id) => (await store.findOrigin(id, now()))?.origin,

    async open(token) {
      const [id = '', secret = ''] = token.split('.');
      const key = newLoginToken();
      const at = now();
      const times = { now: at, until: new Date(at.getTime() + OPEN_MS) };
      const row = await store.open(id, hashSecret(secret), hashSecret(key), times);
      if (!row) throw connectTokenInvalid();
      return { ...(await grantOf(row)), key };
    },

    async grant(id, key) {
      const row = await store.findByKey(id, hashSecret(key), now());
      if (!row) throw connectSessionOver();
      return grantOf(row);
    },

    async newState({ row }) {
      const state = statePrefix + newLoginToken();
      await store.update(row, { state_hash: hashSecret(state), outcome_sealed: null });
      return state;
    },

    async bring(state, data) {
      const row = await store.findByState(hashSecret(state), now());
      if (!row) throw connectSessionOver();
      const text = JSON.stringify(data);
      const outcome_sealed = await keys.seal(row.organization_id, text, context(row.id, 'outcome'));
      await store.update(row, { outcome_sealed, state_hash: null });
    },

    async take({ row }) {
      if (!row.outcome_sealed) return undefined;
      const text = await keys.open(row.organization_id, row.outcome_sealed, context(row.id, 'outcome'));
      await store.update(row, { outcome_sealed: null });
      return JSON.parse(text) as Record<string, unknown>;
    },

    async end({ row }, instanceId) {
      if (!(await store.end(row, now(), instanceId ?? null))) throw connectSessionOver();
    },
  };
}

function stateOf({ instance_id, ended_at, opened_at, expires_at }: ConnectRow, nowMs: number): ConnectState {
  if (instance_id !== null) return 'connected';
  if (ended_at) return 'ended';
  if (expires_at.getTime() <= nowMs) return 'expired';
  return opened_at ? 'open' : 'waiting';
}

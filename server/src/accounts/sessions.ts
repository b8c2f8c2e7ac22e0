import { canFail } from '#kernel/error';
import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import { hashSecret, newLoginToken } from '#platform/crypto';
import type { Storage } from '#platform/storage';
import type { CallerCheck } from './authenticate.ts';
import type { Login } from './login.ts';
import type { Caller } from './principal.ts';
import { SESSION_IDLE_MS } from './session-life.ts';
import { createSessionStore } from './session-store.ts';
import { createStore } from './store.ts';

/** How much of its idle time is over before its end is put off, so that not every call writes. */
const TOUCH_AFTER_MS = 10 * 60_000;

/** People who have logged in with a browser. */
export interface Sessions {
  /** @throws 401 for a wrong login, 429 after too many. */
  begin(username: string, password: string, requestId: string): Promise<{ token: string; caller: Caller }>;
  /** Who has this session; undefined when it is over. Makes no query for one that was seen before. @throws 403 */
  find(token: string, oneOf?: readonly string[]): Promise<Caller | undefined>;
  /** Logs out, in all processes. */
  end(token: string): Promise<void>;
  /** Logs a user out everywhere. */
  endAll(caller: Pick<Caller, 'organizationId' | 'userId'>): Promise<void>;
}

export function createSessions(parts: {
  storage: Storage;
  callers: Pick<CallerCheck, 'bySession' | 'forget'>;
  login: Pick<Login, 'identify'>;
  clock: Clock;
  log: Log;
}): Sessions {
  const { storage, callers, login, clock, log } = parts;
  const store = createSessionStore(storage.db);

  async function find(token: string, oneOf: readonly string[] = []): Promise<Caller | undefined> {
    const session = await callers.bySession(token, oneOf);
    if (!session) return undefined;
    const nowMs = clock.nowMs();
    if (session.untilMs - nowMs < SESSION_IDLE_MS - TOUCH_AFTER_MS) {
      const untilMs = Math.min(nowMs + SESSION_IDLE_MS, session.lastMs);
      if (untilMs > session.untilMs) {
        session.untilMs = untilMs;
        // Nobody waits for it.
        void canFail(
          store.extend(hashSecret(token), new Date(untilMs)),
          'a later call puts it off',
          (error) => log.warn({ err: error }, 'The end of a session could not be put off'),
        );
      }
    }
    return session.caller;
  }

  /** In all processes. */
  async function forget(organizationId: number): Promise<void> {
    callers.forget(String(organizationId));
    await createStore(storage.db).announce(organizationId);
  }

  return {
    find,
    async begin(username, password, requestId) {
      const { organizationId, userId } = await login.identify(username, password, requestId);
      const token = newLoginToken();
      const nowMs = clock.nowMs();
      await store.add({
        hash: hashSecret(token),
        organizationId,
        userId,
        now: new Date(nowMs),
        expiresAt: new Date(nowMs + SESSION_IDLE_MS),
      });
      const caller = await find(token);
      if (!caller) throw new Error('A session was over as soon as it had begun');
      return { token, caller };
    },
    async end(token) {
      const ended = await store.remove(hashSecret(token));
      if (!ended) return;
      await forget(ended.organizationId);
    },
    async endAll({ organizationId, userId }) {
      await store.removeOf(organizationId, userId);
      await forget(organizationId);
    },
  };
}

import { gatewayError, ProviderError } from './errors.ts';
import type { State } from './state.ts';

export interface LimitSettings {
  /** null is no limit. */
  perSecond: number | null;
  perDay: number | null;
  /** Token calls by code or password. */
  tokenCallsPerHour: number | null;
}

/** The provider's limits: calls of an account in a second and a day, token calls in an hour. */
export interface Limits {
  settings: LimitSettings;
  countCall(state: State, token: string): void;
  countTokenCall(clientId: string): void;
  reset(): void;
}

const published: LimitSettings = { perSecond: 5, perDay: 30_000, tokenCallsPerHour: 5 };

export function createLimits(nowMs: () => number): Limits {
  const calls = new Map<string, number[]>();
  const days = new Map<string, { startMs: number; calls: number }>();
  const tokenCalls = new Map<string, number[]>();
  const settings = { ...published };

  /** Moments of a window that slides; false when one more would be too many. */
  function fits(all: Map<string, number[]>, key: string, most: number | null, windowMs: number): boolean {
    if (most === null) return true;
    const since = nowMs() - windowMs;
    const recent = (all.get(key) ?? []).filter((moment) => moment > since);
    all.set(key, recent);
    if (recent.length >= most) return false;
    recent.push(nowMs());
    return true;
  }

  return {
    settings,
    countCall(state, token) {
      // The account, not the token, is limited: a new token does not help.
      const account = state.accessTokens.get(token)?.username ?? token;
      if (!fits(calls, account, settings.perSecond, 1_000)) throw tooMany('5 calls a second');
      const day = days.get(account);
      if (!day || nowMs() - day.startMs >= 86_400_000) days.set(account, { startMs: nowMs(), calls: 1 });
      else if (settings.perDay !== null && ++day.calls > settings.perDay) throw tooMany('30,000 calls a day');
    },
    countTokenCall(clientId) {
      if (!fits(tokenCalls, clientId, settings.tokenCallsPerHour, 3_600_000))
        throw tooMany('5 token calls an hour');
    },
    reset() {
      calls.clear();
      days.clear();
      tokenCalls.clear();
      Object.assign(settings, published);
    },
  };
}

function tooMany(limit: string): ProviderError {
  return new ProviderError(429, gatewayError(429, `Rate limit exceeded: ${limit}`));
}

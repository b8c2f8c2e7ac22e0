import { ProviderError } from './errors.ts';
import type { Limits } from './limits.ts';
import type { Provider } from './simulator.ts';
import { newToken } from './state.ts';
import type { Session } from './state.ts';

/** `POST /token`: codes and refresh tokens work once, and a new pair by another grant kills the old one. */
export function mountTokens({ app, state, nowMs }: Provider, limits: Limits): void {
  app.post('/token', (request) => {
    if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      throw new ProviderError(400, {
        error: 'invalid_request',
        error_description: 'The body must be form-encoded',
      });
    }
    const form = request.body as Record<string, string>;
    const grant = form['grant_type'];
    const clientId = form['client_id'] ?? '';
    if (grant === 'authorization_code' || grant === 'password') limits.countTokenCall(clientId);
    const client = state.clients.get(clientId);
    if (!client || client.secret !== form['client_secret']) {
      throw new ProviderError(401, { error: 'access_denied', error_description: 'Unauthorized' });
    }
    switch (grant) {
      case 'authorization_code':
        return byCode(form, clientId);
      case 'refresh_token':
        return byRefreshToken(form, clientId);
      case 'password':
        return byPassword(form, clientId);
      default:
        throw new ProviderError(400, {
          error: 'unsupported_grant_type',
          error_description: `Unsupported grant type: ${grant}`,
        });
    }
  });

  function byCode(form: Record<string, string>, clientId: string) {
    const code = state.codes.get(form['code'] ?? '');
    state.codes.delete(form['code'] ?? '');
    if (
      !code ||
      code.expiresMs <= nowMs() ||
      code.clientId !== clientId ||
      code.redirectUri !== form['redirect_uri']
    ) {
      throw invalidGrant('Invalid authorization code');
    }
    state.counts.tokensByCode++;
    return newPair(clientId, code.username, true);
  }

  function byRefreshToken(form: Record<string, string>, clientId: string) {
    const session = state.refreshTokens.get(form['refresh_token'] ?? '');
    if (!session || session.expiresMs <= nowMs() || session.clientId !== clientId) {
      throw invalidGrant('Persisted access token data not found');
    }
    state.refreshTokens.delete(form['refresh_token'] ?? '');
    state.counts.refreshes++;
    return newPair(clientId, session.username, false);
  }

  function byPassword(form: Record<string, string>, clientId: string) {
    const username = form['username'] ?? '';
    if (!state.people.has(username) || state.people.get(username) !== form['password']) {
      throw new ProviderError(403, { error: 'access_denied', error_description: 'Forbidden' });
    }
    return newPair(clientId, username, true);
  }

  function newPair(clientId: string, username: string, endsOthers: boolean) {
    if (endsOthers) {
      for (const [token, session] of state.refreshTokens) {
        if (session.clientId === clientId && session.username === username) state.refreshTokens.delete(token);
      }
    }
    const session = (lifeMs: number): Session => ({ clientId, username, expiresMs: nowMs() + lifeMs });
    const pair = { access: newToken(), refresh: newToken() };
    state.accessTokens.set(pair.access, session(state.accessLifeMs));
    state.refreshTokens.set(pair.refresh, session(state.refreshLifeMs));
    return {
      access_token: pair.access,
      refresh_token: pair.refresh,
      scope: 'PRODUCTION',
      token_type: 'Bearer',
      expires_in: Math.round(state.accessLifeMs / 1000),
    };
  }
}

function invalidGrant(description: string): ProviderError {
  return new ProviderError(400, { error: 'invalid_grant', error_description: description });
}

import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import { AppError, canFail } from '#kernel/error';
import type { Outbound } from '#platform/outbound';
import type { Calls, Target } from '#calls';
import { authenticationKind } from '#calls';
import { exchangeClientCredentials, exchangeStoredPassword, usesClientCredentials } from './authenticate.ts';
import type { Connection } from './connections.ts';
import { runTokenResource } from './oauth/own-resource.ts';
import { callTokenEndpoint } from './oauth/token-call.ts';
import type { TokenSet } from './oauth/token-call.ts';

export interface RenewParts {
  calls: Calls;
  outbound: Outbound;
  clock: Clock;
  log: Log;
}

export type Renewed = { kind: 'tokens'; tokens: TokenSet } | { kind: 'refused'; reason: string };

type Way = (parts: RenewParts, connection: Connection) => Promise<Renewed>;

/** How the credentials of an account are renewed; undefined where only a person can. */
export function findWay({ element, configuration }: Connection): Way | undefined {
  const kind = authenticationKind(element);
  if (element.ofType('oauthOnTokenRefresh').length > 0) return runOwn('oauthOnTokenRefresh');
  if (kind.startsWith('oauth2')) {
    if (configuration['oauth.user.refresh_token']) return refreshToken;
    if (usesClientCredentials(element, configuration as Record<string, string>))
      return again(exchangeClientCredentials);
    if (kind === 'oauth2password')
      return element.ofType('oauth2Password').length > 0
        ? runOwn('oauth2Password')
        : again(exchangeStoredPassword);
    return undefined;
  }
  return element.ofType('onRefresh').length > 0 ? runOwn('onRefresh') : undefined;
}

/** RFC 6749 §6. */
async function refreshToken(parts: RenewParts, connection: Connection): Promise<Renewed> {
  const { element, configuration } = connection;
  const result = await callTokenEndpoint(
    parts.outbound,
    element,
    configuration as Record<string, string>,
    {
      grantType: 'refresh_token',
      parameters: { refresh_token: configuration['oauth.user.refresh_token'] ?? '' },
      urlKey: 'oauth.token.refresh_url',
    },
    parts.clock.nowMs(),
  );
  if (result.kind === 'tokens') return result;
  const { providerMessage, error, status } = result.refusal;
  return { kind: 'refused', reason: providerMessage ?? error ?? `status ${status}` };
}

/** What was good for the first tokens is good for the next. */
function again(exchange: typeof exchangeStoredPassword): Way {
  return async (parts, { element, configuration }) => {
    try {
      const tokens = await exchange(parts, element, configuration as Record<string, string>);
      return { kind: 'tokens', tokens };
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 400) throw error;
      return { kind: 'refused', reason: error.providerMessage ?? error.message };
    }
  };
}

/** The definition's own resources, one after the other, each with what those before it have stored. */
function runOwn(type: string): Way {
  return async ({ calls, clock }, connection) => {
    const target = targetOf(connection);
    let tokens: TokenSet = {};
    for (const resource of connection.element.ofType(type)) {
      const configuration = { ...target.configuration, ...tokens };
      const result = await runTokenResource(calls, resource, { ...target, configuration }, {}, clock.nowMs());
      if (result.kind === 'refused') {
        return { kind: 'refused', reason: result.providerMessage ?? 'the session could not be renewed' };
      }
      tokens = { ...tokens, ...result.tokens };
    }
    return { kind: 'tokens', tokens };
  };
}

/**
 * What an OAuth element wants done after its tokens were renewed, such as prolonging a subscription. It has the new
 * tokens already, so a failure here costs no credentials.
 */
export async function afterRenewal(
  { calls, clock, log }: RenewParts,
  connection: Connection,
): Promise<TokenSet> {
  const { element, instance } = connection;
  if (!authenticationKind(element).startsWith('oauth2')) return {};
  const stored: TokenSet = {};
  for (const resource of element.ofType('onRefresh')) {
    const run = runTokenResource(calls, resource, targetOf(connection), {}, clock.nowMs());
    const result = await canFail(run, 'the new tokens are good without it', (error) =>
      log.warn({ instanceId: instance.id, err: error }, 'A resource that runs after a refresh failed'),
    );
    if (result?.kind !== 'tokens') continue;
    const { 'oauth.user.refresh_time': _, ...values } = result.tokens;
    Object.assign(stored, values);
  }
  return stored;
}

function targetOf({ instance, element, configuration }: Connection): Target {
  return {
    element,
    configuration: configuration as Record<string, string>,
    tenant: String(instance.organizationId),
    instanceId: instance.id,
  };
}

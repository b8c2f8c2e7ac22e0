import type { Clock } from '#kernel/clock';
import type { Outbound } from '#platform/outbound';
import type { Calls } from '#calls';
import { authenticationKind, awsCredentials } from '#calls';
import type { Element, Resource } from '#elements';
import {
  clientRefused,
  codeMissing,
  codeRefused,
  provisionRefused,
  refreshTokenRefused,
  verifierMissing,
} from './errors.ts';
import { effectiveConfiguration } from './instance.ts';
import { exchangeVerifier } from './oauth/oauth1.ts';
import { runTokenResource } from './oauth/own-resource.ts';
import type { Pkce } from './oauth/pkce.ts';
import { callTokenEndpoint } from './oauth/token-call.ts';
import type { TokenGrant, TokenRefusal, TokenSet } from './oauth/token-call.ts';

export interface AuthenticateParts {
  outbound: Outbound;
  calls: Calls;
  clock: Clock;
  pkce: Pkce;
}

/** What a caller brought to be exchanged for credentials. */
export interface Authentication {
  element: Element;
  /** Values given and stored, without defaults. */
  values: Record<string, string>;
  data: Record<string, unknown>;
  /** The caller has got tokens elsewhere. */
  external: boolean;
  tenant: string;
}

type Flow = (parts: AuthenticateParts, given: Authentication) => Promise<TokenSet>;

/** Kinds of authentication that have something to exchange; all others have their credentials in the configuration. */
const flows: Record<string, { missing(given: Authentication): string | undefined; run: Flow }> = {
  oauth2: { missing: missingCode, run: exchangeForOAuth2 },
  oauth2password: { missing: () => undefined, run: exchangePassword },
  oauth1: { missing: missingVerifier, run: exchangeForOAuth1 },
  awsv2: { missing: missingAwsKeys, run: async () => ({}) },
  awsv4: { missing: missingAwsKeys, run: async () => ({}) },
};

/** What the caller has not sent and cannot be connected without; undefined when nothing is missing. */
export function missingAuthentication(given: Authentication): string | undefined {
  const kind = authenticationKind(given.element);
  const flow = flows[kind];
  if (!flow) return undefined;
  if (!given.external || kind.startsWith('aws')) return flow.missing(given);
  const brought = tokensOf(given);
  if (brought.access !== '' || (kind.startsWith('oauth2') && brought.refresh !== '')) return undefined;
  return "providerData.access_token is missing: externalAuthentication 'initial' means that you bring the tokens, or the refresh token alone.";
}

/**
 * Exchanges what the caller brought for tokens, by the configuration keys under which an instance keeps them.
 *
 * @throws 400 in the provider's words when it refuses, 502 when it fails.
 */
export async function authenticate(parts: AuthenticateParts, given: Authentication): Promise<TokenSet> {
  const flow = flows[authenticationKind(given.element)];
  if (!flow) return {};
  return given.external ? bringTokens(parts, given) : flow.run(parts, given);
}

/** RFC 6749 §4.4: the app speaks for itself, and nobody has to consent. */
export function usesClientCredentials(element: Element, configuration: Record<string, string>): boolean {
  if (authenticationKind(element) !== 'oauth2') return false;
  const stated = configuration['oauth.grant.type'] ?? configuration['grant_type'];
  if (stated === 'client_credentials') return true;
  return !configuration['oauth.authorization.url'] && element.ofType('oauthOnAuthorizeUrl').length === 0;
}

function missingCode({ element, values, data }: Authentication): string | undefined {
  if (textOf(data['code']) || usesClientCredentials(element, effectiveConfiguration(element, values)))
    return undefined;
  return codeMissing();
}

function missingVerifier({ data }: Authentication): string | undefined {
  const missing = ['oauth_token', 'oauth_verifier'].filter((name) => !textOf(data[name]));
  return missing.length > 0 ? verifierMissing(missing) : undefined;
}

/** Said when the account is connected, not first when it is called. */
function missingAwsKeys({ element, values }: Authentication): string | undefined {
  try {
    awsCredentials({ element, configuration: effectiveConfiguration(element, values) });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function exchangeForOAuth2(parts: AuthenticateParts, given: Authentication): Promise<TokenSet> {
  const { element, values, data } = given;
  const own = element.ofType('oauthOnTokenExchange')[0];
  if (own) return exchangeByOwn(parts, given, own);
  const configuration = effectiveConfiguration(element, values);
  if (!textOf(data['code'])) return exchangeClientCredentials(parts, element, configuration);
  const callbackUrl = configuration['oauth.callback.url'] ?? '';
  const parameters: Record<string, string> = { code: textOf(data['code']) ?? '', redirect_uri: callbackUrl };
  if (element.authentication.pkce === 'S256') {
    parameters['code_verifier'] = parts.pkce.verifier({
      elementKey: element.key,
      apiKey: configuration['oauth.api.key'] ?? '',
      callbackUrl,
      state: textOf(data['state']) ?? element.key,
    });
  }
  const grant = { grantType: 'authorization_code', parameters, urlKey: 'oauth.token.url' } as const;
  return exchange(parts, element, configuration, grant, codeRefused);
}

/** Gets tokens for what is in the configuration alone: also done again when they have expired. */
export function exchangeClientCredentials(
  parts: Pick<AuthenticateParts, 'outbound' | 'clock'>,
  element: Element,
  configuration: Record<string, string>,
): Promise<TokenSet> {
  const scope = configuration['oauth.scope'] || configuration['scope'];
  const grant: TokenGrant = {
    grantType: 'client_credentials',
    parameters: scope ? { scope } : {},
    urlKey: 'oauth.token.url',
  };
  return exchange(parts, element, configuration, grant, provisionRefused);
}

/** RFC 6749 §4.3: some providers still give tokens for a user name and a password. */
async function exchangePassword(parts: AuthenticateParts, given: Authentication): Promise<TokenSet> {
  const { element, values } = given;
  const own = element.ofType('oauth2Password')[0] ?? element.ofType('oauthOnTokenExchange')[0];
  if (own) return exchangeByOwn(parts, given, own);
  return exchangeStoredPassword(parts, element, effectiveConfiguration(element, values));
}

/** The same for an account whose tokens have expired. */
export function exchangeStoredPassword(
  parts: Pick<AuthenticateParts, 'outbound' | 'clock'>,
  element: Element,
  configuration: Record<string, string>,
): Promise<TokenSet> {
  const parameters: Record<string, string> = {
    username: configuration['username'] ?? '',
    password: configuration['password'] ?? '',
  };
  if (configuration['oauth.scope']) parameters['scope'] = configuration['oauth.scope'];
  const grant = { grantType: 'password', parameters, urlKey: 'oauth.token.url' } as const;
  return exchange(parts, element, configuration, grant, provisionRefused);
}

type Refused = (provider: string, providerMessage: string | undefined) => Error;

async function exchange(
  { outbound, clock }: Pick<AuthenticateParts, 'outbound' | 'clock'>,
  element: Element,
  configuration: Record<string, string>,
  grant: TokenGrant,
  refused: Refused,
): Promise<TokenSet> {
  const result = await callTokenEndpoint(outbound, element, configuration, grant, clock.nowMs());
  if (result.kind === 'tokens') return result.tokens;
  const { refusal } = result;
  throw (isAboutClient(refusal) ? clientRefused : refused)(element.name, refusal.providerMessage);
}

function isAboutClient({ error, status }: TokenRefusal): boolean {
  if (error === 'invalid_client' || error === 'unauthorized_client') return true;
  return status === 401 && error !== 'invalid_grant';
}

/** The definition has a resource of its own for this step. */
async function exchangeByOwn(
  { calls, clock }: AuthenticateParts,
  { element, values, data, tenant }: Authentication,
  resource: Resource,
): Promise<TokenSet> {
  const configuration = effectiveConfiguration(element, values);
  const result = await runTokenResource(
    calls,
    resource,
    { element, configuration, tenant },
    data,
    clock.nowMs(),
  );
  if (result.kind === 'tokens') return result.tokens;
  const refused = resource.type === 'oauthOnTokenExchange' ? codeRefused : provisionRefused;
  throw refused(element.name, result.providerMessage);
}

async function exchangeForOAuth1(parts: AuthenticateParts, given: Authentication): Promise<TokenSet> {
  const own = given.element.ofType('oauthOnTokenExchange')[0];
  if (own) return exchangeByOwn(parts, given, own);
  const { element, values, data } = given;
  return exchangeVerifier(parts.outbound, element, effectiveConfiguration(element, values), {
    token: textOf(data['oauth_token']) ?? '',
    verifier: textOf(data['oauth_verifier']) ?? '',
    secret: textOf(data['secret']) ?? textOf(data['oauth_token_secret']) ?? '',
  });
}

function tokensOf({ data }: Authentication): Record<'access' | 'refresh' | 'secret', string> {
  const first = (...names: string[]) => names.map((name) => textOf(data[name])).find(Boolean) ?? '';
  return {
    access: first('access_token', 'oauth_token'),
    refresh: first('refresh_token'),
    secret: first('secret', 'oauth_token_secret'),
  };
}

/** Tokens that the caller got elsewhere; from now on they are refreshed here. A refresh token alone is used at once. */
async function bringTokens(parts: AuthenticateParts, given: Authentication): Promise<TokenSet> {
  const { access, refresh, secret } = tokensOf(given);
  if (access === '' && refresh !== '') {
    const renewed = await exchangeRefreshToken(parts, given, refresh);
    return { 'oauth.user.refresh_token': refresh, ...renewed };
  }
  const tokens: TokenSet = {
    'oauth.user.token': access,
    'oauth.user.refresh_time': String(parts.clock.nowMs()),
  };
  if (refresh) tokens['oauth.user.refresh_token'] = refresh;
  if (secret) tokens['oauth.user.token.secret'] = secret;
  const expires = given.data['expires_in'];
  if (expires !== undefined && Number.isFinite(Number(expires)))
    tokens['oauth.user.refresh_interval'] = String(Number(expires));
  return tokens;
}

function exchangeRefreshToken(
  parts: AuthenticateParts,
  given: Authentication,
  refresh: string,
): Promise<TokenSet> {
  const { element, values } = given;
  const own = element.ofType('oauthOnTokenRefresh')[0];
  const withToken = { ...values, 'oauth.user.refresh_token': refresh };
  if (own) return exchangeByOwn(parts, { ...given, values: withToken }, own);
  const grant = {
    grantType: 'refresh_token',
    parameters: { refresh_token: refresh },
    urlKey: 'oauth.token.refresh_url',
  } as const;
  return exchange(parts, element, effectiveConfiguration(element, withToken), grant, refreshTokenRefused);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

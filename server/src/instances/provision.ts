import type { Clock } from '#kernel/clock';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { Outbound } from '#platform/outbound';
import type { Calls, CallReply, Target } from '#calls';
import { requireAuthentication, resolveConfiguration } from '#calls';
import type { Element } from '#elements';
import {
  clientRefused,
  codeMissing,
  codeRefused,
  consentDeclined,
  missingConfiguration,
  provisionFailed,
  provisionInvalid,
  provisionRefused,
} from './errors.ts';
import { checkConfiguration } from './configuration.ts';
import { effectiveConfiguration } from './instance.ts';
import type { Pkce } from './oauth/pkce.ts';
import { callTokenEndpoint } from './oauth/token-call.ts';
import type { TokenRefusal, TokenSet } from './oauth/token-call.ts';

export interface ProvisionRequest {
  configuration: Record<string, unknown>;
  providerData: Record<string, unknown> | undefined;
  externalAuthentication: 'none' | 'initial';
  /** What an instance has already, when it is provisioned again. */
  stored?: Record<string, string>;
}

interface Parts {
  outbound: Outbound;
  calls: Calls;
  clock: Clock;
  pkce: Pkce;
  log: Log;
}

/**
 * Connects an account: checks the configuration, exchanges the code, runs the definition's provision resources.
 * Nothing is stored here, so that a failure leaves nothing behind.
 *
 * @returns the configuration to store, tokens included.
 * @throws one 400 that names everything that is missing or wrong, before the provider is asked.
 */
export async function provision(
  parts: Parts,
  element: Element,
  request: ProvisionRequest,
  tenant: string,
): Promise<Record<string, string>> {
  requireAuthentication(element.authentication.type);
  const data = request.providerData ?? {};
  const declined = textOf(data['error']);
  if (declined) throw consentDeclined(element.name, declined, textOf(data['error_description']));

  const checked = checkConfiguration(element, request.configuration, request.stored);
  const faults = [...checked.faults];
  if (checked.missing.length > 0) faults.unshift(missingConfiguration(checked.missing));
  const { type } = element.authentication;
  const oauth = type === 'oauth2' || type === 'oauth2Password';
  const external = request.externalAuthentication === 'initial';
  if (type === 'oauth2' && !external && !textOf(data['code'])) faults.push(codeMissing());
  if (oauth && external && !textOf(data['access_token'])) {
    faults.push(
      "providerData.access_token is missing: externalAuthentication 'initial' means that you bring the tokens.",
    );
  }
  if (faults.length > 0) throw provisionInvalid(faults);

  let configuration = checked.values;
  if (oauth) {
    const tokens = external
      ? bringTokens(data, parts.clock.nowMs())
      : type === 'oauth2Password'
        ? await exchangePassword(parts, element, configuration)
        : await exchangeCode(parts, element, configuration, data);
    configuration = { ...configuration, ...tokens };
  }
  return runProvisionResources(parts, element, configuration, tenant);
}

async function exchangeCode(
  { outbound, clock, pkce }: Parts,
  element: Element,
  given: Record<string, string>,
  data: Record<string, unknown>,
): Promise<TokenSet> {
  const configuration = effectiveConfiguration(element, given);
  const callbackUrl = configuration['oauth.callback.url'] ?? '';
  const parameters: Record<string, string> = { code: textOf(data['code']) ?? '', redirect_uri: callbackUrl };
  if (element.authentication.pkce === 'S256') {
    parameters['code_verifier'] = pkce.verifier({
      elementKey: element.key,
      apiKey: configuration['oauth.api.key'] ?? '',
      callbackUrl,
      state: textOf(data['state']) ?? element.key,
    });
  }
  const grant = { grantType: 'authorization_code', parameters, urlKey: 'oauth.token.url' } as const;
  const result = await callTokenEndpoint(outbound, element, configuration, grant, clock.nowMs());
  if (result.kind === 'tokens') return result.tokens;
  const { refusal } = result;
  throw isAboutClient(refusal)
    ? clientRefused(element.name, refusal.providerMessage)
    : codeRefused(element.name, refusal.providerMessage);
}

function isAboutClient({ error, status }: TokenRefusal): boolean {
  if (error === 'invalid_client' || error === 'unauthorized_client') return true;
  return status === 401 && error !== 'invalid_grant';
}

/** RFC 6749 §4.3: some providers still give tokens for a user name and a password. */
async function exchangePassword(
  { outbound, clock }: Parts,
  element: Element,
  given: Record<string, string>,
): Promise<TokenSet> {
  const configuration = effectiveConfiguration(element, given);
  const parameters: Record<string, string> = {
    username: configuration['username'] ?? '',
    password: configuration['password'] ?? '',
  };
  if (configuration['oauth.scope']) parameters['scope'] = configuration['oauth.scope'];
  const grant = { grantType: 'password', parameters, urlKey: 'oauth.token.url' } as const;
  const result = await callTokenEndpoint(outbound, element, configuration, grant, clock.nowMs());
  if (result.kind === 'tokens') return result.tokens;
  const { refusal } = result;
  throw isAboutClient(refusal)
    ? clientRefused(element.name, refusal.providerMessage)
    : provisionRefused(element.name, refusal.providerMessage);
}

/** Tokens that the caller got elsewhere; from now on they are refreshed here. */
function bringTokens(data: Record<string, unknown>, nowMs: number): TokenSet {
  const tokens: TokenSet = {
    'oauth.user.token': textOf(data['access_token']) ?? '',
    'oauth.user.refresh_time': String(nowMs),
  };
  const refresh = textOf(data['refresh_token']);
  if (refresh) tokens['oauth.user.refresh_token'] = refresh;
  const seconds = Number(data['expires_in']);
  if (data['expires_in'] !== undefined && Number.isFinite(seconds))
    tokens['oauth.user.refresh_interval'] = String(seconds);
  return tokens;
}

/** Runs what the definition wants at provisioning: checks of the credentials first, then reading and making things. */
async function runProvisionResources(
  { calls }: Parts,
  element: Element,
  given: Record<string, string>,
  tenant: string,
): Promise<Record<string, string>> {
  const stored = { ...given };
  for (const resource of [...element.ofType('provisionAuthValidation'), ...element.ofType('onProvision')]) {
    const target: Target = { element, configuration: effectiveConfiguration(element, stored), tenant };
    const reply = await calls.execute(resource, lifecycleInput(resource.method, resource.path), target);
    if (reply.body.kind === 'stream') reply.body.stream.destroy();
    if (reply.error) throw provisioningFault(element, reply);
    Object.assign(stored, reply.configuration);
  }
  return stored;
}

function provisioningFault(element: Element, reply: CallReply): Error {
  const said = reply.error?.message ?? reply.error?.providerMessage;
  return reply.status >= 500
    ? provisionFailed(element.name, reply.status, said)
    : provisionRefused(element.name, said);
}

/**
 * Ends an account's connection at the provider: the definition's delete resources and the token's revocation.
 * A provider that is away or refuses does not keep an instance from being deleted.
 */
export async function unprovision(
  { calls, outbound, log }: Parts,
  element: Element,
  configuration: Record<string, string>,
  target: { tenant: string; instanceId: number },
): Promise<void> {
  const told = (error: unknown) =>
    log.warn(
      { instanceId: target.instanceId, err: error },
      'The provider could not be told that an instance is deleted',
    );
  const types = ['onDelete', 'oauthOnTokenRevoke'];
  if (configuration['event.notification.enabled'] === 'true') types.unshift('onDeleteWebhook');
  for (const resource of types.flatMap((type) => element.ofType(type))) {
    const run = calls.execute(resource, lifecycleInput(resource.method, resource.path), {
      element,
      configuration,
      ...target,
    });
    const reply = await canFail(run, 'the instance is deleted whatever its provider says', told);
    if (reply?.body.kind === 'stream') reply.body.stream.destroy();
  }
  const url = resolveConfiguration(configuration, 'oauth.token.revoke_url');
  if (!url || element.ofType('oauthOnTokenRevoke').length > 0) return;
  await canFail(
    revoke(outbound, url, configuration),
    'the instance is deleted whatever its provider says',
    told,
  );
}

/** RFC 7009. */
async function revoke(outbound: Outbound, url: string, configuration: Record<string, string>): Promise<void> {
  const token = configuration['oauth.user.refresh_token'] ?? configuration['oauth.user.token'] ?? '';
  if (token === '') return;
  const reply = await outbound.send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      token,
      client_id: configuration['oauth.api.key'] ?? '',
      client_secret: configuration['oauth.api.secret'] ?? '',
    }).toString(),
  });
  reply.body.destroy();
}

function lifecycleInput(method: string, path: string) {
  return { method, path, pathVariables: {}, query: {}, headers: {}, body: { kind: 'none' as const } };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

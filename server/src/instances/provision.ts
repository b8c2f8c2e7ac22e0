import type { Clock } from '#kernel/clock';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { Outbound } from '#platform/outbound';
import type { Calls, CallReply, Target } from '#calls';
import { resolveConfiguration } from '#calls';
import type { Element } from '#elements';
import { authenticate, missingAuthentication } from './authenticate.ts';
import { consentDeclined, provisionFailed, provisionInvalid, provisionRefused } from './errors.ts';
import { checkConfiguration } from './configuration.ts';
import type { SettingRules } from './configuration.ts';
import { effectiveConfiguration } from './instance.ts';
import type { Pkce } from './oauth/pkce.ts';
import { withoutMasks } from './secret.ts';

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
  settingRules: SettingRules;
  webhookUrl(element: Element, instanceId: number): string;
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
  const external = request.externalAuthentication === 'initial';
  const data = { ...(external && tokensIn(request.configuration)), ...request.providerData };
  const declined = textOf(data['error']);
  if (declined) throw consentDeclined(element.name, declined, textOf(data['error_description']));

  const checked = checkConfiguration(element, parts.settingRules, request.configuration, request.stored);
  const faults = [...checked.faults];
  const given = { element, values: checked.values, data, external, tenant };
  const missing = missingAuthentication(given);
  if (missing) faults.push(missing);
  if (faults.length > 0) throw provisionInvalid(faults);

  const tokens = await authenticate(parts, given);
  const values = await runProvisionResources(parts, element, { ...checked.values, ...tokens }, tenant);
  // A session that the definition has opened grows old from now on.
  return element.ofType('onRefresh').length > 0
    ? { 'oauth.user.refresh_time': String(parts.clock.nowMs()), ...values }
    : values;
}

/** Tokens that were got elsewhere may also come by the keys under which an instance keeps them. */
function tokensIn(configuration: Record<string, unknown>): Record<string, unknown> {
  const given = withoutMasks(configuration);
  return {
    access_token: given['oauth.user.token'],
    refresh_token: given['oauth.user.refresh_token'],
    secret: given['oauth.user.token.secret'],
  };
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
  for (const resource of [...element.ofType('onDelete'), ...element.ofType('oauthOnTokenRevoke')]) {
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

/** What a resource gets that runs at a moment of an instance's life, and not for a caller. */
export function lifecycleInput(method: string, path: string) {
  return { method, path, pathVariables: {}, query: {}, headers: {}, body: { kind: 'none' as const } };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

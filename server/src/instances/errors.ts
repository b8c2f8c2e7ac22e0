import { AppError } from '#kernel/error';
import type { ConfigurationRow } from '#elements';

export function instanceNotFound(id: number | string): AppError {
  return new AppError('instance-not-found', 404, `No element instance found with id ${id}.`);
}

export function configurationRowUnknown(part: string, id: number): AppError {
  return new AppError(
    'configuration-row-not-found',
    404,
    `The instance ${id} has no configuration with id or key '${part}'. GET /instances/${id}/configuration lists it.`,
  );
}

export function validationFailed(
  provider: string,
  status: number,
  providerMessage: string | undefined,
): AppError {
  return new AppError(
    'validation-failed',
    502,
    `${provider} cannot tell whether the account works (status ${status}). Try again later.`,
    { providerMessage },
  );
}

export function elementGone(key: string): AppError {
  return new AppError(
    'instance-element-gone',
    409,
    `The element '${key}' of this instance is not in the catalog any more: it can be deleted, not changed or called.`,
  );
}

export function elementInUse(key: string, instances: number): AppError {
  const many = instances === 1 ? 'One account is' : `${instances} accounts are`;
  return new AppError(
    'element-in-use',
    409,
    `${many} connected with the element '${key}'. Delete the instances first: GET /elements/${key}/instances lists yours.`,
  );
}

/** The wording is part of the contract: clients turn `No … found` into an empty list. */
export function noInstances(): AppError {
  return new AppError('instances-none', 404, 'No element instances found');
}

/** @param faults whole sentences. */
export function whereInvalid(fault: string): AppError {
  return new AppError(
    'instances-where',
    400,
    `'where' cannot be used: ${fault}. Ask such as: disabled = false and valid = false.`,
  );
}

export function provisionInvalid(faults: string[]): AppError {
  return new AppError('provision-invalid', 400, faults.join(' '));
}

/** One sentence that names every required entry by key and by its display name. */
export function missingConfiguration(rows: ConfigurationRow[]): string {
  const names = rows.map((row) => `${row.key} (${row.name})`).join(', ');
  return `Required configuration is missing: ${names}. Send ${rows.length > 1 ? 'them' : 'it'} in 'configuration'.`;
}

export function oauthParametersInvalid(faults: string[]): AppError {
  return new AppError('oauth-parameters-invalid', 400, faults.join(' '));
}

export function oauthAppNotFound(key: string): AppError {
  return new AppError(
    'oauth-app-not-found',
    404,
    `No OAuth app is stored for the element '${key}'. Store one with PUT /elements/${key}/oauth/app, or send apiKey and apiSecret.`,
  );
}

export function oauthAppInvalid(faults: string[]): AppError {
  return new AppError('oauth-app-invalid', 400, faults.join(' '));
}

export function oauthProxyNotFound(id: number): AppError {
  return new AppError(
    'oauth-proxy-not-found',
    404,
    `No OAuth proxy found with id ${id}. GET /elements/oauthProxies lists yours.`,
  );
}

export function oauthProxyInvalid(faults: string[]): AppError {
  return new AppError('oauth-proxy-invalid', 400, faults.join(' '));
}

export function oauthProxyNameTaken(name: string): AppError {
  return new AppError('oauth-proxy-name-taken', 409, `Your account has an OAuth proxy '${name}' already.`);
}

/** Said to a person's browser, not to a client. */
export function oauthStateInvalid(): AppError {
  return new AppError(
    'oauth-state-invalid',
    400,
    'This consent cannot be finished: it took too long, or its application is not known here any more. Go back to the application and begin again.',
  );
}

export function notOauth(key: string, type: string): AppError {
  return new AppError(
    'element-not-oauth',
    400,
    `The element '${key}' authenticates by '${type}', not by OAuth: connect it with POST /instances and its configuration alone.`,
  );
}

export function notOauth1(key: string, type: string): AppError {
  return new AppError(
    'element-not-oauth1',
    400,
    `The element '${key}' authenticates by '${type}', not by OAuth 1: there is no request token to get.`,
  );
}

export function consentDeclined(provider: string, error: string, description: string | undefined): AppError {
  const message =
    error === 'access_denied'
      ? `The person declined access at ${provider}. Nothing was connected; send them to the OAuth URL again if that was a mistake.`
      : `${provider} ended the authorization with the error '${error}'. Nothing was connected; start again with a new OAuth URL.`;
  return new AppError('consent-declined', 400, message, { providerMessage: description ?? error });
}

export function codeMissing(): string {
  return "providerData.code is missing: send the 'code' that came with the callback after the person's consent.";
}

export function verifierMissing(names: string[]): string {
  const list = names.map((name) => `providerData.${name}`).join(' and ');
  return `${list} ${names.length > 1 ? 'are' : 'is'} missing: they come with the callback after the person's consent, and the request token's secret goes with them as providerData.secret.`;
}

export function verifierRefused(provider: string, providerMessage: string | undefined): AppError {
  return new AppError(
    'verifier-refused',
    400,
    `${provider} refused the verifier. It works once, with the request token that was consented to and its secret: begin again with GET /elements/{key}/oauth/token.`,
    { providerMessage },
  );
}

export function codeRefused(provider: string, providerMessage: string | undefined): AppError {
  return new AppError(
    'code-refused',
    400,
    `${provider} refused the code. A code works once and only for a short time, with the same callback URL and client id that it was asked for with: get a new one through the OAuth URL.`,
    { providerMessage },
  );
}

export function refreshTokenRefused(provider: string, providerMessage: string | undefined): AppError {
  return new AppError(
    'refresh-token-refused',
    400,
    `${provider} refused the refresh token. Send one that has not been used, with the client id and secret that it was made for.`,
    { providerMessage },
  );
}

export function clientRefused(provider: string, providerMessage: string | undefined): AppError {
  return new AppError(
    'client-refused',
    400,
    `${provider} does not accept the client. Check oauth.api.key and oauth.api.secret.`,
    { providerMessage },
  );
}

/** The definition does not require them, because it may have a way of its own to get tokens. */
export function clientIncomplete(provider: string, missing: string[]): AppError {
  return new AppError(
    'client-incomplete',
    400,
    `${provider} cannot be asked for tokens without ${missing.join(' and ')}. Send what is missing in 'configuration', or give the element defaults of it.`,
  );
}

export function tokenReplyUnusable(provider: string, detail: string, providerMessage?: string): AppError {
  return new AppError('token-reply-unusable', 502, `${provider}'s token reply cannot be used: ${detail}.`, {
    providerMessage,
  });
}

export function tokenCallFailed(
  provider: string,
  status: number,
  providerMessage: string | undefined,
): AppError {
  return new AppError(
    'token-call-failed',
    502,
    `${provider} could not exchange tokens (status ${status}). Try again later.`,
    { providerMessage },
  );
}

export function connectAgain(instanceName: string, providerMessage: string | undefined): AppError {
  return new AppError(
    'credentials-dead',
    401,
    `The provider no longer accepts the credentials of the instance '${instanceName}'. Connect the account again: get a new code through the OAuth URL and send it with PUT /instances/{id}.`,
    { providerMessage },
  );
}

export function elementTokenInvalid(): AppError {
  return new AppError(
    'element-token-invalid',
    401,
    "The Element token is missing, unknown or of a deleted instance. Send 'Authorization: User <user secret>, Element <element token>'.",
  );
}

export function instanceDisabled(name: string): AppError {
  return new AppError(
    'instance-disabled',
    403,
    `The instance '${name}' is disabled. Enable it with PUT /instances/{id}/enabled.`,
  );
}

export function paceExceeded(waitSeconds: number, calls: number, perSeconds: number): AppError {
  return new AppError(
    'pace-exceeded',
    429,
    `The provider allows ${calls} calls in ${perSeconds === 1 ? 'a second' : `${perSeconds} seconds`} for this account, and too many are waiting already. Try again in ${waitSeconds} s.`,
    { headers: { 'retry-after': String(waitSeconds) } },
  );
}

export function provisionRefused(provider: string, providerMessage: string | undefined): AppError {
  return new AppError(
    'provision-refused',
    400,
    `${provider} did not accept the account. Check the configuration and connect again.`,
    { providerMessage },
  );
}

export function provisionFailed(
  provider: string,
  status: number,
  providerMessage: string | undefined,
): AppError {
  return new AppError(
    'provision-failed',
    502,
    `${provider} failed while the account was being connected (status ${status}). Nothing was connected; try again later.`,
    { providerMessage },
  );
}

/** The provider would not call us. */
export function webhookRefused(provider: string, status: number, said: string | undefined): AppError {
  return new AppError(
    'instance-webhook-refused',
    status >= 500 ? 502 : 400,
    `${provider} does not take our webhook, so events cannot be switched on. Check the configuration, or use event.vendor.type polling.`,
    { providerMessage: said },
  );
}

export function originInvalid(origin: string): AppError {
  return new AppError(
    'origin-invalid',
    400,
    `'${origin.slice(0, 200)}' is no origin. Send scheme, host and port of the page that shows the widget, such as https://app.example.com.`,
  );
}

export function connectKeyMissing(): AppError {
  return new AppError(
    'connect-key-missing',
    401,
    'Send the header ligand-connect-key with the key that POST /connect-sessions/open has told.',
  );
}

export function connectElementForeign(key: string): AppError {
  return new AppError(
    'connect-element-foreign',
    403,
    `This connect session is not for the element '${key.slice(0, 100)}'.`,
  );
}

export function connectElementsMissing(): AppError {
  return new AppError(
    'connect-elements-missing',
    400,
    'Say in elements what may be connected, or in instanceId which account is to be connected again.',
  );
}

export function connectElementsOther(instanceId: number, key: string): AppError {
  return new AppError(
    'connect-elements-other',
    400,
    `The instance ${instanceId} is one of the element '${key}': leave elements out, or send that key alone.`,
  );
}

export function connectMethodOther(isAgain: boolean): AppError {
  return new AppError(
    'connect-method-other',
    403,
    isAgain
      ? 'This connect session connects an account that is there again: send PUT in place of POST.'
      : 'This connect session connects a new account: send POST in place of PUT.',
  );
}

export function connectSecretsNeeded(names: readonly string[]): AppError {
  return new AppError(
    'connect-secrets-needed',
    400,
    `Something else has changed, so these must be typed again: ${names.join(', ')}.`,
  );
}

export function connectConfigurationForeign(keys: readonly string[]): AppError {
  return new AppError(
    'connect-configuration-foreign',
    400,
    `These values cannot be set in a connect session: ${keys.slice(0, 20).join(', ')}.`,
  );
}

import type { Element } from '#elements';
import { authenticationKind, resolveConfiguration } from '#calls';
import { notOauth, oauthParametersInvalid } from '../errors.ts';
import { effectiveConfiguration } from '../instance.ts';
import type { Pkce } from './pkce.ts';

/** What a caller gives to get an OAuth URL, with the element's defaults behind it. */
interface UrlValues {
  apiKey: string;
  apiSecret: string;
  callbackUrl: string;
  scope: string;
  state: string;
  /** By configuration key. */
  configuration: Record<string, string>;
}

/**
 * Reads the caller's parameters: `apiKey`, `apiSecret`, `callbackUrl`, `scope?`, `state?`, and any configuration key or
 * placeholder that the element's URLs use.
 */
export function readUrlValues(element: Element, given: Record<string, string>): UrlValues {
  const named = Object.entries(configurationKeys).filter(([name]) => given[name]);
  const rest = Object.entries(given).filter(([name]) => !ownNames.has(name));
  const effective = effectiveConfiguration(
    element,
    Object.fromEntries([...rest, ...named.map(([name, key]) => [key, given[name] ?? ''] as const)]),
  );
  const take = (...keys: string[]) => keys.map((key) => effective[key]).find(Boolean) ?? '';
  const values = {
    apiKey: take('oauth.api.key'),
    apiSecret: take('oauth.api.secret'),
    callbackUrl: take('oauth.callback.url'),
    scope: take('oauth.scope', 'scope'),
    state: given['state'] || element.key,
  };
  return {
    ...values,
    configuration: {
      ...effective,
      // A URL of the element may have them as placeholders.
      ...Object.fromEntries(Object.entries(given).filter(([name]) => ownNames.has(name))),
      'oauth.api.key': values.apiKey,
      'oauth.api.secret': values.apiSecret,
      'oauth.callback.url': values.callbackUrl,
    },
  };
}

/** Parameters that have a configuration key of their own. */
const configurationKeys = {
  apiKey: 'oauth.api.key',
  apiSecret: 'oauth.api.secret',
  callbackUrl: 'oauth.callback.url',
  scope: 'oauth.scope',
};
/** What is no configuration of an account. */
const ownNames = new Set([...Object.keys(configurationKeys), 'state', 'requestToken']);

/** One sentence for each parameter without which no authorization can begin. */
export function missingForOauth(element: Element, { apiKey, apiSecret, callbackUrl }: UrlValues): string[] {
  const faults: string[] = [];
  if (!apiKey) faults.push("Parameter 'apiKey' is missing: the client id of your app at the provider.");
  if (!apiSecret && needsSecret(element)) {
    faults.push("Parameter 'apiSecret' is missing: the client secret of your app at the provider.");
  }
  if (!callbackUrl)
    faults.push("Parameter 'callbackUrl' is missing: the URL that your app has registered at the provider.");
  else if (!isCallback(callbackUrl))
    faults.push("Parameter 'callbackUrl' must be an absolute URL, such as https://example.com/auth.");
  return faults;
}

/**
 * Writes the URL that a person is sent to for consent.
 *
 * @param given see `readUrlValues`; for OAuth 1 `requestToken` too.
 * @throws 400 that names every missing or bad parameter.
 */
export function writeAuthorizeUrl(element: Element, given: Record<string, string>, pkce: Pkce): string {
  const kind = authenticationKind(element);
  if (kind !== 'oauth2' && kind !== 'oauth1') throw notOauth(element.key, element.authentication.type);
  const values = readUrlValues(element, given);
  const template = values.configuration['oauth.authorization.url'] ?? '';
  const filled = {
    ...values.configuration,
    'oauth.authorization.url': template.replaceAll('{scope}', encodeURIComponent(values.scope)),
  };
  const whole = resolveConfiguration(filled, 'oauth.authorization.url');

  const faults = missingForOauth(element, values);
  if (kind === 'oauth1' && !given['requestToken'])
    faults.push(
      `Parameter 'requestToken' is missing: get one with GET /elements/${element.key}/oauth/token, and keep its secret.`,
    );
  const unfilled = [...whole.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]);
  for (const name of unfilled)
    faults.push(`Parameter '${name}' is missing: ${element.name}'s authorization URL needs it.`);
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (unfilled.length === 0 && !/^https?:$/.test(url?.protocol ?? '')) {
    faults.push(
      `The authorization URL '${whole}' is no http or https URL: check base.url and oauth.authorization.url.`,
    );
  }
  if (faults.length > 0 || !url) throw oauthParametersInvalid(faults);
  if (kind === 'oauth1') {
    url.searchParams.set('oauth_token', given['requestToken'] ?? '');
    return url.href;
  }
  return withOAuth2Parameters(
    url,
    element,
    { ...values, scope: template.includes('{scope}') ? '' : values.scope },
    pkce,
  );
}

/** RFC 6749 §4.1.1, and RFC 7636 §4.3 where the provider wants it. */
function withOAuth2Parameters(url: URL, element: Element, values: UrlValues, pkce: Pkce): string {
  const { apiKey, callbackUrl, scope, state } = values;
  setOnce(url, 'response_type', 'code');
  url.searchParams.set('client_id', apiKey);
  url.searchParams.set('redirect_uri', callbackUrl);
  if (scope) url.searchParams.set('scope', scope);
  url.searchParams.set('state', state);
  if (element.authentication.pkce === 'S256') {
    const flow = { elementKey: element.key, apiKey, callbackUrl, state };
    url.searchParams.set('code_challenge', pkce.challenge(flow));
    url.searchParams.set('code_challenge_method', 'S256');
  }
  return url.href;
}

function needsSecret(element: Element): boolean {
  return element.configuration.some((row) => row.key === 'oauth.api.secret' && row.required === true);
}

function setOnce(url: URL, name: string, value: string): void {
  if (!url.searchParams.has(name)) url.searchParams.set(name, value);
}

/** Apps on phones have schemes of their own; only what a browser would run is refused. */
export function isCallback(text: string): boolean {
  try {
    const { protocol } = new URL(text);
    return !/^(javascript|data|vbscript|file|blob):$/.test(protocol);
  } catch {
    return false;
  }
}

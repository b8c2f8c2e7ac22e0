import type { Element } from '#elements';
import { resolveConfiguration } from '#calls';
import { notOauth, oauthParametersInvalid } from '../errors.ts';
import { effectiveConfiguration } from '../instance.ts';
import type { Pkce } from './pkce.ts';

/**
 * Writes the URL that a person is sent to for consent.
 *
 * @param given the caller's parameters: `apiKey`, `apiSecret`, `callbackUrl`, `scope?`, `state?`, and any
 *   configuration key or placeholder that the element's authorization URL uses.
 * @throws 400 that names every missing or bad parameter.
 */
export function writeAuthorizeUrl(element: Element, given: Record<string, string>, pkce: Pkce): string {
  if (element.authentication.type !== 'oauth2') throw notOauth(element.key, element.authentication.type);
  const values = effectiveConfiguration(element, given);
  const apiKey = given['apiKey'] || values['oauth.api.key'] || '';
  const apiSecret = given['apiSecret'] || values['oauth.api.secret'] || '';
  const callbackUrl = given['callbackUrl'] || values['oauth.callback.url'] || '';
  const scope = given['scope'] || values['oauth.scope'] || values['scope'] || '';
  const state = given['state'] || element.key;
  const template = values['oauth.authorization.url'] ?? '';
  values['oauth.authorization.url'] = template.replaceAll('{scope}', encodeURIComponent(scope));
  const whole = resolveConfiguration(values, 'oauth.authorization.url');

  const faults: string[] = [];
  if (!apiKey) faults.push("Parameter 'apiKey' is missing: the client id of your app at the provider.");
  if (!apiSecret && needsSecret(element)) {
    faults.push("Parameter 'apiSecret' is missing: the client secret of your app at the provider.");
  }
  if (!callbackUrl)
    faults.push("Parameter 'callbackUrl' is missing: the URL that your app has registered at the provider.");
  else if (!isCallback(callbackUrl))
    faults.push("Parameter 'callbackUrl' must be an absolute URL, such as https://example.com/auth.");
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

  setOnce(url, 'response_type', 'code');
  url.searchParams.set('client_id', apiKey);
  url.searchParams.set('redirect_uri', callbackUrl);
  if (scope && !template.includes('{scope}')) url.searchParams.set('scope', scope);
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
function isCallback(text: string): boolean {
  try {
    const { protocol } = new URL(text);
    return !/^(javascript|data|vbscript|file|blob):$/.test(protocol);
  } catch {
    return false;
  }
}

import type { Calls } from '#calls';
import { authenticationKind } from '#calls';
import type { Element } from '#elements';
import type { Outbound } from '#platform/outbound';
import { notOauth1, oauthParametersInvalid } from '../errors.ts';
import { missingForOauth, readUrlValues, writeAuthorizeUrl } from './authorize-url.ts';
import { getRequestToken } from './oauth1.ts';
import type { RequestToken } from './oauth1.ts';
import { runTokenResource } from './own-resource.ts';
import type { Pkce } from './pkce.ts';

/** What happens before a person consents. */
export interface FirstHalf {
  /** @throws 400 that names every missing or bad parameter. */
  authorizeUrl(element: Element, given: Record<string, string>, tenant: string): Promise<string>;
  /** For OAuth 1: what `requestToken` of the URL needs, and the secret to send when the account is connected. */
  requestToken(element: Element, given: Record<string, string>, tenant: string): Promise<RequestToken>;
}

export function createFirstHalf(parts: { calls: Calls; outbound: Outbound; pkce: Pkce }): FirstHalf {
  const { calls, outbound, pkce } = parts;
  return {
    async authorizeUrl(element, given, tenant) {
      const own = element.ofType('oauthOnAuthorizeUrl')[0];
      if (!own) return writeAuthorizeUrl(element, given, pkce);
      const values = readUrlValues(element, given);
      const faults = missingForOauth(element, values);
      if (faults.length > 0) throw oauthParametersInvalid(faults);
      const texts = { ...given, state: values.state, scope: values.scope };
      const configuration = { ...texts, ...values.configuration };
      const input = {
        method: own.method,
        path: own.path,
        pathVariables: texts,
        query: texts,
        headers: {},
        body: { kind: 'none' as const },
      };
      const url = await calls.writeUrl(own, input, { element, configuration, tenant });
      if (/^https?:\/\//i.test(url)) return url;
      throw oauthParametersInvalid([`The element's authorization URL '${url}' is no http or https URL.`]);
    },

    async requestToken(element, given, tenant) {
      if (authenticationKind(element) !== 'oauth1') throw notOauth1(element.key, element.authentication.type);
      const values = readUrlValues(element, given);
      const faults = missingForOauth(element, values);
      if (faults.length > 0) throw oauthParametersInvalid(faults);
      const own = element.ofType('oauth1OnTokenRequest')[0] ?? element.ofType('oauthOnTokenRequest')[0];
      const { configuration } = values;
      if (!own) return getRequestToken(outbound, element, configuration);
      return askOwn(calls, own, { element, configuration, tenant }, given);
    },
  };
}

async function askOwn(
  calls: Calls,
  own: Parameters<typeof runTokenResource>[1],
  target: Parameters<typeof runTokenResource>[2],
  given: Record<string, string>,
): Promise<RequestToken> {
  const result = await runTokenResource(calls, own, target, given, 0);
  if (result.kind === 'refused')
    throw oauthParametersInvalid([
      `${target.element.name} gave no request token: ${result.providerMessage ?? ''}`,
    ]);
  const { tokens } = result;
  return {
    token: tokens['oauth_token'] ?? tokens['oauth.user.token'] ?? '',
    secret: tokens['oauth_token_secret'] ?? tokens['oauth.user.token.secret'] ?? '',
  };
}

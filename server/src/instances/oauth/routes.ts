import { Type, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { toText } from '#kernel/json';
import type { Catalog, Element, Scope } from '#elements';
import { oauthAppNotFound, oauthParametersInvalid } from '../errors.ts';
import { effectiveConfiguration } from '../instance.ts';
import type { InstanceDesk } from '../instances.ts';
import { mountApps } from './app-routes.ts';
import { mountProxies } from './proxy-routes.ts';
import type { ProxiedConsent } from './proxies.ts';

const elementParams = Type.Object({ keyOrId: Type.String({ description: 'Key or id of the element' }) });
const oauthReply = Type.Object({ element: Type.String(), oauthUrl: Type.String() }, { title: 'OauthUrl' });
const proxyParameters = {
  isOauthProxy: Type.Optional(Type.Unknown({ description: 'true: the consent goes through a proxy' })),
  oauthProxyName: Type.Optional(Type.String({ description: 'Name of your OAuth proxy' })),
  callbackProxy: Type.Optional(
    Type.String({ description: 'With a proxy: where it sends the person on to; the proxy must allow it' }),
  ),
};
const common = {
  callbackUrl: Type.Optional(
    Type.String({ description: 'URL that your app has registered at the provider' }),
  ),
  scope: Type.Optional(Type.String({ description: 'Scopes to ask for; the element has a default' })),
  state: Type.Optional(
    Type.String({ description: "Comes back with the callback; the element's key by default" }),
  ),
  ...proxyParameters,
};
const query = Type.Object(
  {
    apiKey: Type.Optional(
      Type.String({ description: 'Client id of your app at the provider; by default the stored app' }),
    ),
    apiSecret: Type.Optional(Type.String({ description: 'Client secret of your app at the provider' })),
    ...common,
    requestToken: Type.Optional(Type.String({ description: 'For OAuth 1: from /oauth/token' })),
  },
  { additionalProperties: true },
);

/** What is found out of a request before a person consents. */
interface FirstStep {
  element: Element;
  tenant: string;
  given: Record<string, string>;
  proxied: ProxiedConsent | undefined;
}

/** What happens before a person consents: where to send them, with which app, and for OAuth 1 with which token. */
export function mountOauth(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  mountApps(app, desk.apps, catalog);
  mountProxies(app, desk.proxies);
  mountUrls(app, desk, catalog);
}

function mountUrls(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  const begin = (keyOrId: string, parameters: Record<string, unknown>, scope: Scope | null) =>
    beginConsent(desk, catalog, { keyOrId, parameters, scope });
  const url = async (keyOrId: string, parameters: Record<string, unknown>, scope: Scope | null) => {
    const step = await begin(keyOrId, parameters, scope);
    return { element: step.element.key, oauthUrl: await writeUrl(desk, step) };
  };
  const always = { audit: 'none' as const, tags: ['Elements'] };
  route(app, {
    ...always,
    method: 'GET',
    path: '/elements/:keyOrId/oauth/url',
    access: 'anyone:viewElements',
    needs: 'An element with OAuth',
    summary: "Where to send a person for consent: the element's OAuth URL",
    schema: { params: elementParams, querystring: query, response: { 200: oauthReply } },
    handler: ({ params, query: given, principal }) => url(params.keyOrId, given, principal),
  });
  route(app, {
    ...always,
    method: 'POST',
    path: '/elements/:keyOrId/oauth/url',
    access: 'anyone:viewElements',
    summary: 'The same, with the parameters in the body',
    schema: { params: elementParams, body: query, response: { 200: oauthReply } },
    exists: ({ params, principal }) => catalog.get(params.keyOrId, principal ?? undefined),
    handler: ({ params, body, query: given, principal }) =>
      url(params.keyOrId, { ...given, ...body }, principal),
  });
  route(app, {
    ...always,
    method: 'GET',
    path: '/elements/:keyOrId/oauth/token',
    // It calls the provider, which must not be done for nobody.
    access: 'user:viewElements',
    needs: 'An element with OAuth 1',
    summary: 'For OAuth 1: a request token and its secret, before the OAuth URL',
    schema: {
      params: elementParams,
      querystring: query,
      response: { 200: Type.Object({ token: Type.String(), secret: Type.String() }) },
    },
    handler: async ({ params, query: given, principal }) =>
      askForToken(desk, await begin(params.keyOrId, given, principal)),
  });
  route(app, {
    ...always,
    method: 'GET',
    path: '/elements/:keyOrId/oauth/url/default',
    access: 'user:viewElements',
    summary:
      'The OAuth URL with the stored app, or the one that the operator lends; for OAuth 1 with its token',
    schema: {
      params: elementParams,
      querystring: Type.Object(common, { additionalProperties: true }),
      response: {
        200: Type.Object({
          ...oauthReply.properties,
          configuration: Type.Optional(
            Type.Object({ secret: Type.String({ description: 'For OAuth 1: of the request token' }) }),
          ),
        }),
      },
    },
    handler: async ({ params, query: given, principal }) => {
      const { apiKey: _key, apiSecret: _secret, ...rest } = given as Record<string, unknown>;
      const step = await begin(params.keyOrId, rest, principal);
      const { element } = step;
      if (!effectiveConfiguration(element, {})['oauth.api.key']) throw oauthAppNotFound(element.key);
      const { oauthUrl, secret } = await writeWholeUrl(desk, step);
      return { element: element.key, oauthUrl, ...(secret !== undefined && { configuration: { secret } }) };
    },
  });
}

/** The OAuth URL of any kind; for OAuth 1 with the request token that it needs, and the secret of that. */
export async function writeWholeUrl(
  desk: InstanceDesk,
  step: FirstStep,
): Promise<{ oauthUrl: string; secret?: string }> {
  if (step.element.authentication.type !== 'oauth1') return { oauthUrl: await writeUrl(desk, step) };
  const { token, secret } = await askForToken(desk, step);
  const withToken = { ...step, given: { ...step.given, requestToken: token } };
  return { oauthUrl: await writeUrl(desk, withToken), secret };
}

export async function beginConsent(
  { apps, proxies }: InstanceDesk,
  catalog: Catalog,
  asked: { keyOrId: string; parameters: Record<string, unknown>; scope: Scope | null },
): Promise<FirstStep> {
  const { scope } = asked;
  const known = await catalog.get(asked.keyOrId, scope ?? undefined);
  const { isOauthProxy, oauthProxyName, callbackProxy, ...given } = toTexts(asked.parameters);
  const client = {
    'oauth.api.key': given['apiKey'] || given['oauth.api.key'],
    'oauth.api.secret': given['apiSecret'] || given['oauth.api.secret'],
  };
  const { element } = scope ? await apps.lend(known, scope, client) : { element: known };
  // Whoever shows no credentials shares one isolate with everybody else who shows none.
  const tenant = scope ? String(scope.organizationId) : 'nobody';
  if (isOauthProxy !== 'true') return { element, tenant, given, proxied: undefined };
  if (!scope)
    throw oauthParametersInvalid([
      'An OAuth proxy belongs to an account: send the Authorization header of yours.',
    ]);
  const proxied = await proxies.begin(scope, { name: oauthProxyName, applicationUrl: callbackProxy });
  return { element, tenant, given: { ...given, callbackUrl: proxied.callbackUrl }, proxied };
}

async function writeUrl(desk: InstanceDesk, { element, tenant, given, proxied }: FirstStep): Promise<string> {
  const url = await desk.oauth.authorizeUrl(element, given, tenant);
  // The state of OAuth 1 went with the request token.
  if (!proxied || element.authentication.type === 'oauth1') return url;
  const signed = new URL(url);
  signed.searchParams.set('state', proxied.sign(given['state'] || element.key));
  return signed.href;
}

function askForToken(desk: InstanceDesk, { element, tenant, given, proxied }: FirstStep) {
  if (!proxied) return desk.oauth.requestToken(element, given, tenant);
  const callback = new URL(proxied.callbackUrl);
  callback.searchParams.set('state', proxied.sign(given['state'] || element.key));
  return desk.oauth.requestToken(element, { ...given, callbackUrl: callback.href }, tenant);
}

/** Of a parameter that came several times, the last is meant. */
function toTexts(given: Record<string, unknown>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (last !== null && last !== undefined) texts[name] = toText(last);
  }
  return texts;
}

import { Type, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { toText } from '#kernel/json';
import type { Catalog, Scope } from '#elements';
import type { InstanceDesk } from '../instances.ts';

const elementParams = Type.Object({ keyOrId: Type.String({ description: 'Key or id of the element' }) });
const oauthReply = Type.Object({ element: Type.String(), oauthUrl: Type.String() });
const query = Type.Object(
  {
    apiKey: Type.Optional(Type.String({ description: 'Client id of your app at the provider' })),
    apiSecret: Type.Optional(Type.String({ description: 'Client secret of your app at the provider' })),
    callbackUrl: Type.Optional(
      Type.String({ description: 'URL that your app has registered at the provider' }),
    ),
    scope: Type.Optional(Type.String({ description: 'Scopes to ask for; the element has a default' })),
    requestToken: Type.Optional(Type.String({ description: 'For OAuth 1: from /oauth/token' })),
    state: Type.Optional(
      Type.String({ description: "Comes back with the callback; the element's key by default" }),
    ),
  },
  { additionalProperties: true },
);

/** What happens before a person consents: where to send them, and for OAuth 1 with which token. */
export function mountOauth(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  const common = { access: 'anyone:viewElements' as const, audit: 'none' as const, tags: ['Elements'] };
  const find = async (keyOrId: string, scope: Scope | null) => ({
    element: await catalog.get(keyOrId, scope ?? undefined),
    // Whoever shows no credentials shares one isolate with everybody else who shows none.
    tenant: scope ? String(scope.organizationId) : 'nobody',
  });
  const url = async (keyOrId: string, given: Record<string, unknown>, scope: Scope | null) => {
    const { element, tenant } = await find(keyOrId, scope);
    return { element: element.key, oauthUrl: await desk.oauth.authorizeUrl(element, toTexts(given), tenant) };
  };
  route(app, {
    ...common,
    method: 'GET',
    path: '/elements/:keyOrId/oauth/url',
    summary: "Where to send a person for consent: the element's OAuth URL",
    schema: { params: elementParams, querystring: query, response: { 200: oauthReply } },
    handler: ({ params, query: given, principal }) => url(params.keyOrId, given, principal),
  });
  route(app, {
    ...common,
    method: 'POST',
    path: '/elements/:keyOrId/oauth/url',
    summary: 'The same, with the parameters in the body',
    schema: { params: elementParams, body: query, response: { 200: oauthReply } },
    handler: ({ params, body, query: given, principal }) =>
      url(params.keyOrId, { ...given, ...body }, principal),
  });
  route(app, {
    ...common,
    method: 'GET',
    path: '/elements/:keyOrId/oauth/token',
    // It calls the provider, which must not be done for nobody.
    access: 'user:viewElements',
    summary: 'For OAuth 1: a request token and its secret, before the OAuth URL',
    schema: {
      params: elementParams,
      querystring: query,
      response: { 200: Type.Object({ token: Type.String(), secret: Type.String() }) },
    },
    handler: async ({ params, query: given, principal }) => {
      const { element, tenant } = await find(params.keyOrId, principal);
      return desk.oauth.requestToken(element, toTexts(given), tenant);
    },
  });
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

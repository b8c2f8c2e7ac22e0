import { Type, apiBase, integerText, pageOnly, replyPage, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { cutPage } from '#kernel/page';
import type { OauthProxies } from './proxies.ts';

const tags = ['Elements'];
const params = Type.Object({
  id: Type.String({ ...integerText, description: 'Id of the proxy' }),
});
const shortText = { minLength: 1, maxLength: 2000, pattern: '^[^\\u0000]*$' };
const proxyReply = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    callbackUrl: Type.String({ description: 'Register it at the provider' }),
    applicationUrls: Type.Array(Type.String(), { description: 'Where people may be sent on to' }),
    createdDate: Type.String(),
  },
  { title: 'OauthProxy' },
);

/** Proxies: one callback URL at the provider for several applications. */
export function mountProxies(app: FastifyInstance, proxies: OauthProxies): void {
  mountRecords(app, proxies);
  mountUrls(app, proxies);
  route(app, {
    method: 'GET',
    path: callbackPath,
    access: 'public',
    needs: 'A person who comes back from a provider',
    audit: 'none',
    summary: 'Where a provider sends a person after consent through a proxy: on to the application',
    tags,
    failures: { 302: 'On to the application, with what the provider said' },
    handler: async ({ query }, reply) => reply.redirect(await proxies.finish(query)),
  });
}

const callbackPath = '/oauth/callback';

function mountRecords(app: FastifyInstance, proxies: OauthProxies): void {
  route(app, {
    tags,
    access: 'user:editElements',
    method: 'POST',
    path: '/elements/oauthProxies',
    audit: 'oauth-proxy.create',
    summary: 'Make an OAuth proxy: one callback URL that sends people on to several applications',
    failures: { 409: 'Your account has a proxy of this name already' },
    schema: {
      body: Type.Object(
        {
          name: Type.String({ ...shortText, maxLength: 200 }),
          callbackUrl: Type.Optional(
            Type.String({
              ...shortText,
              description: 'Where providers reach this server; by default as this request did',
            }),
          ),
        },
        { additionalProperties: true },
      ),
      response: { 200: proxyReply },
    },
    handler: (request) => {
      const { name, callbackUrl } = request.body;
      const here = `${request.protocol}://${request.host}${apiBase}${callbackPath}`;
      return proxies.create(request.principal, { name, callbackUrl: callbackUrl ?? here });
    },
  });
  route(app, {
    tags,
    access: 'user:viewElements',
    method: 'GET',
    path: '/elements/oauthProxies',
    audit: 'none',
    summary: 'List your OAuth proxies, and those of your organization',
    schema: { querystring: pageOnly, response: { 200: Type.Array(proxyReply) } },
    handler: async ({ principal, query }, reply) =>
      replyPage(reply, cutPage(await proxies.list(principal), query)),
  });
  route(app, {
    tags,
    access: 'user:viewElements',
    method: 'GET',
    path: '/elements/oauthProxies/:id',
    audit: 'none',
    summary: 'One OAuth proxy',
    schema: { params, response: { 200: proxyReply } },
    handler: ({ principal, params: { id } }) => proxies.get(principal, Number(id)),
  });
  route(app, {
    tags,
    access: 'user:editElements',
    method: 'DELETE',
    path: '/elements/oauthProxies/:id',
    audit: 'oauth-proxy.remove',
    summary: 'Delete an OAuth proxy of your own',
    schema: { params },
    handler: async ({ principal, params: { id } }) => {
      await proxies.remove(principal, Number(id));
      return {};
    },
  });
}

function mountUrls(app: FastifyInstance, proxies: OauthProxies): void {
  for (const [method, change, summary] of [
    ['POST', proxies.allow, 'Let a proxy send people on to an application: a URL, in which * is anything'],
    ['DELETE', proxies.disallow, 'Stop a proxy from sending people on to an application'],
  ] as const) {
    route(app, {
      method,
      path: '/elements/oauthProxies/:id/applicationUrl',
      access: 'user:editElements',
      audit: 'oauth-proxy.update',
      summary,
      tags,
      schema: {
        params,
        querystring: Type.Object({ applicationUrl: Type.String(shortText) }, { additionalProperties: true }),
        response: { 200: proxyReply },
      },
      exists: ({ principal, params: { id } }) => proxies.get(principal, Number(id)),
      handler: ({ principal, params: { id }, query }) => change(principal, Number(id), query.applicationUrl),
    });
  }
}

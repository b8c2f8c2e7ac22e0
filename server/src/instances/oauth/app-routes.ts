import { Type, pageOnly, replyPage, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { cutPage } from '#kernel/page';
import type { Catalog } from '#elements';
import { mask } from '../secret.ts';
import type { OauthApp, OauthApps } from './apps.ts';

const tags = ['Elements'];
const params = Type.Object({ keyOrId: Type.String({ description: 'Key or id of the element' }) });
const text = (description: string) =>
  Type.Optional(
    Type.Union([Type.String({ maxLength: 4000, pattern: '^[^\\u0000]*$' }), Type.Null()], { description }),
  );
const body = Type.Object(
  {
    apiKey: text('Client id of the app at the provider; required at first'),
    apiSecret: text('Client secret; not for apps that have none'),
    callbackUrl: text('URL that the app has registered at the provider'),
    scope: text('Scopes to ask for, in place of the default of the element'),
  },
  { title: 'OauthAppChange', additionalProperties: true },
);
const appReply = Type.Object(
  {
    id: Type.Integer(),
    elementKey: Type.String(),
    elementId: Type.Optional(Type.Integer({ description: 'Of an element of your own' })),
    apiKey: Type.String({ description: 'Masked' }),
    apiSecret: Type.Optional(Type.String({ description: 'Masked' })),
    callbackUrl: Type.Optional(Type.String()),
    scope: Type.Optional(Type.String()),
    shared: Type.Boolean({
      description: 'Stored by the default account, for all accounts of the organization',
    }),
    createdDate: Type.String(),
    updatedDate: Type.String(),
  },
  { title: 'OauthApp' },
);

/** The apps that are stored for elements, so that callers need not send client id and secret. */
export function mountApps(app: FastifyInstance, apps: OauthApps, catalog: Catalog): void {
  const path = '/elements/:keyOrId/oauth/app';
  route(app, {
    tags,
    access: 'user:viewElements',
    method: 'GET',
    path: '/elements/oauthApps',
    audit: 'none',
    summary: 'List the OAuth apps that are stored for elements, their credentials masked',
    schema: { querystring: pageOnly, response: { 200: Type.Array(appReply) } },
    handler: async ({ principal, query }, reply) =>
      replyPage(reply, cutPage((await apps.list(principal)).map(show), query)),
  });
  route(app, {
    tags,
    access: 'user:viewElements',
    method: 'GET',
    path,
    audit: 'none',
    summary: 'The OAuth app that is stored for an element: your own, or the one of your organization',
    schema: { params, response: { 200: appReply } },
    handler: async ({ principal, params: asked }) =>
      show(await apps.get(principal, await catalog.get(asked.keyOrId, principal))),
  });
  for (const method of ['PUT', 'PATCH'] as const) {
    route(app, {
      tags,
      access: 'user:editElements',
      method,
      path,
      audit: 'oauth-app.store',
      summary: 'Store an OAuth app of your own for an element; absent members and masks stay as they are',
      description: 'What the default account stores is used by all accounts of the organization.',
      schema: { params, body, response: { 200: appReply } },
      exists: ({ principal, params: asked }) => catalog.get(asked.keyOrId, principal),
      handler: async ({ principal, params: asked, body: wish }) =>
        show(await apps.put(principal, await catalog.get(asked.keyOrId, principal), wish)),
    });
  }
  route(app, {
    tags,
    access: 'user:editElements',
    method: 'DELETE',
    path,
    audit: 'oauth-app.remove',
    summary: 'Delete your OAuth app of an element; accounts connected with it cannot be refreshed any more',
    schema: { params },
    handler: async ({ principal, params: asked }) => {
      await apps.remove(principal, await catalog.get(asked.keyOrId, principal));
      return {};
    },
  });
}

function show(app: OauthApp) {
  return {
    id: app.id,
    elementKey: app.elementKey,
    elementId: app.elementId,
    apiKey: mask,
    apiSecret: app.apiSecret === '' ? null : mask,
    callbackUrl: app.callbackUrl,
    scope: app.scope,
    shared: app.isShared,
    createdDate: app.createdAt.toISOString(),
    updatedDate: app.updatedAt.toISOString(),
  };
}

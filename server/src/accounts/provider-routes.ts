import { parseJson, stringifyJson } from '#kernel/json';
import { cutPage } from '#kernel/page';
import { type FastifyInstance, Type, pageOnly, replyPage, route } from '#platform/http';
import { identityProviderNotFound } from './errors.ts';
import type { Caller } from './principal.ts';
import type { ProviderRow, ProviderScope, ProviderStore } from './provider-store.ts';
import { idParams } from './shapes.ts';

const tags = ['Identity providers'];
const document = Type.Object({}, { additionalProperties: true, description: 'Kept and given back as it is' });
const reply = Type.Object({ id: Type.Integer() }, { additionalProperties: true });

/** Identity providers of the own account, or of the organization. */
export function mountIdentityProviders(app: FastifyInstance, store: ProviderStore): void {
  mountLevel(app, store, {
    path: '/accounts/identity-providers',
    whose: 'your account',
    access: 'user:editSettingsAccount',
    scopeOf: ({ organizationId, accountId }) => ({ organizationId, accountId }),
  });
  mountLevel(app, store, {
    path: '/organizations/identity-providers',
    whose: 'your organization',
    access: 'user:modifySecurity',
    scopeOf: ({ organizationId }) => ({ organizationId, accountId: null }),
  });
}

interface Level {
  path: string;
  whose: string;
  access: 'user:editSettingsAccount' | 'user:modifySecurity';
  scopeOf(caller: Caller): ProviderScope;
}

function mountLevel(
  app: FastifyInstance,
  store: ProviderStore,
  { path, whose, access, scopeOf }: Level,
): void {
  const common = { access, tags };
  const one = `${path}/:id`;
  const get = async (principal: Caller, id: number) => {
    const row = await store.find(scopeOf(principal), id);
    if (!row) throw identityProviderNotFound(id);
    return show(row);
  };
  route(app, {
    ...common,
    method: 'GET',
    path,
    audit: 'none',
    summary: `List the identity providers of ${whose}`,
    schema: { querystring: pageOnly, response: { 200: Type.Array(reply) } },
    handler: async ({ principal, query }, sent) =>
      replyPage(sent, cutPage((await store.list(scopeOf(principal))).map(show), query)),
  });
  route(app, {
    ...common,
    method: 'POST',
    path,
    audit: 'identityProvider.create',
    summary: `Add an identity provider to ${whose}`,
    schema: { body: document, response: { 200: reply } },
    handler: async ({ principal, body }) => {
      const text = stringifyJson(body);
      return show({ id: await store.insert(scopeOf(principal), text), document: text });
    },
  });
  route(app, {
    ...common,
    method: 'GET',
    path: one,
    audit: 'none',
    summary: `One identity provider of ${whose}`,
    schema: { params: idParams, response: { 200: reply } },
    handler: ({ principal, params }) => get(principal, params.id),
  });
  for (const method of ['PUT', 'PATCH'] as const) {
    route(app, {
      ...common,
      method,
      path: one,
      audit: 'identityProvider.update',
      summary: `Change the given fields of an identity provider of ${whose}`,
      schema: { params: idParams, body: document, response: { 200: reply } },
      exists: ({ principal, params }) => get(principal, params.id),
      handler: async ({ principal, params, body }) => {
        const text = stringifyJson({ ...(await get(principal, params.id)), ...(body as object) });
        await store.update(scopeOf(principal), params.id, text);
        return show({ id: params.id, document: text });
      },
    });
  }
  route(app, {
    ...common,
    method: 'DELETE',
    path: one,
    audit: 'identityProvider.remove',
    summary: `Delete an identity provider of ${whose}`,
    schema: { params: idParams },
    handler: async ({ principal, params }) => {
      await get(principal, params.id);
      await store.remove(scopeOf(principal), params.id);
      return {};
    },
  });
}

/** The id is ours, whatever the document says. */
function show({ id, document: text }: ProviderRow) {
  return { ...(parseJson(text) as Record<string, unknown>), id };
}

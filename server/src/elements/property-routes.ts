import { cutPage } from '#kernel/page';
import { Type, authenticate, pageOnly, replyPage, route } from '#platform/http';
import type { FastifyInstance, FastifyRequest } from '#platform/http';
import type { Catalog } from './catalog.ts';
import { elementsUnknown } from './errors.ts';
import type { PropertyStore, ViewOwner } from './property-store.ts';

const path = '/catalog-properties';
const tags = ['Elements'];
const entityType = {
  entityType: Type.Optional(
    Type.Union([Type.Literal('user'), Type.Literal('account'), Type.Literal('organization')], {
      description: 'Whose view of the catalog; your own (user) by default',
    }),
  ),
};
const property = Type.Object(
  {
    elementId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    hidden: Type.Optional(Type.Boolean()),
    position: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000 }), Type.Null()])),
    featured: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: true },
);
const reply = Type.Array(
  Type.Object({
    elementId: Type.Integer(),
    hidden: Type.Boolean(),
    position: Type.Optional(Type.Integer()),
    featured: Type.Boolean(),
  }),
);

/** What a user needs to say how others see the catalog. */
const neededFor = { account: 'user:editSettingsAccount', organization: 'user:editOrg' } as const;

/** How elements are shown in a catalog: in which order, and which not. */
export function mountCatalogProperties(app: FastifyInstance, catalog: Catalog, store: PropertyStore): void {
  route(app, {
    method: 'GET',
    path,
    access: 'user:any',
    audit: 'none',
    summary: 'How elements are shown in your catalog',
    tags,
    schema: {
      querystring: Type.Object({ ...pageOnly.properties, ...entityType }, { additionalProperties: true }),
      response: { 200: reply },
    },
    handler: async ({ principal, query }, sent) =>
      replyPage(sent, cutPage(await store.list(ownerOf(principal, query.entityType)), query)),
  });
  route(app, {
    method: 'PUT',
    path,
    access: 'user:any',
    audit: 'catalog.update',
    summary: 'Say how elements are shown; others stay as they are, and an empty list forgets all',
    tags,
    schema: {
      querystring: Type.Object(entityType, { additionalProperties: true }),
      body: Type.Array(property, { maxItems: 5000 }),
      response: { 200: reply },
    },
    handler: async (request) => {
      const { principal, query, body } = request;
      const level = query.entityType ?? 'user';
      if (level !== 'user') await authenticate(request as FastifyRequest, neededFor[level]);
      const owner = ownerOf(principal, level);
      const properties = new Map(
        body.map(({ elementId, hidden = false, position = null, featured = false }) => [
          elementId,
          { elementId, hidden, position, featured },
        ]),
      );
      const unknown: number[] = [];
      for (const id of properties.keys()) if (!(await catalog.find(id, principal))) unknown.push(id);
      if (unknown.length > 0) throw elementsUnknown(unknown);
      if (properties.size === 0) await store.clear(owner);
      else await store.put(owner, [...properties.values()]);
      return store.list(owner);
    },
  });
}

function ownerOf(
  caller: { organizationId: number; accountId: number; userId: number },
  level: ViewOwner['level'] = 'user',
): ViewOwner {
  const { organizationId } = caller;
  const ownerId = { user: caller.userId, account: caller.accountId, organization: organizationId }[level];
  return { organizationId, level, ownerId };
}

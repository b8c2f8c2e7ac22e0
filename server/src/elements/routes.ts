import { Type, pageOnly, pagingQuery, replyPage, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { cutPage } from '#kernel/page';
import type { Catalog } from './catalog.ts';
import { describeElement } from './describe.ts';
import { listElements, streamElements } from './list.ts';
import type { ElementStore } from './store.ts';

const tags = ['Elements'];

export const elementParams = Type.Object({
  keyOrId: Type.String({ description: 'Key or id of the element' }),
});

export const elementReply = Type.Object(
  {
    id: Type.Integer(),
    key: Type.String(),
    name: Type.String(),
    hub: Type.String(),
    description: Type.String(),
    active: Type.Boolean(),
    deleted: Type.Boolean(),
    typeOauth: Type.Boolean(),
    trialAccount: Type.Boolean(),
    configDescription: Type.Optional(Type.String()),
    signupURL: Type.Optional(Type.String()),
  },
  { title: 'Element', additionalProperties: true },
);

const listQuery = Type.Object(
  {
    ...pagingQuery,
    pageSize: Type.Optional(
      Type.String({ description: 'At most 1000; 200 by default. Who asks for no page gets all' }),
    ),
    where: Type.Optional(
      Type.String({ description: "CEQL, such as key = 'x' or hub IN ('crm', 'marketing')" }),
    ),
    searchText: Type.Optional(Type.String({ description: 'Part of the name, key or description' })),
    orderBy: Type.Optional(Type.String({ description: 'Such as name desc, id' })),
    abridged: Type.Optional(
      Type.String({ description: 'true leaves out configuration, resources and other long lists' }),
    ),
  },
  { additionalProperties: true },
);

/** Reading the catalog. It needs no credentials; with them, the caller's own elements are there too. */
export function mountCatalog(app: FastifyInstance, catalog: Catalog, store: ElementStore): void {
  route(app, {
    method: 'GET',
    path: '/elements',
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'List the elements that can be used: the catalog, and your own',
    tags,
    schema: { querystring: listQuery, response: { 200: Type.Array(elementReply) } },
    handler: async ({ query, principal }, reply) => {
      const { rows, headers, isAbridged } = await listElements({ catalog, store }, principal, query);
      reply.headers(headers);
      if (isAbridged) return rows;
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .send(streamElements(catalog, principal, rows, query.fields ?? ''));
    },
  });
  route(app, {
    method: 'GET',
    path: '/elements/keys',
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'List the keys of all elements',
    tags,
    schema: { querystring: pageOnly, response: { 200: Type.Array(Type.String()) } },
    handler: async ({ principal, query }, reply) => {
      const keys = catalog.shipped.all().map(({ key }) => key);
      const all = principal ? [...new Set([...keys, ...(await store.listKeys(principal))])] : keys;
      return replyPage(reply, cutPage(all, query));
    },
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId',
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'One element: its configuration, resources, hooks and models',
    tags,
    schema: { params: elementParams, response: { 200: elementReply } },
    handler: async ({ params, principal }) =>
      describeElement(await catalog.get(params.keyOrId, principal ?? undefined)),
  });
}

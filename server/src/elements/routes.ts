import { Type, route } from '#platform/http';
import type { FastifyInstance, FastifyReply } from '#platform/http';
import { parseCeql, toPredicate } from '#platform/ceql';
import { encodePageToken, pageNumber, readPage } from '#kernel/page';
import type { Catalog } from './catalog.ts';
import { abridgeElement, describeElement } from './describe.ts';
import type { ElementView } from './describe.ts';

const tags = ['Elements'];

const elementReply = Type.Object(
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
  { additionalProperties: true },
);

const listQuery = Type.Object(
  {
    page: Type.Optional(Type.String({ description: 'First page is 1' })),
    pageSize: Type.Optional(Type.String({ description: 'At most 1000; 200 by default' })),
    nextPage: Type.Optional(Type.String({ description: 'elements-next-page-token of the page before' })),
    where: Type.Optional(
      Type.String({ description: "CEQL, such as key = 'x' or hub IN ('crm', 'marketing')" }),
    ),
    abridged: Type.Optional(
      Type.String({ description: 'true leaves out configuration, resources and other long lists' }),
    ),
  },
  { additionalProperties: true },
);

/** The catalog over HTTP. Reading it needs no credentials. */
export function mountElements(app: FastifyInstance, catalog: Catalog): void {
  route(app, {
    method: 'GET',
    path: '/elements',
    access: 'public',
    audit: 'none',
    summary: 'List the elements of the catalog',
    tags,
    schema: { querystring: listQuery, response: { 200: Type.Array(elementReply) } },
    handler: ({ query }, reply) => answerList(catalog, query, reply),
  });
  route(app, {
    method: 'GET',
    path: '/elements/keys',
    access: 'public',
    audit: 'none',
    summary: 'List the keys of all elements',
    tags,
    schema: { response: { 200: Type.Array(Type.String()) } },
    handler: () => catalog.all().map(({ key }) => key),
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId',
    access: 'public',
    audit: 'none',
    summary: 'One element: its configuration, resources, hooks and models',
    tags,
    schema: {
      params: Type.Object({ keyOrId: Type.String({ description: 'Key or id of the element' }) }),
      response: { 200: elementReply },
    },
    handler: ({ params }) => describeElement(catalog.get(params.keyOrId)),
  });
}

interface ListQuery {
  page?: string;
  pageSize?: string;
  nextPage?: string;
  where?: string;
  abridged?: string;
}

function answerList(catalog: Catalog, query: ListQuery, reply: FastifyReply): ElementView[] {
  const asked = readPage(query, { defaultSize: 200, maxSize: 1000 });
  const page = pageNumber(asked);
  const matches = query.where ? toPredicate(parseCeql(query.where)) : () => true;
  const all = catalog
    .all()
    .map(query.abridged === 'true' ? abridgeElement : describeElement)
    .filter(matches);
  const shown = all.slice((page - 1) * asked.pageSize, page * asked.pageSize);
  reply
    .header('elements-returned-count', String(shown.length))
    .header('elements-total-count', String(all.length));
  if (page * asked.pageSize < all.length) {
    reply.header('elements-next-page-token', encodePageToken({ page: page + 1 }));
  }
  return shown;
}

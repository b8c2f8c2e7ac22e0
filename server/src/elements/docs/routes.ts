import { Type, pagingQuery, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import type { Catalog } from '../catalog.ts';
import { elementParams } from '../routes.ts';
import { anything, baseUrlOf, docsQuery, writeDocument } from './document-query.ts';
import { describeCapabilities } from './element-metadata.ts';
import { mountHubs } from './hub-routes.ts';
import type { Hubs } from './hubs.ts';
import { writeSwagger } from './swagger.ts';

interface Parts {
  catalog: Catalog;
  hubs: Hubs;
}

/** What elements say of themselves: Swagger documents, capabilities, hubs. */
export function mountDocs(app: FastifyInstance, parts: Parts): void {
  mountElementDocs(app, parts);
  mountCapabilities(app, parts);
  mountHubs(app, parts.hubs);
}

function mountElementDocs(app: FastifyInstance, { catalog }: Parts): void {
  for (const suffix of ['docs', 'lbdocs'] as const) {
    route(app, {
      method: 'GET',
      path: `/elements/:keyOrId/${suffix}`,
      access: 'anyone:viewElements',
      audit: 'none',
      summary: 'Swagger 2.0 of what an element offers',
      tags: ['Elements'],
      schema: { params: elementParams, querystring: docsQuery, response: { 200: anything } },
      handler: async (request) => {
        const element = await catalog.get(request.params.keyOrId, request.principal ?? undefined);
        return writeDocument(request, writeSwagger(element, { baseUrl: baseUrlOf(request) }));
      },
    });
  }
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/docs/:operationId',
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'Swagger 2.0 of one operation',
    tags: ['Elements'],
    schema: {
      params: Type.Object({ ...elementParams.properties, operationId: Type.String() }),
      querystring: docsQuery,
      response: { 200: anything },
    },
    handler: async (request) => {
      const { keyOrId, operationId } = request.params;
      const element = await catalog.get(keyOrId, request.principal ?? undefined);
      return writeDocument(request, writeSwagger(element, { baseUrl: baseUrlOf(request), operationId }));
    },
  });
}

const pageQuery = Type.Object(
  {
    ...pagingQuery,
    pageSize: Type.Optional(Type.String({ description: 'At most 1000; 200 by default' })),
    expand: Type.Optional(Type.String({ description: 'true adds all that is known' })),
  },
  { additionalProperties: true },
);

function mountCapabilities(app: FastifyInstance, { catalog, hubs }: Parts): void {
  route(app, {
    method: 'GET',
    path: '/elements/metadata',
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'What each element can do',
    tags: ['Elements'],
    schema: { querystring: pageQuery, response: { 200: Type.Array(anything) } },
    handler: async ({ principal, query }, reply) => {
      const { rows, headers } = await hubs.page(undefined, principal, query);
      reply.headers(headers);
      return rows.map(
        (element) => describeCapabilities(element, query.expand === 'true') as Record<never, never>,
      );
    },
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/metadata',
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'What an element can do',
    tags: ['Elements'],
    schema: {
      params: elementParams,
      querystring: Type.Object({ expand: Type.Optional(Type.String()) }, { additionalProperties: true }),
      response: { 200: anything },
    },
    handler: async ({ params, query, principal }) =>
      describeCapabilities(
        await catalog.get(params.keyOrId, principal ?? undefined),
        query.expand === 'true',
      ) as Record<never, never>,
  });
}

import { Type, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { mergeDocuments } from './hub-document.ts';
import type { Hubs } from './hubs.ts';
import { anything, baseUrlOf, docsQuery, writeDocument } from './document-query.ts';
import { writeSwagger } from './swagger.ts';

const hubReply = Type.Object(
  {
    key: Type.String(),
    name: Type.String(),
    description: Type.String(),
    active: Type.Boolean(),
    elements: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), key: Type.String() })),
    resources: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: true },
);
const hubParams = Type.Object({ hub: Type.String({ description: 'Key of the hub' }) });

/** Elements whose documents are put together at most; more make a document that nobody can read. */
const mostInDocument = 200;

/** The hubs, and documentation of all elements of one. Elements of a hub are with the hub calls: the path is shared. */
export function mountHubs(app: FastifyInstance, hubs: Hubs): void {
  const common = {
    method: 'GET' as const,
    access: 'anyone:viewElements' as const,
    audit: 'none' as const,
    tags: ['Hubs'],
  };
  route(app, {
    ...common,
    path: '/hubs',
    summary: 'The hubs that there are elements for',
    schema: {
      querystring: Type.Object(
        { hydrate: Type.Optional(Type.String({ description: 'true adds the resources' })) },
        { additionalProperties: true },
      ),
      response: { 200: Type.Array(hubReply) },
    },
    handler: ({ principal, query }) => hubs.list(principal, query.hydrate === 'true'),
  });
  route(app, {
    ...common,
    path: '/hubs/keys',
    summary: 'The keys of the hubs',
    schema: { response: { 200: Type.Array(Type.String()) } },
    handler: ({ principal }) => hubs.keys(principal),
  });
  route(app, {
    ...common,
    path: '/hubs/:hub',
    summary: 'One hub',
    schema: { params: hubParams, response: { 200: hubReply } },
    handler: ({ principal, params }) => hubs.get(params.hub, principal),
  });
  route(app, {
    ...common,
    path: '/docs/:hub',
    summary: 'Swagger 2.0 of the elements of a hub, or of all hubs (all)',
    description: 'Of a hub with very many elements, the first are documented.',
    schema: { params: hubParams, querystring: docsQuery, response: { 200: anything } },
    handler: async (request) => {
      const { hub } = request.params;
      const key = hub === 'all' ? undefined : hub;
      const elements = await hubs.elements(key, request.principal, mostInDocument);
      const options = { baseUrl: baseUrlOf(request) };
      const documents = elements.map((element) => writeSwagger(element, options));
      return writeDocument(request, mergeDocuments(hub, documents));
    },
  });
}

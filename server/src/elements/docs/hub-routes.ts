import { Type, openApiOf, pageOnly, pagingQuery, replyPage, route } from '#platform/http';
import { cutPage } from '#kernel/page';
import type { FastifyInstance } from '#platform/http';
import { mergeDocuments } from './hub-document.ts';
import type { Hubs } from './hubs.ts';
import { anything, baseUrlOf, docsQuery, writeDocument } from './document-query.ts';
import { writePlatformDocument } from './platform-document.ts';
import { writeSwagger } from './swagger.ts';

const hubReply = Type.Object(
  {
    key: Type.String(),
    name: Type.String(),
    description: Type.String(),
    active: Type.Boolean(),
    videoLink: Type.Optional(Type.String()),
    elements: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), key: Type.String() })),
    resources: Type.Optional(Type.Array(Type.String())),
  },
  { title: 'Hub', additionalProperties: true },
);
const hubParams = Type.Object({ hub: Type.String({ description: 'Key of the hub' }) });

/** Hubs that an account makes, for elements to come. */
function mountOwnHubs(app: FastifyInstance, hubs: Hubs): void {
  route(app, {
    method: 'POST',
    path: '/hubs',
    access: 'user:editElements',
    audit: 'hub.create',
    summary: 'Make a hub of your own',
    tags: ['Hubs'],
    failures: { 409: 'There is a hub with this key already' },
    schema: { body: newHub, response: { 200: hubReply } },
    handler: ({ principal, body }) =>
      hubs.create(principal, {
        key: body.key,
        name: body.name,
        description: body.description ?? '',
        video_link: body.videoLink ?? null,
        active: body.active ?? true,
      }),
  });
  route(app, {
    method: 'DELETE',
    path: '/hubs/:hub',
    access: 'user:editElements',
    audit: 'hub.remove',
    summary: 'Delete a hub of your own; elements stay in it',
    tags: ['Hubs'],
    failures: { 409: 'Nobody made it: it is there because elements are in it' },
    schema: { params: hubParams },
    handler: async ({ principal, params }) => {
      await hubs.remove(principal, params.hub);
      return {};
    },
  });
}

/** Elements whose documents are put together at most; more make a document that nobody can read. */
const mostInDocument = 200;

const hubText = (maxLength: number, more = {}) =>
  Type.String({ maxLength, pattern: '^[^\\u0000]*$', ...more });
const newHub = Type.Object(
  {
    key: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$', not: { const: 'keys' } }),
    name: hubText(250, { minLength: 1 }),
    description: Type.Optional(hubText(10_000)),
    videoLink: Type.Optional(hubText(2_000, { pattern: '^https?://[^\\u0000]*$' })),
    active: Type.Optional(Type.Boolean()),
  },
  { title: 'NewHub', additionalProperties: true },
);

/** The hubs, and documentation of all elements of one. Elements of a hub are with the hub calls: the path is shared. */
export function mountHubs(app: FastifyInstance, hubs: Hubs): void {
  mountOwnHubs(app, hubs);
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
        { ...pagingQuery, hydrate: Type.Optional(Type.String({ description: 'true adds the resources' })) },
        { additionalProperties: true },
      ),
      response: { 200: Type.Array(hubReply) },
    },
    handler: async ({ principal, query }, reply) =>
      replyPage(reply, cutPage(await hubs.list(principal, query.hydrate === 'true'), query)),
  });
  route(app, {
    ...common,
    path: '/hubs/keys',
    summary: 'The keys of the hubs',
    schema: { querystring: pageOnly, response: { 200: Type.Array(Type.String()) } },
    handler: async ({ principal, query }, reply) =>
      replyPage(reply, cutPage(await hubs.keys(principal), query)),
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
    summary:
      'Swagger 2.0 of the elements of a hub, of all hubs (all), or of an area of the platform, such as accounts',
    description: 'Of a hub with very many elements, the first are documented.',
    schema: { params: hubParams, querystring: docsQuery, response: { 200: anything } },
    handler: async (request) => {
      const { hub } = request.params;
      const key = hub === 'all' ? undefined : hub;
      if (key !== undefined && !(await hubs.keys(request.principal)).includes(key)) {
        const area = writePlatformDocument(openApiOf(app).value, key, baseUrlOf(request));
        if (area) return writeDocument(request, area);
      }
      const elements = await hubs.elements(key, request.principal, mostInDocument);
      const options = { baseUrl: baseUrlOf(request) };
      const documents = elements.map((element) => writeSwagger(element, options));
      return writeDocument(request, mergeDocuments(hub, documents));
    },
  });
}

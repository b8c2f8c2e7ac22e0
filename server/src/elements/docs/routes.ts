import { Type, route } from '#platform/http';
import type { FastifyInstance, FastifyRequest } from '#platform/http';
import type { Catalog, Scope } from '../catalog.ts';
import type { Element } from '../element.ts';
import { hubNotFound } from '../errors.ts';
import { elementParams } from '../routes.ts';
import type { ElementStore } from '../store.ts';
import { describeCapabilities } from './element-metadata.ts';
import { objectNames } from './objects.ts';
import { writeSwagger } from './swagger.ts';

const anything = Type.Object({}, { additionalProperties: true });
const docsQuery = Type.Object(
  { baseUrl: Type.Optional(Type.String({ description: 'Where the API is reached; this host by default' })) },
  { additionalProperties: true },
);

interface Parts {
  catalog: Catalog;
  store: ElementStore;
}

/** What elements say of themselves: Swagger documents, capabilities, hubs. */
export function mountDocs(app: FastifyInstance, parts: Parts): void {
  mountElementDocs(app, parts);
  mountCapabilities(app, parts);
  mountHubs(app, parts);
}

/** `baseUrl` of the query, else where this request came to. */
export function baseUrlOf(request: FastifyRequest): string {
  const given = (request.query as { baseUrl?: string }).baseUrl;
  if (given && URL.canParse(given) && /^https?:/.test(given)) return given;
  return `${request.protocol}://${request.host || 'localhost'}`;
}

function mountElementDocs(app: FastifyInstance, { catalog }: Parts): void {
  for (const suffix of ['docs', 'lbdocs'] as const) {
    route(app, {
      method: 'GET',
      path: `/elements/:keyOrId/${suffix}`,
      access: 'anyone',
      audit: 'none',
      summary: 'Swagger 2.0 of what an element offers',
      tags: ['Elements'],
      schema: { params: elementParams, querystring: docsQuery, response: { 200: anything } },
      handler: async (request) => {
        const element = await catalog.get(request.params.keyOrId, request.principal ?? undefined);
        return writeSwagger(element, { baseUrl: baseUrlOf(request) }) as Record<never, never>;
      },
    });
  }
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/docs/:operationId',
    access: 'anyone',
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
      return writeSwagger(element, { baseUrl: baseUrlOf(request), operationId }) as Record<never, never>;
    },
  });
}

function mountCapabilities(app: FastifyInstance, { catalog, store }: Parts): void {
  route(app, {
    method: 'GET',
    path: '/elements/metadata',
    access: 'anyone',
    audit: 'none',
    summary: 'What each element can do',
    tags: ['Elements'],
    schema: { response: { 200: Type.Array(anything) } },
    handler: async ({ principal }) =>
      (await visible({ catalog, store }, principal)).map(
        (element) => describeCapabilities(element, false) as Record<never, never>,
      ),
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/metadata',
    access: 'anyone',
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

async function visible({ catalog, store }: Parts, scope: Scope | null): Promise<Element[]> {
  if (!scope) return catalog.shipped.all();
  const rows = await store.listSummaries(scope);
  const all = await Promise.all([...catalog.shipped.all(), ...rows].map(({ id }) => catalog.find(id, scope)));
  return all.flatMap((element) => element ?? []);
}

const hubReply = Type.Object(
  { key: Type.String(), name: Type.String(), description: Type.String(), active: Type.Boolean() },
  { additionalProperties: true },
);
const hubParams = Type.Object({ hub: Type.String({ description: 'Key of the hub' }) });

function mountHubs(app: FastifyInstance, parts: Parts): void {
  const common = {
    method: 'GET' as const,
    access: 'anyone' as const,
    audit: 'none' as const,
    tags: ['Hubs'],
  };
  const find = async (key: string, scope: Scope | null) => {
    const elements = (await visible(parts, scope)).filter(({ hub }) => hub === key);
    if (elements.length === 0) throw hubNotFound(key);
    return elements;
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
    handler: async ({ principal, query }) => {
      const elements = await visible(parts, principal);
      const keys = [...new Set(elements.map(({ hub }) => hub))].sort();
      return keys.map((key) => describeHub(key, elements, query.hydrate === 'true'));
    },
  });
  route(app, {
    ...common,
    path: '/hubs/keys',
    summary: 'The keys of the hubs',
    schema: { response: { 200: Type.Array(Type.String()) } },
    handler: async ({ principal }) =>
      [...new Set((await visible(parts, principal)).map(({ hub }) => hub))].sort(),
  });
  route(app, {
    ...common,
    path: '/hubs/:hub',
    summary: 'One hub',
    schema: { params: hubParams, response: { 200: hubReply } },
    handler: async ({ principal, params }) =>
      describeHub(params.hub, await find(params.hub, principal), true),
  });
  route(app, {
    ...common,
    path: '/docs/:hub',
    summary: 'Swagger 2.0 of all elements of a hub, or of all hubs (all)',
    schema: { params: hubParams, querystring: docsQuery, response: { 200: anything } },
    handler: async (request) => {
      const { hub } = request.params;
      const elements =
        hub === 'all' ? await visible(parts, request.principal) : await find(hub, request.principal);
      const documents = elements.map((element) => writeSwagger(element, { baseUrl: baseUrlOf(request) }));
      return mergeDocuments(hub, documents) as Record<never, never>;
    },
  });
}

function describeHub(key: string, elements: readonly Element[], hydrate: boolean) {
  const own = elements.filter(({ hub }) => hub === key);
  return {
    key,
    name: key.charAt(0).toUpperCase() + key.slice(1),
    description: `Elements of the hub ${key}`,
    active: true,
    elements: own.map(({ id, name, key: elementKey }) => ({ id, name, key: elementKey })),
    ...(hydrate && { resources: [...new Set(own.flatMap((element) => objectNames(element)))].sort() }),
  };
}

/** Of two elements with the same path, the first one's is shown. */
function mergeDocuments(hub: string, documents: Record<string, unknown>[]): Record<string, unknown> {
  const [first = {}] = documents;
  const merge = (name: string) =>
    Object.assign({}, ...documents.toReversed().map((one) => one[name])) as object;
  return {
    ...first,
    info: { title: hub, version: 'api-v2' },
    paths: merge('paths'),
    definitions: merge('definitions'),
  };
}

import { Type, route } from '#platform/http';
import type { FastifyInstance, FastifyReply, Static } from '#platform/http';
import { pageHeaders, pageNumber, readPage } from '#kernel/page';
import type { Principal } from '#accounts';
import type { Catalog, Element, Scope } from '#elements';
import { noInstances, provisionInvalid } from './errors.ts';
import { toPlainText, trimInstance } from './instance.ts';
import type { InstanceView } from './instance.ts';
import type { InstanceDesk, NewInstance } from './instances.ts';
import { readState } from './list-filter.ts';
import { mountOauth } from './oauth/routes.ts';
import { mountParts } from './part-routes.ts';
import { type Asking, showTo } from './show.ts';
import {
  announceTrace,
  elementNamed,
  idParams,
  instanceBody,
  instanceReply,
  listQuery,
  newInstanceBody,
  proxyNamed,
  toPatch,
} from './shapes.ts';

const tags = ['Instances'];
const elementParams = Type.Object({ keyOrId: Type.String({ description: 'Key or id of the element' }) });
const bothParams = Type.Object({ ...elementParams.properties, ...idParams.properties });

/** All HTTP of instances and of the first half of their OAuth. */
export function mountInstances(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  mountOauth(app, desk, catalog);
  mountCollection(app, desk, catalog);
  mountSingle(app, desk, catalog);
  mountParts(app, desk);
}

type ListQuery = Static<typeof listQuery>;

function mountCollection(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  const create = async (
    request: Asking,
    body: Static<typeof newInstanceBody>,
    element: Element,
    reply: FastifyReply,
  ) => {
    const wanted = { ...toNewInstance(body, element), traceId: announceTrace(body, reply) };
    return showTo(request, await desk.describe(await desk.create(request.principal, wanted)));
  };

  route(app, {
    method: 'POST',
    path: '/instances',
    access: 'user:createElementInstances',
    audit: 'instance.create',
    summary: 'Connect an account: exchange the code and get an Element token',
    tags,
    schema: { body: newInstanceBody, response: { 200: instanceReply } },
    handler: async (request, reply) => {
      const { principal, body } = request;
      const named = elementNamed(body.element);
      if (named === undefined) {
        throw provisionInvalid([
          'element.key is missing: say which element to connect, such as {"element": {"key": "…"}}.',
        ]);
      }
      return create(request, body, await catalog.get(named, principal), reply);
    },
  });
  route(app, {
    method: 'POST',
    path: '/elements/:keyOrId/instances',
    access: 'user:createElementInstances',
    audit: 'instance.create',
    summary: 'Connect an account of this element',
    tags,
    schema: { params: elementParams, body: newInstanceBody, response: { 200: instanceReply } },
    exists: ({ principal, params }) => catalog.get(params.keyOrId, principal),
    handler: async (request, reply) => {
      const { principal, body, params } = request;
      return create(request, body, await catalog.get(params.keyOrId, principal), reply);
    },
  });
  route(app, {
    method: 'GET',
    path: '/instances',
    access: 'user:any',
    audit: 'none',
    summary: 'List the connected accounts',
    tags,
    schema: { querystring: listQuery, response: { 200: Type.Array(instanceReply) } },
    handler: (request, reply) => answerList(desk, request, request.query, reply),
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/instances',
    access: 'user:any',
    audit: 'none',
    summary: 'List the connected accounts of one element',
    tags,
    schema: { params: elementParams, querystring: listQuery, response: { 200: Type.Array(instanceReply) } },
    handler: async (request, reply) => {
      const element = await catalog.get(request.params.keyOrId, request.principal);
      return answerList(desk, request, request.query, reply, element);
    },
  });
  route(app, {
    method: 'GET',
    path: '/instances/count',
    access: 'user:any',
    audit: 'none',
    summary: 'How many accounts are connected, of each element',
    tags,
    schema: {
      response: {
        200: Type.Object({
          totalInstances: Type.Integer(),
          elementInstances: Type.Record(Type.String(), Type.Integer(), { description: "By element's key" }),
        }),
      },
    },
    handler: async ({ principal }) => {
      const elementInstances = await desk.count(principal);
      const totalInstances = Object.values(elementInstances).reduce((sum, count) => sum + count, 0);
      return { totalInstances, elementInstances };
    },
  });
}

async function answerList(
  desk: InstanceDesk,
  request: Asking,
  query: ListQuery,
  reply: FastifyReply,
  element?: Element,
): Promise<InstanceView[]> {
  const { principal } = request;
  const asked = readPage(query, { defaultSize: 200, maxSize: 1000 });
  const number = pageNumber(asked);
  const size = asked.pageSize;
  const filter = {
    organizationId: principal.organizationId,
    accountId: principal.accountId,
    element,
    tags: [query['tags[]'] ?? query.tags ?? []].flat().filter(Boolean),
    searchText: query.searchText,
    ...readState(query.where),
  };
  const { instances, total } = await desk.list(filter, { limit: size, offset: (number - 1) * size });
  reply.headers(pageHeaders({ number, size, returned: instances.length, total }));
  if (instances.length === 0) throw noInstances();
  const views = await Promise.all(instances.map(async (row) => showTo(request, await desk.describe(row))));
  return query.hydrate === 'false' ? views.map(trimInstance) : views;
}

function mountSingle(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  const elementOf = async (params: object, scope: Scope) =>
    'keyOrId' in params ? catalog.get(String(params.keyOrId), scope) : undefined;
  const find = async (scope: Principal, params: { id: string }) =>
    desk.get(scope, Number(params.id), await elementOf(params, scope));
  for (const [path, params] of [
    ['/instances/:id', idParams],
    ['/elements/:keyOrId/instances/:id', bothParams],
  ] as const) {
    route(app, {
      tags,
      method: 'GET',
      path,
      access: 'user:any',
      audit: 'none',
      summary: 'One connected account',
      schema: { params, response: { 200: instanceReply } },
      handler: async (request) => {
        const { principal, params: asked } = request;
        return showTo(request, await desk.describe(await find(principal, asked)));
      },
    });
    for (const method of ['PUT', 'PATCH'] as const) {
      route(app, {
        tags,
        method,
        path,
        access: 'user:createElementInstances',
        audit: 'instance.update',
        summary:
          'Change an account, or connect it again with new providerData; absent members stay as they are',
        schema: { params, body: instanceBody, response: { 200: instanceReply } },
        exists: ({ principal, params: asked }) => find(principal, asked),
        handler: async (request, reply) => {
          const { principal, params: asked, body } = request;
          const element = await elementOf(asked, principal);
          const patch = { ...toPatch(body), traceId: announceTrace(body, reply) };
          const changed = await desk.change(principal, Number(asked.id), patch, element);
          return showTo(request, await desk.describe(changed));
        },
      });
    }
    route(app, {
      tags,
      method: 'DELETE',
      path,
      access: 'user:createElementInstances',
      audit: 'instance.remove',
      summary: 'Disconnect an account; its token is dead from then on',
      schema: { params },
      handler: async (request) => {
        const { principal, params: asked } = request;
        await desk.remove(principal, Number(asked.id), await elementOf(asked, principal));
        return {};
      },
    });
  }
}

function toNewInstance(body: Static<typeof newInstanceBody>, element: Element): Omit<NewInstance, 'traceId'> {
  if (toPlainText(body.name) === '') throw provisionInvalid(["'name' must hold some text."]);
  return {
    name: body.name,
    element,
    configuration: body.configuration ?? {},
    providerData: body.providerData ?? undefined,
    tags: body.tags ?? [],
    externalAuthentication: body.externalAuthentication === 'initial' ? 'initial' : 'none',
    proxyName: proxyNamed(body.oauthProxy),
  };
}

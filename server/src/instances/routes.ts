import { Type, route } from '#platform/http';
import type { FastifyInstance, FastifyReply, FastifyRequest, Static } from '#platform/http';
import type { Principal } from '#accounts';
import { toText } from '#kernel/json';
import { encodePageToken, pageNumber, readPage } from '#kernel/page';
import { baseUrlOf, docsQuery, writeDocument, writeSwagger } from '#elements';
import type { Catalog, Element, Scope } from '#elements';
import { elementGone, noInstances, provisionInvalid } from './errors.ts';
import { describeInstance, toPlainText } from './instance.ts';
import type { Instance, InstanceView } from './instance.ts';
import type { InstanceDesk, NewInstance } from './instances.ts';
import { idParams, instanceBody, instanceReply, listQuery, newInstanceBody, toPatch } from './shapes.ts';

const tags = ['Instances'];
const elementParams = Type.Object({ keyOrId: Type.String({ description: 'Key or id of the element' }) });
const bothParams = Type.Object({ ...elementParams.properties, ...idParams.properties });

/** All HTTP of instances and of the first half of their OAuth. */
export function mountInstances(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  mountOauthUrl(app, desk, catalog);
  mountCollection(app, desk, catalog);
  mountSingle(app, desk, catalog);
  mountByToken(app, desk, catalog);
  mountDocs(app, desk, catalog);
}

const oauthReply = Type.Object({ element: Type.String(), oauthUrl: Type.String() });
const oauthQuery = {
  apiKey: Type.Optional(Type.String({ description: 'Client id of your app at the provider' })),
  apiSecret: Type.Optional(Type.String({ description: 'Client secret of your app at the provider' })),
  callbackUrl: Type.Optional(
    Type.String({ description: 'URL that your app has registered at the provider' }),
  ),
  scope: Type.Optional(Type.String({ description: 'Scopes to ask for; the element has a default' })),
  requestToken: Type.Optional(Type.String({ description: 'For OAuth 1: from /oauth/token' })),
  state: Type.Optional(
    Type.String({ description: "Comes back with the callback; the element's key by default" }),
  ),
};

function mountOauthUrl(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  const common = { access: 'anyone:viewElements' as const, audit: 'none' as const, tags: ['Elements'] };
  const query = Type.Object(oauthQuery, { additionalProperties: true });
  const find = async (keyOrId: string, scope: Scope | null) => ({
    element: await catalog.get(keyOrId, scope ?? undefined),
    // Whoever shows no credentials shares one isolate with everybody else who shows none.
    tenant: scope ? String(scope.organizationId) : 'nobody',
  });
  const url = async (keyOrId: string, given: Record<string, unknown>, scope: Scope | null) => {
    const { element, tenant } = await find(keyOrId, scope);
    return { element: element.key, oauthUrl: await desk.oauth.authorizeUrl(element, toTexts(given), tenant) };
  };
  route(app, {
    ...common,
    method: 'GET',
    path: '/elements/:keyOrId/oauth/url',
    summary: "Where to send a person for consent: the element's OAuth URL",
    schema: { params: elementParams, querystring: query, response: { 200: oauthReply } },
    handler: ({ params, query: given, principal }) => url(params.keyOrId, given, principal),
  });
  route(app, {
    ...common,
    method: 'POST',
    path: '/elements/:keyOrId/oauth/url',
    summary: 'The same, with the parameters in the body',
    schema: { params: elementParams, body: query, response: { 200: oauthReply } },
    handler: ({ params, body, query: given, principal }) =>
      url(params.keyOrId, { ...given, ...body }, principal),
  });
  route(app, {
    ...common,
    method: 'GET',
    path: '/elements/:keyOrId/oauth/token',
    // It calls the provider, which must not be done for nobody.
    access: 'user:viewElements',
    summary: 'For OAuth 1: a request token and its secret, before the OAuth URL',
    schema: {
      params: elementParams,
      querystring: query,
      response: { 200: Type.Object({ token: Type.String(), secret: Type.String() }) },
    },
    handler: async ({ params, query: given, principal }) => {
      const { element, tenant } = await find(params.keyOrId, principal);
      return desk.oauth.requestToken(element, toTexts(given), tenant);
    },
  });
}

/** Of a parameter that came several times, the last is meant. */
function toTexts(given: Record<string, unknown>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (last !== null && last !== undefined) texts[name] = toText(last);
  }
  return texts;
}

type ListQuery = Static<typeof listQuery>;

function mountCollection(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  const create = async (
    principal: Principal,
    body: Static<typeof newInstanceBody>,
    element: Element,
    reply: FastifyReply,
  ) => {
    const wanted = { ...toNewInstance(body, element), traceId: announceTrace(body, reply) };
    return describeInstance(await desk.create(principal, wanted), element);
  };

  route(app, {
    method: 'POST',
    path: '/instances',
    access: 'user:createElementInstances',
    audit: 'instance.create',
    summary: 'Connect an account: exchange the code and get an Element token',
    tags,
    schema: { body: newInstanceBody, response: { 200: instanceReply } },
    handler: async ({ principal, body }, reply) => {
      const named = body.element?.key ?? body.element?.id;
      if (named === undefined) {
        throw provisionInvalid([
          'element.key is missing: say which element to connect, such as {"element": {"key": "…"}}.',
        ]);
      }
      return create(principal, body, await catalog.get(String(named), principal), reply);
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
    handler: async ({ principal, body, params }, reply) =>
      create(principal, body, await catalog.get(params.keyOrId, principal), reply),
  });
  route(app, {
    method: 'GET',
    path: '/instances',
    access: 'user:any',
    audit: 'none',
    summary: 'List the connected accounts',
    tags,
    schema: { querystring: listQuery, response: { 200: Type.Array(instanceReply) } },
    handler: ({ principal, query }, reply) => answerList(desk, catalog, principal, query, reply),
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/instances',
    access: 'user:any',
    audit: 'none',
    summary: 'List the connected accounts of one element',
    tags,
    schema: { params: elementParams, querystring: listQuery, response: { 200: Type.Array(instanceReply) } },
    handler: async ({ principal, query, params }, reply) => {
      const element = await catalog.get(params.keyOrId, principal);
      return answerList(desk, catalog, principal, query, reply, element);
    },
  });
}

async function answerList(
  desk: InstanceDesk,
  catalog: Catalog,
  principal: Principal,
  query: ListQuery,
  reply: FastifyReply,
  element?: Element,
): Promise<InstanceView[]> {
  const asked = readPage(query, { defaultSize: 200, maxSize: 1000 });
  const page = pageNumber(asked);
  const filter = {
    organizationId: principal.organizationId,
    accountId: principal.accountId,
    element,
    tags: [query['tags[]'] ?? query.tags ?? []]
      .flat()
      .flatMap((tag) => tag.split(','))
      .filter(Boolean),
    searchText: query.searchText,
  };
  const { instances, total } = await desk.list(filter, {
    limit: asked.pageSize,
    offset: (page - 1) * asked.pageSize,
  });
  reply
    .header('elements-total-count', String(total))
    .header('elements-returned-count', String(instances.length));
  if (instances.length === 0) throw noInstances();
  if (page * asked.pageSize < total)
    reply.header('elements-next-page-token', encodePageToken({ page: page + 1 }));
  return Promise.all(instances.map((instance) => describe(catalog, instance)));
}

async function describe(catalog: Catalog, instance: Instance): Promise<InstanceView> {
  return describeInstance(instance, await catalog.findOf(instance, instance));
}

function mountSingle(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  const show = (instance: Instance) => describe(catalog, instance);
  const elementOf = async (params: object, scope: Scope) =>
    'keyOrId' in params ? catalog.get(String(params.keyOrId), scope) : undefined;
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
        return show(await desk.get(principal, Number(asked.id), await elementOf(asked, principal)));
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
        handler: async (request, reply) => {
          const { principal, params: asked, body } = request;
          const element = await elementOf(asked, principal);
          const patch = { ...toPatch(body), traceId: announceTrace(body, reply) };
          return show(await desk.change(principal, Number(asked.id), patch, element));
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
  for (const [method, disabled, summary] of [
    ['PUT', false, 'Enable an account'],
    ['DELETE', true, 'Disable an account: hub calls answer 403 until it is enabled'],
  ] as const) {
    route(app, {
      tags,
      method,
      path: '/instances/:id/enabled',
      access: 'user:createElementInstances',
      audit: 'instance.update',
      summary,
      schema: { params: idParams, response: { 200: instanceReply } },
      handler: async (request) =>
        show(await desk.change(request.principal, Number(request.params.id), { disabled })),
    });
  }
}

/** What a connected account offers: its element as it is now, with the account's own resources. */
function mountDocs(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  const common = { method: 'GET' as const, audit: 'none' as const, tags };
  const response = { 200: Type.Object({}, { additionalProperties: true }) };
  const write = async (request: FastifyRequest, instance: Instance, operationId?: string) => {
    const element = await catalog.findOf(instance, instance);
    if (!element) throw elementGone(instance.elementKey);
    return writeDocument(request, writeSwagger(element, { baseUrl: baseUrlOf(request), operationId }));
  };
  route(app, {
    ...common,
    path: '/instances/docs',
    access: 'element:any',
    summary: 'Swagger 2.0 of what the account that the Element token names offers',
    schema: { querystring: docsQuery, response },
    handler: async (request) => write(request, (await desk.connect(request.principal)).instance),
  });
  route(app, {
    ...common,
    path: '/instances/:id/docs',
    access: 'user:any',
    summary: 'Swagger 2.0 of what a connected account offers',
    schema: { params: idParams, querystring: docsQuery, response },
    handler: async (request) => write(request, await desk.get(request.principal, Number(request.params.id))),
  });
  route(app, {
    ...common,
    path: '/instances/:id/docs/:operationId',
    access: 'user:any',
    summary: 'Swagger 2.0 of one operation',
    schema: {
      params: Type.Object({ ...idParams.properties, operationId: Type.String() }),
      querystring: docsQuery,
      response,
    },
    handler: async (request) => {
      const { id, operationId } = request.params;
      return write(request, await desk.get(request.principal, Number(id)), operationId);
    },
  });
}

/** The instance that the Element token names, where the path has no id. */
function mountByToken(app: FastifyInstance, desk: InstanceDesk, catalog: Catalog): void {
  for (const method of ['PUT', 'PATCH'] as const) {
    route(app, {
      method,
      path: '/instances',
      access: 'element:createElementInstances',
      audit: 'instance.update',
      summary: 'Change the account that the Element token names',
      tags,
      schema: { body: instanceBody, response: { 200: instanceReply } },
      handler: async ({ principal, body }, reply) => {
        const { instance } = await desk.connect(principal);
        const patch = { ...toPatch(body), traceId: announceTrace(body, reply) };
        const changed = await desk.change(principal, instance.id, patch);
        return describe(catalog, changed);
      },
    });
  }
}

/** With `providerData.debug` what is exchanged with the provider is kept under the request's id, also when it fails. */
function announceTrace(body: Static<typeof instanceBody>, reply: FastifyReply): string | undefined {
  const { debug } = body.providerData ?? {};
  if (debug !== true && debug !== 'true') return undefined;
  reply.header('elements-trace-id', reply.request.id);
  return reply.request.id;
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
  };
}

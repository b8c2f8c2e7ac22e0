import { Type, pagingQuery, replyPage, route } from '#platform/http';
import type { Audit, FastifyInstance, FastifyReply, FastifyRequest, Static, TSchema } from '#platform/http';
import type { Principal } from '#accounts';
import { cutPage } from '#kernel/page';
import { baseUrlOf, definitionsIn, docsQuery, writeDocument, writeSwagger } from '#elements';
import { configurationRow, findRow } from './configuration-rows.ts';
import { configurationRowUnknown, elementGone } from './errors.ts';
import { showTo } from './show.ts';
import type { Instance } from './instance.ts';
import type { InstanceDesk } from './instances.ts';
import {
  configurationRowBody,
  idParams,
  instanceBody,
  instanceReply,
  announceTrace,
  toPatch,
  validityReply,
} from './shapes.ts';

const tags = ['Instances'];
const anything = Type.Object({}, { additionalProperties: true });

interface Asked {
  request: FastifyRequest & { principal: Principal };
  reply: FastifyReply;
  instance: Instance;
  /** What the path names below the instance. */
  part: string;
}

interface PartRoute {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Below the instance, with at most one variable, `:part`. */
  below: string;
  audit: Audit;
  summary: string;
  query?: TSchema;
  body?: TSchema;
  response: TSchema;
  needs?: string;
  failures?: Record<number, string>;
  /** @throws 404 when the instance has no such part. */
  exists?(instance: Instance, part: string): unknown;
  handler(asked: Asked): unknown;
}

/**
 * What stands below one instance, each under two paths: `/instances/{id}/…`, and `/instances/…` for the instance that
 * the Element token names.
 */
export function mountParts(app: FastifyInstance, desk: InstanceDesk): void {
  for (const part of [...changes(desk), ...configuration(desk), ...docs(desk), validity(desk)]) {
    const isWhole = part.below === '';
    // PUT and PATCH of the whole by id are with its other routes.
    if (!isWhole) mountPart(app, desk, part, false);
    mountPart(app, desk, part, true);
  }
}

function mountPart(app: FastifyInstance, desk: InstanceDesk, one: PartRoute, byToken: boolean): void {
  const { below, query, body, handler } = one;
  const params = Type.Object({
    ...(byToken ? {} : idParams.properties),
    ...(below.includes(':part') && { part: Type.String({ description: 'Which one' }) }),
  });
  const find = async ({ principal, params: asked }: { principal: Principal; params: unknown }) => {
    const id = byToken ? (await desk.connect(principal)).instance.id : Number((asked as { id: string }).id);
    return desk.get(principal, id);
  };
  route(app, {
    method: one.method,
    path: `${byToken ? '/instances' : '/instances/:id'}${below}`,
    access: `${byToken ? 'element' : 'user'}:${one.audit === 'none' ? 'any' : 'createElementInstances'}`,
    audit: one.audit,
    summary: byToken ? `${one.summary}, of the account that the Element token names` : one.summary,
    tags,
    ...(one.needs !== undefined && { needs: one.needs }),
    ...(one.failures && { failures: one.failures }),
    schema: {
      params,
      ...(query && { querystring: query }),
      ...(body && { body }),
      response: { 200: one.response },
    },
    exists: async (request) => {
      if (!body) return; // the handler finds it
      const { part = '' } = request.params as { part?: string };
      await one.exists?.(await find(request), part);
    },
    handler: async (request, reply) => {
      const { part = '' } = request.params as { part?: string };
      return handler({ request, reply, instance: await find(request), part }) as never;
    },
  });
}

function changes(desk: InstanceDesk): PartRoute[] {
  const whole = (['PUT', 'PATCH'] as const).map((method): PartRoute => ({
    method,
    below: '',
    audit: 'instance.update',
    summary: 'Change an account, or connect it again with new providerData',
    body: instanceBody,
    response: instanceReply,
    handler: async ({ request, reply, instance }) => {
      const body = request.body as Static<typeof instanceBody>;
      const patch = { ...toPatch(body), traceId: announceTrace(body, reply) };
      return showTo(request, await desk.describe(await desk.change(request.principal, instance.id, patch)));
    },
  }));
  const switches = (
    [
      ['PUT', false, 'Enable an account'],
      ['DELETE', true, 'Disable an account: hub calls answer 403 until it is enabled'],
    ] as const
  ).map(([method, disabled, summary]): PartRoute => ({
    method,
    below: '/enabled',
    audit: 'instance.update',
    summary,
    response: instanceReply,
    handler: async ({ request, instance }) =>
      showTo(request, await desk.describe(await desk.change(request.principal, instance.id, { disabled }))),
  }));
  return [...whole, ...switches];
}

/** Each value by itself, always as text. */
function configuration(desk: InstanceDesk): PartRoute[] {
  const rowOf = async (instance: Instance, part: string) => {
    const row = findRow(await desk.configuration(instance), part);
    if (!row) throw configurationRowUnknown(part, instance.id);
    return row;
  };
  const change = async ({ request, instance, part }: Asked) => {
    const { key } = await rowOf(instance, part);
    const { propertyValue } = request.body as { propertyValue?: unknown };
    const patch = propertyValue === undefined ? {} : { configuration: { [key]: propertyValue } };
    return rowOf(await desk.change(request.principal, instance.id, patch), key);
  };
  const below = '/configuration/:part';
  return [
    {
      method: 'GET',
      below: '/configuration',
      audit: 'none',
      summary: 'List the configuration, secrets masked',
      query: Type.Object(pagingQuery, { additionalProperties: true }),
      response: Type.Array(configurationRow),
      handler: async ({ request, reply, instance }) =>
        replyPage(reply, cutPage(await desk.configuration(instance), request.query as object)),
    },
    {
      method: 'GET',
      below,
      audit: 'none',
      summary: 'One value of the configuration, by the id or the key of its row',
      response: configurationRow,
      handler: ({ instance, part }) => rowOf(instance, part),
    },
    ...(['PUT', 'PATCH'] as const).map((method): PartRoute => ({
      method,
      below,
      audit: 'instance.update',
      summary: 'Change one value of the configuration; null takes it away, and a mask leaves it as it is',
      body: configurationRowBody,
      response: configurationRow,
      exists: rowOf,
      handler: change,
    })),
  ];
}

/** What a connected account offers: its element as it is now, with the account's own resources. */
function docs(desk: InstanceDesk): PartRoute[] {
  const write = async ({ request, instance }: Asked, operationId?: string) => {
    const element = await desk.elementOf(instance);
    if (!element) throw elementGone(instance.elementKey);
    return writeSwagger(element, { baseUrl: baseUrlOf(request), operationId });
  };
  const common = { method: 'GET', audit: 'none', query: docsQuery, response: anything } as const;
  return [
    {
      ...common,
      below: '/docs',
      summary: 'Swagger 2.0 of what a connected account offers',
      handler: async (asked) => writeDocument(asked.request, await write(asked)),
    },
    {
      ...common,
      below: '/docs/:part',
      needs: 'The name of an operation',
      summary: 'Swagger 2.0 of one operation',
      handler: async (asked) => writeDocument(asked.request, await write(asked, asked.part)),
    },
    {
      ...common,
      below: '/docs/:part/definitions',
      needs: 'The name of an operation',
      summary: 'The models of one operation; resolveReferences=true puts those that they refer to inside',
      query: Type.Object(
        { ...docsQuery.properties, resolveReferences: Type.Optional(Type.String()) },
        { additionalProperties: true },
      ),
      handler: async (asked) => {
        const document = await write(asked, asked.part);
        const { resolveReferences } = asked.request.query as { resolveReferences?: string };
        return definitionsIn(document, resolveReferences === 'true');
      },
    },
  ];
}

function validity(desk: InstanceDesk): PartRoute {
  return {
    method: 'POST',
    below: '/validate',
    audit: 'instance.update',
    summary: 'Ask the provider whether the account still works; valid says so from then on',
    response: validityReply,
    failures: { 502: 'The provider cannot tell at this moment; nothing has changed' },
    handler: ({ instance }) => desk.validate(instance),
  };
}

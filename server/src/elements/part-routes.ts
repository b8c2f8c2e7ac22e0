import { Type, pagingQuery, replyPage, route } from '#platform/http';
import { systemClock } from '#kernel/clock';
import { cutPage } from '#kernel/page';
import type { FastifyInstance } from '#platform/http';
import type { Catalog, Scope } from './catalog.ts';
import type { Change, Editor } from './edit.ts';
import { definitionLimitBytes } from './edit-routes.ts';
import { describeElement } from './describe.ts';
import {
  addPart,
  changeModel,
  changePart,
  findResource,
  getPart,
  keepCurrent,
  keepName,
  listParts,
  putModelFields,
  putParts,
  removePart,
} from './parts.ts';
import type { PartKind, Place } from './parts.ts';
import { withPlatformConfiguration } from './platform-configuration.ts';
import { isRow, rowsOf } from './row-ids.ts';

type Row = Record<string, unknown>;

const tags = ['Elements'];
const row = Type.Object({}, { additionalProperties: true });
const anyBody = Type.Unknown();

interface Parts {
  app: FastifyInstance;
  catalog: Catalog;
  editor: Editor;
}

/** A row that was imported without the day on which it was made has none. */
function withDates(part: Row, before: Row | undefined): Row {
  const { createdDate: _, ...rest } = part;
  const now = new Date(systemClock.nowMs()).toISOString();
  const createdDate = before ? before['createdDate'] : now;
  return { ...rest, ...(createdDate === undefined ? {} : { createdDate }), updatedDate: now };
}

/** The parts of an element, each under a path of its own: configuration, resources, parameters, hooks, models. */
export function mountParts(app: FastifyInstance, catalog: Catalog, editor: Editor): void {
  const { checks } = catalog.shipped;
  const all = { app, catalog, editor };
  const parameter: PartKind = {
    name: 'parameter',
    list: 'parameters',
    by: 'id',
    validate: () => checks.ofRow('parameter'),
    defaults: { source: 'request' },
    date: withDates,
  };
  const hook: PartKind = {
    name: 'hook',
    list: 'hooks',
    by: 'id',
    validate: () => checks.ofRow('hook'),
    defaults: { mimeType: 'application/javascript', isLegacy: false },
    check: keepCurrent,
  };
  const configuration: PartKind = {
    name: 'configuration',
    list: 'configuration',
    by: 'key',
    validate: () => checks.ofRow('configuration'),
    required: ['name', 'key', 'description'],
    defaults: { type: 'TEXTFIELD_1000', required: false, active: true },
    complete: (document) => ({ ...document, configuration: withPlatformConfiguration(document) }),
  };
  const resource: PartKind = {
    name: 'resource',
    list: 'resources',
    by: 'id',
    validate: () => checks.ofRow('resource'),
    defaults: { type: 'api', kind: 'eb' },
    date: withDates,
  };
  const object: PartKind = {
    name: 'object',
    list: 'objects',
    by: 'id',
    validate: undefined,
    required: ['name'],
    check: keepName,
  };
  const model: PartKind = { name: 'model', list: 'models', by: 'id', validate: undefined };
  mountKind(all, { kind: configuration, path: '/configuration', noun: 'configuration key' });
  mountKind(all, { kind: resource, path: '/resources', noun: 'resource' });
  for (const kind of [parameter, hook]) {
    mountKind(all, { kind, path: `/${kind.list}`, noun: kind.name });
    mountKind(all, { kind, path: `/resources/:resourceId/${kind.list}`, noun: `${kind.name} of a resource` });
  }
  mountKind(all, { kind: model, path: '/models', noun: 'model' });
  mountKind(all, { kind: object, path: '/objects', noun: 'object' });
  mountMany(all, configuration, '/configurations');
  mountMany(all, model, '/models');
  mountModelFields(all, model);
  mountResourceModel(all);
}

/** Who is asking, and what. */
interface Asked {
  principal: Scope;
  params: Record<string, string>;
}

const placeOf = ({ params }: Asked): Place =>
  params['resourceId'] === undefined ? undefined : { resourceId: params['resourceId'] };

const elementOf = (catalog: Catalog, { principal, params }: Asked) =>
  catalog.get(params['keyOrId'] ?? '', principal);

async function documentOf(catalog: Catalog, asked: Asked): Promise<Row> {
  return describeElement(await elementOf(catalog, asked));
}

/** A row of an element with what tells where it stands. */
function placed({ list }: PartKind, part: Row, { id }: { id: number }, { principal, params }: Asked): Row {
  if (list === 'resources') return { ...part, ownerAccountId: part['ownerAccountId'] ?? principal.accountId };
  if (list !== 'hooks' && list !== 'parameters') return part;
  const { resourceId } = params;
  return { ...part, elementId: id, ...(resourceId !== undefined && { resourceId: Number(resourceId) }) };
}

function paramsOf(path: string) {
  const names = [...`/:keyOrId${path}`.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  return Type.Object(Object.fromEntries(names.map((name) => [name, Type.String()])));
}

function mountKind(
  { app, catalog, editor }: Parts,
  { kind, path, noun }: { kind: PartKind; path: string; noun: string },
): void {
  const whole = `/elements/:keyOrId${path}`;
  const one = `${whole}/:part`;
  // Resources are what an account may have on an element that is not its own.
  const part = path.startsWith('/resources') ? 'resources' : 'all';
  const edit = <T>({ principal, params }: Asked, change: Change<T>) =>
    editor.edit(principal, params['keyOrId'] ?? '', part, change);
  const editRow = async (asked: Asked, change: Change<Row>) => {
    const changed = await edit(asked, change);
    return placed(kind, changed, await elementOf(catalog, asked), asked);
  };
  route(app, {
    tags,
    method: 'GET',
    path: whole,
    access: 'user:viewElements',
    audit: 'none',
    summary: `List each ${noun} of an element`,
    schema: {
      params: paramsOf(path),
      querystring: Type.Object(
        { ...pagingQuery, accountOnly: Type.Optional(Type.String()) },
        { additionalProperties: true },
      ),
      response: { 200: Type.Array(row) },
    },
    handler: async (request, reply) => {
      const { query, principal } = request;
      const asked = request as unknown as Asked;
      const element = await elementOf(catalog, asked);
      const rows = listParts(describeElement(element), kind, placeOf(asked)).map((found) =>
        placed(kind, found, element, asked),
      );
      const isMeant = ({ ownerAccountId }: Row) =>
        query.accountOnly !== 'true' || ownerAccountId === principal.accountId;
      return replyPage(reply, cutPage(rows.filter(isMeant), query));
    },
  });
  route(app, {
    tags,
    method: 'POST',
    path: whole,
    access: 'user:editElements',
    audit: 'element.update',
    summary: `Add a ${noun}`,
    bodyLimitBytes: definitionLimitBytes,
    schema: { params: paramsOf(path), body: anyBody, response: { 200: row } },
    handler: (request) => editRow(request as never, addPart(kind, placeOf(request as never), request.body)),
  });
  route(app, {
    tags,
    method: 'GET',
    path: one,
    access: 'user:viewElements',
    audit: 'none',
    summary: `One ${noun}`,
    schema: { params: paramsOf(`${path}/:part`), response: { 200: row } },
    handler: async (request) => {
      const asked = request as unknown as Asked;
      const element = await elementOf(catalog, asked);
      const found = getPart(describeElement(element), kind, placeOf(asked), asked.params['part'] ?? '');
      return placed(kind, found, element, asked);
    },
  });
  for (const method of ['PUT', 'PATCH'] as const) {
    route(app, {
      tags,
      method,
      path: one,
      access: 'user:editElements',
      audit: 'element.update',
      summary: `Change the given fields of a ${noun}`,
      bodyLimitBytes: definitionLimitBytes,
      schema: { params: paramsOf(`${path}/:part`), body: anyBody, response: { 200: row } },
      handler: (request) => {
        const asked = request as unknown as Asked;
        return editRow(asked, changePart(kind, placeOf(asked), asked.params['part'] ?? '', request.body));
      },
    });
  }
  route(app, {
    tags,
    method: 'DELETE',
    path: one,
    access: 'user:editElements',
    audit: 'element.update',
    summary: `Delete a ${noun}`,
    schema: { params: paramsOf(`${path}/:part`) },
    handler: (request) => {
      const { params } = request as unknown as Asked;
      return edit(request as never, removePart(kind, placeOf(request as never), params['part'] ?? ''));
    },
  });
}

/** Many rows at once: each is added, or changed when it is there. The body is a list, or an object that holds one. */
function mountMany({ app, editor }: Parts, kind: PartKind, path: string): void {
  route(app, {
    method: 'PUT',
    path: `/elements/:keyOrId${path}`,
    access: 'user:editElements',
    audit: 'element.update',
    summary: `Add or change several rows: ${kind.name}`,
    tags,
    bodyLimitBytes: definitionLimitBytes,
    schema: { params: paramsOf(path), body: anyBody, response: { 200: Type.Unknown() } },
    handler: async ({ principal, params, body }) => {
      const list = Array.isArray(body) ? body : isRow(body) ? body[kind.list] : undefined;
      const rows = Array.isArray(list) ? list : [body];
      const done = await editor.edit(
        principal,
        params['keyOrId'] ?? '',
        'all',
        putParts(kind, undefined, rows),
      );
      return rows[0] === body ? done[0] : done;
    },
  });
}

function mountModelFields({ app, catalog, editor }: Parts, kind: PartKind): void {
  const path = '/models/:part/fields';
  route(app, {
    method: 'PUT',
    path: `/elements/:keyOrId${path}`,
    access: 'user:editElements',
    audit: 'element.update',
    summary: 'Add or change fields of a model',
    tags,
    bodyLimitBytes: definitionLimitBytes,
    schema: {
      params: paramsOf(path),
      body: Type.Object({ data: Type.Array(row) }, { additionalProperties: true }),
      response: { 200: row },
    },
    exists: async ({ principal, params }) =>
      getPart(await documentOf(catalog, { principal, params }), kind, undefined, params['part'] ?? ''),
    handler: ({ principal, params, body }) =>
      editor.edit(
        principal,
        params['keyOrId'] ?? '',
        'all',
        putModelFields(kind, params['part'] ?? '', body.data),
      ),
  });
}

/** The model of a resource: one, without an id. */
function mountResourceModel({ app, catalog, editor }: Parts): void {
  const path = '/resources/:resourceId/models';
  const common = { path: `/elements/:keyOrId${path}`, tags };
  const find = async (asked: Asked) =>
    findResource(await documentOf(catalog, asked), asked.params['resourceId'] ?? '');
  route(app, {
    ...common,
    method: 'GET',
    access: 'user:viewElements',
    audit: 'none',
    summary: 'The model of a resource; empty where it has none',
    schema: { params: paramsOf(path), response: { 200: row } },
    handler: async (request) => {
      const { model } = await find(request as never);
      return isRow(model) ? model : {};
    },
  });
  for (const method of ['POST', 'PUT', 'DELETE'] as const) {
    route(app, {
      ...common,
      method,
      access: 'user:editElements',
      audit: 'element.update',
      summary: method === 'DELETE' ? 'Delete the model of a resource' : 'Set the model of a resource',
      bodyLimitBytes: definitionLimitBytes,
      schema: {
        params: paramsOf(path),
        ...(method === 'DELETE' ? {} : { body: row }),
        response: { 200: row },
      },
      exists: find,
      handler: (request) => {
        const { principal, params } = request as unknown as Asked;
        const model = method === 'DELETE' ? undefined : rowsOf([request.body])[0];
        return editor.edit(
          principal,
          params['keyOrId'] ?? '',
          'resources',
          changeModel(params['resourceId'] ?? '', model),
        );
      },
    });
  }
}

import { stringifyJson } from '#kernel/json';
import { cutPage } from '#kernel/page';
import { Type, pageOnly, replyPage, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { firstCustomerId } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { describeElement } from './describe.ts';
import type { ElementView } from './describe.ts';
import type { Editor } from './edit.ts';
import type { Element, Problem } from './element.ts';
import { elementParams, elementReply } from './routes.ts';
import { rowsOf } from './row-ids.ts';

const tags = ['Elements'];

/** Definitions of several megabytes exist. */
export const definitionLimitBytes = 32 * 1024 * 1024;

const problem = Type.Object(
  {
    method: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
    reason: Type.String({ description: 'What cannot work, and why' }),
  },
  { title: 'ImportProblem' },
);
export const savedReply = Type.Object(
  { ...elementReply.properties, importReport: Type.Array(problem) },
  { title: 'SavedElement', additionalProperties: true },
);
const definitionBody = Type.Object(
  {
    name: Type.Optional(Type.String({ description: 'Required for a new element' })),
    key: Type.Optional(Type.String({ description: 'Made of the name by default; never changes' })),
  },
  {
    title: 'Definition',
    additionalProperties: true,
    description: 'An exported element, whole or a draft; what is not understood is kept',
  },
);

/** What of an element cannot work. */
export type Report = (element: Element) => Promise<Problem[]>;

interface Parts {
  catalog: Catalog;
  editor: Editor;
  report: Report;
}

/** Bringing, changing and taking elements. */
export function mountEditing(app: FastifyInstance, { catalog, editor, report }: Parts): void {
  const saved = async (element: Element): Promise<ElementView & { importReport: Problem[] }> => ({
    ...describeElement(element),
    importReport: await report(element),
  });

  route(app, {
    method: 'POST',
    path: '/elements',
    access: 'user:createElements',
    audit: 'element.create',
    summary: 'Import an element',
    description: 'Takes what the export gives. importReport says what of it cannot work, and why.',
    tags,
    bodyLimitBytes: definitionLimitBytes,
    failures: { 409: 'Your account has an element of this key already' },
    schema: { body: definitionBody, response: { 200: savedReply } },
    handler: async ({ principal, body }) => saved(await editor.create(principal, body)),
  });
  for (const method of ['PUT', 'PATCH'] as const) {
    route(app, {
      method,
      path: '/elements/:keyOrId',
      access: 'user:editElements',
      audit: 'element.update',
      summary: 'Change the fields of an element that are given; its key stays',
      tags,
      bodyLimitBytes: definitionLimitBytes,
      schema: { params: elementParams, body: definitionBody, response: { 200: savedReply } },
      exists: ({ principal, params }) => catalog.get(params.keyOrId, principal),
      handler: async ({ principal, params, body }) =>
        saved(await editor.change(principal, params.keyOrId, body)),
    });
  }
  route(app, {
    method: 'DELETE',
    path: '/elements/:keyOrId',
    access: 'user:deleteElements',
    audit: 'element.remove',
    summary: 'Delete an element of your own',
    tags,
    failures: { 409: 'Accounts are connected with it' },
    schema: { params: elementParams },
    handler: ({ principal, params }) => editor.remove(principal, params.keyOrId),
  });
  route(app, {
    method: 'POST',
    path: '/elements/:keyOrId/clone',
    access: 'user:createElements',
    audit: 'element.create',
    summary: 'Copy an element into one of your own',
    tags,
    schema: {
      params: elementParams,
      body: Type.Unknown({ description: 'Optional: { name, key }' }),
      response: { 200: savedReply },
    },
    handler: async ({ principal, params, body }) =>
      saved(await editor.clone(principal, params.keyOrId, body)),
  });
  mountReading(app, { catalog, editor, report });
  mountSwitches(app, { catalog, editor, report });
}

function mountReading(app: FastifyInstance, { catalog, report }: Parts): void {
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/export',
    access: 'user:viewElements',
    audit: 'none',
    summary: 'The definition of an element, as it was imported',
    tags,
    schema: {
      params: elementParams,
      querystring: Type.Object(
        { extendedOnly: Type.Optional(Type.String({ description: 'true: of the resources only your own' })) },
        { additionalProperties: true },
      ),
      response: { 200: elementReply },
    },
    handler: async ({ principal, params, query }, reply) => {
      const element = await catalog.get(params.keyOrId, principal);
      const definition = { ...element.definition };
      if (query.extendedOnly === 'true') {
        const owner = (row: Record<string, unknown>) => row['ownerAccountId'] ?? element.ownerAccountId;
        definition.resources = rowsOf(definition.resources).filter(
          (row) => owner(row) === principal.accountId,
        );
      }
      // Old clients sort these without looking whether they are there. What was imported is exported as it came.
      if (element.id < firstCustomerId)
        for (const list of ['configuration', 'parameters', 'hooks', 'resources'] as const)
          definition[list] ??= [];
      // As text: fields that are null belong to the definition, and no digit of a number may change.
      return reply.header('content-type', 'application/json; charset=utf-8').send(stringifyJson(definition));
    },
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/report',
    access: 'user:viewElements',
    audit: 'none',
    summary: 'What of an element cannot work, and why',
    tags,
    schema: { params: elementParams, querystring: pageOnly, response: { 200: Type.Array(problem) } },
    handler: async ({ principal, params, query }, reply) =>
      replyPage(reply, cutPage(await report(await catalog.get(params.keyOrId, principal)), query)),
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/transformations',
    access: 'user:viewElements',
    audit: 'none',
    summary: 'The transformations that an element brings',
    tags,
    schema: { params: elementParams, querystring: pageOnly, response: { 200: Type.Array(Type.Unknown()) } },
    handler: async ({ principal, params, query }, reply) => {
      const stated = (await catalog.get(params.keyOrId, principal)).definition['defaultTransformations'];
      return replyPage<unknown>(reply, cutPage(Array.isArray(stated) ? stated : [], query));
    },
  });
}

function mountSwitches(app: FastifyInstance, { editor, catalog }: Parts): void {
  for (const [method, active] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    route(app, {
      method,
      path: '/elements/:keyOrId/active',
      access: 'user:editElements',
      audit: 'element.update',
      summary: `Mark an element of your own as ${active ? '' : 'not '}active`,
      tags,
      schema: { params: elementParams, response: { 200: elementReply } },
      handler: async ({ principal, params }) =>
        describeElement(await editor.change(principal, params.keyOrId, { active })),
    });
  }
  const accountParams = Type.Object({
    ...elementParams.properties,
    accountId: Type.Integer({
      minimum: -1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Id of an account of your organization',
    }),
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/accounts',
    access: 'user:viewElements',
    audit: 'none',
    summary: 'The accounts that an element of your own is shared with',
    tags,
    schema: { params: elementParams, querystring: pageOnly, response: { 200: Type.Array(Type.Integer()) } },
    handler: async ({ principal, params, query }, reply) =>
      replyPage(reply, cutPage(await editor.sharedWith(principal, params.keyOrId), query)),
  });
  for (const [method, shared] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    route(app, {
      method,
      path: '/elements/:keyOrId/accounts/:accountId',
      access: 'user:editElements',
      audit: 'element.share',
      summary: shared ? 'Share an element with another account' : 'End the sharing of an element',
      tags,
      schema: { params: accountParams, response: { 200: elementReply } },
      handler: async ({ principal, params }) => {
        await editor.share(principal, params.keyOrId, params.accountId, shared);
        return describeElement(await catalog.get(params.keyOrId, principal));
      },
    });
  }
}

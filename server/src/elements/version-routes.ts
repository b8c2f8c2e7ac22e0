import { cutPage } from '#kernel/page';
import { stringifyJson } from '#kernel/json';
import { Type, pageOnly, replyPage, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import { describeElement } from './describe.ts';
import type { Editor } from './edit.ts';
import { type Report, savedReply } from './edit-routes.ts';
import { elementParams } from './routes.ts';

const tags = ['Elements'];
const versionParams = Type.Object({
  ...elementParams.properties,
  version: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1, description: 'As GET …/versions tells it' }),
});
const versionFields = {
  version: Type.Integer(),
  date: Type.String({ description: 'When it became the definition' }),
  current: Type.Boolean(),
};

/** What an element of one's own was before its last changes. */
export function mountVersions(app: FastifyInstance, editor: Editor, report: Report): void {
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/versions',
    access: 'user:viewElements',
    audit: 'none',
    summary: 'The definition of an element of your own and what it was before: the last 50, the newest first',
    tags,
    schema: {
      params: elementParams,
      querystring: pageOnly,
      response: { 200: Type.Array(Type.Object(versionFields)) },
    },
    handler: async ({ principal, params, query }, reply) =>
      replyPage(reply, cutPage(await editor.listVersions(principal, params.keyOrId), query)),
  });
  route(app, {
    method: 'GET',
    path: '/elements/:keyOrId/versions/:version',
    access: 'user:viewElements',
    audit: 'none',
    summary: 'One of them, with its definition',
    tags,
    schema: {
      params: versionParams,
      response: {
        200: Type.Object({
          ...versionFields,
          definition: Type.Object({}, { additionalProperties: true }),
        }),
      },
    },
    handler: async ({ principal, params }, reply) => {
      const found = await editor.getVersion(principal, params.keyOrId, params.version);
      // As text: no digit of a number may change.
      return reply.header('content-type', 'application/json; charset=utf-8').send(stringifyJson(found));
    },
  });
  route(app, {
    method: 'POST',
    path: '/elements/:keyOrId/versions/:version/restore',
    access: 'user:editElements',
    audit: 'element.update',
    summary: 'Make an earlier definition that of the element again; what it is now becomes an earlier one',
    tags,
    schema: { params: versionParams, response: { 200: savedReply } },
    handler: async ({ principal, params }) => {
      const element = await editor.restore(principal, params.keyOrId, params.version);
      return { ...describeElement(element), importReport: await report(element) };
    },
  });
}

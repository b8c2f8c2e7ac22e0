import { apiBase, readImage, route, sendImage, withRawBodies } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import type { Catalog } from './catalog.ts';
import type { CatalogStore } from './catalog-store.ts';
import { describeElement } from './describe.ts';
import type { Editor } from './edit.ts';
import { imageNotFound } from './errors.ts';
import { elementParams, elementReply } from './routes.ts';

const path = '/elements/:keyOrId/image';
const tags = ['Elements'];

/** The picture of an element of one's own. */
export function mountImages(
  app: FastifyInstance,
  { catalog, editor, store }: { catalog: Catalog; editor: Editor; store: CatalogStore },
): void {
  route(app, {
    method: 'GET',
    path,
    access: 'anyone:viewElements',
    audit: 'none',
    summary: 'The picture of an element',
    tags,
    schema: { params: elementParams },
    handler: async ({ params, principal }, reply) => {
      const element = await catalog.get(params.keyOrId, principal ?? undefined);
      const image = principal && (await store.findImage(principal.organizationId, element.id));
      if (!image) throw imageNotFound(element.key);
      return sendImage(reply, { contentType: image.content_type, content: image.content });
    },
  });
  withRawBodies(app, (scope) => {
    for (const method of ['PUT', 'POST'] as const) {
      route(scope, {
        method,
        path,
        access: 'user:editElements',
        audit: 'element.update',
        summary: 'Give an element of your own a picture: PNG, JPEG, GIF, WebP or ICO, of at most 512 kB',
        description: 'The picture is the body, or the file of a multipart body.',
        tags,
        failures: { 413: 'The picture is too large' },
        schema: { params: elementParams, response: { 200: elementReply } },
        handler: async (request) => {
          const { principal, params } = request;
          // Whoever asks for no element need not be told what a picture is.
          const { id } = await catalog.get(params.keyOrId, principal);
          const image = await readImage(request);
          // Refused for whoever is not the owner, before the picture is stored.
          const changed = await editor.change(principal, String(id), {
            image: `${apiBase}/elements/${id}/image`,
          });
          await store.putImage(principal.organizationId, id, image);
          return describeElement(changed);
        },
      });
    }
  });
  route(app, {
    method: 'DELETE',
    path,
    access: 'user:editElements',
    audit: 'element.update',
    summary: 'Take the picture of an element of your own away',
    tags,
    schema: { params: elementParams, response: { 200: elementReply } },
    handler: async ({ principal, params }) => {
      const { id } = await catalog.get(params.keyOrId, principal);
      const changed = await editor.change(principal, String(id), { image: null });
      await store.removeImage(principal.organizationId, id);
      return describeElement(changed);
    },
  });
}

import { randomBytes } from 'node:crypto';
import { parseJson, stringifyJson } from '#kernel/json';
import { type FastifyInstance, Type, readImage, route, sendImage, withRawBodies } from '#platform/http';
import { type Branding, brandingFields, readBranding } from './branding.ts';
import type { BrandingStore } from './branding-store.ts';
import { brandingImageNotFound, brandingInvalid } from './errors.ts';

const path = '/organizations/branding';
const tags = ['Organizations'];
const kinds = ['logo', 'favicon'] as const;
const aText = Type.Optional(Type.String());
const reply = Type.Object(
  Object.fromEntries([...brandingFields, ...kinds].map((name) => [name, aText])) as Record<
    string,
    typeof aText
  >,
);

/** How pages of the organization look: colours, fonts, sizes, logo and favicon. */
export function mountBranding(app: FastifyInstance, store: BrandingStore, imagesUrl: () => string): void {
  const show = async (organizationId: number): Promise<Branding> => {
    const [text, images] = await Promise.all([store.find(organizationId), store.imageNames(organizationId)]);
    return {
      ...(text !== undefined && (parseJson(text) as Branding)),
      ...Object.fromEntries(images.map(({ kind, name }) => [kind, `${imagesUrl()}/${kind}/${name}`])),
    };
  };
  const common = { path, tags };
  route(app, {
    ...common,
    method: 'GET',
    access: 'user:any',
    audit: 'none',
    summary: 'How your organization looks; empty where nobody has said',
    schema: { response: { 200: reply } },
    handler: ({ principal }) => show(principal.organizationId),
  });
  route(app, {
    ...common,
    method: 'PUT',
    access: 'user:manageUiBranding',
    audit: 'branding.update',
    summary: 'Say how your organization looks; every field is required',
    schema: {
      body: Type.Object({}, { additionalProperties: true }),
      response: { 200: reply },
    },
    handler: async ({ principal: { organizationId }, body }) => {
      const { branding, missing, invalid } = readBranding(body as Record<string, unknown>);
      if (missing.length + invalid.length > 0) throw brandingInvalid(missing, invalid);
      await store.put(organizationId, stringifyJson(branding));
      return show(organizationId);
    },
  });
  route(app, {
    ...common,
    method: 'DELETE',
    access: 'user:manageUiBranding',
    audit: 'branding.remove',
    summary: 'Forget how your organization looks, its logo and favicon too',
    handler: async ({ principal: { organizationId } }) => {
      await store.put(organizationId, null);
      await store.removeImages(organizationId);
      return {};
    },
  });
  mountImages(app, store, show);
}

function mountImages(
  app: FastifyInstance,
  store: BrandingStore,
  show: (organizationId: number) => Promise<Branding>,
): void {
  withRawBodies(app, (scope) => {
    for (const kind of kinds) {
      route(scope, {
        method: 'PATCH',
        path: `${path}/${kind}`,
        access: 'user:manageUiBranding',
        audit: 'branding.update',
        summary: `Give your organization a ${kind}: PNG, JPEG, GIF, WebP or ICO, of at most 512 kB`,
        description: 'The picture is the body, or the file of a multipart body.',
        tags,
        failures: { 413: 'The picture is too large' },
        schema: { response: { 200: reply } },
        handler: async (request) => {
          const { organizationId } = request.principal;
          const image = await readImage(request);
          await store.putImage(organizationId, kind, randomBytes(16).toString('hex'), image);
          return show(organizationId);
        },
      });
    }
  });
  for (const kind of kinds) {
    route(app, {
      method: 'GET',
      path: `/images/${kind}/:name`,
      outsideApi: true,
      access: 'public',
      audit: 'none',
      summary: `A ${kind}, by the URL that the branding tells`,
      tags,
      schema: { params: Type.Object({ name: Type.String({ pattern: '^[0-9a-f]{32}$' }) }) },
      handler: async ({ params }, sent) => {
        const image = await store.findImage(kind, params.name);
        if (!image) throw brandingImageNotFound();
        // Another picture has another name.
        return sendImage(sent.header('cache-control', 'public, max-age=31536000, immutable'), image);
      },
    });
  }
}

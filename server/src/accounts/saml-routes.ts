import { type FastifyInstance, apiBase, route } from '#platform/http';
import { identityProviderNotFound } from './errors.ts';
import type { ProviderStore } from './provider-store.ts';
import { readHost, writeSamlMetadata } from './saml-metadata.ts';
import { idParams } from './shapes.ts';

/** What identity providers are told. They ask without credentials. */
export function mountSaml(app: FastifyInstance, store: ProviderStore): void {
  route(app, {
    method: 'GET',
    path: '/authentication/saml/:id/metadata',
    access: 'public',
    audit: 'none',
    summary: 'SAML 2.0 metadata of this server for an identity provider, as XML',
    description: 'Behind a proxy, X-Forwarded-Host says under which host the provider reaches this server.',
    tags: ['Identity providers'],
    schema: { params: idParams },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (!(await store.exists(id))) throw identityProviderNotFound(id);
      const forwarded = readHost(request.headers['x-forwarded-host']);
      const base = forwarded
        ? `https://${forwarded}`
        : `${request.protocol}://${readHost(request.host) ?? 'localhost'}`;
      return reply
        .header('content-type', 'text/xml; charset=utf-8')
        .send(writeSamlMetadata(base + apiBase, id));
    },
  });
}

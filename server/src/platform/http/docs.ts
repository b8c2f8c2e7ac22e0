import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { errorBody } from './describe.ts';
import { docsPage, docsScript } from './docs-page.ts';
import { nameSchemas } from './name-schemas.ts';
import { apiBase, route } from './route.ts';

const docsPath = `${apiBase}/docs`;

/** The page needs nothing but its own files, and no inline script or style. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'";

/** Collects the OpenAPI 3.1 document of the routes that are added from now on, and serves it with a page to try it. */
export async function serveDocs(app: FastifyInstance, version: string): Promise<void> {
  app.addSchema(errorBody);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Ligand',
        version,
        description: 'One REST API for every connected provider.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'Where this document comes from' }],
      components: { securitySchemes },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) => String(json['$id'] ?? `Schema${index}`),
    },
  });
  mountDocument(app);
  mountPage(app);
}

/**
 * What the plugin cannot say: a path that ends in `*` has a variable without a name, but generated clients want one; and
 * a body may be left out.
 */
function mend(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('x-body-optional' in value) {
    const { 'x-body-optional': _optional, ...operation } = value as Record<string, unknown>;
    return { ...operation, requestBody: { ...(operation['requestBody'] as object), required: false } };
  }
  if ('name' in value && value.name === '*')
    return { ...value, name: 'path', description: 'The rest of the path' };
  if (!Object.keys(value).some((key) => key.endsWith('{*}'))) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key.replace('{*}', '{path}'), part]));
}

interface Document {
  text: string;
  /** The text, read. Nobody may change it. */
  value: Readonly<Record<string, unknown>>;
}

const documents = new WeakMap<object, Document>();

/** The OpenAPI 3.1 document of the API. Only when all routes are there: it is made once, and read once. */
export function openApiOf(app: FastifyInstance): Document {
  const known = documents.get(app.server);
  if (known !== undefined) return known;
  const text = JSON.stringify(nameSchemas(app.swagger() as unknown as Record<string, unknown>), mend);
  const document = { text, value: JSON.parse(text) as Document['value'] };
  documents.set(app.server, document);
  return document;
}

function mountDocument(app: FastifyInstance): void {
  const document = (reply: FastifyReply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(openApiOf(app).text);
  const common = { method: 'GET', access: 'public', audit: 'none', tags: ['Documentation'] } as const;
  route(app, {
    ...common,
    path: '/docs',
    summary: 'This document; a browser gets a page to try it',
    handler: (request, reply) => {
      reply.header('vary', 'accept');
      return request.headers.accept?.includes('text/html') ? sendPage(reply) : document(reply);
    },
  });
  route(app, {
    ...common,
    path: '/docs/json',
    summary: 'This document, whatever the Accept header says',
    handler: (_request, reply) => document(reply),
  });
  route(app, {
    ...common,
    path: '/elements/api-docs',
    outsideApi: true,
    undocumented: true,
    summary: 'The page to try the API, for use in a frame of another page',
    handler: (_request, reply) => sendPage(reply, { framed: true }),
  });
}

/** Credentials are typed in and never kept, so a page that frames this one can lure nobody into anything. */
function sendPage(reply: FastifyReply, { framed = false } = {}): FastifyReply {
  if (framed) reply.removeHeader('x-frame-options');
  return reply
    .header('content-security-policy', framed ? pagePolicy : `${pagePolicy}; frame-ancestors 'none'`)
    .header('content-type', 'text/html; charset=utf-8')
    .send(docsPage(docsPath));
}

const pageFiles: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

function mountPage(app: FastifyInstance): void {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')), 'static');
  const common = {
    method: 'GET',
    access: 'public',
    audit: 'none',
    tags: ['Documentation'],
    undocumented: true,
  } as const;
  for (const [name, type] of Object.entries(pageFiles)) {
    let content: Buffer | undefined;
    route(app, {
      ...common,
      path: `/docs/${name}`,
      summary: 'A file of the page',
      handler: (_request, reply) => {
        content ??= readFileSync(join(folder, name)); // once in a process
        return reply
          .header('content-type', type)
          .header('cache-control', 'public, max-age=3600')
          .send(content);
      },
    });
  }
  route(app, {
    ...common,
    path: '/docs/start.js',
    summary: 'A file of the page',
    handler: (_request, reply) =>
      reply.header('content-type', 'text/javascript; charset=utf-8').send(docsScript(docsPath)),
  });
}

const part = (what: string): { type: 'apiKey'; in: 'header'; name: string; description: string } => ({
  type: 'apiKey',
  in: 'header',
  name: 'Authorization',
  description: `${what}. The parts of the header are joined by commas: \`User …, Organization …, Element …\`.`,
});

const securitySchemes = {
  User: part('The secret of the user who calls, sent as `User <secret>`'),
  Organization: part("The secret of the user's organization, sent as `Organization <secret>`"),
  Element: part('The token of a connected account, sent as `Element <token>`'),
  Bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a login; it serves only to read the secrets',
  },
} as const;

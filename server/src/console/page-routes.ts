import { randomBytes } from 'node:crypto';
import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  noSuchPath,
  route,
} from '#platform/http';
import { widgetNotFramed, widgetSessionOver } from './errors.ts';
import type { Files } from './files.ts';

/** In place of the nonce in the built page; each reply has its own. */
export const noncePlaceholder = '__NONCE__';

const howToBuild = 'The console is not built yet. Build it with: npm run build -w console';

/**
 * Nothing but files of this server runs or styles; what libraries put into a `<style>` of their own needs the nonce, which no
 * injected text knows.
 */
function policy(nonce: string, shownIn = "'none'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    `frame-ancestors ${shownIn}`,
    "base-uri 'none'",
  ].join('; ');
}

/** In the widget's page: the one origin that may show it. */
const originPlaceholder = '__ORIGIN__';

/** Where the widget of a session may be shown; undefined when there is no such session. */
export type FindOrigin = (sessionId: string) => Promise<string | undefined>;

/** The console at `/`: its files, its page at every address that is none of a file, and the widget's page. */
export function mountPages(app: FastifyInstance, files: Files, findOrigin: FindOrigin): void {
  const common = {
    method: 'GET',
    outsideApi: true,
    undocumented: true,
    access: 'public',
    audit: 'none',
    tags: ['Console'],
  } as const;
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const path = pathOf(request.url);
    const file = await files.find(path, String(request.headers['accept-encoding'] ?? ''));
    if (file) {
      reply
        .header('content-type', file.type)
        .header('etag', file.etag)
        .header('vary', 'accept-encoding')
        .header('cache-control', file.isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
      // Pages of customers import it; a module is given to another origin only when it may.
      if (path === 'widget-module.js') reply.header('access-control-allow-origin', '*');
      if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
      if (file.encoding !== 'identity') reply.header('content-encoding', file.encoding);
      return reply.send(file.content);
    }
    // Scripts and clients that ask for what is not there get no page to puzzle over.
    const wantsPage = path === '' || request.headers.accept?.includes('text/html') === true;
    if (!wantsPage || path.startsWith('assets/') || path.startsWith('elements/')) {
      throw noSuchPath(request.method, `/${path}`);
    }
    return sendPage(reply, await files.findPage());
  };
  route(app, {
    ...common,
    path: '/widget/:id',
    summary: "The widget's page, for a frame in the page of a customer",
    handler: async (request, reply) => {
      const destination = request.headers['sec-fetch-dest'];
      // As a page of its own it would show itself where nobody has asked for it.
      if (destination !== undefined && destination !== 'iframe') throw widgetNotFramed();
      const origin = await findOrigin(request.params['id'] ?? '');
      if (origin === undefined) throw widgetSessionOver();
      return sendWidget(reply, await files.findPage('widget.html'), origin);
    },
  });
  route(app, { ...common, path: '/', summary: 'The console', handler: answer });
  route(app, { ...common, path: '/*', summary: 'A file or an address of the console', handler: answer });
}

function sendWidget(reply: FastifyReply, page: string | undefined, origin: string): FastifyReply {
  if (page === undefined) return sendPage(reply, undefined);
  const nonce = randomBytes(16).toString('base64url');
  return reply
    .removeHeader('x-frame-options')
    .header('content-security-policy', policy(nonce, origin))
    .header('content-type', 'text/html; charset=utf-8')
    .send(page.replaceAll(noncePlaceholder, nonce).replaceAll(originPlaceholder, origin));
}

function sendPage(reply: FastifyReply, page: string | undefined): FastifyReply {
  if (page === undefined) {
    return reply.code(503).header('content-type', 'text/plain; charset=utf-8').send(`${howToBuild}\n`);
  }
  const nonce = randomBytes(16).toString('base64url');
  return reply
    .header('content-security-policy', policy(nonce))
    .header('cross-origin-opener-policy', 'same-origin-allow-popups')
    .header('content-type', 'text/html; charset=utf-8')
    .send(page.replaceAll(noncePlaceholder, nonce));
}

/** Without the first slash and the query; an address that cannot be decoded is none of a file. */
function pathOf(url: string): string {
  return (url.split(/[?#]/, 1)[0] ?? '').replace(/^\/+/, '');
}
